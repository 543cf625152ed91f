// The list of events that a stream brought: filtered, bounded, following the newest unless scrolled up.

import { byId, element, timeOfDay } from './page.js';

const SHOWN = 500;
const LONGEST = 20_000;

/** How often a screen reader is told how many have come, at most: hearing each would be a flood. */
const TELL_AFTER_MS = 5000;

const box = byId('events');
const list = box.querySelector('ol');
const newest = byId('newest');
const onlyTopic = byId('only-topic');
const onlyType = byId('only-type');

let received = 0;
let unseen = 0;
let untold = 0;

const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < 24;

function isWanted({ topics, type }) {
  const topic = onlyTopic.value.trim();
  const wantedType = onlyType.value.trim();
  return (!topic || topics.some((each) => each.includes(topic))) && (!wantedType || (type ?? '').includes(wantedType));
}

function shortened(data) {
  return data.length > LONGEST ? `${data.slice(0, LONGEST)}… and ${data.length - LONGEST} characters more` : data;
}

function follow() {
  box.scrollTop = box.scrollHeight;
  unseen = 0;
  newest.hidden = true;
}

function add(item) {
  const following = atEnd();
  list.append(item);
  while (list.children.length > SHOWN) {
    list.firstElementChild.remove();
  }
  if (following) {
    follow();
  } else if (!item.hidden) {
    unseen += 1;
    newest.textContent = `${unseen} newer, below`;
    newest.hidden = false;
  }
}

function tell() {
  byId('heard').textContent = `${untold} new ${untold === 1 ? 'event' : 'events'}`;
  untold = 0;
}

/** Shows an event as the hub frames it in JSON. */
export function showEvent(event) {
  const item = element('li');
  item.event = event;
  item.hidden = !isWanted(event);
  item.title = event.id;
  item.append(element('time', timeOfDay(event.time)), element('span', event.topics.join(' '), 'topics'));
  if (event.type) {
    item.append(element('span', event.type, 'type'));
  }
  item.append(element('span', shortened(event.data ?? ''), 'data'));
  add(item);
  received += 1;
  byId('received').textContent = received;
  byId('last').replaceChildren(element('code', event.id));
  if (untold === 0) {
    setTimeout(tell, TELL_AFTER_MS);
  }
  untold += 1;
}

/** Shows something about the stream between its events. */
export function showNote(text) {
  const item = element('li', '', 'note');
  item.event = { topics: [], type: '' };
  item.append(element('time', timeOfDay(Date.now())), element('span', text, 'data'));
  add(item);
}

function filter() {
  for (const item of list.children) {
    item.hidden = !item.classList.contains('note') && !isWanted(item.event);
  }
  follow();
}

onlyTopic.addEventListener('input', filter);
onlyType.addEventListener('input', filter);
newest.addEventListener('click', follow);
box.addEventListener('scroll', () => {
  if (atEnd()) {
    unseen = 0;
    newest.hidden = true;
  }
});
