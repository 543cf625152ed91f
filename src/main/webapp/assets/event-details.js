// An event that was opened: its data in three ways, what else the hub says of it, and what one can do with it.

import { curlToPublish, curlToResume, frameNodes, jsonNodes } from './code.js';
import { explainEvent, mayExplain } from './explain.js';
import { around, buttonOf, bytesOf, element, fact, icon, topicsOf, visible, whole } from './page.js';
import { publishAgain } from './publish-page.js';
import { copy } from './toast.js';

/** What the stream follows, for the curl that goes on after an event. */
let followed = () => [];

export function onFollowed(ask) {
  followed = ask;
}

/** What one copies of its data: of long data the page has the beginning alone. */
export const nameOf = ({ cut }) => (cut ? 'Beginning' : 'Data');

function code(event) {
  const { data, type, id, cut } = event;
  const pretty = cut ? null : jsonNodes(data);
  const rest = cut ? [element('span', `… and ${whole(cut)} characters more`, 'quiet')] : [];
  const views = { ...(pretty ? { JSON: () => pretty } : {}), Text: () => [visible(data), ...rest], Frame: () => [...frameNodes({ type, id, data }), ...rest] };
  const shown = element('pre');
  shown.tabIndex = 0;
  shown.dir = 'auto';
  const tabs = element('span', '', 'tabs');
  tabs.setAttribute('role', 'group');
  tabs.setAttribute('aria-label', 'How it is shown');
  const buttons = Object.keys(views).map((name) => buttonOf(name, '', () => show(name)));
  function show(name) {
    shown.replaceChildren(...views[name]());
    buttons.forEach((button) => {
      button.setAttribute('aria-pressed', button.textContent === name);
    });
  }
  tabs.append(...buttons);
  show(Object.keys(views)[0]);
  const what = nameOf(event);
  const copyData = buttonOf('', 'text', () => copy(data, what));
  copyData.append(icon('copy'), what);
  return around('section', 'code', around('header', '', tabs, copyData), shown);
}

function why(id) {
  const button = buttonOf('Why, for…', '', () => explainEvent(id));
  button.setAttribute('aria-label', `Why did a user get ${id}, or not?`);
  return button;
}

/** What is below the line of an opened event. */
export function opened(event, time) {
  const { id, topics, type, data, size, cut } = event;
  const copyId = buttonOf('', 'text', () => copy(id, 'Id'));
  copyId.setAttribute('aria-label', 'Copy the id');
  copyId.append(icon('copy'));
  const facts = around('dl', 'facts',
    fact('Id', around('span', '', element('code', visible(id)), copyId)),
    fact('Topics', ...topicsOf(topics)),
    fact('Time', element('span', time, 'number')),
    ...(type ? [fact('Type', element('code', visible(type)))] : []),
    fact('Size', bytesOf(size)));
  // Whether it was private the page does not know, unless a topic says so. What was is not to become public by a click.
  const again = { topics, type, data, isPrivate: !topics.some((topic) => topic.startsWith('/users/')) };
  const actions = around('p', 'actions',
    ...(mayExplain() ? [why(id)] : []),
    // What is cut cannot be published as it was.
    ...(cut ? [] : [buttonOf('curl to publish it', '', () => copy(curlToPublish(again), 'curl, without the token,'))]),
    buttonOf('curl to resume here', '', () => copy(curlToResume(followed(), id), 'curl, without the token,')),
    ...(cut ? [] : [buttonOf('Publish again', '', () => publishAgain(again))]));
  return around('div', 'opened', code(event), around('div', '', facts, actions));
}
