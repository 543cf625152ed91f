const question = document.getElementById('question');
const answer = document.getElementById('answer');
const cancel = document.getElementById('cancel');
const outcome = document.getElementById('outcome');

const source = new EventSource('../events?topic=/feeds/answer');
source.addEventListener('question', ({ data }) => {
  question.textContent = data;
  answer.textContent = '';
  outcome.textContent = 'Answering…';
});
source.onmessage = ({ data }) => {
  answer.append(data);
  cancel.disabled = false;
};
source.addEventListener('done', ({ data }) => {
  cancel.disabled = true;
  outcome.textContent = data === 'cancelled' ? 'Cancelled.' : 'Complete.';
});

cancel.addEventListener('click', () => fetch('../feeds/answer/cancel', { method: 'POST' }));
