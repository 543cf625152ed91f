// The login page: a refusal is said beside the form, and nothing typed is lost.

import { ask, byId } from './page.js';

const form = byId('login');
const token = byId('token');
const refusal = byId('refusal');

async function logIn() {
  refusal.textContent = '';
  token.removeAttribute('aria-invalid');
  try {
    await ask('login', { method: 'POST', body: new URLSearchParams({ token: token.value }) });
    location.assign('console');
  } catch ({ message }) {
    refusal.textContent = message;
    token.setAttribute('aria-invalid', 'true');
    token.focus();
  }
}

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
