const state = document.querySelector('[role=status]');
let lastEventId = '';

async function open() {
  let stream;
  try {
    const { hub, token } = await (await fetch('hub-token')).json();
    const address = new URL(hub + '/events');
    address.searchParams.set('token', token);
    if (lastEventId) address.searchParams.set('lastEventID', lastEventId);
    stream = new EventSource(address);
  } catch {
    again();
    return;
  }
  stream.onopen = () => { state.textContent = 'live'; };
  stream.addEventListener('shipped', (event) => {
    lastEventId = event.lastEventId;
    const item = document.createElement('li');
    item.textContent = `Order ${JSON.parse(event.data).order} was shipped.`;
    document.querySelector('ul').append(item);
  });
  stream.addEventListener('expiring', (event) => {
    lastEventId = event.lastEventId;
    stream.close();
    open();
  });
  stream.onerror = () => {
    state.textContent = 'reconnecting';
    if (stream.readyState === EventSource.CLOSED) again();
  };
}

function again() {
  state.textContent = 'reconnecting';
  setTimeout(open, 2000 + Math.random() * 3000);
}

document.querySelector('button').addEventListener('click', () => {
  const csrf = document.cookie.match(/XSRF-TOKEN=([^;]+)/)?.[1] ?? '';
  fetch('orders/7/ship', { method: 'POST', headers: { 'X-XSRF-TOKEN': csrf } });
});

open();
