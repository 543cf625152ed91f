const text = document.getElementById('document');
const number = document.getElementById('number');
const total = document.getElementById('total');

const source = new EventSource('../events?topic=/feeds/json');
source.onmessage = ({ data }) => {
  const order = JSON.parse(data);
  const cents = order.lines.reduce((sum, { count, price }) => sum + count * price, 0);
  number.textContent = order.number;
  total.textContent = `${(cents / 100).toFixed(2)} in all`;
  text.textContent = data;
};
