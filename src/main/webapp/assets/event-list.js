// The list of events that a stream brought: filtered, bounded, following the newest until its reader scrolls up, opens one
// or pauses. However fast they come, the page is changed once a frame: what comes waits for it, and of more than are shown
// the newest. Over 300 lines, since what waits, what is drawn and where its reader is decide each other.

import { opened } from './event-details.js';
import { Following } from './following.js';
import { around, byId, bytesOf, element, exactTime, fullTime, icon, topicOf, visible, whole } from './page.js';
import { sayUnread } from './router.js';
import { countSecond } from './seconds.js';

const SHOWN = 500;

/** The oldest go by so many at once, for it moves all others, which then are painted anew. */
const GO = 100;

const LONGEST = 20_000;

/** How much of its data stands in a row. */
const IN_ROW = 400;

/** What is drawn in one frame at most: rows, and characters of data. */
const ROWS = 100;
const CHARACTERS = 200_000;

/** How often a screen reader is told how many have come, at most: hearing each would be a flood. */
const TELL_AFTER_MS = 15_000;

/** With more events a second than this, new rows are not tinted. */
const TINTED_A_FRAME = 2;

/** How many types have a filter. */
const TYPES = 6;

const box = byId('events');
const list = box.querySelector('ol');
const newest = byId('newest');
const utf8 = new TextEncoder();

const waiting = [];
const following = new Following(box, list, leaveOrReturn);

/** What is shown: a part of the data or topics, types, and only what is private. */
const wanted = { text: '', types: new Set(), onlyPrivate: false };

/** How many events came of each type. */
const types = new Map();

let frame = 0;
let received = 0;
let passedOver = 0;
let unseen = 0;
let unread = 0;
let untold = 0;
let last = '';
let paused = false;
let shownMatch = 0;
let shownEvents = 0;
let handlers = { types() {}, changed() {} };

/** Whether the topics say so: what is for a user, among others, is private. */
const isPrivate = (topics) => topics.some((topic) => topic.startsWith('/users/'));

function isWanted({ topics, type, data, isNote }) {
  if (isNote) {
    return true;
  }
  const { text, types: only, onlyPrivate } = wanted;
  return (!text || data.toLowerCase().includes(text) || topics.some((topic) => topic.toLowerCase().includes(text))) &&
    (only.size === 0 || only.has(type)) && (!onlyPrivate || isPrivate(topics));
}

/** Joined and cut again, the beginning is a text of its own: as a mere slice it would keep the whole one in memory. */
const beginningOf = (data) => (data.length > LONGEST ? ` ${data.slice(0, LONGEST)}`.slice(1) : data);

/** A browser has no frames for a page that is hidden, and may have few for one that is busy. */
function drawSoon() {
  frame ||= requestAnimationFrame(draw);
}

const follows = () => following.on && !paused;

/** Whether it counts among those that are newer: what is said between events is no event. */
const isWantedEvent = (entry) => !entry.isNote && isWanted(entry);

function leaveOrReturn() {
  unseen = follows() ? 0 : waiting.filter(isWantedEvent).length;
  drawSoon();
}

function wait(entry) {
  waiting.push({ ...entry, missing: 0 });
  if (waiting.length > SHOWN) {
    const { isNote, missing } = waiting.shift();
    waiting[0].missing = missing + (isNote ? 0 : 1);
    passedOver += isNote ? 0 : 1;
  }
  if (!follows() && isWantedEvent(entry)) {
    unseen += 1;
  }
  drawSoon();
}

/** The data in one line, with what is searched for marked. */
function dataNodes(data) {
  const text = visible(data.length > IN_ROW ? `${data.slice(0, IN_ROW)}…` : data);
  const { text: searched } = wanted;
  const at = searched ? text.toLowerCase().indexOf(searched) : -1;
  return at < 0 ? [text] : [text.slice(0, at), element('mark', text.slice(at, at + searched.length), 'found'), text.slice(at + searched.length)];
}

function topicsNode(topics) {
  const place = around('span', 'topics', topicOf(topics[0] ?? ''));
  if (topics.length > 1) {
    place.append(` +${topics.length - 1}`);
  }
  place.title = topics.join('\n');
  return place;
}

function noteRow(entry) {
  const row = around('li', 'row note', icon('alert'), element('span', entry.data, 'data'));
  row.entry = entry;
  return row;
}

function rowOf(entry) {
  if (entry.isNote) {
    return noteRow(entry);
  }
  const { id, topics, type, data, time, size } = entry;
  const row = element('li', '', 'row');
  row.entry = entry;
  row.hidden = !isWanted(entry);
  const line = element('button', '', 'line');
  line.type = 'button';
  line.setAttribute('aria-expanded', 'false');
  const when = element('time', exactTime(time));
  when.title = `${new Date(time).toISOString()}  ${id}`;
  const shown = around('span', 'data', ...dataNodes(data));
  shown.dir = 'auto';
  line.append(icon('chevron', 'chevron'), when, topicsNode(topics), element('span', visible(type), 'type'), shown, element('span', bytesOf(size), 'size'),
    isPrivate(topics) ? icon('lock', 'lock') : element('span', '', 'lock'));
  row.append(line);
  return row;
}

const noteOf = (data, time) => ({ id: '', topics: [], type: '', data, time, isNote: true });

/** Above a reader who has scrolled up nothing is taken away, and below no more is added than as much again. */
const room = () => (paused ? 0 : Math.min(ROWS, following.on ? ROWS : 2 * SHOWN - list.childElementCount));

const eventsIn = (rows) => rows.filter(({ entry }) => !entry.isNote).length;
const matchesIn = (rows) => rows.filter(({ entry, hidden }) => !entry.isNote && !hidden).length;

function drawRows() {
  const rows = [];
  for (let characters = 0; rows.length < room() && characters < CHARACTERS && waiting.length; ) {
    const { missing, ...entry } = waiting.shift();
    if (missing) {
      rows.push(rowOf(noteOf(`${whole(missing)} events passed over here.`, entry.time)));
    }
    rows.push(rowOf(entry));
    characters += Math.min(IN_ROW, entry.data.length);
  }
  if (rows.length <= TINTED_A_FRAME) {
    rows.forEach((row) => row.classList.add('new'));
  }
  shownMatch += matchesIn(rows);
  shownEvents += eventsIn(rows);
  list.append(...rows);
  if (follows() && list.childElementCount >= SHOWN + GO) {
    const gone = [...list.children].slice(0, -SHOWN);
    shownMatch -= matchesIn(gone);
    shownEvents -= eventsIn(gone);
    gone.forEach((row) => row.remove());
  }
}

function draw() {
  frame = 0;
  drawRows();
  newest.hidden = !unseen;
  if (unseen) {
    newest.replaceChildren(icon('down'), `${whole(unseen)} newer`);
  }
  byId('received').textContent = whole(received);
  byId('received-word').textContent = received === 1 ? 'event' : 'events';
  byId('passed-over').textContent = passedOver ? `${whole(passedOver)} of them passed over` : '';
  byId('following').textContent = follows() ? 'Following the newest' : '';
  if (last) {
    byId('last').textContent = last;
  }
  handlers.types(typeCounts());
  handlers.changed({ received, match: shownMatch, shown: shownEvents });
  sayUnread(document.hidden ? unread : unseen);
  following.stay();
  if (waiting.length && room() > 0) {
    drawSoon();
  }
}

function typeCounts() {
  return [...types].filter(([type]) => type).sort((one, other) => other[1] - one[1]).slice(0, TYPES);
}

function tell() {
  byId('heard').textContent = `${untold} new ${untold === 1 ? 'event' : 'events'}`;
  untold = 0;
  if (document.hidden) {
    sayUnread(unread);
  }
}

/** Shows an event as the hub frames it in JSON. */
export function showEvent({ id, topics, type, data, time }) {
  received += 1;
  last = id;
  const text = data ?? '';
  const kind = type ?? '';
  if (types.has(kind) || types.size < 100) {
    types.set(kind, (types.get(kind) ?? 0) + 1);
  }
  wait({ id, topics, type: kind, data: beginningOf(text), cut: Math.max(0, text.length - LONGEST), size: text.length > LONGEST ? new Blob([text]).size : utf8.encode(text).length, time });
  unread += document.hidden ? 1 : 0;
  if (untold === 0) {
    setTimeout(tell, TELL_AFTER_MS);
  }
  untold += 1;
  countSecond(time);
}

/** Shows something about the stream between its events. */
export function showNote(text) {
  wait(noteOf(text, Date.now()));
}

function goToNewest() {
  following.resume();
  leaveOrReturn();
}

/** Forgets what is shown. */
export function clearEvents() {
  waiting.length = 0;
  list.replaceChildren();
  types.clear();
  received = 0;
  passedOver = 0;
  unseen = 0;
  shownMatch = 0;
  shownEvents = 0;
  goToNewest();
}

/** Shows only what is wanted from here on. */
export function filterEvents({ text, types: only, onlyPrivate }) {
  wanted.text = text.trim().toLowerCase();
  wanted.types = only;
  wanted.onlyPrivate = onlyPrivate;
  for (const row of list.children) {
    row.hidden = !isWanted(row.entry);
    if (!row.entry.isNote) {
      row.querySelector('.data').replaceChildren(...dataNodes(row.entry.data));
    }
  }
  shownMatch = matchesIn([...list.children]);
  goToNewest();
}

/** Has the list stand still, or go on. */
export function pauseEvents(now) {
  paused = now;
  if (!now) {
    following.resume();
  }
  leaveOrReturn();
}

/** The list is shown again: its reader is where they were. */
export function eventsShown() {
  following.restore();
  drawSoon();
}

/**
 * Opens an event, or closes it.
 *
 * @returns whether it is open now
 */
export function toggle(row) {
  const line = row.querySelector('.line');
  const isOpen = line.getAttribute('aria-expanded') === 'true';
  line.setAttribute('aria-expanded', String(!isOpen));
  if (isOpen) {
    row.querySelector('.opened').remove();
    if (following.isAtEnd() && !list.querySelector('[aria-expanded=true]')) {
      goToNewest();
    }
  } else {
    following.leave();
    leaveOrReturn();
    row.append(opened(row.entry, fullTime(row.entry.time)));
    following.settle();
    row.scrollIntoView({ block: 'nearest' });
  }
  return !isOpen;
}

/** The row of an event with this id, if it is shown. */
export const rowWith = (id) => [...list.children].find(({ entry }) => entry.id === id);

/** What is told to whoever shows filters and facts. */
export function onEvents(handle) {
  handlers = { ...handlers, ...handle };
}

document.addEventListener('visibilitychange', () => {
  unread = 0;
  drawSoon();
});
newest.addEventListener('click', () => {
  if (paused) {
    byId('pause').click();
  } else {
    goToNewest();
  }
});
