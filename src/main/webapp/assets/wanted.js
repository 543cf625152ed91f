// Where somebody was who has to log in, so that they come back there. It is known in this tab alone, until the next login.

import { ROOT } from './page.js';

const STORED = 'tidings.wanted';

/**
 * Remembers the address of this page.
 *
 * @param user who has read it, whom alone it leads back; nobody if it was only asked for
 */
export function rememberPage(user) {
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ href: location.href, user }));
  } catch {
    // Without storage they begin with the first page.
  }
}

/** The page to come back to for this user, once. Only one of the console is meant. */
export function wantedPage(me) {
  const console = new URL('console', ROOT).href;
  try {
    const { href, user } = JSON.parse(sessionStorage.getItem(STORED)) ?? { href: '' };
    sessionStorage.removeItem(STORED);
    return href.startsWith(console) && (user === undefined || user === me) ? href : console;
  } catch {
    return console;
  }
}
