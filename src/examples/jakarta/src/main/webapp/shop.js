const state = document.querySelector('[role=status]');

// The stream begins with all that the hub still stores for this user.
let lastEventId = 'earliest';
let csrf = '';
let current;

async function follow() {
  let shop;
  let ticket;
  try {
    shop = await ask('hub-token');
    ticket = await ticketFor(shop);
  } catch {
    followLater();
    return;
  }
  csrf = shop.csrf;
  // Not before there is a ticket for the next one. The next stream begins where this one stops.
  current?.close();
  const address = new URL(shop.hub + '/events');
  address.searchParams.set('ticket', ticket);
  address.searchParams.set('lastEventID', lastEventId);
  const stream = new EventSource(address);
  current = stream;

  stream.onopen = () => { state.textContent = 'live'; };
  stream.addEventListener('shipped', (event) => {
    lastEventId = event.lastEventId;
    show(`Order ${JSON.parse(event.data).order} was shipped.`);
  });
  stream.addEventListener('gap', () => show('Some news may be missing.'));

  // The token ends soon.
  stream.addEventListener('expiring', (event) => {
    lastEventId = event.lastEventId;
    follow();
  });

  // The browser would reconnect by itself, with a ticket that is used.
  stream.onerror = () => {
    stream.close();
    followLater();
  };
}

/** Stands for the token in the address of one stream. */
async function ticketFor({ hub, token }) {
  const answer = await fetch(`${hub}/tickets`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).ticket;
}

function followLater() {
  state.textContent = 'reconnecting';
  setTimeout(follow, 2000 + Math.random() * 3000);
}

function show(text) {
  const item = document.createElement('li');
  item.textContent = text;
  document.querySelector('ul').append(item);
}

async function ask(address, method = 'GET') {
  // X-Requested-With: without a session Spring Security then answers a plain 401, at which no browser asks for a password.
  const headers = { 'X-Requested-With': 'XMLHttpRequest', 'X-CSRF-TOKEN': csrf };
  const answer = await fetch(address, { method, headers });
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
  const csrfEnded = answer.status === 403 && method === 'POST';
  if (answer.status === 401 || csrfEnded || answer.ok && !isJson) {
    // The session has ended. What is no JSON is the login page.
    location.reload();
    throw new Error('logged out');
  }
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const order = document.querySelector('input').value;
  const said = document.querySelector('output');
  said.textContent = 'shipping';
  try {
    await ask(`orders/${order}/ship`, 'POST');
    said.textContent = 'shipped';
  } catch (failed) {
    said.textContent = `not shipped: ${failed.message}`;
  }
});

follow();
