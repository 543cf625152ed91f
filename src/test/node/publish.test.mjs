// An event is published once, however often the hub has to be asked.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refuse, startHub } from './hub.mjs';
import { tidings } from './module.mjs';

/** The hub has it, and the answer is lost, whole or in part. */
const lost = (hub, part) => (request, response) => {
  const end = response.end.bind(response);
  response.end = (body) => {
    response.write(body.slice(0, part), () => response.destroy());
    response.end = end;
  };
  response.writeHead(200, { 'Content-Length': 100 });
  response.writeHead = () => response;
  hub.answer(request, response);
};

// They wait for clocks, so they wait together.
describe('publishing', { concurrency: true }, () => {
  test('answers that are lost, and refusals that pass, are asked for again with the same key', async (t) => {
    const hub = await startHub(t);
    hub.next = [lost(hub, 0), refuse(503, 'away'), lost(hub, 20), refuse(429, 'later')];
    const answer = await tidings(hub.url, { token: 'x' }).publish({ topic: '/a', data: { order: 7 } });
    assert.deepEqual(answer, { id: hub.position(1), topics: ['/a'] });
    assert.equal(hub.log.length, 1);
    const keys = hub.asked('msg').map(({ headers }) => headers['idempotency-key']);
    assert.equal(keys.length, 5);
    assert.deepEqual(new Set(keys).size, 1);
    assert.deepEqual(JSON.parse(hub.asked('msg')[0].body), { topic: '/a', data: { order: 7 } });
  });

  test('each event has another key, unless one is given', async (t) => {
    const hub = await startHub(t);
    const publisher = tidings(hub.url, { token: 'x' });
    await publisher.publish({ topic: '/a', data: 1 });
    await publisher.publish({ topic: '/a', data: 2 });
    await publisher.publish({ topic: '/a', data: 3 }, { key: 'mine' });
    await publisher.publish({ topic: '/a', data: 3 }, { key: 'mine' });
    assert.equal(new Set(hub.asked('msg').map(({ headers }) => headers['idempotency-key'])).size, 3);
    assert.equal(hub.log.length, 3);
  });

  test('an answer of something before the hub is said to be that', async (t) => {
    const hub = await startHub(t);
    hub.next = Array(5).fill((request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Log in'));
    await assert.rejects(tidings(hub.url, { token: 'x' }).publish({ topic: '/a' }), { message: 'What answered is not the hub.' });
    assert.equal(hub.requests.length, 5);
  });

  test('a refusal for good is an error with the reason', async (t) => {
    const hub = await startHub(t);
    hub.next = [refuse(403, 'The token may not publish on /a.')];
    await assert.rejects(tidings(hub.url, { token: 'x' }).publish({ topic: '/a' }), {
      name: 'Refusal',
      status: 403,
      message: 'The token may not publish on /a.',
    });
    assert.equal(hub.requests.length, 1);
  });

  test('after five attempts the last refusal is the error', { timeout: 60_000 }, async (t) => {
    const hub = await startHub(t);
    hub.next = Array(9).fill(refuse(503, 'away', { 'Retry-After': '0' }));
    await assert.rejects(tidings(hub.url, { token: 'x' }).publish({ topic: '/a' }), { status: 503 });
    assert.equal(hub.requests.length, 5);
  });

  test('a refused token is asked for again', async (t) => {
    const hub = await startHub(t);
    const why = [];
    hub.next = [refuse(401, 'expired')];
    await tidings(hub.url, { token: (reason) => why.push(reason) && 'x' }).publish({ topic: '/a', data: 1 });
    assert.deepEqual(why, [undefined, 'expired']);
  });

  test('a signal ends it', async (t) => {
    const hub = await startHub(t);
    hub.next = [() => {}];
    const stop = new AbortController();
    const publishing = tidings(hub.url, { token: 'x' }).publish({ topic: '/a' }, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(publishing, { name: 'AbortError' });
  });
});
