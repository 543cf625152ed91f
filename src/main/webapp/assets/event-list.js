// The list of events that a stream brought: filtered, bounded, following the newest until its reader scrolls up. However
// fast they come, the page is changed once a frame: what comes waits for it, and of more than are shown the newest.

import { whyButtons } from './explain.js';
import { Following } from './following.js';
import { byId, element, timeOfDay } from './page.js';

const SHOWN = 500;

/** The oldest go by so many at once, for it moves all others, which then are painted anew. */
const GO = 100;

const LONGEST = 20_000;

/** What is drawn in one frame at most: rows, and characters of data. */
const ROWS = 100;
const CHARACTERS = 200_000;

/** How often a screen reader is told how many have come, at most: hearing each would be a flood. */
const TELL_AFTER_MS = 5000;

const box = byId('events');
const list = box.querySelector('ol');
const newest = byId('newest');
const onlyTopic = byId('only-topic');
const onlyType = byId('only-type');

const waiting = [];
const following = new Following(box, list, leaveOrReturn);

let frame = 0;
let received = 0;
let passedOver = 0;
let unseen = 0;
let untold = 0;
let last = '';

function isWanted({ topics, type, isNote }) {
  const topic = onlyTopic.value.trim();
  const wantedType = onlyType.value.trim();
  return isNote || ((!topic || topics.some((each) => each.includes(topic))) && type.includes(wantedType));
}

/** Joined and cut again, the beginning is a text of its own: as a mere slice it would keep the whole one in memory. */
function shortened(data) {
  const beginning = () => ` ${data.slice(0, LONGEST)}… and ${data.length - LONGEST} characters more`.slice(1);
  return data.length > LONGEST ? beginning() : data;
}

/** A browser has no frames for a page that is hidden, and may have few for one that is busy. */
function drawSoon() {
  frame ||= requestAnimationFrame(draw);
}

function leaveOrReturn() {
  unseen = following.on ? 0 : waiting.filter(isWanted).length;
  drawSoon();
}

function wait(entry) {
  waiting.push({ ...entry, missing: 0 });
  if (waiting.length > SHOWN) {
    const { isNote, missing } = waiting.shift();
    waiting[0].missing = missing + (isNote ? 0 : 1);
    passedOver += isNote ? 0 : 1;
  }
  if (!following.on && isWanted(entry)) {
    unseen += 1;
  }
  drawSoon();
}

function rowOf({ id, topics, type, data, time, isNote }) {
  const row = element('li', '', isNote ? 'note' : '');
  row.entry = { topics, type, isNote };
  row.hidden = !isWanted(row.entry);
  row.title = id;
  row.append(element('time', timeOfDay(time)));
  if (!isNote) {
    row.append(element('span', topics.join(' '), 'topics'));
  }
  if (type) {
    row.append(element('span', type, 'type'));
  }
  row.append(element('span', data, 'data'));
  if (!isNote) {
    row.append(...whyButtons({ id }, `Why did a user get ${id}, or not?`));
  }
  return row;
}

const noteOf = (data, time) => ({ id: '', topics: [], type: '', data, time, isNote: true });

/** Above a reader who has scrolled up nothing is taken away, and below no more is added than as much again. */
const room = () => Math.min(ROWS, following.on ? ROWS : 2 * SHOWN - list.childElementCount);

function drawRows() {
  const rows = [];
  for (let characters = 0; rows.length < room() && characters < CHARACTERS && waiting.length; ) {
    const { missing, ...entry } = waiting.shift();
    if (missing) {
      rows.push(rowOf(noteOf(`${missing} events passed over here.`, entry.time)));
    }
    rows.push(rowOf(entry));
    characters += entry.data.length;
  }
  list.append(...rows);
  if (following.on && list.childElementCount >= SHOWN + GO) {
    [...list.children].slice(0, -SHOWN).forEach((row) => row.remove());
  }
}

function draw() {
  frame = 0;
  drawRows();
  newest.hidden = !unseen;
  newest.textContent = unseen ? `${unseen} newer, below` : '';
  byId('received').textContent = received;
  byId('passed-over').textContent = passedOver ? `${passedOver} of them passed over` : '';
  if (last) {
    byId('last').textContent = last;
  }
  following.stay();
  if (waiting.length && room() > 0) {
    drawSoon();
  }
}

function tell() {
  byId('heard').textContent = `${untold} new ${untold === 1 ? 'event' : 'events'}`;
  untold = 0;
}

/** Shows an event as the hub frames it in JSON. */
export function showEvent({ id, topics, type, data, time }) {
  received += 1;
  last = id;
  wait({ id, topics, type: type ?? '', data: shortened(data ?? ''), time });
  if (untold === 0) {
    setTimeout(tell, TELL_AFTER_MS);
  }
  untold += 1;
}

/** Shows something about the stream between its events. */
export function showNote(text) {
  wait(noteOf(text, Date.now()));
}

function goToNewest() {
  following.resume();
  leaveOrReturn();
}

function filter() {
  for (const row of list.children) {
    row.hidden = !isWanted(row.entry);
  }
  goToNewest();
}

onlyTopic.addEventListener('input', filter);
onlyType.addEventListener('input', filter);
newest.addEventListener('click', goToNewest);
