// The strip above the list of events: how many there were in each second of the last two minutes, by their own times.

import { byId, clockTime, drawn } from './page.js';

const SECONDS = 120;
const WIDTH = 5;
const HEIGHT = 34;

/** By second, how many events it had. */
const counts = new Map();

const bars = Array.from({ length: SECONDS }, (_, i) => drawn('rect', { x: i * WIDTH, width: WIDTH - 1, y: HEIGHT, height: 0 }));
byId('bars').append(...bars);

/** An event of this time has come. */
export function countSecond(time) {
  const second = Math.floor(new Date(time) / 1000);
  counts.set(second, (counts.get(second) ?? 0) + 1);
}

function draw() {
  const end = Math.floor(Date.now() / 1000);
  const first = end - SECONDS + 1;
  const shown = bars.map((_, i) => counts.get(first + i) ?? 0);
  const highest = Math.max(4, ...shown);
  bars.forEach((bar, i) => {
    const height = shown[i] ? Math.max(1, (HEIGHT * shown[i]) / highest) : 0;
    bar.setAttribute('y', (HEIGHT - height).toFixed(1));
    bar.setAttribute('height', height.toFixed(1));
  });
  byId('bars-from').textContent = clockTime(first * 1000);
  byId('bars-to').textContent = clockTime(end * 1000);
}

setInterval(() => {
  const oldest = Math.floor(Date.now() / 1000) - SECONDS;
  for (const second of counts.keys()) {
    if (second < oldest) {
      counts.delete(second);
    }
  }
  if (!document.hidden && !byId('page-events').hidden) {
    requestAnimationFrame(draw);
  }
}, 1000);
