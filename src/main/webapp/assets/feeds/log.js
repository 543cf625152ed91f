const log = document.getElementById('log');
const newest = document.getElementById('newest');
const LINES = 500;

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 24;
const follow = () => log.scrollTo({ top: log.scrollHeight });

const source = new EventSource('../events?topic=/feeds/log');
source.onmessage = ({ data }) => {
  const following = atEnd();
  const line = document.createElement('span');
  line.textContent = `${data}\n`;
  log.append(line);
  if (following) {
    while (log.children.length > LINES) {
      log.firstChild.remove();
    }
    follow();
  }
  newest.hidden = following;
};

newest.addEventListener('click', follow);
log.addEventListener('scroll', () => {
  newest.hidden = newest.hidden || atEnd();
});
