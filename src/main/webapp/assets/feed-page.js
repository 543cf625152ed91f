// Runs the script of a feed's page, which is what the page shows as its code and knows nothing else. Not at once: with a
// cookie that is not good any more its stream would be refused, and that cookie is gone when the account is known.

import { account } from './account.js';
import { byId } from './page.js';

const run = () => import(`./feeds/${document.body.dataset.feed}.js`);

if ('EventSource' in window) {
  account.then(run, run);
} else {
  byId('no-event-source').hidden = false;
}
