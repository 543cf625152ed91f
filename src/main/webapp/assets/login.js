// The login page: what the token says of itself stands beneath, a refusal is said beside the form, and nothing typed is lost.

import { ask, byId, element, fact, fullTime, topicOf, visible } from './page.js';
import { claimsOf } from './token.js';
import { wantedPage } from './wanted.js';

const form = byId('login');
const token = byId('token');
const refusal = byId('refusal');

/** What it says may be forged: the hub alone knows. */
function describe() {
  const claims = claimsOf(token.value.trim());
  const list = [];
  if (claims) {
    list.push(fact('User', element('code', visible(String(claims.sub ?? 'nobody')))));
    if (Number.isFinite(claims.exp)) {
      list.push(fact('Until', element('code', fullTime(claims.exp * 1000).slice(0, 19))));
    }
    const { subscribe } = claims['https://mercure.rocks/'] ?? claims.mercure ?? {};
    if (Array.isArray(subscribe)) {
      list.push(fact('May read', ...subscribe.map((selector) => topicOf(String(selector)))));
    }
  }
  byId('claims').replaceChildren(...list);
}

async function logIn() {
  refusal.textContent = '';
  token.removeAttribute('aria-invalid');
  try {
    await ask('login', { method: 'POST', body: new URLSearchParams({ token: token.value }) });
    location.assign(wantedPage());
  } catch ({ message }) {
    refusal.textContent = message;
    token.setAttribute('aria-invalid', 'true');
    token.focus();
  }
}

token.addEventListener('input', describe);
form.addEventListener('submit', (submission) => {
  submission.preventDefault();
  if (token.value.trim()) {
    logIn();
  } else {
    refusal.textContent = 'Paste a token first.';
    token.focus();
  }
});

document.getElementById('ready-made')?.addEventListener('submit', (submission) => {
  submission.preventDefault();
  token.value = submission.submitter.value;
  logIn();
});
