const said = document.getElementById('said');
const SHOWN = 100;

const source = new EventSource('../events?topic=/feeds/hello');
source.onmessage = ({ data }) => {
  const item = document.createElement('li');
  item.textContent = data;
  said.prepend(item);
  if (said.children.length > SHOWN) {
    said.lastChild.remove();
  }
};

document.getElementById('say').addEventListener('click', () => fetch('../say'));
