// How the stream is, and the tape: one mark a second, as high as there were events.

import { byId, brief, drawn, span } from './page.js';

const SECONDS = 58;
const HEIGHT = 24;
const WIDTH = 3;

/** For how long what a node has told counts. */
const TOLD_MS = 3000;

const WORDS = {
  connecting: ['Connecting', 'wait'],
  live: ['Live', 'live'],
  reconnecting: ['Connecting', 'wait'],
  paused: ['Paused', 'wait'],
  ended: ['Ended', 'bad'],
};

const marks = Array(SECONDS).fill(0);
const bars = [];
let word = 'connecting';
let since = Date.now();
let paused = false;
let coming = 0;

/** By node, how many events it published in its last second, and when it said so. */
const told = new Map();
let perSecond = 0;

for (let i = 0; i < SECONDS; i++) {
  const bar = drawn('rect', { x: i * WIDTH, width: WIDTH - 1, y: HEIGHT, height: 0, opacity: (0.35 + (0.65 * i) / SECONDS).toFixed(2) });
  bars.push(bar);
}
byId('tape').append(...bars);

function draw() {
  const highest = Math.max(4, ...marks);
  bars.forEach((bar, i) => {
    const height = marks[i] ? Math.max(1.5, (HEIGHT * marks[i]) / highest) : 0;
    bar.setAttribute('y', (HEIGHT - height).toFixed(1));
    bar.setAttribute('height', height.toFixed(1));
  });
}

function sayRate() {
  const waiting = word === 'connecting' || word === 'reconnecting';
  byId('rate').textContent = waiting ? span(Date.now() - since) : `${brief(perSecond)} events/s`;
  byId('events-count').textContent = perSecond ? `${brief(perSecond)}/s` : '';
}

/** An event has come over the stream. */
export function tick() {
  coming += 1;
}

/** What the nodes say was published in a second counts instead, for those whom they tell. */
export function toldOf({ node, rate }) {
  told.set(node, { rate, at: Date.now() });
}

function toldRate() {
  for (const [node, { at }] of told) {
    if (Date.now() - at > TOLD_MS) {
      told.delete(node);
    }
  }
  return told.size ? [...told.values()].reduce((sum, { rate }) => sum + rate, 0) : null;
}

/** What the hub published before this page came, a number for each of the last seconds. */
export function recall(before) {
  if (marks.every((mark) => mark === 0)) {
    before.slice(-SECONDS).forEach((mark, i, all) => {
      marks[SECONDS - all.length + i] = mark;
    });
  }
}

/** Says how the stream is; a word that is not known is a refusal, with its reason. */
export function sayState(next, detail = '') {
  if (next !== word) {
    since = Date.now();
  }
  word = next;
  const [text, mood] = paused && next === 'live' ? WORDS.paused : WORDS[next] ?? [detail, 'bad'];
  const place = byId('state');
  if (place.textContent !== text) {
    place.textContent = text;
  }
  byId('pulse').dataset.mood = mood;
  sayRate();
}

/** The list stands still, or goes on. */
export function sayPaused(now) {
  paused = now;
  sayState(word, byId('state').textContent);
}

setInterval(() => {
  marks.shift();
  marks.push(toldRate() ?? coming);
  coming = 0;
  const lately = marks.slice(-5);
  perSecond = Math.round((10 * lately.reduce((sum, mark) => sum + mark, 0)) / lately.length) / 10;
  if (!document.hidden) {
    requestAnimationFrame(() => {
      draw();
      sayRate();
    });
  }
}, 1000);
