const log = document.getElementById('log');
const newest = document.getElementById('newest');
const passedOver = document.getElementById('passed-over');
const LINES = 500;

const waiting = [];
let frame = 0;
let lost = 0;
let following = true;
let drawn = '';

const source = new EventSource('../events?topic=/feeds/log');
source.onmessage = ({ data }) => {
  waiting.push(data);
  if (waiting.length > LINES) {
    waiting.shift();
    lost += 1;
  }
  // Drawn one by one, a few hundred lines a second would stop the page: they wait for the browser's next frame.
  frame ||= requestAnimationFrame(draw);
};

function draw() {
  frame = 0;
  if (following) {
    const lines = waiting.splice(0).map((text) => Object.assign(document.createElement('div'), { textContent: text }));
    log.append(...lines);
    while (log.childElementCount > LINES) {
      log.firstChild.remove();
    }
    stay();
  }
  newest.hidden = following;
  passedOver.textContent = lost ? `${lost} lines passed over` : '';
}

const size = () => `${log.scrollHeight} ${log.clientHeight}`;

function stay() {
  if (following) {
    log.scrollTop = log.scrollHeight;
  }
  drawn = size();
}

new ResizeObserver(stay).observe(log);

log.addEventListener('scroll', () => {
  // With a new size the browser may have scrolled by itself; only the reader ends the following, or begins it again.
  if (size() === drawn) {
    follow(log.scrollHeight - log.scrollTop - log.clientHeight < 2);
  }
});

function follow(wanted) {
  following = wanted;
  frame ||= requestAnimationFrame(draw);
}

newest.addEventListener('click', () => follow(true));
