// The home page: connects with a token, shows what arrives, and sends to the token's own inbox.

const SHOWN = 200;
const CONNECTED = 'Connected. What is sent to you appears below.';

const byId = (id) => document.getElementById(id);
const token = byId('token');
const events = byId('events');

let stream = null;

/** Says how things are; the mood is 'good', 'bad' or nothing. */
function say(element, text, mood = '') {
  element.textContent = text;
  element.className = mood;
}

function span(name, text) {
  const element = document.createElement(name === 'time' ? 'time' : 'span');
  element.className = name;
  element.textContent = text;
  return element;
}

function show(time, topics, type, data) {
  const item = document.createElement('li');
  item.append(span('time', time), span('topics', topics));
  if (type) {
    item.append(span('type', type));
  }
  item.append(span('data', data));
  events.prepend(item);
  while (events.children.length > SHOWN) {
    events.lastElementChild.remove();
  }
}

function clock(iso) {
  return new Date(iso).toLocaleTimeString();
}

/** EventSource does not say why it was refused, so the same request is made once more to read the answer. */
async function whyRefused(url) {
  const response = await fetch(url, { method: 'GET', headers: { Accept: 'application/problem+json' } });
  if (response.status === 406) {
    return 'The hub closed the stream.';
  }
  return (await response.json()).detail;
}

function connect() {
  stream?.close();
  if (!('EventSource' in window)) {
    say(byId('state'), 'This browser has no EventSource, so it cannot show the stream.', 'bad');
    return;
  }
  const url = `events?frame=json&token=${encodeURIComponent(token.value.trim())}`;
  const opening = new EventSource(url);
  stream = opening;
  say(byId('state'), 'Connecting…');
  opening.onopen = () => say(byId('state'), CONNECTED, 'good');
  opening.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    show(clock(event.time), event.topics.join(' '), event.type, event.data ?? '');
  };
  opening.addEventListener('gap', () => show(clock(Date.now()), '', 'gap', 'Something may have been missed here.'));
  opening.addEventListener('expiring', ({ data }) =>
    say(byId('state'), `Connected. The token expires at ${clock(JSON.parse(data).expires)}.`, 'good'),
  );
  opening.onerror = async () => {
    if (opening.readyState === EventSource.CONNECTING) {
      say(byId('state'), 'Disconnected; connecting again…', 'bad');
      return;
    }
    const reason = await whyRefused(url).catch(() => 'The hub cannot be reached.');
    // Meanwhile another token may have been taken, whose stream this is not about.
    if (stream === opening) {
      say(byId('state'), reason, 'bad');
    }
  };
}

async function publish() {
  if (!token.value.trim()) {
    say(byId('sent'), 'Sending takes a token: put one in above.', 'bad');
    token.focus();
    return;
  }
  const response = await fetch('msg', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token.value.trim()}` },
    body: new URLSearchParams({ msg: byId('msg').value }),
  });
  const answer = await response.json();
  if (response.ok) {
    say(byId('sent'), `Sent to ${answer.topics.join(', ')}.`, 'good');
  } else {
    say(byId('sent'), answer.detail, 'bad');
  }
}

function use(chosen) {
  token.value = chosen;
  document.querySelectorAll('pre .token').forEach((place) => {
    place.textContent = chosen;
  });
}

document.querySelectorAll('[data-token]').forEach((button) =>
  button.addEventListener('click', () => {
    use(button.dataset.token);
    connect();
  }),
);

byId('connect').addEventListener('submit', (submission) => {
  submission.preventDefault();
  use(token.value.trim());
  connect();
});

byId('publish').addEventListener('submit', (submission) => {
  submission.preventDefault();
  publish().catch(() => say(byId('sent'), 'The hub cannot be reached.', 'bad'));
});
