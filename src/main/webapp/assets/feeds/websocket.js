const frames = document.getElementById('websocket');
const prices = document.getElementById('with-prices');
const said = document.getElementById('said');
const FRAMES = 100;

const address = new URL('../ws?topic=/feeds/clock', location.href);
address.protocol = address.protocol.replace('http', 'ws');

let socket;

function open() {
  socket = new WebSocket(address);
  socket.onopen = () => follow();
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    // What an EventSource does by itself is a page's own affair here: knowing where to resume, and connecting again.
    // Answers have positions, too, but what came before those may not have arrived yet.
    if (['welcome', 'position', 'event'].includes(frame.type)) {
      address.searchParams.set('lastEventID', frame.lastEventId ?? frame.id);
    }
    show(data);
  };
  socket.onclose = () => setTimeout(open, 2000);
}

function tell(frame) {
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(frame));
  }
}

function follow() {
  tell({ type: prices.checked ? 'subscribe' : 'unsubscribe', topics: ['/feeds/prices'], ref: 'prices' });
}

function show(text) {
  const item = document.createElement('li');
  item.textContent = text;
  frames.prepend(item);
  if (frames.children.length > FRAMES) {
    frames.lastChild.remove();
  }
}

prices.addEventListener('change', follow);
document.getElementById('echo').addEventListener('submit', (submit) => {
  submit.preventDefault();
  tell({ type: 'echo', data: said.value });
});

open();
