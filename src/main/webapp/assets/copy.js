// The buttons beside code: each copies the text of the element that it names, and says what was copied.

import { byId, say } from './page.js';

/** Selects a text, so that two keys copy it. */
function select(text) {
  getSelection().selectAllChildren(text);
  text.focus();
}

for (const button of document.querySelectorAll('[data-copies]')) {
  const text = byId(button.dataset.copies);
  const copied = button.nextElementSibling;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      say(copied, button.dataset.done, 'good');
    } catch {
      // Browsers give a page the clipboard over HTTPS and on this machine only, and only if their user allows it.
      select(text);
      say(copied, 'This browser does not let the page copy. The text is selected: copy it with your keys.', 'bad');
    }
  });
  button.hidden = false;
}
