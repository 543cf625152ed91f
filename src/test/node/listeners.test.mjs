// Listeners come and go, begin in history, throw, and end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getEventListeners } from 'node:events';
import { refuse, startHub, until } from './hub.mjs';
import { tidings } from './module.mjs';

function reader(test, hub, options) {
  const opened = tidings(hub.url, { token: 'x', ...options });
  test.after(() => opened.close());
  return opened;
}

const isLive = (hub) => until(() => hub.state === 'live');
const topicsOf = ({ query }) => query.getAll('topic');

test('nothing is opened until somebody listens', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(opened.state, 'idle');
  assert.equal(hub.requests.length, 0);
});

test('listeners share one stream, and each hears what it asked for', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const heard = { one: [], template: [], several: [], all: [] };
  opened.on('/a/1', ({ data }) => heard.one.push(data));
  opened.on('/a/{id}', ({ data }) => heard.template.push(data));
  opened.on(['/a/1', '/b', '/a/1'], ({ data }) => heard.several.push(data));
  await isLive(opened);
  assert.deepEqual(hub.asked('events').map(topicsOf), [['/a/1', '/a/{id}', '/b']]);
  hub.publish('/a/1', 1);
  hub.publish('/b', 2);
  hub.publish('/a/2', 3);
  await until(() => heard.template.length === 2);
  assert.deepEqual(heard, { one: ['1'], template: ['1', '3'], several: ['1', '2'], all: [] });
});

test('the stream is widened and narrowed, and misses nothing meanwhile', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const heard = [];
  opened.on('/a', ({ data }) => heard.push(data));
  await isLive(opened);
  let off = () => {};
  let number = 0;
  const publishing = setInterval(() => hub.publish('/a', (number += 1)), 2);
  for (let round = 0; round < 10; round += 1) {
    const { length } = hub.asked('events');
    off();
    off = round % 2 ? () => {} : opened.on(`/b/${round}`, () => {});
    await until(() => hub.asked('events').length > length);
  }
  clearInterval(publishing);
  await until(() => heard.length === number);
  assert.deepEqual(heard, Array.from({ length: number }, (unused, i) => String(i + 1)));
  assert.deepEqual(hub.asked('events').map(topicsOf).slice(0, 4), [['/a'], ['/a', '/b/0'], ['/a'], ['/a', '/b/2']]);
});

test('who goes and comes in one turn changes nothing', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const off = opened.on('/a', () => {});
  await isLive(opened);
  const heard = [];
  off();
  opened.on('/a', ({ data }) => heard.push(data));
  hub.publish('/a', 'x');
  await until(() => heard.length);
  assert.equal(hub.asked('events').length, 1);
});

test('when the last has gone there is no stream, and when one comes there is again', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const off = opened.on('/a', () => {});
  await isLive(opened);
  off();
  await until(() => opened.state === 'idle' && hub.open.size === 0);
  opened.on('/b', () => {});
  await isLive(opened);
});

test('a listener that throws stops no other, and what it throws is reported', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const uncaught = [];
  process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error.message));
  t.after(() => process.setUncaughtExceptionCaptureCallback(null));
  const heard = [];
  opened.on('/a', () => {
    throw new Error('mine');
  });
  opened.on('/a', ({ data }) => heard.push(data));
  await isLive(opened);
  hub.publish('/a', 1);
  hub.publish('/a', 2);
  await until(() => heard.length === 2);
  assert.deepEqual(uncaught, ['mine', 'mine']);
});

test('a listener may remove itself and others', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const heard = [];
  const stop = new AbortController();
  opened.on('/a', ({ data }) => {
    heard.push(data);
    stop.abort();
  }, { signal: stop.signal });
  opened.on('/a', ({ data }) => heard.push(`also ${data}`));
  await isLive(opened);
  hub.publish('/a', 1);
  hub.publish('/a', 2);
  await until(() => heard.length === 3);
  assert.deepEqual(heard, ['1', 'also 1', 'also 2']);
});

test('a listener that another removes at the same event does not hear it', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const heard = [];
  let off = () => {};
  opened.on('/a', () => off());
  off = opened.on('/a', ({ data }) => heard.push(data));
  opened.on('/a', ({ data }) => heard.push(`also ${data}`));
  await isLive(opened);
  hub.publish('/a', 1);
  await until(() => heard.length);
  assert.deepEqual(heard, ['also 1']);
});

for (const how of ['removed', 'closed']) {
  test(`a listener that is ${how} hears no more of what was stored or waits, and is not told that it has caught up`, async (t) => {
    const hub = await startHub(t);
    ['1', '2', '3'].forEach((data) => hub.publish('/a', data));
    for (const last of ['2', '4']) {
      const opened = reader(t, hub);
      const heard = [];
      const off = opened.on('/a', ({ data }) => {
        heard.push(data);
        if (data === last) {
          (how === 'removed' ? off : () => opened.close())();
        }
      }, { last: 3, caughtUp: () => heard.push('caught up') });
      // They come after what was stored has been read, and before the stream has caught up.
      const answer = hub.answer.bind(hub);
      hub.answer = (request, response) => {
        if (!request.headers.accept.includes('json')) {
          ['4', '5'].forEach((data) => hub.publish('/a', data));
        }
        answer(request, response);
      };
      await until(() => heard.includes(last));
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(heard.at(-1), last);
      hub.answer = answer;
      hub.log.splice(3);
    }
  });
}

test('a signal that was given before adds no listener', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  opened.on('/a', () => {}, { signal: AbortSignal.abort() });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(hub.requests.length, 0);
});

for (const when of ['alone', 'beside another listener of the same topic', 'beside a listener of another topic']) {
  test(`what was stored comes first and then what is live, each once, ${when}`, async (t) => {
    const hub = await startHub(t);
    const opened = reader(t, hub);
    let number = 0;
    const next = () => {
      hub.publish('/a', (number += 1));
      hub.publish('/b', number);
    };
    for (let early = 0; early < 30; early += 1) {
      next();
    }
    if (when !== 'alone') {
      opened.on(when.includes('same') ? '/a' : '/b', () => {});
      await isLive(opened);
    }
    const publishing = setInterval(next, 1);
    t.after(() => clearInterval(publishing));
    for (let round = 0; round < 10; round += 1) {
      const heard = [];
      let caughtUp = 0;
      const off = opened.on('/a', ({ data }) => heard.push(Number(data)), { last: 5, caughtUp: () => (caughtUp += 1) });
      await until(() => caughtUp);
      const { length } = heard;
      assert.ok(length >= 5);
      await until(() => heard.length > length + 20);
      assert.deepEqual(heard, heard.map((unused, i) => heard[0] + i), 'none is missing, and none comes twice');
      assert.equal(caughtUp, 1);
      off();
    }
  });
}

test('what is stored in many pages comes page by page', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const page = (from, more) => (request, response) => {
    const events = [from, from + 1].map((id) => ({ id: `e${id}`, topics: ['/a'], type: null, data: String(id), time: '' }));
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ events, lastEventId: hub.position(from), more }));
  };
  hub.next = [page(1, true), page(3, true), page(5, false)];
  const heard = [];
  opened.on('/a', ({ data }) => heard.push(data), { since: new Date(0) });
  await isLive(opened);
  assert.deepEqual(heard, ['1', '2', '3', '4', '5', '6']);
  const asked = hub.asked('events').map(({ query }) => [query.get('since'), query.get('lastEventID')]);
  assert.deepEqual(asked, [
    ['1970-01-01T00:00:00.000Z', null],
    [null, hub.position(1)],
    [null, hub.position(3)],
    [null, hub.position(5)],
  ]);
});

test('reading many pages goes on where it was cut, and gives nothing twice', async (t) => {
  const hub = await startHub(t);
  for (let number = 1; number <= 10; number += 1) {
    hub.publish('/a', number);
  }
  hub.page = 3;
  const opened = reader(t, hub);
  const heard = [];
  hub.next = [undefined, refuse(503, 'away'), undefined, undefined, refuse(503, 'away')];
  opened.on('/a', ({ data }) => heard.push(data), { after: 'earliest' });
  await until(() => heard.length === 10 && opened.state === 'live');
  assert.deepEqual(heard, Array.from({ length: 10 }, (unused, i) => String(i + 1)));
  assert.equal(hub.asked('events').filter(({ query }) => query.get('lastEventID') === 'earliest').length, 1);
});

test('a listener begins after an id, and is told alone what is missing there', async (t) => {
  const hub = await startHub(t);
  const gaps = [];
  const opened = reader(t, hub, { gap: (gap) => gaps.push(gap.requested) });
  const [, second] = ['1', '2', '3'].map((data) => hub.publish('/a', data));
  const heard = [];
  opened.on('/a', ({ data }) => heard.push(data), { after: second });
  await until(() => heard.length === 1 && opened.state === 'live');
  opened.on('/a', ({ data }) => heard.push(`again ${data}`), { after: 'gone' });
  await until(() => heard.length === 4);
  assert.deepEqual(heard, ['3', 'again 1', 'again 2', 'again 3']);
  assert.deepEqual(gaps, ['gone']);
});

test('a loop that is left before it has begun has no listener any more', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const events = opened.events('/a');
  await isLive(opened);
  assert.deepEqual(await events.return(), { value: undefined, done: true });
  await until(() => opened.state === 'idle' && hub.open.size === 0);
  assert.deepEqual(await events.next(), { value: undefined, done: true });
});

test('a signal that outlives its listeners and its hub is not listened to any more', async (t) => {
  const hub = await startHub(t);
  const { signal } = new AbortController();
  const opened = reader(t, hub, { signal });
  opened.on('/a', () => {}, { signal })();
  opened.on('/a', () => {}, { signal });
  opened.events('/b', { signal });
  await isLive(opened);
  assert.equal(getEventListeners(signal, 'abort').length, 3);
  opened.close();
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('a loop hears in order, and leaving it removes its listener', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const heard = [];
  const events = opened.events('/a');
  await isLive(opened);
  for (let number = 1; number <= 5; number += 1) {
    hub.publish('/a', number);
  }
  for await (const { data } of events) {
    heard.push(data);
    if (data === '4') {
      break;
    }
  }
  assert.deepEqual(heard, ['1', '2', '3', '4']);
  await until(() => opened.state === 'idle');
});

test('a loop ends with its signal, and with the hub', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const stop = new AbortController();
  const ends = [opened.events('/a', { signal: stop.signal }).next(), opened.events('/b').next()];
  await isLive(opened);
  stop.abort();
  assert.deepEqual(await ends[0], { value: undefined, done: true });
  opened.close();
  assert.deepEqual(await ends[1], { value: undefined, done: true });
  assert.deepEqual(await opened.events('/c').next(), { value: undefined, done: true });
});

test('a loop that is too far behind fails', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const events = opened.events('/a');
  await isLive(opened);
  for (let number = 1; number <= 10_100; number += 1) {
    hub.publish('/a', number);
  }
  await until(() => opened.state === 'idle');
  await assert.rejects(events.next(), /10000 events behind/);
});

test('what was stored does not count as behind, and nothing is given to a loop that has ended', async (t) => {
  const hub = await startHub(t);
  const opened = reader(t, hub);
  const uncaught = [];
  process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error.message));
  t.after(() => process.setUncaughtExceptionCaptureCallback(null));
  for (let number = 1; number <= 10_100; number += 1) {
    hub.publish('/a', number);
  }
  const events = opened.events('/a', { last: 10_100 });
  await isLive(opened);
  for (let number = 0; number < 5000; number += 1) {
    hub.publish('/a', 'live');
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (let number = 1; number <= 10_100; number += 1) {
    assert.equal((await events.next()).value.data, String(number));
  }
  for (let number = 0; number < 15_100; number += 1) {
    hub.publish('/a', 'live');
  }
  await until(() => opened.state === 'idle');
  await assert.rejects(events.next(), /10000 events behind/);
  assert.deepEqual(uncaught, []);
});

test('a signal closes the hub', async (t) => {
  const hub = await startHub(t);
  const stop = new AbortController();
  const opened = reader(t, hub, { signal: stop.signal });
  opened.on('/a', () => {});
  await isLive(opened);
  stop.abort();
  assert.equal(opened.state, 'closed');
  await until(() => hub.open.size === 0);
});
