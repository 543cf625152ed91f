// Where somebody was who has to log in, so that they come back there. It is known in this tab alone, until the next login or
// logout.

import { ROOT } from './page.js';

const STORED = 'tidings.wanted';

/** Remembers the address of this page. */
export function rememberPage() {
  try {
    sessionStorage.setItem(STORED, location.href);
  } catch {
    // Without storage they begin with the first page.
  }
}

/** The page to come back to, once. Only one of the console is meant. */
export function wantedPage() {
  const console = new URL('console', ROOT).href;
  try {
    const wanted = sessionStorage.getItem(STORED) ?? '';
    sessionStorage.removeItem(STORED);
    return wanted.startsWith(console) ? wanted : console;
  } catch {
    return console;
  }
}
