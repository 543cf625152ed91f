// The figures of all nodes of the last 15 minutes, in steps of 5 s: read once, then kept up to date by what each node says
// every second.

import { ask } from './page.js';

export const STEP_MS = 5000;
export const STEPS = 180;

/** What is counted, and so adds up within a step. */
const COUNTS = ['seconds', 'published', 'delivered', 'replayed', 'gaps', 'slow', 'opened', 'ended'];

/** How far the hub's clock is before the browser's. */
let skew = 0;

/** By the names of nodes: what the hub says of each, and its steps by their numbers. */
const nodes = new Map();

const stepOf = (time) => Math.floor(Date.parse(time) / STEP_MS);

function nodeOf(name) {
  if (!nodes.has(name)) {
    nodes.set(name, { name, state: 'ready', since: null, here: false, fault: null, steps: new Map(), last: null });
  }
  return nodes.get(name);
}

const streamsIn = ({ streams }) =>
  Object.values(streams).reduce((sum, states) => sum + Object.values(states).reduce((all, one) => all + one, 0), 0);

function take(node, figures, isWhole) {
  const number = stepOf(figures.time);
  let step = node.steps.get(number);
  if (!step || isWhole) {
    step = Object.fromEntries(COUNTS.map((name) => [name, 0]));
    node.steps.set(number, step);
  }
  COUNTS.forEach((name) => {
    step[name] += figures[name];
  });
  step.streams = streamsIn(figures);
  step.p50 = figures.logLatency?.p50 ?? step.p50 ?? null;
  step.p99 = Math.max(figures.logLatency?.p99 ?? 0, step.p99 ?? 0) || null;
  step.heap = figures.heap;
  step.stored = figures.stored;
  node.last = step;
  for (const old of node.steps.keys()) {
    if (old > number - STEPS - 2) {
      break;
    }
    node.steps.delete(old);
  }
}

/** Reads what there is. */
export async function readFigures() {
  const list = await (await ask('hub/nodes')).json();
  const there = new Set(list.map(({ node }) => node));
  [...nodes.keys()].filter((name) => !there.has(name)).forEach((name) => nodes.delete(name));
  for (const { node: name, state, since, fault, here, figures } of list) {
    const node = nodeOf(name);
    Object.assign(node, { state, since, fault, here });
    node.steps.clear();
    figures.forEach((each) => take(node, each, true));
  }
}

/** Takes the figures of a second. Returns the node, and how many events it published. */
export function figuresCame(data) {
  const figures = JSON.parse(data);
  const node = nodeOf(figures.node);
  skew = Date.parse(figures.time) - Date.now();
  if (node.state !== figures.state) {
    node.since = figures.time;
    node.state = figures.state;
  }
  take(node, figures, false);
  return { node: figures.node, rate: figures.published / Math.max(1, figures.seconds) };
}

/** Whether an event of the hub tells figures. */
export const isFigures = ({ type, topics }) => type === 'node.figures' && topics.every((topic) => topic.startsWith('/hub/nodes/'));

/** The nodes, by their names. */
export const nodeList = () => [...nodes.values()].sort((one, other) => one.name.localeCompare(other.name));

/** The numbers of the last steps that are complete. */
export function lastSteps(count) {
  const end = Math.floor((Date.now() + skew) / STEP_MS) - 1;
  return Array.from({ length: count }, (_, i) => end - count + 1 + i);
}

/** The instant at which a step ends. */
export const endOf = (step) => (step + 1) * STEP_MS;
