// The tabs of a browser share one stream, and each hears each event once, whichever of them goes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from './browser.mjs';
import { refuse, startHub, until } from './hub.mjs';

const KILLS = Number(process.env.KILLS ?? 10);

const tokenOf = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

async function start(test) {
  const hub = await startHub(test);
  const browser = new Browser();
  test.after(() => browser.close());
  return { hub, browser };
}

const areLive = (...tabs) => until(() => tabs.every(({ state }) => state === 'live'));
const streams = (hub) => [...hub.open].map(({ query }) => query.getAll('topic').sort());

/** Waits until one stream has all these topics. */
const haveOneStream = (hub, ...topics) =>
  until(() => hub.open.size === 1 && JSON.stringify(streams(hub)) === JSON.stringify([topics]));

function assertIsEachOnce(numbers) {
  assert.deepEqual(numbers, numbers.map((unused, i) => String(Number(numbers[0]) + i)));
}

test('tabs of one user share one stream, with the topics of all', async (t) => {
  const { hub, browser } = await start(t);
  const tabs = [['/a'], ['/b', '/c'], ['/a', '/d']].map((topics, i) =>
    browser.open(hub.url, topics, { token: tokenOf({ sub: 'alice', exp: i, iat: i, jti: `${i}` }) }),
  );
  await areLive(...tabs);
  await haveOneStream(hub, '/a', '/b', '/c', '/d');
  ['/a', '/b', '/c', '/d'].forEach((topic) => hub.publish(topic, topic));
  await until(() => tabs.map(({ heard }) => heard.length).join() === '1,2,2');
  assert.deepEqual(tabs[2].heard, [['/a', '/a'], ['/d', '/d']]);
});

test('tabs of two users share nothing', async (t) => {
  const { hub, browser } = await start(t);
  const tabs = ['alice', 'bob'].map((sub) => browser.open(hub.url, ['/a'], { token: tokenOf({ sub }) }));
  await areLive(...tabs);
  assert.equal(hub.open.size, 2);
  assert.equal(new Set(hub.asked('events').map(({ headers }) => headers.authorization)).size, 2);
});

test('tabs of one user share a stream whatever else their tokens say, and not where their grants differ', async (t) => {
  const { hub, browser } = await start(t);
  const open = (claims) => browser.open(hub.url, ['/a'], { token: tokenOf({ sub: 'alice', ...claims }) });
  await areLive(open({ nonce: 1 }), open({ nonce: 2 }));
  assert.equal(hub.open.size, 1);
  await areLive(open({ mercure: { subscribe: ['*'] } }));
  assert.equal(hub.open.size, 2);
});

test('the hub says whose a token is, and is asked once for each token', async (t) => {
  const { hub, browser } = await start(t);
  hub.userClaim = 'email';
  const open = (email) => browser.open(hub.url, ['/a'], { token: tokenOf({ sub: 'one account', email }) });
  const tabs = ['alice', 'bob', 'alice'].map(open);
  await areLive(...tabs);
  assert.equal(hub.open.size, 2);
  hub.cut();
  await until(() => hub.open.size === 2);
  assert.equal(hub.asked('token').length, 3);
});

/** Ends the tokens of all streams, so that each tab that reads gets its next one. */
const endTokens = (hub) =>
  hub.open.forEach(({ say }) => say(`event: expiring\ndata: {"expires":"${new Date().toISOString()}"}\n\n`));

for (const share of [true, false]) {
  test(`a next token of the same user may have other grants${share ? '' : ', and a tab that shares nothing goes on'}`, async (t) => {
    const { hub, browser } = await start(t);
    const of = (...subscribe) => tokenOf({ sub: 'alice', mercure: { subscribe } });
    const changes = browser.open(hub.url, ['/a'], { token: [of('/a'), of('/a', '/b')], share });
    await areLive(changes);
    const stays = browser.open(hub.url, ['/a'], { token: of('/a'), share });
    await areLive(stays);
    const other = browser.open(hub.url, ['/a', '/b'], { token: of('/a', '/b'), share });
    await areLive(other);
    let number = 0;
    const publishing = setInterval(() => hub.publish('/a', (number += 1)), 2);
    t.after(() => clearInterval(publishing));
    endTokens(hub);
    const isRenewed = () => changes.tokens === 2;
    await until(() => isRenewed() && (!share || hub.open.size === 2));
    await areLive(changes, stays, other);
    const { length } = changes.heard;
    await until(() => changes.heard.length > length + 100);
    clearInterval(publishing);
    await until(() => [changes, stays, other].every((tab) => tab.data('/a').at(-1) === String(number)));
    [changes, stays, other].forEach((tab) => assertIsEachOnce(tab.data('/a')));
    assert.equal(changes.data('/a')[0], '1');
    await until(() => hub.open.size === (share ? 2 : 3));
    assert.ok(![changes, stays, other].some(({ errors }) => errors.length));
  });
}

test('a next token of another user ends it', async (t) => {
  const { hub, browser } = await start(t);
  const tab = browser.open(hub.url, ['/a'], { token: [tokenOf({ sub: 'alice' }), tokenOf({ sub: 'bob' })] });
  await areLive(tab);
  endTokens(hub);
  await until(() => tab.state === 'refused');
  assert.equal(tab.why, 'The token is of another user now.');
});

test('a token of another user is refused before it is used, also where it replaces one that is refused', async (t) => {
  const { hub, browser } = await start(t);
  const [alice, bob] = ['alice', 'bob'].map((sub) => tokenOf({ sub }));
  const tab = browser.open(hub.url, ['/a'], { token: [alice, bob] });
  await areLive(tab);
  hub.next = [refuse(401, 'expired')];
  hub.cut();
  await until(() => tab.state === 'refused');
  assert.equal(tab.why, 'The token is of another user now.');
  assert.ok(hub.asked('events').every(({ headers }) => headers.authorization === `Bearer ${alice}`));
});

test('who has gone is not asked for any more', async (t) => {
  const { hub, browser } = await start(t);
  const token = tokenOf({ sub: 'alice' });
  const stays = browser.open(hub.url, ['/a'], { token });
  await areLive(stays);
  const goes = browser.open(hub.url, ['/b'], { token });
  await haveOneStream(hub, '/a', '/b');
  await goes.kill();
  await haveOneStream(hub, '/a');
});

test(`the tab that reads is killed ${KILLS} times, and nobody loses an event or gets one twice`, { timeout: 120_000 }, async (t) => {
  const { hub, browser } = await start(t);
  const token = tokenOf({ sub: 'alice' });
  let number = 0;
  const publishing = setInterval(() => hub.publish('/a', (number += 1)), 2);
  t.after(() => clearInterval(publishing));
  const all = [];
  const open = () => all.push(browser.open(hub.url, ['/a'], { token }));
  [1, 2, 3, 4].forEach(open);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await until(() => browser.tabs.size === 4 && [...browser.tabs].every(({ heard }) => heard.length));
    const leader = browser.leader();
    const { length } = leader.heard;
    await until(() => leader.heard.length > length + Math.random() * 20);
    await leader.kill();
    open();
  }
  await until(() => [...browser.tabs].every(({ heard }) => heard.length));
  clearInterval(publishing);
  const left = [...browser.tabs];
  await until(() => left.every((tab) => tab.data('/a').at(-1) === String(number)));
  all.forEach((tab) => {
    assert.deepEqual(tab.errors, []);
    assertIsEachOnce(tab.data('/a'));
  });
  assert.ok(all.length === KILLS + 4 && all.filter((tab) => tab.heard.length).length >= KILLS);
  assert.equal(hub.open.size, 1);
});

test('a tab that begins in history gets what was stored and what is live, each once, while the tab that reads is killed', { timeout: 120_000 }, async (t) => {
  const { hub, browser } = await start(t);
  const token = tokenOf({ sub: 'alice' });
  let number = 0;
  const publishing = setInterval(() => hub.publish('/a', (number += 1)), 2);
  t.after(() => clearInterval(publishing));
  await until(() => number > 50);
  const all = [];
  const open = () => all.push(browser.open(hub.url, [['/a', { last: 10 }], '/b'], { token }));
  [1, 2, 3].forEach(open);
  for (let kills = 0; kills < KILLS / 2; kills += 1) {
    await until(() => browser.leader()?.heard.length);
    // It may be in the midst of reading for another one.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    await browser.leader()?.kill();
    open();
  }
  await until(() => [...browser.tabs].every(({ heard }) => heard.length));
  clearInterval(publishing);
  const left = [...browser.tabs];
  await until(() => left.every((tab) => tab.data('/a').at(-1) === String(number)));
  all.filter(({ heard }) => heard.length).forEach((tab) => {
    assertIsEachOnce(tab.data('/a'));
    assert.deepEqual(tab.errors, []);
  });
});

test('listeners that come and go in all tabs miss nothing in the others', async (t) => {
  const { hub, browser } = await start(t);
  const token = tokenOf({ sub: 'alice' });
  const tabs = [1, 2, 3].map(() => browser.open(hub.url, ['/a'], { token }));
  await areLive(...tabs);
  let number = 0;
  const publishing = setInterval(() => hub.publish('/a', (number += 1)), 2);
  for (let round = 0; round < 20; round += 1) {
    const tab = tabs[round % 3];
    tab.add(`/b/${round}`, round % 2 ? {} : { last: 1 });
    await until(() => streams(hub).some((topics) => topics.includes(`/b/${round}`)));
    tab.remove(`/b/${round}`);
  }
  clearInterval(publishing);
  await until(() => tabs.every((tab) => tab.data('/a').at(-1) === String(number)));
  tabs.forEach((tab) => assertIsEachOnce(tab.data('/a')));
});

test('a tab that the browser has stopped loses the stream to another, and gets what it missed when it goes on', { timeout: 60_000 }, async (t) => {
  const { hub, browser } = await start(t);
  const options = { token: tokenOf({ sub: 'alice' }), silence: 500 };
  const first = browser.open(hub.url, ['/a'], options);
  await areLive(first);
  const second = browser.open(hub.url, ['/a'], options);
  await areLive(second);
  first.post({ freeze: 4000 });
  let number = 0;
  const publishing = setInterval(() => hub.publish('/a', (number += 1)), 10);
  t.after(() => clearInterval(publishing));
  await until(() => browser.leader() === second && second.heard.length > 20);
  assert.equal(first.heard.length, 0);
  await until(() => first.heard.length > 20);
  clearInterval(publishing);
  await until(() => [first, second].every((tab) => tab.data('/a').at(-1) === String(number)));
  [first, second].forEach((tab) => assertIsEachOnce(tab.data('/a')));
  assert.equal(first.data('/a')[0], '1');
  await until(() => hub.open.size === 1);
});

test('a tab takes the stream from one that hangs where there was none', async (t) => {
  const { hub, browser } = await start(t);
  const first = browser.open(hub.url, ['/a'], { silence: 500 });
  await areLive(first);
  const second = browser.open(hub.url, ['/b'], { silence: 500 });
  await areLive(second);
  first.remove('/a');
  second.remove('/b');
  await until(() => [first, second].every(({ state }) => state === 'idle'));
  first.post({ freeze: 6000 });
  second.add('/c');
  await until(() => second.state === 'live', 5000);
  assert.equal(browser.leader(), second);
});

test('a tab that waits as long as the hub says keeps the stream', async (t) => {
  const { hub, browser } = await start(t);
  hub.next = [refuse(429, 'too many', { 'Retry-After': '4' })];
  const begun = Date.now();
  const first = browser.open(hub.url, ['/a'], { silence: 400 });
  await until(() => first.state === 'reconnecting');
  const second = browser.open(hub.url, ['/a'], { silence: 400 });
  await areLive(first, second);
  assert.ok(Date.now() - begun >= 4000);
  assert.equal(browser.leader(), first);
});

test('a tab that wants it has the one that reads try at once', async (t) => {
  const { hub, browser } = await start(t);
  hub.retry = 600_000;
  const tabs = [browser.open(hub.url, ['/a']), browser.open(hub.url, ['/a'])];
  await areLive(...tabs);
  hub.cut();
  await until(() => tabs.every(({ state }) => state === 'reconnecting'));
  tabs.find((tab) => tab !== browser.leader()).post({ retry: true });
  await areLive(...tabs);
  assert.equal(hub.open.size, 1);
});

for (const closeAt of ['idle', 'reconnecting']) {
  test(`a tab that closes when it hears that it is ${closeAt} lets another read`, async (t) => {
    const { hub, browser } = await start(t);
    hub.retry = 60_000;
    const first = browser.open(hub.url, ['/a'], { closeAt });
    await areLive(first);
    if (closeAt === 'idle') {
      first.remove('/a');
    } else {
      hub.cut();
    }
    await until(() => first.state === 'closed');
    await areLive(browser.open(hub.url, ['/a']));
    assert.equal(hub.open.size, 1);
  });
}

test('what the hub refuses to one tab it does not refuse to the others', async (t) => {
  const { hub, browser } = await start(t);
  const token = tokenOf({ sub: 'alice' });
  const good = [1, 2].map(() => browser.open(hub.url, ['/a'], { token }));
  await areLive(...good);
  const answer = hub.answer.bind(hub);
  hub.answer = (request, response) =>
    (request.query.has('topic', '/bad') ? refuse(400, 'topic: it is bad') : answer)(request, response);
  const bad = browser.open(hub.url, ['/bad'], { token });
  await until(() => bad.state === 'refused');
  assert.equal(bad.why, 'topic: it is bad');
  await until(() => hub.open.size === 2);
  hub.publish('/a', 1);
  await until(() => good.every((tab) => tab.heard.length === 1));
});

for (const [who, isOwn] of [['another tab', false], ['the tab that reads', true]]) {
  test(`where ${who} begins at a place that the hub refuses, that tab alone is refused, and the others go on with one stream`, async (t) => {
    const { hub, browser } = await start(t);
    const token = tokenOf({ sub: 'alice' });
    const tabs = [1, 2, 3].map(() => browser.open(hub.url, ['/a'], { token }));
    await areLive(...tabs);
    const answer = hub.answer.bind(hub);
    hub.answer = (request, response) => (request.query.get('since') === 'abc' ? refuse(400, 'since: no time') : answer)(request, response);
    const bad = tabs.find((tab) => (tab === browser.leader()) === isOwn);
    const good = tabs.filter((tab) => tab !== bad);
    bad.add('/b', { since: 'abc' });
    await until(() => bad.state === 'refused');
    assert.equal(bad.why, 'since: no time');
    await haveOneStream(hub, '/a');
    hub.publish('/a', 1);
    await until(() => good.every((tab) => tab.heard.length === 1));
    assert.ok(good.includes(browser.leader()));
  });
}

test('a tab that comes late goes on after cuts where all ids are of publishers and the hub says no position', async (t) => {
  const { hub, browser } = await start(t);
  hub.heartbeats = false;
  const token = tokenOf({ sub: 'alice' });
  const early = browser.open(hub.url, ['/a'], { token });
  await areLive(early);
  for (let number = 1; number <= 150; number += 1) {
    hub.publish('/a', number, `mine ${number}`);
  }
  await until(() => early.heard.length === 150);
  const late = browser.open(hub.url, ['/a'], { token });
  await areLive(late);
  for (let number = 151; number <= 153; number += 1) {
    hub.cut();
    hub.publish('/a', number, `mine ${number}`);
    await until(() => early.heard.length === number);
    await until(() => late.data('/a').at(-1) === String(number), 3000);
  }
  assert.deepEqual(late.data('/a'), ['151', '152', '153']);
  assert.equal(hub.open.size, 1);
});

test('a page that comes back after many events gets them, and a tab that has come meanwhile gets none twice', async (t) => {
  const { hub, browser } = await start(t);
  const token = tokenOf({ sub: 'alice' });
  const early = browser.open(hub.url, ['/a'], { token });
  await areLive(early);
  const away = browser.open(hub.url, ['/a'], { token });
  await areLive(away);
  hub.publish('/a', 0);
  await until(() => away.heard.length === 1);
  away.post({ say: 'pagehide' });
  let number = 0;
  const publish = () => hub.publish('/a', (number += 1));
  while (number < 300) {
    publish();
  }
  await until(() => early.heard.length === 301);
  const late = browser.open(hub.url, ['/a'], { token });
  await areLive(late);
  away.post({ say: 'pageshow' });
  const publishing = setInterval(publish, 20);
  t.after(() => clearInterval(publishing));
  await until(() => away.heard.length > 350, 5000);
  clearInterval(publishing);
  await until(() => [early, away, late].every((tab) => tab.data('/a').at(-1) === String(number)), 5000);
  [early, away, late].forEach((tab) => assertIsEachOnce(tab.data('/a')));
  assert.equal(away.data('/a').length, number + 1);
  assert.equal(hub.open.size, 1);
  // The tabs do not call the stream back and forth.
  assert.ok(hub.asked('events').length <= 3, `${hub.asked('events').length} streams`);
});

const ofCookie = (user) => ({ user, subscribe: [] });

/** A tab of Alice, whose browser has her cookie. */
async function startWithCookie(t) {
  const { hub, browser } = await start(t);
  hub.cookie = ofCookie('alice');
  return { hub, open: (topics, options) => browser.open(hub.url, topics, { token: null, ...options }) };
}

const isRefusedFor = (tab, why) => until(() => tab.state === 'refused').then(() => assert.equal(tab.why, why));
const OF_ANOTHER = 'The token is of another user now.';

test('a tab that polls with the cookie hears nothing that comes after another user has logged in', async (t) => {
  const { hub, open } = await startWithCookie(t);
  const answer = hub.answer.bind(hub);
  hub.answer = (request, response) => request.headers.accept.includes('text/event-stream') || answer(request, response);
  const tab = open(['/a'], { silence: 1500 });
  await areLive(tab);
  hub.publish('/a', 'for Alice');
  await until(() => tab.heard.length);
  hub.cookie = ofCookie('bob');
  hub.publish('/a', 'for Bob');
  await isRefusedFor(tab, OF_ANOTHER);
  assert.deepEqual(tab.data('/a'), ['for Alice']);
});

for (const [when, accept, options] of [
  ['the stream is opened', 'text/event-stream', {}],
  ['what was stored is read', 'application/json', { last: 10 }],
]) {
  test(`where another user logs in just before ${when}, the tab hears nothing of his`, async (t) => {
    const { hub, open } = await startWithCookie(t);
    const answer = hub.answer.bind(hub);
    hub.publish('/a', 'stored');
    hub.answer = (request, response) => {
      if (request.path === 'events' && request.headers.accept === accept) {
        hub.cookie = ofCookie('bob');
      }
      answer(request, response);
      hub.publish('/a', 'live');
    };
    const tab = open([['/a', options]]);
    await isRefusedFor(tab, OF_ANOTHER);
    assert.deepEqual(tab.heard, []);
  });
}

test('a tab whose cookie has ended says so', async (t) => {
  const { hub, open } = await startWithCookie(t);
  const tab = open(['/a']);
  await areLive(tab);
  hub.cookie = ofCookie(null);
  hub.cut();
  await isRefusedFor(tab, 'The token has ended, or somebody has logged out.');
});
