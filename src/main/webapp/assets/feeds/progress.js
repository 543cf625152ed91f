const part = (id) => document.getElementById(id);

const source = new EventSource('../events?topic=/feeds/progress');
source.addEventListener('progress', ({ data }) => {
  const { stage, percent, eta, message } = JSON.parse(data);
  part('bar').value = percent;
  part('stage').textContent = stage;
  part('percent').textContent = `${percent} %`;
  part('eta').textContent = eta ? `${eta} s left` : '';
  part('message').textContent = message;
});
