// Logging in with a token. A script sends it: from a form on plain HTTP a browser does not say which page it came from.

import { ask } from './page.js';
import { wantedPage } from './wanted.js';

/** Shows the page of the console that was wanted, or fails with the hub's own words. */
export async function logIn(token) {
  await ask('login', { method: 'POST', body: new URLSearchParams({ token }) });
  location.assign(wantedPage());
}
