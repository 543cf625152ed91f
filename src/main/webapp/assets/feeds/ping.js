const button = document.getElementById('cut');
const verdict = document.getElementById('verdict');
const steady = { shown: document.getElementById('steady'), ids: [] };
const cuttable = { shown: document.getElementById('cuttable'), ids: [] };
const KEPT = 1000;

function open(stream) {
  const address = new URL('../events?topic=/feeds/ping', location.href);
  if (stream.ids.length) {
    // A source that reconnects by itself says this in a header, ten seconds later, as these events advise.
    address.searchParams.set('lastEventID', stream.ids.at(-1));
  }
  stream.source = new EventSource(address);
  stream.source.addEventListener('ping', ({ lastEventId, data }) => {
    stream.ids.push(lastEventId);
    const item = document.createElement('li');
    item.textContent = data;
    stream.shown.prepend(item);
    if (stream.ids.length > KEPT) {
      stream.ids.shift();
      stream.shown.lastChild.remove();
    }
    judge();
  });
}

/** Compares what the cut stream has got since its first event with what the other one got. */
function judge() {
  const from = Math.max(0, steady.ids.indexOf(cuttable.ids[0]));
  // While both are open, either may be the first to have the newest.
  const wanted = steady.ids.slice(from, cuttable.source ? steady.ids.indexOf(cuttable.ids.at(-1)) + 1 : undefined);
  const got = new Set(cuttable.ids);
  const missing = wanted.filter((id) => !got.has(id)).length;
  const twice = cuttable.ids.length - got.size;
  verdict.textContent = cuttable.source
    ? `${got.size} events: ${missing} missing, ${twice} twice.`
    : `Cut. ${missing} published meanwhile.`;
}

button.addEventListener('click', () => {
  if (cuttable.source) {
    cuttable.source.close();
    cuttable.source = null;
    button.textContent = 'Connect it again';
    judge();
  } else {
    open(cuttable);
    button.textContent = 'Cut the second stream';
  }
});

open(steady);
open(cuttable);
