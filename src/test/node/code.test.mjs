// What the console shows as code, and the commands that one copies there, whatever was published.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const read = (name) => readFile(new URL(`../../main/webapp/assets/${name}`, import.meta.url), 'utf8');
const moduleOf = (source) => `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
const page = moduleOf((await read('page.js')).replace('import.meta.url', "'http://hub.example.com/assets/page.js'"));
const { visible } = await import(page);
const { codeNodes, curlToPublish, prettyJson } = await import(moduleOf((await read('code.js')).replace('./page.js', page)));

/** The shells of this machine. */
const SHELLS = ['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish'].filter((shell) => ['/bin', '/usr/bin'].some((bin) => existsSync(`${bin}/${shell}`)));

/** What a shell hands to curl, each ended by a NUL. */
const PRINT = "printf '%s\\0'";
const handed = (shell, command) => {
  const curl = shell === 'fish' ? `function curl; ${PRINT} $argv; end` : `curl() { ${PRINT} "$@"; }`;
  return execFileSync(shell, ['-c', `${curl}\n${command}`], { encoding: 'utf8' }).split('\0').slice(0, -1);
};

/** The fields that curl sends then. */
const fieldsIn = (handed) => handed.flatMap((word, i) => {
  const field = handed[i + 1];
  const at = field?.indexOf('=');
  return word === '--data-urlencode' ? [[field.slice(0, at), field.slice(at + 1)]] : word === '--data' ? [...new URLSearchParams(field)] : [];
});

const HOSTILE = ["it's", "'; echo RUN #", "\\'; echo RUN #", "'; echo RUN; echo '", '$(echo RUN)', '`echo RUN`', '\\', '\\\\', '\\\'; echo RUN #', '!!', '\t', 'a\u0000b', '"; echo RUN; "'];

test('a copied command publishes what was published, and no shell runs a part of it', () => {
  for (const text of HOSTILE) {
    for (const data of [text, `${text}\u0007`, `\u0007${text}`, `\u0007${text}\n${text}`]) {
      const command = curlToPublish({ topics: [text], type: text, data });
      for (const shell of SHELLS) {
        assert.deepEqual(fieldsIn(handed(shell, command)), [['topic', text], ['type', text], ['msg', data]], `${shell}: ${command}`);
      }
    }
  }
});

test('lines that are copied are the same JSON', () => {
  const lines = '{"topic":"/a",\t"msg":"it\'s \\\\ $(echo RUN)"}\r\n{"topic":"/b","msg":"2"}';
  for (const shell of SHELLS) {
    const sent = handed(shell, curlToPublish({ lines: true, data: lines })).at(-1);
    assert.deepEqual(sent.split('\n').map((line) => JSON.parse(line)), lines.split('\n').map((line) => JSON.parse(line)), shell);
  }
});

test('what cannot be seen is written out, and what can be is left', () => {
  for (const unseen of ['\u0000', '\u200b', '\u202e', '\u2028', '\ufe00', '\u034f', '\u2800', '\u{e0041}', '\ufffb']) {
    assert.match(visible(`a${unseen}b`), /^a⟨U\+[0-9A-F]{4,5}⟩b$/, escape(unseen));
  }
  assert.equal(visible('a\tb\r\nc é 漢 ❤️ 😀'), 'a\tb\r\nc é 漢 ❤️ 😀');
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
