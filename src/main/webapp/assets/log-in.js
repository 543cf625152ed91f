// Logging in with a token. A script sends it: from a form on plain HTTP a browser does not say which page it came from.

import { ask } from './page.js';
import { wantedPage } from './wanted.js';

let pending = null;

async function send(token) {
  await ask('login', { method: 'POST', body: new URLSearchParams({ token }) });
  const { user } = await (await ask('token')).json();
  location.assign(wantedPage(user));
}

/** Shows the page of the console that was wanted, or fails with the hub's own words. A second click changes nothing. */
export function logIn(token) {
  pending ??= send(token).catch((refusal) => {
    pending = null;
    throw refusal;
  });
  return pending;
}
