// Reads numbers from a hub, and prints each. Its token is another one each time, and soon ends: ModuleInNodeIT.

import { createHmac } from 'node:crypto';
import { tidings } from '../../main/webapp/WEB-INF/npm/tidings.js';

const { HUB, TOPIC, SECRET, SUB, LIFETIME_S, TRANSPORT } = process.env;
const base64 = (value) => Buffer.from(value).toString('base64url');

function token(why) {
  console.log(why ? `another token: ${why}` : 'a token');
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: SUB, exp: now + Number(LIFETIME_S) };
  const signed = `${base64('{"alg":"HS256"}')}.${base64(JSON.stringify(claims))}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

const hub = tidings(HUB, {
  token,
  transport: TRANSPORT,
  state: (state, why) => console.log(why ? `${state}: ${why}` : state),
  refused: (refusal) => console.log(`refused: ${refusal.message}`),
});
for await (const { data } of hub.events(TOPIC, { last: 1000, caughtUp: () => console.log('caught up') })) {
  console.log(data);
  if (data === 'the end') {
    break;
  }
}
