// The home page of demo mode: a clock, which is a feed of the hub itself.

import { account, ended } from './account.js';
import { LiveStream } from './live-stream.js';
import { byId } from './page.js';

const clock = byId('clock');
const bytes = byId('bytes');

function show({ id, data }) {
  clock.textContent = data;
  bytes.textContent = `id: ${id}\ndata: ${data}`;
}

const follow = (mayGoOn) => new LiveStream({}, mayGoOn).follow('/feeds/clock', show);

// Not at once: a cookie that is not good any more would be refused here, too, and is gone when that is known.
account.then(
  () => follow(),
  () => follow(),
);
// Everybody may see a clock.
ended.then(() => follow(() => true));
