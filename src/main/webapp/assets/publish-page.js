// The form that publishes, to a user, a topic or everybody; the same as code; and what was sent from this tab.

import { isStillGood, sentKey } from './account.js';
import { Chips } from './chips.js';
import { codeNodes, fieldsOf, frameNodes, isJson, LANGUAGES } from './code.js';
import { around, ask, buttonOf, byId, bytesOf, clockTime, element, fact, icon, say, topicOf, topicsOf, topicsText, visible } from './page.js';
import { addPage, go, keep, query } from './router.js';
import { TabList } from './tabs.js';
import { copy } from './toast.js';

const EVERYONE = '/all';
const LABELS = { user: 'User', topic: 'Topic' };
const MOST_SENT = 12;
const LONGEST_SENT = 4000;

const form = byId('publish');
const data = byId('data');
const sent = byId('sent');
const button = form.querySelector('button.primary');
const utf8 = new TextEncoder();

/** Where this tab remembers what was sent: another user of it does not see that. */
let stored = '';
let language = 'curl';
let key = '';
let lastId = '';

const targets = new Chips('targets', () => {
  describe();
  keepAddress();
});

const whom = () => form.elements.whom.value;
const newKey = () => crypto.getRandomValues(new Uint32Array(2)).reduce((text, part) => text + part.toString(16).padStart(8, '0'), '');

/** The event that the form describes. */
function event() {
  const to = whom();
  return {
    to: to === 'user' ? targets.now() : [],
    topics: to === 'topic' ? targets.now() : to === 'all' ? [EVERYONE] : [],
    type: byId('type').value.trim(),
    id: byId('id').value.trim(),
    isPrivate: byId('private').checked,
    data: data.value,
    lines: byId('lines').checked,
    key: byId('once').checked ? (key ||= newKey()) : '',
  };
}

function describe() {
  const label = LABELS[whom()];
  const many = byId('lines').checked;
  byId('target-label').hidden = targets.place.hidden = !label || many;
  byId('target-label').textContent = label ?? '';
  form.querySelector('fieldset').hidden = many;
  byId('type').closest('.two').hidden = many;
  const size = bytesOf(utf8.encode(data.value).length);
  byId('data-fact').textContent = many ? `${data.value.split('\n').filter((line) => line.trim()).length} lines, ${size}` : `${isJson(data.value) ? 'JSON' : 'text'}, ${size}`;
  drawCode();
}

function drawCode() {
  const now = event();
  byId('code').replaceChildren(...codeNodes(visible(LANGUAGES[language](now))));
  byId('frame').replaceChildren(...(now.lines ? ['One event for each line.'] : frameNodes({ type: now.type, id: now.id || lastId || 'urn:uuid:… of the hub', data: now.data })));
}

new TabList(byId('languages'), Object.keys(LANGUAGES).map((name) => [name, 'code']), (name) => {
  language = name;
  drawCode();
});

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(stored)) ?? [];
  } catch {
    return [];
  }
}

function remember(entry) {
  try {
    sessionStorage.setItem(stored, JSON.stringify([entry, ...remembered()].slice(0, MOST_SENT)));
  } catch {
    // Without storage nothing is remembered.
  }
  drawSent();
}

/** The way to publish it again: of long data the tab remembers the beginning alone. */
function againOf(entry) {
  if (entry.cut) {
    return element('span', 'too long to repeat', 'quiet');
  }
  const again = buttonOf('', 'text', () => publishAgain(entry));
  again.append(icon('again'), 'Again');
  return again;
}

function drawSent() {
  const list = remembered();
  byId('sent-before').hidden = list.length === 0;
  byId('sent-list').replaceChildren(...list.map((entry) => {
    const about = entry.to.length ? `/users/${entry.to.join(', ')}` : entry.topics.join(', ');
    const isRefused = entry.refused !== undefined;
    const badge = element('span', isRefused ? String(entry.refused || 'no answer') : visible(entry.type), isRefused ? 'badge bad' : entry.type ? 'type' : '');
    return around('li', '', element('time', clockTime(entry.time)), topicOf(about || 'many lines'), badge, element('code', visible(entry.why ?? entry.data)), againOf(entry));
  }));
}

/** Fills the form with an event, and shows it. */
export function publishAgain({ to = [], topics = [], type = '', data: text = '', lines = false, isPrivate = false }) {
  go('publish');
  form.elements.whom.value = to.length ? 'user' : topics.length === 1 && topics[0] === EVERYONE ? 'all' : 'topic';
  targets.replace(to.length ? to : topics);
  byId('type').value = type;
  byId('id').value = '';
  byId('private').checked = isPrivate;
  byId('lines').checked = lines;
  data.value = text;
  key = '';
  describe();
  data.focus();
}

/** What the hub answered, and the way to the event. */
function showResult({ id, ids, topics }, status, took) {
  byId('result').hidden = false;
  byId('result-fact').textContent = `${status} in ${took} ms`;
  byId('result-show').hidden = !topics;
  byId('result-show').onclick = () => go('events', new URLSearchParams([...topics.slice(0, 1).map((topic) => ['topic', topic]), ['last', '50'], ['open', id]]));
  const copyId = buttonOf('', 'text', () => copy(id ?? ids.join('\n'), 'Id'));
  copyId.setAttribute('aria-label', 'Copy the id');
  copyId.append(icon('copy'));
  byId('result-facts').replaceChildren(
    fact(ids ? 'Last id' : 'Id', around('span', '', element('code', visible(id ?? ids.at(-1))), copyId)),
    ...(topics ? [fact('Topics', ...topicsOf(topics))] : [fact('Events', String(ids.length))]));
}

async function publish() {
  if (button.disabled) {
    return;
  }
  const now = event();
  if (!targets.place.hidden && !targets.all().length) {
    say(sent, `Name a ${whom()} first.`, 'bad');
    targets.input.focus();
    return;
  }
  button.disabled = true;
  if (!(await isStillGood())) {
    // It would be published as whoever has logged in in another tab.
    button.disabled = false;
    say(sent, '');
    return;
  }
  const { to, topics, type, isPrivate, lines } = now;
  const entry = { to, topics: lines ? [] : topics, type, isPrivate, lines, data: now.data.slice(0, LONGEST_SENT), cut: now.data.length > LONGEST_SENT, time: Date.now() };
  const headers = { ...(lines ? { 'Content-Type': 'application/x-ndjson' } : {}), ...(now.key ? { 'Idempotency-Key': now.key } : {}) };
  const begun = performance.now();
  try {
    const response = await ask('msg', { method: 'POST', headers, body: lines ? now.data : new URLSearchParams(fieldsOf(now)) });
    const took = Math.round(performance.now() - begun);
    const answer = await response.json();
    if (answer.ids) {
      say(sent, `Published ${answer.ids.length} events.`, 'good');
    } else {
      say(sent, `Published to ${topicsText(answer.topics)}.`, 'good');
      lastId = answer.id;
    }
    showResult(answer, response.status, took);
    byId('id').value = '';
    key = '';
    describe();
    remember(entry);
  } catch ({ status, message }) {
    const isGood = status !== 401 || (await isStillGood());
    say(sent, isGood ? message : '', 'bad');
    if (isGood) {
      remember({ ...entry, refused: status, why: message });
    }
  } finally {
    button.disabled = false;
  }
}

/** Makes the form ready for whoever is logged in. */
export function preparePublish({ user }) {
  stored = sentKey(user);
  targets.replace(user ? [user] : []);
  describe();
  drawSent();
  addPage('publish', {
    fact: 'the form and the code are the same request',
    show: (asked) => {
      const to = asked.getAll('to');
      const topics = asked.getAll('topic');
      if (to.length || topics.length) {
        form.elements.whom.value = to.length ? 'user' : 'topic';
        targets.replace(to.length ? to : topics);
      }
      if (asked.has('type')) {
        byId('type').value = asked.get('type');
      }
      describe();
    },
  });
}

/** The address says to whom, and never what. */
function keepAddress() {
  const parts = new URLSearchParams();
  if (whom() !== 'all') {
    targets.now().forEach((name) => parts.append(whom() === 'user' ? 'to' : 'topic', name));
  }
  if (byId('type').value.trim()) {
    parts.set('type', byId('type').value.trim());
  }
  if (parts.toString() !== query().toString()) {
    keep('publish', parts);
  }
}

form.addEventListener('change', () => {
  describe();
  keepAddress();
});
form.addEventListener('input', describe);
form.addEventListener('submit', (submission) => {
  submission.preventDefault();
  publish();
});
data.addEventListener('keydown', (pressed) => {
  if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) {
    form.requestSubmit(button);
  }
});
byId('copy-code').addEventListener('click', () => copy(LANGUAGES[language](event()), `${language}, without the token,`));
byId('forget-sent').addEventListener('click', () => {
  sessionStorage.removeItem(stored);
  drawSent();
});
