// What the hub does now, and did in the last 15 minutes. Over 300 lines, since charts, nodes and what has happened are drawn from
// the same steps.

import { ended } from './account.js';
import { Chart } from './line-chart.js';
import { endOf, lastSteps, nodeList, readFigures } from './figures.js';
import { around, ask, brief, buttonOf, byId, clockTime, covers, drawn, element, span, whole } from './page.js';
import { recall } from './pulse.js';
import { addPage, currentPage, keep } from './router.js';
import { askFirst, toast } from './toast.js';

const RANGES = { '5m': 60, '15m': 180 };

const charts = {};
let node = '';
let range = '15m';
let pointer = null;
let mayDrain = false;
let timer = 0;
let isOver = false;

const latency = (ms) => (ms >= 10 ? whole(ms) : ms.toLocaleString([], { maximumFractionDigits: 1 }));

/** What a node said of a step. Its reports are a little more than a step apart, so one without any is as the one before. */
const stepIn = (known, step) => known.get(step) ?? (known.has(step + 1) ? known.get(step - 1) : undefined);

/** Of each node, a value for each step; null where it said nothing. */
const linesOf = (nodes, steps, value) =>
  nodes.map(({ steps: known }) => steps.map((step) => {
    const said = stepIn(known, step);
    return said ? value(said) : null;
  }));

const joined = (lines, join) =>
  lines.length === 0 ? [] : lines[0].map((_, i) => {
    const values = lines.map((line) => line[i]).filter((value) => value !== null && value !== undefined);
    return values.length ? join(values) : null;
  });

const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
const highest = (values) => Math.max(...values);
const rate = (name) => (step) => step[name] / Math.max(1, step.seconds);

/** The newest value that is known, or that at which one points. */
function at(line, steps) {
  if (pointer !== null) {
    return line[steps.indexOf(pointer)] ?? null;
  }
  return line.filter((value) => value !== null).at(-1) ?? null;
}

const said = (value, write = brief) => (value === null ? '–' : write(value));

function draw() {
  const all = nodeList();
  const chosen = node ? all.filter(({ name }) => name === node) : all;
  const steps = lastSteps(RANGES[range]);
  const times = steps.map(endOf);
  const line = (chart, value, join, unit, write) => {
    const lines = linesOf(chosen, steps, value);
    const sum = joined(lines, join);
    const others = node ? linesOf(all.filter(({ name }) => name !== node), steps, value) : lines.length > 1 ? lines : [];
    const second = lines.length > 1 && lines.length < 5 ? lines.map((each) => said(at(each, steps), write)).join(' · ') : '';
    charts[chart].say(said(at(sum, steps), write), unit, second);
    charts[chart].draw({ steps, times, sum, ones: others, pointer });
  };
  line('published', rate('published'), sumOf, '/s');
  line('delivered', rate('delivered'), sumOf, '/s');
  line('streams', (step) => step.streams, sumOf, '', whole);
  const bar = (value) => joined(linesOf(chosen, steps, value), sumOf);
  const up = bar(rate('opened'));
  const down = bar(rate('ended'));
  charts.connects.say(said(at(up, steps)), '/s', `${said(at(down, steps))} ends /s`);
  charts.connects.draw({ steps, times, up, down, pointer });
  const replayed = bar(rate('replayed'));
  const slow = bar((step) => step.slow + step.gaps);
  charts.replays.say(said(at(replayed, steps)), '/s', `${said(at(bar((step) => step.slow), steps))} slow, ${said(at(bar((step) => step.gaps), steps))} gaps`);
  charts.replays.draw({ steps, times, up: replayed, slow, pointer });
  const p50 = joined(linesOf(chosen, steps, (step) => step.p50), highest);
  const p99 = joined(linesOf(chosen, steps, (step) => step.p99), highest);
  charts.latency.say(said(at(p50, steps), latency), 'ms', `p99 ${said(at(p99, steps), latency)} ms`);
  charts.latency.draw({ steps, times, sum: p50, ones: [p99], pointer });
  // The log is the hub's: each node says the same.
  line('stored', (step) => step.stored?.events ?? null, highest, '', whole);
  line('heap', (step) => (step.heap ? (100 * step.heap.used) / step.heap.max : null), highest, '%', whole);
  byId('fact').textContent = pointer === null ? location.host : `at ${clockTime(endOf(pointer))}, ${span(Date.now() - endOf(pointer))} ago`;
  drawNodes(all);
  drawControls(all);
}

const STATES = { ready: ['Ready', 'good'], draining: ['Draining', 'warn'], away: ['Away', 'bad'] };

function meter(part) {
  const made = drawn('svg', { class: `meter ${part > 0.8 ? 'warn' : ''}`, viewBox: '0 0 44 4', 'aria-hidden': 'true' });
  made.append(drawn('rect', { width: 44, height: 4, rx: 2 }), drawn('rect', { width: Math.round(44 * part), height: 4, rx: 2 }));
  return made;
}

async function drain(name) {
  const sure = await askFirst({
    title: `Drain ${name}?`,
    text: 'It takes no streams any more, and ends those that it has in waves. They connect again to other nodes. It is ready again after a restart.',
    act: `Drain ${name}`,
  });
  if (sure === null) {
    return;
  }
  try {
    await ask(`hub/drain?${new URLSearchParams({ node: name })}`, { method: 'POST' });
    toast(`${name} drains`);
  } catch ({ message }) {
    toast(message, { failed: true });
  }
}

/** Rows stay where they are, so that nobody who points at one is disturbed. */
const rows = new Map();

function rowOf(name) {
  if (!rows.has(name)) {
    const row = element('tr');
    row.append(...Array.from({ length: 9 }, (_, i) => element('td', '', `${i > 1 && i < 6 ? 'n' : ''} ${i > 2 ? 'wide' : ''}`.trim())));
    rows.set(name, row);
    byId('nodes').append(row);
  }
  return rows.get(name);
}

function fill(cell, key, ...inside) {
  if (cell.dataset.key !== key) {
    cell.dataset.key = key;
    cell.replaceChildren(...inside);
  }
}

function drawNodes(all) {
  for (const [name, row] of rows) {
    if (!all.some((each) => each.name === name)) {
      row.remove();
      rows.delete(name);
    }
  }
  for (const { name, state, since, fault, here, last } of all) {
    const { cells } = rowOf(name);
    const [word, mood] = STATES[state] ?? [state, ''];
    fill(cells[0], `${state}${here}`, element('span', '', `dot ${mood}`), ' ', element('strong', name), element('span', here ? ' here' : '', 'quiet'));
    fill(cells[1], `${word}${fault}`, element('span', word, mood === 'good' ? '' : mood));
    cells[1].title = fault ?? '';
    const part = last?.heap ? last.heap.used / last.heap.max : null;
    const texts = last ? [whole(last.streams), brief(rate('published')(last)), brief(rate('delivered')(last)), said(last.p99 ?? null, latency)] : ['', '', '', ''];
    texts.forEach((text, i) => fill(cells[i + 2], text, text));
    const percent = part === null ? '' : `${Math.round(100 * part)} %`;
    fill(cells[6], percent, ...(part === null ? [] : [meter(part), percent]));
    const long = since ? span(Date.now() - Date.parse(since)) : '';
    fill(cells[7], long, long);
    const canDrain = mayDrain && here && state === 'ready';
    fill(cells[8], `${canDrain}`, ...(canDrain ? [buttonOf('Drain', '', () => drain(name))] : []));
  }
  const count = (state) => all.filter((each) => each.state === state).length;
  const facts = [['ready', 'ready'], ['draining', count('draining') === 1 ? 'drains' : 'drain'], ['away', 'away']];
  byId('nodes-fact').textContent = facts.filter(([state]) => count(state)).map(([state, text]) => `${count(state)} ${text}`).join(', ');
  const stored = all.map(({ last }) => last?.stored).filter(Boolean).sort((one, other) => other.events - one.events)[0];
  byId('history').textContent = stored ? `History ${whole(stored.events)} events${stored.oldest ? `, ${span(stored.oldest * 1000)} back` : ''}` : '';
  drawLately(all);
}

/** What has happened, as far as the figures tell. */
function happenings(all) {
  const found = all.filter(({ since }) => since && Date.now() - Date.parse(since) < 86_400_000)
    .map(({ name, state, since, fault }) => [Date.parse(since), element('strong', name), ` ${{ ready: 'is ready', draining: 'drains', away: 'is away' }[state]}${fault ? `: ${fault}` : ''}`]);
  for (const { name, steps } of all) {
    let burst = null;
    for (const [step, { slow, gaps }] of steps) {
      if (slow || gaps) {
        burst ??= { from: step, slow: 0, gaps: 0 };
        burst.slow += slow;
        burst.gaps += gaps;
      } else if (burst) {
        found.push(told(burst, name));
        burst = null;
      }
    }
    if (burst) {
      found.push(told(burst, name));
    }
  }
  return found.sort((one, other) => other[0] - one[0]).slice(0, 5);
}

function told({ from, slow, gaps }, name) {
  const parts = [];
  if (slow) {
    parts.push(`${slow} slow ${slow === 1 ? 'stream' : 'streams'} read history`);
  }
  if (gaps) {
    parts.push(`${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`);
  }
  return [endOf(from), element('span', parts.join(', '), 'warn'), ` on ${name}`];
}

let saidLately = '';

function drawLately(all) {
  const found = happenings(all);
  const key = found.map(([time, what, more]) => `${time}${what.textContent}${more}`).join();
  if (key === saidLately && key) {
    return;
  }
  saidLately = key;
  const entries = found.map(([time, ...what]) => around('li', '', element('time', clockTime(time)), around('span', '', ...what)));
  byId('lately').replaceChildren(...(entries.length ? entries : [element('li', 'Nothing to tell.', 'quiet')]));
}

function segment(label, options, value, choose) {
  const group = element('span', '', 'segments');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', label);
  group.append(...options.map(([key, text]) => {
    const button = buttonOf(text, '', () => choose(key));
    button.setAttribute('aria-pressed', key === value);
    return button;
  }));
  return group;
}

let controls = '';

function drawControls(all) {
  const key = `${all.map(({ name }) => name).join()} ${node} ${range}`;
  if (controls === key && byId('controls').childElementCount) {
    return;
  }
  controls = key;
  const change = () => {
    const parts = new URLSearchParams();
    if (node) {
      parts.set('node', node);
    }
    if (range !== '15m') {
      parts.set('range', range);
    }
    keep('overview', parts, true);
    draw();
  };
  byId('controls').replaceChildren(
    ...(all.length > 1
      ? [segment('Node', [['', 'All nodes'], ...all.map(({ name }) => [name, name])], node, (name) => {
        node = name;
        change();
      })]
      : []),
    segment('Range', [['5m', '5 min'], ['15m', '15 min']], range, (key2) => {
      range = key2;
      change();
    }),
  );
}

function drawSoon() {
  if (currentPage() === 'overview' && !document.hidden) {
    requestAnimationFrame(draw);
  }
}

function point(step) {
  if (step !== pointer) {
    pointer = step;
    drawSoon();
  }
}

/** The stream is open (again), or was just read. */
export async function readOverview() {
  if (isOver) {
    return;
  }
  try {
    await readFigures();
    const steps = lastSteps(12);
    recall(joined(linesOf(nodeList(), steps, rate('published')), sumOf).flatMap((each) => Array(5).fill(Math.round(each ?? 0))));
    drawSoon();
  } catch ({ message }) {
    byId('nodes-fact').textContent = message;
  }
}

/**
 * Makes the page ready for whoever is logged in.
 *
 * @returns the selector that the stream has to follow for it, or nothing when the token may not
 */
export function prepareOverview({ user, subscribe, publish }) {
  const may = covers(subscribe, '/hub/nodes');
  mayDrain = covers(publish, '/hub/drain');
  for (const [name, title] of [
    ['published', 'Published'],
    ['delivered', 'Delivered'],
    ['streams', 'Streams'],
    ['connects', 'Connects, ends below'],
    ['replays', 'Replays, slow'],
    ['latency', 'Log latency'],
    ['stored', 'Events stored'],
    ['heap', 'Heap in use'],
  ]) {
    charts[name] = new Chart(document.querySelector(`[data-chart=${name}]`), title, point);
  }
  addPage('overview', {
    fact: location.host,
    refused: () => (may ? null : { what: 'to read /hub/nodes', has: `of ${user ?? 'nobody'} may read ${subscribe.join(' and ') || 'public events only'}`, claim: { subscribe: [...subscribe, '/hub/{+any}'] } }),
    show: (asked) => {
      node = asked.get('node') ?? '';
      range = Object.hasOwn(RANGES, asked.get('range')) ? asked.get('range') : '15m';
      draw();
      clearInterval(timer);
      timer = setInterval(drawSoon, 1000);
    },
    leave: () => {
      clearInterval(timer);
      pointer = null;
    },
  });
  return may ? ['/hub/nodes/{+node}'] : [];
}

ended.then(() => {
  isOver = true;
});
