// Runs the script of a feed's page, which is what the page shows as its code and knows nothing else. Not at once: with a
// cookie that is not good any more its stream would be refused, and that cookie is gone when the account is known.

import { account, announce, isStillGood } from './account.js';
import { byId, element } from './page.js';
import { hasEventSource } from './polling-source.js';

/** A stream that has been refused does not come back by itself. */
function announceRefusal() {
  const again = element('a', 'Load this page again');
  again.href = '';
  announce('The hub has refused this stream.', again);
}

/** Explains on the page why a stream of the browser's own has ended. */
function watch(source) {
  let opened = false;
  source.addEventListener('open', () => {
    if (opened) {
      isStillGood();
    }
    opened = true;
  });
  source.addEventListener('error', async () => {
    if (source.readyState === EventSource.CLOSED && (await isStillGood())) {
      announceRefusal();
    }
  });
}

function run() {
  window.EventSource = class extends EventSource {
    constructor(...address) {
      super(...address);
      watch(this);
    }
  };
  import(`./feeds/${document.body.dataset.feed}.js`);
}

byId('no-event-source').hidden = hasEventSource;
account.then(run, run);
