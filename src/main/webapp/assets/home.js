// The home page of demo mode: a clock, which is a feed of the hub itself, with a mark for each event of the last minute.

import { frameNodes } from './code.js';
import { followForAll } from './live-stream.js';
import { byId } from './page.js';
import { Tape } from './tape.js';

const SECONDS = 60;

const clock = byId('clock');
const tape = new Tape(byId('tape'), SECONDS, 1);

function show(event) {
  clock.textContent = event.data;
  byId('bytes').replaceChildren(...frameNodes(event));
  tape.tick();
}

followForAll({}, '/feeds/clock', show);
setInterval(() => {
  tape.push();
  tape.draw();
}, 1000);
