const said = document.getElementById('said');

const source = new EventSource('../events?topic=/feeds/hello');
source.onmessage = ({ data }) => {
  const item = document.createElement('li');
  item.textContent = data;
  said.append(item);
  said.scrollTop = said.scrollHeight;
};

document.getElementById('say').addEventListener('click', () => fetch('../say'));
