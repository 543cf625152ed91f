/** An event of the hub. */
export interface TidingsEvent {
  id: string;
  /** What it is about, as far as the token may know. */
  topics: string[];
  type: string | null;
  data: string;
  /** When the hub accepted it, in ISO 8601. */
  time: string;
  /** If the event has a trace. */
  traceparent?: string;
}

/**
 * - `idle`: there is no listener
 * - `connecting`: for the first time
 * - `live`: events come as they are published
 * - `reconnecting`: the stream broke, and is opened again; nothing is lost
 * - `refused`: the hub has refused it for good
 * - `closed`: by `close()`
 */
export type State = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'refused' | 'closed';

/** Some events may be missing: the hub no longer stores what came after `requested`. */
export interface Gap {
  requested: string;
  oldest: string | null;
}

/** The hub has refused a request. The message is its own sentence, for people. */
export class Refusal extends Error {
  readonly status: number;
  /** How long the hub asks to wait, in milliseconds; 0 if it does not say. */
  readonly retryAfter: number;
}

export interface TidingsOptions {
  /**
   * The token, or what gets one. It is called when the first is needed, before one ends, and when one is refused; it then
   * gets the reason. Where it fails it is called again. Without a token the browser's cookie counts.
   */
  token?: string | ((why?: string) => string | Promise<string>);
  /** Instead of a token: what gets a ticket for one request. Such a page shares no stream and publishes nothing. */
  ticket?: () => string | Promise<string>;
  /**
   * `sse` is a stream over HTTP, `ws` a WebSocket. `auto`, the default, is a stream; where a proxy holds it back, it asks
   * again and again instead.
   */
  transport?: 'auto' | 'sse' | 'ws';
  /** `include` sends the cookie to a hub of another origin, too. */
  credentials?: 'same-origin' | 'include' | 'omit';
  /** Whether the tabs of a browser share one stream. They do, where they can. */
  share?: boolean;
  /** After how many milliseconds of silence a stream is given up: three of the hub's heartbeats. 45,000 if left out. */
  silence?: number;
  /** Closes it. */
  signal?: AbortSignal;
  /** Hears each change of `state`, and why. */
  state?(state: State, why: string): void;
  /** Events may be missing: load anew what you show. */
  gap?(gap: Gap): void;
  /** The token, or the cookie, ends then. A token function, or a ticket function, is asked for another one in any case. */
  expiring?(instant: string): void;
  /** The hub has refused the stream, and another attempt would not help. */
  refused?(refusal: Error): void;
}

/** Where in history a listener begins; only one of the four. It begins now if there is none. */
export interface Start {
  /** With what is so old or younger, such as `10m`, or with a time. */
  since?: string | Date;
  /** With so many of the newest events, 1 to 1,000. */
  last?: number;
  /** With the newest event of each topic. */
  latest?: boolean;
  /** After this id; `earliest` is before everything that is stored. */
  after?: string;
}

export interface ListenOptions extends Start {
  /** Called once, when what was stored has been given. */
  caughtUp?(): void;
  /** Removes the listener, or ends the loop. */
  signal?: AbortSignal;
}

/** What to publish: to topics, or to the inboxes of users. */
export interface Publication {
  topic?: string | string[];
  to?: string | string[];
  /** Anything but text becomes its JSON. */
  data?: unknown;
  type?: string;
  id?: string;
  retry?: number;
  private?: boolean;
}

export interface Tidings {
  readonly state: State;
  /** How many tabs of this browser share the stream, with this one. */
  readonly tabs: number;
  /**
   * Hears the events that a topic selector matches, or any of several. Returns what removes the listener again.
   */
  on(selector: string | string[], listener: (event: TidingsEvent) => void, options?: ListenOptions): () => void;
  /** The same as a loop, `for await (const event of hub.events('/orders/{id}'))`. It begins to hear at once. */
  events(selector: string | string[], options?: ListenOptions): AsyncIterableIterator<TidingsEvent>;
  /**
   * Publishes an event once, and asks again where no answer came. Fails with a `Refusal`, or with the last error.
   *
   * @param options with `key`, an event that was published under it in the last five minutes is not published again
   */
  publish(
    event: Publication,
    options?: { signal?: AbortSignal; key?: string },
  ): Promise<{ id: string; topics: string[] }>;
  /** Tries to open the stream at once, and not only after the next wait. */
  retry(): void;
  /** Ends the stream and all loops. */
  close(): void;
}

/**
 * A hub. Nothing is opened until somebody listens.
 *
 * @param url where the hub is; if left out, the hub that has served this module. From npm it has to be given
 */
export function tidings(url?: string | URL, options?: TidingsOptions): Tidings;

/** The test whether a topic selector matches a topic, as the hub has it. A grant's selectors have to name what is the hub's own, too. */
export function matcher(selector: string): (topic: string) => boolean;
