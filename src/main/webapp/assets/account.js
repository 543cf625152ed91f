// Who is logged in, at the top of every page, the way out, and what is said when the token has ended.

import { ask, byId, clockTime, element, ROOT, visible } from './page.js';

/** What an answer of GET /token allows, or null: its detail says that no token came. */
async function allowedBy(response) {
  const allowed = await response.json();
  return 'detail' in allowed ? null : allowed;
}

/** What the token in the cookie allows, null when there is none; fails with a Refusal when it is bad. */
export const account = ask('token').then(allowedBy);

/** How far the hub's clock may be behind the end of a token that it has ended: it tells whole seconds. */
const SECOND_MS = 1000;

const notice = element('div', '', 'notice');
notice.setAttribute('role', 'status');
notice.hidden = true;
byId('main').prepend(notice);

/** When the token ends, as long as the page says so. */
let announcedEnd = null;

let end;
let hasBeenEnded = false;

/** Resolves once the token is found not to be good any more, which the page then says. */
export const ended = new Promise((resolve) => {
  end = resolve;
});

function link(text, href) {
  const made = element('a', text);
  made.href = href;
  return made;
}

const logIn = (text) => link(text, new URL('login', ROOT));

/** Says one thing above all others, with what to do about it, in place of what was said there before. */
export function announce(text, whatToDo) {
  announcedEnd = null;
  notice.replaceChildren(`${text} `, whatToDo);
  notice.hidden = false;
}

/** Says that the token will end. */
export function announceEnd(instant) {
  announce(`Your token ends at ${clockTime(instant)}, and this stream with it.`, logIn('Log in again'));
  announcedEnd = Date.parse(instant);
}

/** It may have been renewed, in this tab or in another. */
function forgetEnd({ expires }) {
  if (announcedEnd !== null && Date.parse(expires) !== announcedEnd) {
    announcedEnd = null;
    notice.hidden = true;
  }
}

const hasEnded = (expires, now) => expires !== null && Date.parse(expires) <= now + SECOND_MS;

const endedAt = ({ expires }) => `Your token ended at ${clockTime(expires)}.`;

/** Why the token is not good any more, or nothing while it is; asks the hub. */
async function whyNot(known) {
  try {
    const response = await ask('token');
    const allowed = await allowedBy(response);
    const now = Date.parse(response.headers.get('Date')) || Date.now();
    if (hasEnded((allowed ?? known).expires, now)) {
      return endedAt(known);
    } else if (allowed === null) {
      return 'You are logged out.';
    }
    forgetEnd(allowed);
    return allowed.user === known.user ? '' : `Another page has logged in as ${visible(allowed.user ?? 'no user')}.`;
  } catch ({ status, message }) {
    const said = hasEnded(known.expires, Date.now()) ? endedAt(known) : `Your token is not good any more: ${message}.`;
    return status === 401 ? said : '';
  }
}

/** Whether the token is still good, or there was none. When it is not any more the page says so, once and for all. */
export async function isStillGood() {
  if (hasBeenEnded) {
    return false;
  }
  const known = await account.catch(() => null);
  const why = known && (await whyNot(known));
  if (why && !hasBeenEnded) {
    hasBeenEnded = true;
    announce(why, logIn('Log in again'));
    byId('account').replaceChildren(logIn('Log in'));
    end();
  }
  return !why;
}

/** Who it is and for how long, as text. */
const whoIs = (allowed) => (allowed ? `as ${allowed.user ?? ''} until ${allowed.expires}` : 'nobody');

/**
 * Tells the other tabs who is logged in now. Theirs end at once if it was somebody else, and not when their streams break off.
 */
function tellOtherTabs() {
  const channel = new BroadcastChannel(`tidings.account ${ROOT.pathname}`);
  const who = account.then(whoIs, () => 'nobody');
  channel.addEventListener('message', async ({ data }) => {
    if (data !== (await who)) {
      isStillGood();
    }
  });
  who.then((name) => channel.postMessage(name));
}

if (globalThis.BroadcastChannel) {
  tellOtherTabs();
}

const STORED = 'tidings.';
const SENT = `${STORED}sent`;

/** Under what a tab remembers what this user has sent from it. */
export const sentKey = (user) => `${SENT} ${user ?? ''}`;

/** What a tab remembers goes with the login. */
function forget() {
  try {
    Object.keys(sessionStorage).filter((key) => key.startsWith(STORED)).forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Without storage nothing was remembered.
  }
}

async function logOut() {
  await ask('logout', { method: 'POST' });
  forget();
  location.assign(ROOT);
}

/** Takes over the colours that were chosen; none is what the system has. */
function choose(theme) {
  if (theme) {
    document.documentElement.dataset.theme = theme;
  } else {
    delete document.documentElement.dataset.theme;
  }
  document.querySelectorAll('[data-theme]').forEach((each) => {
    if (each !== document.documentElement) {
      each.setAttribute('aria-pressed', each.dataset.theme === theme);
    }
  });
}

for (const button of document.querySelectorAll('button[data-theme]')) {
  button.addEventListener('click', () => {
    choose(button.dataset.theme);
    try {
      localStorage.setItem('tidings.theme', button.dataset.theme);
    } catch {
      // Without storage it holds for this page.
    }
  });
}
choose(document.documentElement.dataset.theme ?? '');

document.querySelectorAll('.top nav a').forEach((each) => {
  if (each.pathname === location.pathname) {
    each.setAttribute('aria-current', 'page');
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
    const user = element('span', visible(allowed.user ?? 'no user'), 'user');
    user.dataset.initial = [...(allowed.user ?? '·')][0];
    byId('account').replaceChildren(user, out);
  },
  () => {},
);
