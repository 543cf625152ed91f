// The home page of demo mode: a clock, which is a feed of the hub itself, with a mark for each event; and logging in.

import { frameNodes } from './code.js';
import { followForAll } from './live-stream.js';
import { logIn } from './log-in.js';
import { byId, say } from './page.js';
import { Tape } from './tape.js';

const MARKS = 60;

const clock = byId('clock');
const tape = new Tape(byId('tape'), MARKS, 1);

function show(event) {
  clock.textContent = event.data;
  byId('bytes').replaceChildren(...frameNodes(event));
  tape.push(1);
  tape.draw();
}

followForAll({}, '/feeds/clock', show);

byId('ready-made').addEventListener('submit', (submission) => {
  submission.preventDefault();
  logIn(submission.submitter.value).catch(({ message }) => say(byId('refusal'), message, 'bad'));
});
