// What all pages use: finding elements, saying how things are, asking the hub.

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

/** Says how things are; the mood is 'good', 'bad' or nothing. */
export function say(place, text, mood = '') {
  if (place.textContent !== text) {
    // Set to what it says already, it might be read out again.
    place.textContent = text;
  }
  place.className = mood;
}

/** The time of day in the reader's way of writing it. */
export const timeOfDay = (instant) => new Date(instant).toLocaleTimeString();

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
