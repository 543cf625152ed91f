const news = document.getElementById('news');
const allow = document.getElementById('allow');
const allowed = document.getElementById('allowed');
const SHOWN = 100;

const source = new EventSource('../events?topic=/feeds/notification');
source.addEventListener('notification', ({ data }) => {
  const { title, body } = JSON.parse(data);
  const item = document.createElement('li');
  item.append(Object.assign(document.createElement('strong'), { textContent: title }), ` ${body}`);
  news.prepend(item);
  if (news.children.length > SHOWN) {
    news.lastChild.remove();
  }
  if (window.Notification?.permission === 'granted') {
    new Notification(title, { body });
  }
});

/** A browser asks its user only when a click led here. */
allow.addEventListener('click', async () => {
  const answer = await window.Notification?.requestPermission();
  allow.hidden = answer === 'granted';
  allowed.textContent = answer === 'granted' ? 'The browser shows them.' : 'The browser does not show them.';
});
