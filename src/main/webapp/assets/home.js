// The home page of demo mode: a clock, which is a feed of the hub itself.

import { followForAll } from './live-stream.js';
import { byId } from './page.js';

const clock = byId('clock');
const bytes = byId('bytes');

function show({ id, data }) {
  clock.textContent = data;
  bytes.textContent = `id: ${id}\ndata: ${data}`;
}

followForAll({}, '/feeds/clock', show);
