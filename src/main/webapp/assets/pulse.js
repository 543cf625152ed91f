// How the stream is, and the tape: one mark a second, as high as there were events.

import { brief, byId, span } from './page.js';
import { Tape } from './tape.js';

const SECONDS = 58;

/** For how long what a node has told counts. */
const TOLD_MS = 3000;

const WORDS = {
  connecting: ['Connecting', 'wait'],
  live: ['Live', 'live'],
  reconnecting: ['Connecting', 'wait'],
  paused: ['Paused', 'wait'],
  ended: ['Ended', 'bad'],
  outside: ['Logged out', 'wait'],
};

const tape = new Tape(byId('tape'), SECONDS);

let word = 'connecting';
let since = Date.now();
let paused = false;

/** By node, how many events it published in its last second, and when it said so. */
const told = new Map();
let perSecond = 0;

function sayRate() {
  const waiting = word === 'connecting' || word === 'reconnecting';
  const rate = word === 'live' ? `${brief(perSecond)} events/s` : '';
  byId('rate').textContent = waiting ? span(Date.now() - since) : rate;
  byId('events-count').textContent = perSecond ? `${brief(perSecond)}/s` : '';
}

/** An event has come over the stream. */
export function tick() {
  tape.tick();
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
export const recall = (before) => tape.recall(before);

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
  tape.push(toldRate() ?? undefined);
  perSecond = tape.rate();
  if (!document.hidden) {
    requestAnimationFrame(() => {
      tape.draw();
      sayRate();
    });
  }
}, 1000);
