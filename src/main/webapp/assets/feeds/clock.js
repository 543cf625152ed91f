const clock = document.getElementById('clock');

const source = new EventSource('../events?topic=/feeds/clock');
source.onmessage = ({ data }) => {
  clock.textContent = data;
};
