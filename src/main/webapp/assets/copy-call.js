// The button beside a curl command: copies it, and says what was copied.

import { byId, say } from './page.js';

const command = byId('call');
const button = byId('copy');
const copied = byId('copied');

/** Selects the command, so that two keys copy it. */
function select() {
  getSelection().selectAllChildren(command);
  command.focus();
}

button.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(command.textContent);
    say(copied, 'The curl command is copied. Put your token in place of eyJ….', 'good');
  } catch {
    // Browsers give a page the clipboard over HTTPS and on this machine only, and only if their user allows it.
    select();
    say(copied, 'This browser does not let the page copy. The curl command is selected: copy it with your keys.', 'bad');
  }
});
button.hidden = false;
