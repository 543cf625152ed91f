// All feeds at once: one stream of many topics, and frame=json to tell them apart.

import { account, ended } from './account.js';
import { LiveStream } from './live-stream.js';
import { byId } from './page.js';
import { hasEventSource } from './polling-source.js';

/** What a thumbnail says of an event's data; the data itself where nothing is said here. */
const WORDS = {
  greeting: (data) => JSON.parse(data).message,
  progress: (data) => JSON.parse(data).message,
  notification: (data) => JSON.parse(data).title,
  json: (data) => data.replace(/\s+/g, ' '),
  prices: (data) => (({ key, price }) => `${key} ${price.toFixed(2)}`)(JSON.parse(data)),
  answer: (question) => `${question} `,
  monitor: (data) => (({ cpu, heap, streams }) => `${cpu} % · ${heap} MiB · ${streams} streams`)(JSON.parse(data)),
  online: (data) => `${data} here`,
};

const ANSWER_SHOWN = 80;

/** The end of a text that is too long, from the beginning of a word. */
const shortened = (text) => (text.length > ANSWER_SHOWN ? text.slice(-ANSWER_SHOWN).replace(/^\S*\s/, '… ') : text);

const cards = new Map([...document.querySelectorAll('[data-feed]')].map((card) => [`/feeds/${card.dataset.feed}`, card]));

function show({ topics, type, data }) {
  const card = cards.get(topics[0]);
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

const follow = (mayGoOn) => new LiveStream([...cards.keys()], { event: show }, mayGoOn);

byId('no-event-source').hidden = hasEventSource;
account.then(
  () => follow(),
  () => follow(),
);
// Everybody may see the feeds.
ended.then(() => follow(() => true));
