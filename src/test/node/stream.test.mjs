// A stream brings each event once and in order, whatever becomes of its connection, its token and its hub.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tidings as fromFile } from '../../main/webapp/WEB-INF/npm/tidings.js';
import { json, refuse, startHub, until } from './hub.mjs';
import { tidings } from './module.mjs';

/** A hub that is closed with the test, what it says of itself, and what its listener of /a hears. */
function follow(test, hub, options = {}) {
  const said = { states: [], refusals: [], gaps: [], heard: [] };
  const reader = tidings(hub.url, {
    token: 'a-token',
    state: (state, why) => said.states.push(why ? `${state}: ${why}` : state),
    refused: (refusal) => said.refusals.push(refusal.message),
    gap: (gap) => said.gaps.push(gap),
    ...options,
  });
  test.after(() => reader.close());
  reader.on('/a', ({ data }) => said.heard.push(data));
  return { reader, ...said };
}

const isLive = ({ reader }) => until(() => reader.state === 'live');
const hears = (following, ...data) =>
  until(() => following.heard.length >= data.length).then(() => assert.deepEqual(following.heard, data));

// They wait for clocks, so they wait together.
describe('a stream', { concurrency: true }, () => {
  test('the token goes in the header, and the address has none', async (t) => {
    const hub = await startHub(t);
    const following = follow(t, hub, { share: true });
    await isLive(following);
    const [{ headers, query }] = hub.asked('events');
    assert.equal(headers.authorization, 'Bearer a-token');
    assert.deepEqual([...query.keys()], ['topic', 'frame', 'caught-up']);
    assert.deepEqual(following.states, ['connecting', 'live']);
  });

  test('an address with a path is the same with and without its slash', async (t) => {
    const hub = await startHub(t);
    for (const url of [`${hub.url}below`, `${hub.url}below/`]) {
      await until(() => hub.requests.length === 0 || hub.requests.every(({ path }) => path === 'below/token' || path === 'below/events'));
      const following = follow(t, { url });
      await until(() => hub.asked('below/events').length > 0);
      following.reader.close();
    }
  });

  test('an event is what the hub says of it', async (t) => {
    const hub = await startHub(t);
    const following = follow(t, hub);
    const events = [];
    following.reader.on('/a', (event) => events.push(event));
    await isLive(following);
    const id = hub.publish('/a', 'x');
    await hears(following, 'x');
    assert.deepEqual(events, [{ id, topics: ['/a'], type: null, data: 'x', time: '2026-01-01T00:00:00Z' }]);
  });

  test('what a cut has missed comes afterwards, once and in order', async (t) => {
    const hub = await startHub(t);
    const following = follow(t, hub);
    await isLive(following);
    const all = [];
    for (let round = 0; round < 20; round += 1) {
      for (const when of ['before', 'meanwhile', 'after']) {
        all.push(`${when} ${round}`);
        hub.publish('/a', `${when} ${round}`);
        if (when === 'before') {
          hub.cut();
        }
      }
      await hears(following, ...all);
    }
    assert.ok(hub.asked('events').length > 10);
  });

  test('a stream that was quiet resumes from its position', async (t) => {
    const hub = await startHub(t);
    const following = follow(t, hub);
    await isLive(following);
    hub.publish('/other', 'x');
    const { beats } = hub;
    await until(() => hub.beats > beats + 1);
    hub.cut();
    await until(() => hub.asked('events').length > 1);
    assert.equal(hub.asked('events').at(-1).query.get('lastEventID'), hub.position());
  });

  test('a refused token is asked for again, with the reason', async (t) => {
    const hub = await startHub(t);
    const reasons = [];
    hub.next = [refuse(401, 'the token expired 3 minutes ago')];
    const following = follow(t, hub, { token: (why) => reasons.push(why) && `token-${reasons.length}` });
    await isLive(following);
    assert.deepEqual(reasons, [undefined, 'the token expired 3 minutes ago']);
    assert.deepEqual(hub.asked('events').map(({ headers }) => headers.authorization), ['Bearer token-1', 'Bearer token-2']);
  });

  test('a second refusal is for good, and says why', async (t) => {
    const hub = await startHub(t);
    hub.next = [refuse(401, 'expired'), refuse(401, 'signed with another key')];
    const following = follow(t, hub, { token: async () => 'x' });
    await until(() => following.refusals.length);
    assert.deepEqual(following.refusals, ['signed with another key']);
    assert.deepEqual(following.states, ['connecting', 'refused: signed with another key']);
    assert.equal(hub.asked('events').length, 2);
  });

  test('where the last event was erased, whose id was its publisher\'s own, nothing comes again', async (t) => {
    const hub = await startHub(t);
    const following = follow(t, hub);
    await isLive(following);
    ['1', '2', '3'].forEach((data) => hub.publish('/a', data));
    await until(() => hub.asked('events').length === 1);
    hub.publish('/a', '4', 'mine 1');
    hub.publish('/a', '5', 'mine 2');
    await hears(following, '1', '2', '3', '4', '5');
    hub.log.at(-1).id = 'erased';
    hub.log.at(-1).topics = ['/erased'];
    hub.cut();
    hub.publish('/a', '6');
    await hears(following, '1', '2', '3', '4', '5', '6');
    assert.deepEqual(following.gaps, []);
  });

  test('who wants it tries at once', async (t) => {
    const hub = await startHub(t);
    hub.retry = 600_000;
    const following = follow(t, hub);
    await isLive(following);
    hub.cut();
    await until(() => following.reader.state === 'reconnecting');
    hub.publish('/a', 'meanwhile');
    following.reader.retry();
    await hears(following, 'meanwhile');
    assert.equal(hub.open.size, 1);
  });

  test('a token that is a text is refused for good', async (t) => {
    const hub = await startHub(t);
    hub.next = [refuse(401, 'expired')];
    const following = follow(t, hub);
    await until(() => following.refusals.length);
    assert.equal(hub.asked('events').length, 1);
  });

  test('a function that has no token for a while is asked again', async (t) => {
    const hub = await startHub(t);
    let asked = 0;
    const token = () => {
      asked += 1;
      if (asked === 1) {
        throw new Error('away');
      }
      return 'x';
    };
    const following = follow(t, hub, { token });
    await isLive(following);
    assert.equal(following.states[1], 'reconnecting: away');
  });

  test('a ticket is asked for each time', async (t) => {
    const hub = await startHub(t);
    let given = 0;
    const following = follow(t, hub, { token: undefined, ticket: async () => `ticket-${(given += 1)}` });
    await isLive(following);
    hub.cut();
    await until(() => hub.asked('events').length === 2);
    assert.deepEqual(hub.asked('events').map(({ query }) => query.get('ticket')), ['ticket-1', 'ticket-2']);
    assert.equal(hub.asked('events')[0].headers.authorization, undefined);
  });

  test('a hub that has too much to do is asked again when it says, and not before', async (t) => {
    const hub = await startHub(t);
    hub.next = [refuse(429, 'too many', { 'Retry-After': '3' })];
    const begun = Date.now();
    const following = follow(t, hub);
    await isLive(following);
    assert.ok(Date.now() - begun >= 3000);
    assert.equal(following.states[1], 'reconnecting: too many');
  });

  test('a hub that says to wait for longer than a clock can is not asked at once', async (t) => {
    const hub = await startHub(t);
    hub.next = [refuse(429, 'too many', { 'Retry-After': '3000000' })];
    const following = follow(t, hub);
    await until(() => following.states.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(hub.requests.length, 1);
  });

  test('a hub that starts is asked until it is there', async (t) => {
    const hub = await startHub(t);
    const html = (request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>soon</h1>');
    const postponed = (request, response) => response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('retry: 30\n\n');
    const broken = (request, response) => response.destroy();
    hub.next = [postponed, refuse(503, 'starting'), refuse(404, 'nothing here'), broken, html];
    const following = follow(t, hub);
    await isLive(following);
    assert.deepEqual(following.states, [
      'connecting', 'reconnecting: The stream has ended.', 'reconnecting: starting', 'reconnecting: nothing here',
      'reconnecting: fetch failed', 'reconnecting: What answered is not the hub.', 'live',
    ]);
  });

  test('a refusal for good is not repeated, and ends loops', async (t) => {
    const hub = await startHub(t);
    hub.next = [refuse(400, 'topic: too long')];
    const following = follow(t, hub);
    await assert.rejects(following.reader.events('/b').next(), { name: 'Refusal', status: 400, message: 'topic: too long' });
    await assert.rejects(following.reader.events('/c').next(), { message: 'topic: too long' });
    assert.equal(hub.requests.length, 1);
  });

  test('the hub says how long to wait', async (t) => {
    const hub = await startHub(t);
    hub.retry = 1500;
    const following = follow(t, hub);
    await isLive(following);
    const begun = Date.now();
    hub.cut();
    await until(() => hub.asked('events').length === 2);
    assert.ok(Date.now() - begun >= 1500);
  });

  test('before the token ends there is another stream with another one, without a hole', async (t) => {
    const hub = await startHub(t);
    let given = 0;
    const ends = [];
    const following = follow(t, hub, { token: () => `token-${(given += 1)}`, expiring: (instant) => ends.push(instant) });
    await isLive(following);
    const expires = new Date(Date.now() + 3000).toISOString();
    hub.open.forEach(({ say }) => say(`event: expiring\ndata: {"expires":"${expires}"}\n\n`));
    const all = [];
    while (hub.asked('events').length < 2 || all.length < 20) {
      all.push(String(all.length));
      hub.publish('/a', all.length - 1);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await hears(following, ...all);
    assert.equal(hub.asked('events')[1].headers.authorization, 'Bearer token-2');
    assert.deepEqual(ends, [expires]);
    assert.deepEqual(following.states, ['connecting', 'live']);
  });

  test('a silent stream is given up', async (t) => {
    const hub = await startHub(t);
    const following = follow(t, hub, { silence: 400 });
    await isLive(following);
    hub.heartbeats = false;
    // The connection stands, and nothing comes over it.
    hub.open.forEach((stream) => {
      stream.give = () => {};
    });
    hub.publish('/a', 'missed');
    await hears(following, 'missed');
    assert.ok(following.states.includes('reconnecting: The hub was silent for too long.'));
  });

  test('heartbeats keep a stream', async (t) => {
    const hub = await startHub(t);
    // Many heartbeats long, so that a machine that is busy for a moment is not taken for a silent hub.
    const following = follow(t, hub, { silence: 2000 });
    await isLive(following);
    const { beats } = hub;
    await until(() => hub.beats > beats + 40);
    assert.equal(hub.asked('events').length, 1);
  });

  test('a gap is said, and what is still stored comes', async (t) => {
    const hub = await startHub(t);
    const following = follow(t, hub);
    await isLive(following);
    hub.open.forEach(({ say }) => say('event: gap\ndata: {"requested":"x","oldest":null}\n\n'));
    hub.publish('/a', 'next');
    await hears(following, 'next');
    assert.deepEqual(following.gaps, [{ requested: 'x', oldest: null }]);
  });

  test('what holds a stream back is found out, and is asked again and again', async (t) => {
    const hub = await startHub(t);
    const held = [];
    const answer = hub.answer.bind(hub);
    hub.answer = (request, response) => {
      if (request.headers.accept.includes('text/event-stream')) {
        held.push(response);
      } else {
        answer(request, response);
      }
    };
    const following = follow(t, hub, { silence: 1500 });
    await isLive(following);
    const all = [];
    for (let number = 0; number < 20; number += 1) {
      all.push(String(number));
      hub.publish('/a', number);
      await hears(following, ...all);
    }
    assert.equal(held.length, 1);
    assert.deepEqual(following.states, ['connecting', 'live']);
    // Nothing comes for longer than the silence that is allowed, and the hub answers before.
    const { length } = hub.asked('events');
    await until(() => hub.asked('events').length >= length + 3);
    assert.deepEqual(following.states, ['connecting', 'live']);
  });

  test('a slow network is not taken for a proxy that holds back', async (t) => {
    const hub = await startHub(t);
    const answer = hub.answer.bind(hub);
    hub.answer = (request, response) => {
      setTimeout(() => answer(request, response), 6000);
    };
    const following = follow(t, hub);
    await isLive(following);
    assert.deepEqual(hub.asked('events').map(({ headers }) => headers.accept), ['text/event-stream', 'application/json']);
  });

  test('it can be told to stream and nothing else', async (t) => {
    const hub = await startHub(t);
    hub.next = [() => {}];
    const following = follow(t, hub, { transport: 'sse', silence: 1000 });
    await isLive(following);
    assert.ok(following.states.includes('reconnecting: The hub was silent for too long.'));
    assert.ok(hub.asked('events').every(({ headers }) => headers.accept === 'text/event-stream'));
  });

  test('who closes when it hears that it is connecting asks nothing', async (t) => {
    const hub = await startHub(t);
    const reader = tidings(hub.url, { token: 'x', state: (state) => state === 'connecting' && reader.close() });
    reader.on('/a', () => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([reader.state, hub.requests.length], ['closed', 0]);
  });

  test('a WebSocket is not opened for who has closed while the ticket was asked for', async (t) => {
    const hub = await startHub(t);
    const opened = [];
    globalThis.WebSocket ??= class {
      constructor(address) {
        opened.push(address);
      }

      close() {}
    };
    const ticket = async () => {
      following.reader.close();
      return 'x';
    };
    const following = follow(t, hub, { transport: 'ws', token: undefined, ticket });
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([following.reader.state, opened], ['closed', []]);
  });

  test('one that this machine has not is refused at once', () => {
    assert.throws(() => tidings('http://127.0.0.1/', { transport: 'pigeon' }), TypeError);
  });

  test('a module from a file needs the address of the hub', () => {
    assert.throws(() => fromFile(), { name: 'TypeError', message: 'Give the address of the hub.' });
  });

  test('answers that are no JSON are asked for again', async (t) => {
    const hub = await startHub(t);
    hub.next = [(request, response) => json(response, 200, undefined)];
    const following = follow(t, hub);
    following.reader.on('/b', () => {}, { last: 1 });
    await isLive(following);
  });
});
