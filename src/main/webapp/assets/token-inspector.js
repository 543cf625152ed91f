// What a token allows, as the hub reads it; of a refused one, why.

import { ask, byId, element, say } from './page.js';

function fact(name, values) {
  const row = element('div');
  row.append(element('dt', name));
  for (const value of values) {
    const place = element('dd');
    place.append(element('code', value));
    row.append(place);
  }
  return row;
}

function facts({ user, expires, subscribe, publish }) {
  return [
    fact('User', [user ?? 'nobody']),
    fact('Expires', [expires ? new Date(expires).toLocaleString() : 'never']),
    fact('May read', subscribe.length ? subscribe : ['public events only']),
    fact('May publish', publish.length ? publish : ['nothing']),
  ];
}

/** Shows what the token of whoever is logged in allows. */
export function showOwn(account) {
  byId('own').replaceChildren(...facts(account));
}

byId('inspect').addEventListener('submit', async (submission) => {
  submission.preventDefault();
  const place = byId('inspection');
  const token = byId('inspected').value.trim().replace(/^Bearer\s+/i, '');
  if (!/^[!-~]+$/.test(token)) {
    say(place, token ? 'Refused: that is no token; it has three parts of letters and digits with dots between.'
      : 'Paste a token first.', 'bad');
    return;
  }
  try {
    const response = await ask('token', { headers: { Authorization: `Bearer ${token}` } });
    const list = element('dl', '', 'facts');
    list.append(...facts(await response.json()));
    say(place, '', 'good');
    place.append(list);
  } catch ({ message }) {
    say(place, `Refused: ${message}`, 'bad');
  }
});
