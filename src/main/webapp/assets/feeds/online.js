const online = document.getElementById('online');
const dots = document.getElementById('dots');

const source = new EventSource('../events?topic=/feeds/online');
source.onmessage = ({ data }) => {
  if (online.textContent !== data) {
    online.textContent = data;
    dots.textContent = '●'.repeat(Math.min(Number(data), 100));
  }
};
