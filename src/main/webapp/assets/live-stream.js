// A stream of the hub in a page, by the module that every page may use. All tabs of a browser share one connection. What only
// the hub's own pages do: they look whether their cookie is still good when the stream has broken off or come back.

import { tidings } from '../tidings.js';
import { account, ended, isStillGood } from './account.js';
import { ROOT } from './page.js';

/** As the hub has the name of a user in a topic (RFC 6570): more is encoded than encodeURIComponent does. */
const encode = (user) =>
  encodeURIComponent(user).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** The selectors of a user's inbox. */
export const inboxOf = (user) => (user === null ? ['/all'] : [`/users/${encode(user)}`, '/all']);

export class LiveStream {
  /**
   * @param on handlers: gap(), expiring(instant), state(word, reconnects, detail), where the word is connecting, live,
   *     reconnecting or refused, and a refusal has its reason in detail
   * @param mayGoOn asked when the stream has broken off or come back; false closes it
   */
  constructor(on, mayGoOn = isStillGood) {
    this.on = on;
    this.mayGoOn = mayGoOn;
    this.opened = 0;
    this.word = '';
    this.hub = tidings(ROOT, {
      gap: () => on.gap?.(),
      expiring: (instant) => on.expiring?.(instant),
      state: (word, why) => this.change(word, why),
    });
  }

  /**
   * Hears events.
   *
   * @param start where it begins, if not now: since, last, latest or after
   * @returns what stops it
   */
  follow(selectors, hear, start) {
    return this.hub.on(selectors, hear, start);
  }

  /** How many tabs share the connection. */
  get tabs() {
    return this.hub.tabs;
  }

  /** Whether the hub has refused it for good. */
  get isRefused() {
    return this.word === 'refused';
  }

  close() {
    this.hub.close();
  }

  /** Tries at once, and not only after the next wait. */
  retry() {
    this.hub.retry();
  }

  async change(word, why) {
    if (word === 'closed' || word === 'idle') {
      return;
    }
    const before = this.word;
    this.word = word;
    this.opened += word === 'live' ? 1 : 0;
    this.on.state?.(word, Math.max(0, this.opened - 1), why);
    // While it cannot reach the hub it fails every few seconds, and asking more often would not help.
    const mayHaveEnded = word === 'refused' || (word === 'live' ? this.opened > 1 : before === 'live');
    if (mayHaveEnded && !(await this.mayGoOn())) {
      this.close();
    }
  }
}

/** Follows what everybody may see, whoever is logged in: if somebody logs in or out in another tab, it goes on as theirs. */
export function followForAll(on, selectors, hear) {
  const follow = (mayGoOn) => new LiveStream(on, mayGoOn).follow(selectors, hear);
  const followAsAnybody = () => {
    const stream = new LiveStream({
      ...on,
      state(word, ...more) {
        on.state?.(word, ...more);
        if (word === 'refused' && stream.opened) {
          // Not if it was refused at once, since then it would be again.
          followAsAnybody();
        }
      },
    }, () => true);
    stream.follow(selectors, hear);
  };
  // Not at once: a cookie that is not good any more would be refused here, too, and is gone when that is known.
  account.then((allowed) => (allowed ? follow() : followAsAnybody()), followAsAnybody);
  ended.then(followAsAnybody);
}
