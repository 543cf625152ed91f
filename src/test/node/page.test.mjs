// A page is put away and comes back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHub, until } from './hub.mjs';
import { tidings } from './module.mjs';

const page = new EventTarget();
globalThis.addEventListener = page.addEventListener.bind(page);
globalThis.removeEventListener = page.removeEventListener.bind(page);
const say = (type) => page.dispatchEvent(new Event(type));

test('a listener that is added while the page is put away begins once, and the page goes away and comes back again', async (t) => {
  const hub = await startHub(t);
  const opened = tidings(hub.url, { token: 'x' });
  t.after(() => opened.close());
  const heard = [];
  opened.on('/a', ({ data }) => heard.push(data));
  await until(() => opened.state === 'live');
  for (let round = 1; round <= 3; round += 1) {
    say('pagehide');
    await until(() => hub.open.size === 0);
    opened.on(`/b/${round}`, () => {});
    await until(() => hub.open.size);
    say('pageshow');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(hub.open.size, 1);
    hub.publish('/a', round);
    await until(() => heard.length === round);
  }
  say('pagehide');
  await until(() => hub.open.size === 0);
  say('pageshow');
  await until(() => hub.open.size === 1);
  assert.deepEqual(heard, ['1', '2', '3']);
});
