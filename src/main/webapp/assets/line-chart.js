// A chart of the overview: a number, a second fact, and lines or bars over time. Without a chart library: three paths do.

import { around, clockTime, drawn, element } from './page.js';

const LEFT = 36;
const BELOW = 16;
const ABOVE = 6;
const LINES = 3;

/** Where there is room for two times only. */
const NARROW = 250;

/** How many bars there are at most. */
const BARS = 60;

/** A round number not below a value, so that the axis has few digits. */
function roundUp(value) {
  if (value <= 0) {
    return LINES;
  }
  const unit = 10 ** Math.floor(Math.log10(value / LINES));
  const step = [1, 2, 3, 5, 10].map((times) => times * unit).find((each) => each * LINES >= value);
  return step * LINES;
}

function label(value) {
  if (value >= 1000) {
    return `${Number((value / 1000).toFixed(1))}k`;
  }
  return String(Number(value.toPrecision(3)));
}

export class Chart {
  /**
   * @param place an article
   * @param title what it shows
   * @param onPoint called with the number of the step that is pointed at, or null
   */
  constructor(place, title, onPoint) {
    this.value = element('span', '–', 'value');
    this.second = element('span', '', 'second');
    this.plot = element('div', '', 'plot');
    this.svg = drawn('svg', { role: 'img', 'aria-label': title });
    this.table = element('table', '', 'unseen');
    this.plot.append(this.svg);
    place.append(element('h2', title), around('p', 'now', this.value, this.second), this.plot, this.table);
    this.title = title;
    this.drawing = null;
    new ResizeObserver(() => this.drawing && this.redraw()).observe(this.plot);
    this.plot.addEventListener('pointermove', ({ clientX }) => {
      const { steps } = this.drawing ?? { steps: [] };
      const { left, width } = this.plot.getBoundingClientRect();
      const index = Math.round(((clientX - left - LEFT) / (width - LEFT)) * (steps.length - 1));
      onPoint(steps[index] ?? null);
    });
    this.plot.addEventListener('pointerleave', () => onPoint(null));
  }

  /** The number, its unit, and a second fact. */
  say(value, unit, second) {
    this.value.replaceChildren(value, element('small', unit ? ` ${unit}` : ''));
    this.second.textContent = second;
  }

  /**
   * Draws.
   *
   * @param steps the numbers of the steps, each with the instant when it ends
   * @param sum one value for each, or null
   * @param ones values of single nodes
   * @param up, down, slow bars
   */
  draw(drawing) {
    this.drawing = drawing;
    this.redraw();
  }

  redraw() {
    const { clientWidth: width, clientHeight: height } = this.plot;
    if (!width || !height) {
      return;
    }
    const { steps, times, sum, ones = [], up, down, slow, pointer } = this.drawing;
    const numbers = [sum, up, down, slow, ...ones].flatMap((line) => line ?? []).filter((value) => value !== null);
    const top = roundUp(Math.max(0, ...numbers));
    const bottom = down ? -top : 0;
    const room = height - ABOVE - BELOW;
    const x = (i) => LEFT + ((width - LEFT) * i) / Math.max(1, steps.length - 1);
    const y = (value) => ABOVE + (room * (top - value)) / (top - bottom);
    const parts = [];
    for (let i = 0; i <= LINES; i++) {
      const value = down ? top - (2 * top * i) / LINES : (top * (LINES - i)) / LINES;
      if (down && i > 0 && i < LINES) {
        continue;
      }
      const at = y(value).toFixed(1);
      parts.push(drawn('line', { class: i === LINES && !down ? 'base' : 'grid', x1: LEFT, x2: width, y1: at, y2: at }));
      if (value !== 0 || down) {
        const text = drawn('text', { x: LEFT - 6, y: Number(at) + 4, 'text-anchor': 'end' });
        text.textContent = label(Math.abs(value));
        parts.push(text);
      }
    }
    (width < NARROW ? [0, 3] : [0, 1, 2, 3]).forEach((part) => {
      const i = Math.round(((steps.length - 1) * part) / 3);
      const anchor = part === 3 ? 'end' : part === 0 ? 'start' : 'middle';
      const text = drawn('text', { x: x(i).toFixed(1), y: height - 2, 'text-anchor': anchor });
      text.textContent = clockTime(times[i]).slice(0, 5);
      parts.push(text);
    });
    const path = (line, from) => {
      let commands = '';
      let open = false;
      line.forEach((value, i) => {
        if (value === null) {
          open = false;
        } else {
          commands += `${open ? 'L' : 'M'}${x(i).toFixed(1)} ${(from ?? y)(value).toFixed(1)}`;
          open = true;
        }
      });
      return commands;
    };
    const bars = (line, kind, sign) => {
      const each = Math.ceil(line.length / BARS);
      const thick = Math.max(1, ((width - LEFT) / line.length) * each * 0.6);
      let commands = '';
      for (let i = 0; i < line.length; i += each) {
        const values = line.slice(i, i + each).filter((value) => value !== null);
        const mean = values.reduce((all, value) => all + value, 0) / Math.max(1, values.length);
        if (mean) {
          commands += `M${Math.min(x(i + (each - 1) / 2), width - thick / 2).toFixed(1)} ${y(0).toFixed(1)}V${y(sign * mean).toFixed(1)}`;
        }
      }
      parts.push(drawn('path', { class: kind, d: commands, 'stroke-width': thick.toFixed(1), fill: 'none' }));
    };
    if (sum) {
      const first = sum.findIndex((value) => value !== null);
      if (first >= 0) {
        const last = sum.length - 1 - [...sum].reverse().findIndex((value) => value !== null);
        const area = path(sum.map((value, i) => (value === null && i > first && i < last ? 0 : value)));
        parts.push(drawn('path', { class: 'area', d: `${area}L${x(last).toFixed(1)} ${y(0).toFixed(1)}L${x(first).toFixed(1)} ${y(0).toFixed(1)}Z` }));
      }
    }
    ones.forEach((line) => parts.push(drawn('path', { class: 'one', d: path(line) })));
    if (sum) {
      parts.push(drawn('path', { class: 'sum', d: path(sum) }));
    }
    if (up) {
      bars(up, 'up', 1);
    }
    if (down) {
      bars(down, 'down', -1);
    }
    if (slow) {
      bars(slow, 'slow', 1);
    }
    if (pointer !== null && pointer !== undefined && steps.includes(pointer)) {
      const at = x(steps.indexOf(pointer)).toFixed(1);
      parts.push(drawn('line', { class: 'pointer', x1: at, x2: at, y1: ABOVE, y2: height - BELOW }));
    }
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.svg.replaceChildren(...parts);
    this.tell(times, sum ?? up ?? []);
  }

  /** The same for a screen reader, a value a minute. */
  tell(times, line) {
    const rows = line.flatMap((value, i) => (i % 12 === 11 && value !== null ? [[clockTime(times[i]), label(value)]] : []));
    const text = rows.map((row) => row.join()).join();
    if (text !== this.told) {
      this.told = text;
      this.table.replaceChildren(element('caption', this.title), ...rows.map(([time, value]) => around('tr', '', element('th', time), element('td', value))));
    }
  }
}
