// The home page of demo mode: a clock, which is a feed of the hub itself.

import { account } from './account.js';

const clock = document.getElementById('clock');

/** Not at once: a cookie that is not good any more would be refused here, too, and is gone when that is known. */
function follow() {
  new EventSource('events?topic=/feeds/clock').onmessage = ({ data }) => {
    clock.textContent = data;
  };
}

if ('EventSource' in window) {
  account.then(follow, follow);
} else {
  clock.textContent = 'This browser has no EventSource.';
}
