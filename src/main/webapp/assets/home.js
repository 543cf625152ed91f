// The home page of demo mode: a clock, which is a feed of the hub itself.

const clock = document.getElementById('clock');

if ('EventSource' in window) {
  new EventSource('events?topic=/feeds/clock').onmessage = ({ data }) => {
    clock.textContent = data;
  };
} else {
  clock.textContent = 'This browser has no EventSource.';
}
