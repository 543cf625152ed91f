// A stream of the hub in a page, by the module that every page may use, with what only the hub's own pages do: they look
// whether their cookie is still good when the stream has broken off or come back.

import { tidings } from '../tidings.js';
import { account, isStillGood } from './account.js';
import { ROOT } from './page.js';

/** As the hub has the name of a user in a topic (RFC 6570): more is encoded than encodeURIComponent does. */
const encode = (user) =>
  encodeURIComponent(user).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

async function inbox() {
  const { user } = await account;
  return user === null ? ['/all'] : [`/users/${encode(user)}`, '/all'];
}

export class LiveStream {
  /**
   * @param topics selectors; none is the inbox
   * @param on handlers: event({id, topics, type, data, time}), gap(), expiring(instant), state(word, reconnects,
   *     detail), where the word is connecting, live, reconnecting or refused, and a refusal has its reason in detail
   * @param mayGoOn asked when the stream has broken off or come back; false closes it
   */
  constructor(topics, on, mayGoOn = isStillGood) {
    this.on = on;
    this.mayGoOn = mayGoOn;
    this.opened = 0;
    this.hub = tidings(ROOT, {
      gap: () => on.gap?.(),
      expiring: (instant) => on.expiring?.(instant),
      state: (state, why) => this.change(state, why),
    });
    Promise.resolve(topics.length ? topics : inbox()).then((selectors) => this.hub.on(selectors, on.event));
  }

  close() {
    this.hub.close();
  }

  async change(state, why) {
    this.opened += state === 'live' ? 1 : 0;
    if (state === 'closed' || state === 'idle') {
      return;
    }
    this.on.state?.(state, Math.max(0, this.opened - 1), why);
    const hasChanged = state !== 'connecting' && (state !== 'live' || this.opened > 1);
    if (hasChanged && !(await this.mayGoOn())) {
      this.close();
    }
  }
}
