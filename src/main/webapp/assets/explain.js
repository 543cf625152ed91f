// Why did a user get an event, or not? Operators ask the hub, from beside an event or a client, and read its answer.

import { around, ask, byId, clockTime, covers, element, icon, say, topicsText, visible } from './page.js';

const panel = byId('explain-panel');
const user = byId('explain-user');
const event = byId('explain-event');
const summary = byId('explain-summary');
const streams = byId('explain-streams');

const PICTURES = {
  delivered: ['check', 'good'],
  waiting: ['clock', 'warn'],
  replaying: ['clock', 'warn'],
  'not asked for': ['close', ''],
  'not granted': ['lock', 'bad'],
  'came later': ['close', ''],
};

let may = false;
let asked = 0;
let changed = () => {};
/** What had the focus before the panel was opened. */
let before = null;

function sentence({ client, node, connectedAt, verdict, why }) {
  const [picture, mood] = PICTURES[verdict] ?? ['close', ''];
  const row = around('li', '', icon(picture, mood), element('strong', verdict), element('span', visible(why)), element('span', `${node}, open since ${clockTime(connectedAt)}`, 'quiet'));
  row.title = client;
  return row;
}

function show({ event: { topics, private: isPrivate }, streams: all, withoutStream }, areMore) {
  const what = `The event is ${isPrivate ? 'private' : 'public'} and about ${topicsText(topics)}.`;
  const more = areMore ? ` There are more streams than these.` : '';
  say(summary, `${what}${more}${withoutStream ? ` ${withoutStream.why}` : ''}`);
  streams.replaceChildren(...all.map(sentence));
}

async function explain() {
  asked += 1;
  const mine = asked;
  changed();
  say(summary, 'Asking…');
  streams.replaceChildren();
  try {
    const query = new URLSearchParams({ user: user.value, id: event.value });
    const response = await ask(`hub/explain?${query}`);
    const answer = await response.json();
    if (mine === asked) {
      show(answer, response.headers.has('Link'));
    }
  } catch (refusal) {
    if (mine === asked) {
      say(summary, refusal.message, 'bad');
    }
  }
}

/** Asks if both are known, and otherwise lets its reader say the other. */
function askOr(missing) {
  if (panel.hidden) {
    before = document.activeElement;
    panel.hidden = false;
  }
  if (user.value && event.value) {
    explain();
  } else {
    missing.focus();
  }
}

/** Whether the token may ask. */
export const mayExplain = () => may;

/** Asks about an event. */
export function explainEvent(id) {
  event.value = id;
  askOr(user);
}

/** Asks about a user. */
export function explainUser(name) {
  user.value = name;
  askOr(event);
}

/** Asks about an event and a user. */
export function explainBoth(name, id) {
  user.value = name;
  event.value = id;
  askOr(user);
}

/** The user that is asked about, while the panel is open. */
export const explained = () => (panel.hidden ? '' : user.value);

function close() {
  const hadFocus = panel.contains(document.activeElement);
  panel.hidden = true;
  if (hadFocus) {
    (before?.isConnected ? before : byId('main')).focus({ preventScroll: true });
  }
  changed();
}

/** Makes the panel ready for whoever is logged in. */
export function prepareExplain({ subscribe }, onChange = () => {}) {
  may = covers(subscribe, '/hub/explain');
  changed = onChange;
}

/** Closes the panel, and returns whether it was open. */
export function closeExplain() {
  const wasOpen = !panel.hidden;
  if (wasOpen) {
    close();
  }
  return wasOpen;
}

byId('explain-close').addEventListener('click', close);
byId('explain').addEventListener('submit', (submission) => {
  submission.preventDefault();
  explain();
});
