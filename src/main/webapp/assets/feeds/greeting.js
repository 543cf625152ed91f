const message = document.getElementById('message');
const time = document.getElementById('timestamp');

const source = new EventSource('../events?topic=/feeds/greeting');
source.onmessage = ({ data }) => {
  const greeting = JSON.parse(data);
  message.textContent = greeting.message;
  time.textContent = new Date(greeting.timestamp).toLocaleTimeString();
};
