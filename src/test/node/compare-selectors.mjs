// Compares what selectors match here with what they match in the hub: ModuleTest has written that down.

import { readFile } from 'node:fs/promises';
import { matcher } from './module.mjs';

const { topics, expected } = JSON.parse(await readFile(process.argv[2], 'utf8'));
const differences = expected.flatMap(([selector, matching]) => {
  const there = new Set(matching);
  const here = matcher(selector);
  return topics
    .filter((topic) => here(topic) !== there.has(topic))
    .map((topic) => `${selector} ${there.has(topic) ? 'does not match' : 'matches'} ${topic} here`);
});
console.log(differences.length ? differences.slice(0, 50).join('\n') : 'the same');
