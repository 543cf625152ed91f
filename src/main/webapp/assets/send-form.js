// The send form: to a user, a topic, or everyone.

import { isStillGood } from './account.js';
import { ask, byId, say } from './page.js';

const EVERYONE = '/all';
const LABELS = { user: 'User', topic: 'Topic' };

const form = byId('publish');
const target = byId('target');
const sent = byId('sent');
const button = form.querySelector('button');

const whom = () => form.elements.whom.value;

function describe() {
  const label = LABELS[whom()];
  byId('target-label').hidden = target.hidden = !label;
  byId('target-label').textContent = label ?? '';
}

function fields() {
  const value = target.value.trim();
  const to = { user: ['to', value], topic: ['topic', value], all: ['topic', EVERYONE] }[whom()];
  const all = { msg: byId('data').value, type: byId('type').value.trim(), id: byId('id').value.trim() };
  const filled = Object.entries(all).filter(([name, text]) => name === 'msg' || text);
  return new URLSearchParams([to, ...filled, ['private', byId('private').checked ? 'on' : 'off']]);
}

async function publish() {
  if (!target.hidden && !target.value.trim()) {
    say(sent, `Name a ${whom()} first.`, 'bad');
    target.focus();
    return;
  }
  button.disabled = true;
  try {
    const response = await ask('msg', { method: 'POST', body: fields() });
    const { topics, id } = await response.json();
    say(sent, `Published to ${topics.join(', ')}.`, 'good');
    sent.title = id;
    byId('id').value = '';
  } catch ({ status, message }) {
    say(sent, status !== 401 || (await isStillGood()) ? message : '', 'bad');
  } finally {
    button.disabled = false;
  }
}

/** Makes the form ready for whoever is logged in. */
export function prepare({ user }) {
  target.value = user ?? '';
  describe();
}

form.addEventListener('change', describe);
form.addEventListener('submit', (submission) => {
  submission.preventDefault();
  publish();
});
byId('data').addEventListener('keydown', (key) => {
  if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) {
    form.requestSubmit(button);
  }
});
