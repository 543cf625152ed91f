const board = document.getElementById('prices');
const rows = new Map();

function newRow(key) {
  const row = board.insertRow();
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = key;
  row.append(head, document.createElement('td'), document.createElement('td'));
  rows.set(key, row);
  return row;
}

const source = new EventSource('../events?topic=/feeds/prices&latest=true');
source.onmessage = ({ data }) => {
  const { key, price, change } = JSON.parse(data);
  const [, priceCell, changeCell] = (rows.get(key) ?? newRow(key)).cells;
  priceCell.textContent = price.toFixed(2);
  changeCell.textContent = `${change < 0 ? '▼' : '▲'} ${Math.abs(change).toFixed(2)} %`;
  changeCell.className = change < 0 ? 'bad' : 'good';
};
