// Who is logged in, at the top of every page, and the way out.

import { ask, byId, element, ROOT } from './page.js';

/** What the token in the cookie allows, null when there is none; fails with a Refusal when it is bad. */
export const account = ask('token').then((response) => response.json());

async function logOut() {
  await ask('logout', { method: 'POST' });
  location.assign(ROOT);
}

document.querySelectorAll('nav a').forEach((link) => {
  if (link.pathname === location.pathname) {
    link.setAttribute('aria-current', 'page');
  }
});

account.then(
  (allowed) => {
    if (!allowed) {
      return;
    }
    const out = element('button', 'Log out', 'plain');
    out.type = 'button';
    out.addEventListener('click', () => logOut().catch(({ message }) => out.replaceWith(element('span', message, 'bad'))));
    byId('account').replaceChildren(element('span', allowed.user ?? 'no user', 'user'), out);
  },
  () => {},
);
