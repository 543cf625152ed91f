// An event that was opened: its data in three ways, what else the hub says of it, and what one can do with it.

import { curlToPublish, curlToResume, frameNodes, jsonNodes } from './code.js';
import { explainEvent, mayExplain } from './explain.js';
import { around, buttonOf, bytesOf, element, fact, icon, topicOf, visible } from './page.js';
import { publishAgain } from './publish-page.js';
import { copy } from './toast.js';

/** What the stream follows, for the curl that goes on after an event. */
let followed = () => [];

export function onFollowed(ask) {
  followed = ask;
}

function code({ data, type, id }) {
  const pretty = jsonNodes(data);
  const views = { ...(pretty ? { JSON: () => pretty } : {}), Text: () => [visible(data)], Frame: () => frameNodes({ type, id, data }) };
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
  const copyData = buttonOf('', 'text', () => copy(data, 'Data'));
  copyData.append(icon('copy'), 'Data');
  return around('section', 'code', around('header', '', tabs, copyData), shown);
}

function why(id) {
  const button = buttonOf('Why, for…', '', () => explainEvent(id));
  button.setAttribute('aria-label', `Why did a user get ${id}, or not?`);
  return button;
}

/** What is below the line of an opened event. */
export function opened(event, time) {
  const { id, topics, type, data, size } = event;
  const copyId = buttonOf('', 'text', () => copy(id, 'Id'));
  copyId.setAttribute('aria-label', 'Copy the id');
  copyId.append(icon('copy'));
  const facts = around('dl', 'facts',
    fact('Id', around('span', '', element('code', visible(id)), copyId)),
    fact('Topics', ...topics.map(topicOf)),
    fact('Time', element('span', time, 'number')),
    ...(type ? [fact('Type', element('code', visible(type)))] : []),
    fact('Size', bytesOf(size)));
  const again = { topics, type, data };
  const actions = around('p', 'actions',
    ...(mayExplain() ? [why(id)] : []),
    buttonOf('curl to publish it', '', () => copy(curlToPublish(again), 'curl, without the token,')),
    buttonOf('curl to resume here', '', () => copy(curlToResume(followed(), id), 'curl, without the token,')),
    buttonOf('Publish again', '', () => publishAgain(again)));
  return around('div', 'opened', code(event), around('div', '', facts, actions));
}
