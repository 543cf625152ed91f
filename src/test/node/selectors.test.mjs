// A selector matches here what it matches in the hub. ModuleTest compares the two with what it generates.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matcher } from './module.mjs';

const EXAMPLES = [
  ['*', ['', '/a', 'x y'], []],
  ['/orders/7', ['/orders/7'], ['/orders/70', '/orders/{id}']],
  ['/orders/{id}', ['/orders/7', '/orders/', '/orders/caf%C3%A9', '/orders/{id}'], ['/orders/7/8', '/orders', '/orders/é']],
  ['/orders/{+path}', ['/orders/7/8', '/orders/', '/orders/a?b=c'], ['/orders', '/orders/ ']],
  ['/orders{/id}', ['/orders', '/orders/7', '/orders/'], ['/orders/7/8', '/ordersx']],
  ['/orders{/a,b}', ['/orders', '/orders/7', '/orders/7/8'], ['/orders/7/8/9']],
  ['/x{?a,b}', ['/x', '/x?a=1', '/x?b=2', '/x?a=1&b=2', '/x?a='], ['/x?b=1&a=2', '/x?a', '/x?c=1']],
  ['/x{;a,b}', ['/x', '/x;a', '/x;a=1;b'], ['/x;c', '/xa']],
  ['/x?f=1{&a}', ['/x?f=1', '/x?f=1&a=2'], ['/x?f=1a']],
  ['{a}-{b}', ['x-y', '-', 'a-b-c'], ['x', 'x/y-z']],
  ['/{a:3}', ['/', '/abc', '/%C3%A9bc'], ['/abcd', '/%C3%A9bcd']],
  ['/{a*}', ['/abc'], ['/a/b']],
  ['/{a,b}', ['/1', '/1,2'], ['/1,2,3']],
  ['x{#a}', ['x', 'x#', 'x#/y,z'], ['xy']],
  ['x{.a,b}', ['x', 'x.y', 'x.y.z'], ['x/y']],
  ['/café/{x}', ['/caf%C3%A9/1'], ['/café/1']],
  ['/a b/{x}', ['/a b/{x}'], ['/a b/1', '/a%20b/1']],
  ['/{', ['/{'], ['/', '/x']],
  ['/{}', ['/{}'], ['/', '/x']],
  ['/{a:0}', ['/{a:0}'], ['/', '/x']],
];

for (const [selector, matching, others] of EXAMPLES) {
  test(`${selector} matches ${matching.join(' ')}, and not ${others.join(' ')}`, () => {
    const matches = matcher(selector);
    assert.deepEqual(matching.filter((topic) => !matches(topic)), [], 'does not match');
    assert.deepEqual(others.filter(matches), [], 'matches');
  });
}

test('no topic takes long, whatever the template', () => {
  const matches = matcher(`/{a}-{b}-{c}-{d}-{e}-{f}-{g}{h}{i}{+j}{+k}{+l}!`);
  const begun = Date.now();
  for (let time = 0; time < 20; time += 1) {
    assert.equal(matches(`/${'-'.repeat(2000)}`), false);
  }
  assert.ok(Date.now() - begun < 5000);
});
