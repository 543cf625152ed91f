// What one did, said at the lower right for a while; failures until they are closed. And the question before what cannot
// be undone.

import { around, buttonOf, byId, copyText, element, icon } from './page.js';

const SHOWN_MS = 4000;

/** Says what one did. */
export function toast(text, { failed = false } = {}) {
  const made = around('div', 'toast', icon(failed ? 'alert' : 'check'), element('span', text));
  made.setAttribute('role', failed ? 'alert' : 'status');
  if (failed) {
    const close = buttonOf('', 'text', () => made.remove());
    close.setAttribute('aria-label', 'Close');
    close.append(icon('close'));
    made.append(close);
  } else {
    setTimeout(() => made.remove(), SHOWN_MS);
  }
  byId('toasts').append(made);
}

/** Copies a text and says so. */
export async function copy(text, what) {
  const done = await copyText(text);
  toast(done ? `${what} copied` : 'This browser does not let the page copy.', { failed: !done });
}

/**
 * Asks before something that cannot be undone. Resolves to null if it is not to be done, and otherwise to whether the box
 * was ticked.
 */
export function askFirst({ title, text, list = [], act, check, hint = '' }) {
  const dialog = byId('ask');
  byId('ask-title').textContent = title;
  byId('ask-text').textContent = text;
  byId('ask-yes').textContent = act;
  byId('ask-list').replaceChildren(...list.map(([one, other]) => around('li', '', one, element('span', other, 'quiet'))));
  byId('ask-extra').hidden = !check;
  byId('ask-check').checked = false;
  byId('ask-check-label').textContent = check ?? '';
  byId('ask-check-hint').textContent = hint;
  return new Promise((resolve) => {
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes' ? byId('ask-check').checked : null), { once: true });
    dialog.showModal();
  });
}
