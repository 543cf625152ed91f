const said = document.getElementById('said');

const source = new EventSource('../events?topic=/feeds/hello');
source.onmessage = ({ data }) => {
  const item = document.createElement('li');
  item.textContent = data;
  said.prepend(item);
};

document.getElementById('say').addEventListener('click', () => fetch('../say'));
