// The module, and what it does not export.

import { readFile } from 'node:fs/promises';

const source = await readFile(new URL('../../main/webapp/WEB-INF/npm/tidings.js', import.meta.url), 'utf8');
const inside = `${source}\nexport { blocks, Place, Requests };`;

export const { tidings, Refusal, blocks, matcher, Place, Requests } = await import(
  `data:text/javascript,${encodeURIComponent(inside)}`
);
