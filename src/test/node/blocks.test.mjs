// text/event-stream is read as the standard has it, to the byte (WHATWG HTML, 9.2.6).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocks } from './module.mjs';

/** Its events, as an EventSource would dispatch them. */
function read(...texts) {
  const take = blocks();
  return texts
    .flatMap((text) => take(text))
    .filter(({ data }) => data !== undefined)
    .map(({ type, data, id }) => [type, data, id]);
}

const EXAMPLES = {
  'data is lines joined by LF': ['data: YHOO\ndata: +2\ndata: 10\n\n', [['message', 'YHOO\n+2\n10', '']]],
  'an id stays until another comes': [': test\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n', [
    ['message', 'first', '1'], ['message', 'second', ''], ['message', ' third', ''],
  ]],
  'empty data is an event': ['data\n\ndata\ndata\n\ndata:', [['message', '', ''], ['message', '\n', '']]],
  'one space is cut': ['data:test\n\ndata: test\n\n', [['message', 'test', ''], ['message', 'test', '']]],
  'a block without data is no event': ['event: x\nid: 7\n\ndata: y\n\n', [['message', 'y', '7']]],
  'a type is that of its block': ['event: a\ndata: 1\n\ndata: 2\n\n', [['a', '1', ''], ['message', '2', '']]],
  'an unfinished block is none': ['data: 1\nid: 1\n\ndata: 2\nid: 2\n', [['message', '1', '1']]],
  'an id with NUL is passed over': ['id: a\ndata: 1\n\nid: b\0c\ndata: 2\n\n', [['message', '1', 'a'], ['message', '2', 'a']]],
  'unknown fields and comments are passed over': [
    'data:1\nfoo: bar\n:data: 2\ndata : 3\n data: 4\nDATA: 5\nconstructor: 6\n__proto__: 7\n\n', [['message', '1', '']],
  ],
  'a colon may stand in a value': ['data: a:b: c\nevent: x:y\n\n', [['x:y', 'a:b: c', '']]],
  'CR and CRLF end lines, too': ['data: 1\r\rdata: 2\r\n\r\ndata: 3\r\n\ndata: 4\n\r\n', [
    ['message', '1', ''], ['message', '2', ''], ['message', '3', ''], ['message', '4', ''],
  ]],
  'other separators are text': ['data: a\u2028b\u0085c\vd\n\n', [['message', 'a\u2028b\u0085c\vd', '']]],
};

for (const [fact, [text, events]] of Object.entries(EXAMPLES)) {
  test(fact, () => assert.deepEqual(read(text), events));

  test(`${fact}, wherever the text is cut`, () => {
    for (let first = 0; first <= text.length; first += 1) {
      for (let second = first; second <= text.length; second += 1) {
        const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
        assert.deepEqual(read(...pieces), events, JSON.stringify(pieces));
      }
    }
    assert.deepEqual(read(...text), events);
  });
}

test('an event comes with the CR that ends it, and the LF after it is none of its own', () => {
  const take = blocks();
  assert.equal(take('data: 1\r\r').length, 1);
  assert.equal(take('\ndata: 2\n\n').length, 1);
});

test('retry is digits, and nothing else', () => {
  const retries = ['10', '0', '1e3', '-1', '1.5', '', ' 7', '٣'].map((text) => blocks()(`retry: ${text}\n\n`)[0].retry);
  assert.deepEqual(retries, [10, 0, undefined, undefined, undefined, undefined, undefined, undefined]);
});

test('a long line in many pieces is searched once', () => {
  const text = `data: ${'a'.repeat(1_000_000)}\n\n`;
  const take = blocks();
  const begun = performance.now();
  const found = [];
  for (let at = 0; at < text.length; at += 200) {
    found.push(...take(text.slice(at, at + 200)));
  }
  assert.equal(found[0].data.length, 1_000_000);
  assert.ok(performance.now() - begun < 2000);
});
