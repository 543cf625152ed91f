// A tape: a mark for each second, as high as there were events in it, or for each event; the older ones paler.

import { drawn } from './page.js';

const WIDTH = 3;
const HEIGHT = 24;

export class Tape {
  /**
   * @param svg where it is drawn
   * @param seconds how many there are
   * @param least how many events make a mark of full height at least
   */
  constructor(svg, seconds, least = 4) {
    this.marks = Array(seconds).fill(0);
    this.least = least;
    this.coming = 0;
    this.bars = this.marks.map((_, i) =>
      drawn('rect', { x: i * WIDTH, width: WIDTH - 1, y: HEIGHT, height: 0, opacity: (0.35 + (0.65 * i) / seconds).toFixed(2) }));
    svg.setAttribute('viewBox', `0 0 ${seconds * WIDTH} ${HEIGHT}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(...this.bars);
  }

  /** An event has come. */
  tick() {
    this.coming += 1;
  }

  /** A second is over, or this mark is the next. */
  push(events = this.coming) {
    this.marks.shift();
    this.marks.push(events);
    this.coming = 0;
  }

  /** The mean of the last seconds. */
  rate() {
    const lately = this.marks.slice(-5);
    return Math.round((10 * lately.reduce((sum, mark) => sum + mark, 0)) / lately.length) / 10;
  }

  /** What came before: a number for each of the last seconds, if nothing is known of them. */
  recall(before) {
    if (this.marks.every((mark) => mark === 0)) {
      const known = before.slice(-this.marks.length);
      this.marks.splice(this.marks.length - known.length, known.length, ...known);
    }
  }

  draw() {
    const highest = Math.max(this.least, ...this.marks);
    this.bars.forEach((bar, i) => {
      const height = this.marks[i] ? Math.max(1.5, (HEIGHT * this.marks[i]) / highest) : 0;
      bar.setAttribute('y', (HEIGHT - height).toFixed(1));
      bar.setAttribute('height', height.toFixed(1));
    });
  }
}
