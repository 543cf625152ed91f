// Why did a user get an event, or not? Operators ask the hub, from beside an event or a client, and read its answer.

import { ask, byId, element, say, timeOfDay } from './page.js';

const panel = byId('explain-panel');
const user = byId('explain-user');
const event = byId('explain-event');
const summary = byId('explain-summary');
const streams = byId('explain-streams');

let mayAsk = false;
let asked = 0;

const names = (selector) => /^\/hub([/{?*]|$)/.test(selector);

const sentence = ({ client, node, connectedAt, verdict, why }) => {
  const row = element('li');
  row.append(element('strong', verdict), ` ${why} (${client} on ${node}, since ${timeOfDay(connectedAt)})`);
  return row;
};

function show({ event: { topics, private: isPrivate }, streams: all, withoutStream }, areMore) {
  const what = `The event is ${isPrivate ? 'private' : 'public'} and about ${topics.join(', ')}.`;
  const more = areMore ? ` These are the first ${all.length} streams.` : '';
  say(summary, `${what}${more}${withoutStream ? ` ${withoutStream.why}` : ''}`);
  streams.replaceChildren(...all.map(sentence));
}

async function explain() {
  asked += 1;
  const mine = asked;
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
  panel.scrollIntoView({ block: 'nearest' });
  if (user.value && event.value) {
    explain();
  } else {
    missing.focus();
  }
}

/**
 * What goes beside a user or an event: a button that asks.
 *
 * @param known has either the user or the id of the event
 * @returns the button in a list, which is empty if the token may not ask
 */
export function whyButtons(known, label) {
  if (!mayAsk) {
    return [];
  }
  const button = element('button', 'Why?', 'plain why');
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.addEventListener('click', () => {
    if (known.user === undefined) {
      event.value = known.id;
      askOr(user);
    } else {
      user.value = known.user;
      askOr(event);
    }
  });
  return [button];
}

/** Makes the panel ready for whoever is logged in. */
export function prepareExplain({ subscribe }) {
  mayAsk = subscribe.some(names);
  panel.hidden = !mayAsk;
}

byId('explain').addEventListener('submit', (submission) => {
  submission.preventDefault();
  explain();
});
