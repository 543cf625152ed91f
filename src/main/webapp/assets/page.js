// What all pages use: finding and making elements, writing numbers and times, saying how things are, asking the hub.

/** Where the hub is: one page's address may be deeper than another's. */
export const ROOT = new URL('../', import.meta.url);

export const byId = (id) => document.getElementById(id);

/** A new element with this text and class. Text is all that events and clients ever become. */
export function element(tag, text = '', className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

/** A new element with these inside, which are texts or elements. */
export function around(tag, className, ...inside) {
  const made = element(tag, '', className);
  made.append(...inside);
  return made;
}

/** An entry of a list of facts: a name, and one or several values. */
export const fact = (name, ...values) => around('div', '', element('dt', name), ...values.map((value) => around('dd', '', value)));

/** A button that does this. */
export function buttonOf(text, className, act) {
  const made = element('button', text, className);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of a picture. */
export function drawn(tag, attributes = {}, ...inside) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...inside);
  return made;
}

/** One of the small pictures of the console. */
export const icon = (name, className = '') =>
  drawn('svg', { class: `icon ${className}`.trim(), 'aria-hidden': 'true' }, drawn('use', { href: `#i-${name}` }));

/** Says how things are; the mood is 'good', 'bad' or nothing. */
export function say(place, text, mood = '') {
  if (place.textContent !== text) {
    // Set to what it says already, it might be read out again.
    place.textContent = text;
  }
  place.className = mood;
}

const two = (number) => String(number).padStart(2, '0');

/** The time of day in the reader's zone, to the second. */
export function clockTime(instant) {
  const date = new Date(instant);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The time of day to the millisecond. */
export const exactTime = (instant) => `${clockTime(instant)}.${String(new Date(instant).getMilliseconds()).padStart(3, '0')}`;

/** The date, too. */
export function fullTime(instant) {
  const date = new Date(instant);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${exactTime(instant)}`;
}

/** How long something has been, in one or two words. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days) {
    return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
  } else if (hours) {
    return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  }
  return minutes ? `${minutes} min` : `${seconds} s`;
}

/** How long ago an instant is. */
export function ago(instant) {
  const ms = Date.now() - new Date(instant);
  return ms < 1000 ? 'now' : span(ms);
}

/** A whole number as the reader writes it. */
export const whole = (number) => Math.round(number).toLocaleString();

/** A number at a glance: few digits, and thousands as k. */
export function brief(number) {
  if (number >= 1e6) {
    return `${(number / 1e6).toFixed(1)}M`;
  } else if (number >= 10_000) {
    return `${(number / 1000).toFixed(1)}k`;
  }
  return number >= 100 || Number.isInteger(number) ? whole(number) : number.toLocaleString([], { maximumFractionDigits: 1 });
}

/** A rate with its unit, the larger the slower. */
export function rateOf(perSecond) {
  if (perSecond === 0) {
    return '0';
  }
  return perSecond >= 0.095 ? `${brief(Math.round(perSecond * 10) / 10)} /s` : `${brief(Math.round(perSecond * 60 * 10) / 10)} /min`;
}

/** A size in bytes. */
export function bytesOf(size) {
  if (size < 1024) {
    return `${size} B`;
  }
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KiB` : `${(size / 1024 / 1024).toFixed(1)} MiB`;
}

/** What would not be seen, or would turn the text around it. The variant of an emoji is no more than its look. */
const UNSEEN = /(?![\t\n\r\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** A text in which what cannot be seen is written out. */
export const visible = (text) => text.replace(UNSEEN, (each) => `⟨U+${each.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

/** A topic, whose last part counts most. */
export function topicOf(topic) {
  const end = topic.lastIndexOf('/') + 1;
  const made = around('span', 'topic', visible(topic.slice(0, end)), element('b', visible(topic.slice(end))));
  made.dir = 'auto';
  return made;
}

/** How many topics are listed. */
const LISTED = 20;

/** What is said of those that are left out of a list of topics. */
const moreThanListed = (topics) => (topics.length > LISTED ? [`and ${whole(topics.length - LISTED)} more`] : []);

/** Topics as a list, which is never long. */
export const topicsOf = (topics) => [...topics.slice(0, LISTED).map(topicOf), ...moreThanListed(topics)];

/** Topics in a sentence, which is never long. */
export const topicsText = (topics) => visible([topics.slice(0, LISTED).join(', '), ...moreThanListed(topics)].join(' '));

/** The beginning and the end of an id. */
export function shortId(id) {
  const bare = id.replace(/^urn:uuid:/, '');
  return bare.length > 20 ? `${bare.slice(0, 8)}…${bare.slice(-4)}` : bare;
}

/** Copies a text; resolves to whether the browser let the page. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers give a page the clipboard over HTTPS and on this machine only, and only if their user allows it.
    return false;
  }
}

/** Whether one of these selectors names what lies at a word, such as /hub: a selector for everything does not. */
export const names = (selectors, word) =>
  selectors.some((selector) => selector === word || (selector.startsWith(word) && /^[/{?*]/.test(selector.slice(word.length))));

/** Whether these selectors may read, or change, an address under /hub, as far as a page can tell. */
export const covers = (selectors, path) =>
  selectors.some((selector) => selector === path || (selector.includes('{') && path.startsWith(selector.slice(0, selector.indexOf('{'))) &&
    selector.startsWith('/hub')));

/** A request that failed, with the sentence that says why. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** Asks the hub for a path below its root; resolves to the response, or fails with a Refusal that holds the hub's own words. */
export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(new URL(path, ROOT), { ...options, headers: { Accept: 'application/json', ...options.headers } });
  } catch {
    throw new Refusal(0, 'The hub cannot be reached.');
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refusal(response.status, problem.detail ?? `The hub answered ${response.status}.`);
  }
  return response;
}
