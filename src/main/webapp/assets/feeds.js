// All feeds at once: one stream of many topics, whose events say what they are about.

import { followForAll } from './live-stream.js';
import { brief, byId, drawn } from './page.js';
import { Tape } from './tape.js';

/** The latest of each good that was priced lately. */
const prices = new Map();

function board({ key, price, change }) {
  prices.delete(key);
  prices.set(key, `${key} ${price.toFixed(2)} ${change < 0 ? '▼' : '▲'} ${Math.abs(change).toFixed(2)}`);
  return [...prices.values()].slice(-3).sort().join('\n');
}

/** What a thumbnail says of an event's data; the data itself where nothing is said here. */
const WORDS = {
  greeting: (data) => JSON.parse(data).message,
  progress: (data) => JSON.parse(data).message,
  notification: (data) => JSON.parse(data).title,
  json: (data) => data.replace(/\s+/g, ' '),
  prices: (data) => board(JSON.parse(data)),
  answer: (question) => `${question} `,
  monitor: (data) => (({ cpu, heap, streams }) => `${cpu} % · ${heap} MiB · ${streams} ${streams === 1 ? 'stream' : 'streams'}`)(JSON.parse(data)),
  online: (data) => `${data} here`,
};

const ANSWER_SHOWN = 80;

/** The end of a text that is too long, from the beginning of a word. */
const shortened = (text) => (text.length > ANSWER_SHOWN ? text.slice(-ANSWER_SHOWN).replace(/^\S*\s/, '… ') : text);

const cards = new Map([...document.querySelectorAll('[data-feed]')].map((card) => [`/feeds/${card.dataset.feed}`, card]));

/** A tape for each card, and one for all. */
const SECONDS = 24;
const tapes = new Map([...cards].map(([topic, card]) => {
  const svg = drawn('svg', { class: 'tape' });
  card.append(svg);
  return [topic, new Tape(svg, SECONDS, 1)];
}));
const all = new Tape(byId('tape'), 2 * SECONDS);

function show({ topics, type, data }) {
  const topic = topics.find((each) => cards.has(each));
  const card = cards.get(topic);
  tapes.get(topic).tick();
  all.tick();
  const thumbnail = card.querySelector('.thumbnail');
  if (type === null && card.dataset.feed === 'answer') {
    thumbnail.textContent = shortened(thumbnail.textContent + data);
  } else if (type !== 'done') {
    thumbnail.textContent = WORDS[card.dataset.feed]?.(data) ?? data;
  }
  if (type === 'progress') {
    card.querySelector('progress').value = JSON.parse(data).percent;
  }
}

const STATES = { live: ['Live', 'live'], connecting: ['Connecting', 'wait'], reconnecting: ['Connecting', 'wait'] };

function sayState(word, reconnects, detail) {
  const [text, mood] = STATES[word] ?? [detail, 'bad'];
  byId('state').textContent = text;
  byId('pulse').dataset.mood = mood;
}

setInterval(() => {
  [all, ...tapes.values()].forEach((tape) => tape.push());
  if (!document.hidden) {
    requestAnimationFrame(() => {
      [all, ...tapes.values()].forEach((tape) => tape.draw());
      byId('rate').textContent = `${brief(all.rate())} events/s`;
    });
  }
}, 1000);

followForAll({ state: sayState }, [...cards.keys()], show);
