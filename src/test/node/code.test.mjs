// What the console shows as code, and the commands that one copies there, whatever was published.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const read = (name) => readFile(new URL(`../../main/webapp/assets/${name}`, import.meta.url), 'utf8');
const moduleOf = (source) => `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
const page = moduleOf((await read('page.js')).replace('import.meta.url', "'http://hub.example.com/assets/page.js'"));
const { codeNodes, curlToPublish, prettyJson } = await import(moduleOf((await read('code.js')).replace('./page.js', page)));

/** What a shell hands to curl. */
const sentBy = (shell, command) => execFileSync(shell, ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`], { encoding: 'utf8' });

const HOSTILE = ["it's", "'; echo RUN #", "'; echo RUN; echo '", '$(echo RUN)', '`echo RUN`', '\\', '\\\'; echo RUN #', '!!'];

test('no shell runs a part of what was published', () => {
  for (const text of HOSTILE) {
    for (const data of [text, `${text}\u0007`, `\u0007${text}`, `\u0007${text}\n${text}`]) {
      const command = curlToPublish({ topics: [text], type: text, data });
      for (const shell of ['sh', 'bash']) {
        assert.doesNotMatch(sentBy(shell, command), /^RUN/m, command);
      }
      assert.ok(sentBy('bash', command).endsWith(`msg=${data}\n`), command);
    }
  }
});

test('pretty JSON has the values that came', () => {
  assert.equal(prettyJson('{"n":12345678901234567890,"f":1.10,"a":1,"a":2}'), '{\n  "n": 12345678901234567890,\n  "f": 1.10,\n  "a": 1,\n  "a": 2\n}');
  assert.equal(prettyJson(' [ { } , [ ] , "\\u00e9,:{" , null ] '), '[\n  {},\n  [],\n  "é,:{",\n  null\n]');
  assert.equal(prettyJson('{"__proto__":{"a":1}}'), '{\n  "__proto__": {\n    "a": 1\n  }\n}');
  for (const none of ['', '1', '"a"', 'null', '{', '{"a":}', "{'a':1}"]) {
    assert.equal(prettyJson(none), null);
  }
});

test('data that is nested deep becomes no long text', () => {
  for (const depth of [100, 3000, 9000]) {
    const pretty = prettyJson('['.repeat(depth) + ']'.repeat(depth));
    assert.ok(pretty === null || pretty.length < 200 * depth, String(depth));
  }
});

test('data with quotes without end does not stop the page', () => {
  const begun = performance.now();
  assert.deepEqual(codeNodes('"\\'.repeat(100_000)), ['"\\'.repeat(100_000)]);
  assert.ok(performance.now() - begun < 1000);
});
