// What a token allows, as the hub reads it; of a refused one, why. And making one, with a secret that never leaves the page.

import { matcher } from '../tidings.js';
import { Chips } from './chips.js';
import { around, ask, buttonOf, byId, clockTime, drawn, element, fact, fullTime, say, span, topicOf, visible } from './page.js';
import { addPage } from './router.js';
import { copy } from './toast.js';
import { claimsOf } from './token.js';

const HASHES = { HS256: 'SHA-256', HS384: 'SHA-384', HS512: 'SHA-512' };

const read = new Chips('make-read', () => {});
const publish = new Chips('make-publish', () => {});

const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const utf8 = new TextEncoder();

const code = (text) => element('code', visible(text));

/** Made, now and ended, on one line. */
function lifeBar(made, ends) {
  const now = Date.now();
  const part = Math.min(1, Math.max(0, (now - made) / Math.max(1, ends - made)));
  const bar = drawn('svg', { class: 'life', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    drawn('rect', { class: 'rest', width: 100, height: 6, rx: 3 }), drawn('rect', { class: 'past', width: (100 * part).toFixed(1), height: 6, rx: 3 }));
  const text = ends < now ? `ended ${clockTime(ends)}` : `ends ${clockTime(ends)}, in ${span(ends - now)}`;
  return around('div', '', around('p', 'label-line', element('span', `made ${clockTime(made)}`, 'quiet'), element('span', text, ends < now ? 'bad' : 'quiet')), bar);
}

/** What the hub's own topics are, or lie under. A selector covers them only if it names them. */
const HUBS = ['/.well-known/mercure', '/clients', '/hub', '/metrics'];

/** The longest topic that is tried while one types. */
const LONGEST_TRIED = 200;

const wordOf = (topic) => HUBS.find((word) => topic.startsWith(word) && !/^[\w.~-]/.test(topic.slice(word.length)));

/** Whether a selector of a grant matches a topic. */
function matches(selector, topic) {
  const word = wordOf(topic);
  return !(word && !selector.startsWith(word)) && matcher(selector)(topic);
}

const verdict = (found, what) => element('span', `${found ? 'may' : 'may not'} ${what}`, `badge ${found ? 'good' : 'bad'}`);

/** A topic to try, answered with the selector that decides. */
function trial({ subscribe, publish: may }) {
  const input = element('input', '', 'mono');
  input.placeholder = '/orders/1042';
  input.setAttribute('aria-label', 'A topic to try');
  const verdicts = element('span', '', 'try-topic');
  const why = element('p', '', 'hint');
  input.addEventListener('input', () => {
    const topic = input.value.trim();
    verdicts.replaceChildren();
    why.textContent = '';
    if (topic.length > LONGEST_TRIED) {
      why.textContent = `Too long to try here: more than ${LONGEST_TRIED} characters.`;
    } else if (topic) {
      const isHubs = wordOf(topic) !== undefined;
      const reads = subscribe.find((selector) => matches(selector, topic));
      const publishes = isHubs ? undefined : may.find((selector) => matches(selector, topic));
      verdicts.replaceChildren(verdict(reads, 'read'), verdict(publishes, 'publish'));
      const found = [reads && `Read by ${reads}.`, publishes && `Published by ${publishes}.`].filter(Boolean).join(' ') || 'No selector of the token matches it.';
      why.textContent = isHubs ? `${found} The hub alone publishes there.` : found;
    }
  });
  return around('div', '', around('p', 'try-topic', input, verdicts), why);
}

/** What a token allows. */
function facts(account, claims) {
  const { user, expires, subscribe, publish: may } = account;
  const list = around('dl', 'facts',
    fact('User', code(user ?? 'nobody')),
    fact('Expires', code(expires ? fullTime(expires).slice(0, 19) : 'never')),
    fact('May read', ...(subscribe.length ? subscribe.map(topicOf) : [code('public events only')])),
    fact('May publish', ...(may.length ? may.map(topicOf) : [code('nothing')])));
  const made = claims?.iat ? claims.iat * 1000 : null;
  return around('div', 'token-facts', ...(made && expires ? [lifeBar(made, Date.parse(expires))] : []), list, trial(account));
}

/** What a refused token says of itself. */
function claimed(claims) {
  const list = around('dl', 'facts', fact('User', code(String(claims.sub ?? 'nobody'))));
  if (claims.exp) {
    list.append(fact('Until', code(fullTime(claims.exp * 1000).slice(0, 19))));
  }
  const life = claims.iat && claims.exp ? [lifeBar(claims.iat * 1000, claims.exp * 1000)] : [];
  return around('div', 'token-facts', ...life, list);
}

async function inspect() {
  const place = byId('inspection');
  const token = byId('inspected').value.trim().replace(/^Bearer\s+/i, '');
  if (!/^[!-~]+$/.test(token)) {
    say(place, token ? 'Refused: that is no token; it has three parts of letters and digits with dots between.' : 'Paste a token first.', 'bad');
    return;
  }
  const claims = claimsOf(token);
  try {
    const response = await ask('token', { headers: { Authorization: `Bearer ${token}` } });
    say(place, '', '');
    place.append(facts(await response.json(), claims));
  } catch ({ message }) {
    say(place, `Refused: ${message}`, 'bad');
    if (claims) {
      place.append(claimed(claims));
    }
  }
}

async function make() {
  const place = byId('made-state');
  const secret = byId('make-secret').value;
  if (!secret) {
    say(place, 'Give the secret that the hub verifies with.', 'bad');
    byId('make-secret').focus();
    return;
  }
  if (!crypto.subtle) {
    say(place, 'Browsers sign over HTTPS and on this machine only.', 'bad');
    return;
  }
  const algorithm = byId('make-algorithm').value;
  const user = byId('make-user').value.trim();
  const now = Math.floor(Date.now() / 1000);
  const exp = now + Number(byId('make-life').value);
  const grant = { ...(read.all().length ? { subscribe: read.texts } : {}), ...(publish.all().length ? { publish: publish.texts } : {}) };
  const claims = { ...(user ? { sub: user } : {}), iat: now, exp, ...(Object.keys(grant).length ? { mercure: grant } : {}) };
  const signed = [{ alg: algorithm, typ: 'JWT' }, claims].map((part) => base64(utf8.encode(JSON.stringify(part)))).join('.');
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash: HASHES[algorithm] }, false, ['sign']);
  const token = `${signed}.${base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(signed))))}`;
  // The token itself is not read aloud.
  say(place, `For ${user || 'nobody'}, until ${clockTime(exp * 1000)}`);
  byId('made').replaceChildren(around('p', 'actions', buttonOf('Copy the token', '', () => copy(token, 'Token'))), element('code', token, 'token-text'));
}

/** Shows the token of whoever is logged in, and makes the page ready. */
export function prepareTokens(account) {
  byId('own').replaceChildren(facts(account, null));
  addPage('tokens', { fact: 'what one may do, and why it is refused' });
}

byId('inspect').addEventListener('submit', (submission) => {
  submission.preventDefault();
  inspect();
});
byId('make').addEventListener('submit', (submission) => {
  submission.preventDefault();
  make();
});
