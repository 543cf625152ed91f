// The registry as a live table, a page of it at a time. The stream that brings who comes and goes is open before the list is
// read, so that nobody is missed in between; what it brings during a reading is applied after it. However many come and go at
// once, the table is changed once a frame, and where they are more than it knows the list is read instead. Over 300 lines, since what is
// known of clients, what is shown of it and what one can do there change together.

import { ended, isStillGood } from './account.js';
import { explainUser, mayExplain } from './explain.js';
import { ago, around, ask, buttonOf, byId, covers, element, fact, fullTime, names, say, shortId, topicOf, topicsOf, visible, whole } from './page.js';
import { addPage, currentPage, go, keep } from './router.js';
import { askFirst, copy, toast } from './toast.js';

/** The most clients that are known, and how many are read at once. */
const MOST = 10_000;
const READ = 1000;

/** How many rows are in the document. */
const PAGE = 50;

/** The most changes that wait for a frame: of more the list is read. */
const MOST_CHANGES = 1000;

const REFRESH_MS = 5000;

/** With many it is read less often: what comes and goes is told anyway. */
const REFRESH_MANY_MS = 30_000;

const state = byId('clients-state');
const scroll = byId('clients-scroll');
const place = byId('rows');
const q = byId('clients-q');

const COLUMNS = ['User', 'Topics', 'State', 'By', 'Node', 'Address', 'Open', 'Delivered', 'Queued', 'Behind', 'Last event id'];
const WIDE = new Set(['Topics', 'By', 'Node', 'Address', 'Open', 'Delivered', 'Behind', 'Last event id']);
const NUMBERS = new Set(['Open', 'Delivered', 'Queued', 'Behind']);

const SORTS = {
  since: (one, other) => one.id.localeCompare(other.id),
  user: (one, other) => (one.user ?? '').localeCompare(other.user ?? '') || one.id.localeCompare(other.id),
  state: (one, other) => other.state.localeCompare(one.state) || one.id.localeCompare(other.id),
  delivered: (one, other) => other.delivered - one.delivered || one.id.localeCompare(other.id),
  queued: (one, other) => other.queued - one.queued || one.id.localeCompare(other.id),
  behind: (one, other) => other.behind - one.behind || one.id.localeCompare(other.id),
};

const FILTERS = {
  replaying: (client) => client.state === 'replaying',
  queued: (client) => client.queued > 0,
  ws: (client) => client.transport === 'ws',
};

/** All that are known, by their ids, and the rows that are shown. */
const known = new Map();
const shown = new Map();

/** What is not in the table yet: the newest event about each client, by its topic. */
const changes = new Map();

let frame = 0;
let reading = false;
let toBeRead = false;
let areMore = false;
let lastCount = 0;
let lastRead = 0;
let isOver = false;
let readable = false;
let isFailing = false;
let may = false;
let mayDisconnect = false;
let mayRevoke = false;
let sort = 'since';
let filter = '';
let by = 'stream';
let page = 0;
/** The only node that is shown, if any. */
let node = '';
/** The client, or the user, whose row is opened. */
let openId = '';

const path = (id) => `clients/${encodeURIComponent(id)}`;

/** What is refused because the token has ended is said elsewhere on the page. */
async function sayWhy({ status, message }) {
  if ((status !== 401 || (await isStillGood())) && !isOver) {
    say(state, message, 'bad');
  }
}

async function disconnect({ id, user }, button) {
  button.disabled = true;
  try {
    await ask(path(id), { method: 'DELETE' });
    say(state, `Disconnected ${visible(user ?? 'an anonymous client')}; its browser will reconnect.`);
  } catch (refusal) {
    button.disabled = false;
    if (refusal.status === 404) {
      say(state, 'That client has left.', 'bad');
    } else {
      await sayWhy(refusal);
    }
  }
}

/** Revokes the tokens of a user that were made before now. */
async function revoke(user) {
  await ask('hub/revocations', { method: 'POST', body: new URLSearchParams({ user }) });
}

async function endUser(user) {
  const theirs = [...known.values()].filter((client) => client.user === user);
  const count = theirs.length;
  const word = count === 1 ? 'stream' : 'streams';
  const name = visible(user);
  const also = await askFirst({
    title: `End ${count === 1 ? 'the' : `all ${whole(count)}`} ${word} of ${name}?`,
    text: `The pages of ${name} connect again by themselves, and get what they missed. To keep ${name} out, revoke the tokens as well.`,
    list: theirs.slice(0, 20).map((client) => [topicOf(client.topics[0] ?? ''), `${client.node}, ${ago(client.connectedAt)}`]),
    act: `End ${whole(count)} ${word}`,
    check: mayRevoke ? 'Revoke the tokens made before now' : null,
    hint: 'A new one has to come from your back end.',
  });
  if (also === null) {
    return;
  }
  try {
    if (also) {
      await revoke(user);
    }
    const { ended: number } = await (await ask(`clients?${new URLSearchParams({ user })}`, { method: 'DELETE' })).json();
    toast(`${number} ${number === 1 ? 'stream' : 'streams'} of ${name} ended${also ? ', tokens revoked' : ''}`);
  } catch ({ message }) {
    toast(message, { failed: true });
  }
}

function actionsOf(client) {
  const actions = element('span', '', 'row-actions');
  if (client.user !== null && mayExplain()) {
    const why = buttonOf('Why?', '', () => explainUser(client.user));
    why.setAttribute('aria-label', `Why did ${client.user} get an event, or not?`);
    actions.append(why);
  }
  if (client.count) {
    actions.append(buttonOf('Streams', '', () => {
      q.value = client.user ?? '';
      show('stream');
    }));
  } else if (mayDisconnect) {
    const end = buttonOf('Disconnect', 'ends', () => disconnect(client, end));
    end.setAttribute('aria-label', `Disconnect ${client.user ?? 'the anonymous client'} at ${client.address}`);
    actions.append(end);
  }
  if (mayDisconnect && client.user !== null) {
    const all = buttonOf('All…', 'ends wide', () => endUser(client.user));
    all.setAttribute('aria-label', `End all streams of ${client.user}`);
    actions.append(all);
  }
  return actions;
}

/** Changes only what reads otherwise now: somebody may be selecting the rest. */
function refill(list, entries) {
  const before = [...list.children];
  before.slice(entries.length).forEach((entry) => entry.remove());
  entries.forEach((entry, i) => {
    if (!before[i]) {
      list.append(entry);
    } else if (before[i].textContent !== entry.textContent) {
      before[i].replaceWith(entry);
    }
  });
}

/** What stands below an opened row: what a narrow table leaves out, and all that one can do. */
function openedRow(client) {
  const { user } = client;
  const row = element('tr', '', 'more');
  const facts = element('dl', '', 'facts');
  const actions = element('p', '', 'actions');
  if (user !== null && mayExplain()) {
    actions.append(buttonOf('Why?', '', () => explainUser(user)));
  }
  if (!client.count) {
    actions.append(buttonOf('Its events in Events', '', () => go('events', new URLSearchParams([...row.client.topics.map((topic) => ['topic', topic]), ['last', '50']]))));
    actions.append(buttonOf('Copy its id', '', () => copy(row.client.id, 'Id')));
    if (mayDisconnect) {
      const end = buttonOf('Disconnect this stream', 'ends', () => disconnect(row.client, end));
      actions.append(end);
    }
  }
  if (mayDisconnect && user !== null) {
    actions.append(buttonOf(`End all streams of ${visible(user)}…`, 'ends', () => endUser(user)));
  }
  const cell = around('td', '', facts, actions);
  cell.colSpan = COLUMNS.length + 1;
  row.append(cell);
  row.client = client;
  row.fill = (now) => {
    row.client = now;
    refill(facts, [
      fact('Topics', ...topicsOf(now.topics)),
      fact('By', `${now.transport}, ${now.node}`),
      fact('Address', now.address),
      fact('Open', `${ago(now.connectedAt)}, since ${fullTime(now.connectedAt).slice(0, 19)}`),
      fact('Delivered', `${whole(now.delivered)}, ${whole(now.queued)} queued, ${whole(now.behind)} behind`),
      ...(now.lastEventId ? [fact('Last event id', element('code', visible(now.lastEventId)))] : []),
      ...(now.userAgent ? [fact('Program', visible(now.userAgent))] : []),
    ]);
  };
  return row;
}

/** Opens a row, or closes it. */
function toggleRow(id) {
  openId = openId === id ? '' : id;
  keepAddress();
  draw();
}

function newRow(client) {
  const row = element('tr');
  row.title = client.userAgent;
  row.append(...COLUMNS.map((name) => {
    const cell = element('td', '', [WIDE.has(name) ? 'wide' : '', NUMBERS.has(name) ? 'n' : '', name === 'Topics' ? 'topics' : '', name === 'Last event id' ? 'id' : ''].join(' ').trim());
    cell.dataset.label = name;
    return cell;
  }));
  const more = buttonOf('⋯', 'text', () => toggleRow(client.id));
  more.setAttribute('aria-label', `More about ${client.user ?? 'the anonymous client'} at ${client.address}`);
  row.append(around('td', 'act', actionsOf(client), more));
  row.more = more;
  row.client = client;
  row.cells[10].addEventListener('click', () => navigator.clipboard?.writeText(row.client.lastEventId).catch(() => {}));
  return row;
}

/** Shows a client, in place: whoever reads, selects or is about to press something there is not disturbed. */
function fill(row, client) {
  row.client = client;
  const { topics } = client;
  const key = topics.join('\n');
  if (row.cells[1].title !== key) {
    row.cells[1].title = key;
    row.cells[1].replaceChildren(...topics.flatMap((topic) => [topicOf(topic), ' ']));
  }
  if (row.dataset.state !== client.state) {
    row.dataset.state = client.state;
    row.cells[2].replaceChildren(element('span', '', `dot ${client.state === 'live' ? 'good' : 'warn'}`), ` ${client.state}`);
  }
  const texts = { 0: visible(client.user ?? '—'), 3: client.transport, 4: client.node, 5: client.address, 6: ago(client.connectedAt), 7: whole(client.delivered), 8: whole(client.queued), 9: whole(client.behind), 10: shortId(client.lastEventId ?? '') };
  for (const [i, text] of Object.entries(texts)) {
    if (row.cells[i].textContent !== text) {
      row.cells[i].textContent = text;
    }
  }
  row.cells[6].title = fullTime(client.connectedAt);
  row.cells[10].title = client.lastEventId ?? '';
}

/** One entry for each user, with what their streams have together. */
function users(clients) {
  const all = new Map();
  for (const client of clients) {
    const name = client.user ?? '';
    const one = all.get(name) ?? { id: `user ${name}`, user: client.user, count: 0, delivered: 0, queued: 0, behind: 0, nodes: new Set(), transports: new Set(), addresses: new Set(), state: 'live', connectedAt: client.connectedAt, lastEventId: client.lastEventId, userAgent: '' };
    one.count += 1;
    one.delivered += client.delivered;
    one.queued += client.queued;
    one.behind += client.behind;
    one.nodes.add(client.node);
    one.transports.add(client.transport);
    one.addresses.add(client.address);
    one.state = client.state === 'replaying' ? 'replaying' : one.state;
    all.set(name, one);
  }
  return [...all.values()].map((one) => ({
    ...one,
    topics: [`${whole(one.count)} ${one.count === 1 ? 'stream' : 'streams'}`],
    node: [...one.nodes].join(' '),
    transport: [...one.transports].join(' '),
    address: one.addresses.size === 1 ? [...one.addresses][0] : `${one.addresses.size} addresses`,
  }));
}

const matches = (client, text) =>
  (!node || client.node === node) &&
  (!text || [client.user ?? '', client.address ?? '', client.id, ...client.topics].some((each) => each.toLowerCase().includes(text))) &&
  (!filter || FILTERS[filter](client));

/** The node that alone is shown, by which all are shown again. */
function drawNode() {
  let button = byId('client-states').querySelector('[data-node]');
  if (!button) {
    button = buttonOf('', 'filter', () => {
      node = '';
      page = 0;
      keepAddress();
      draw();
    });
    button.dataset.node = '';
    button.setAttribute('aria-pressed', 'true');
    byId('client-states').append(button);
  }
  button.hidden = !node;
  button.textContent = `on ${node}`;
}

function drawFilters() {
  drawNode();
  const all = [...known.values()];
  for (const name of Object.keys(FILTERS)) {
    const count = all.filter(FILTERS[name]).length;
    let button = byId('client-states').querySelector(`[data-filter=${name}]`);
    if (!button) {
      button = buttonOf('', 'filter', () => {
        filter = filter === name ? '' : name;
        page = 0;
        keepAddress();
        draw();
      });
      button.dataset.filter = name;
      byId('client-states').append(button);
    }
    button.hidden = count === 0 && filter !== name;
    button.setAttribute('aria-pressed', filter === name);
    button.textContent = `${name} ${whole(count)}`;
  }
}

/** What stands below the opened row. */
let below = null;

/** Takes a row away. Whose keyboard is there stays in the table. */
function removeRow(row) {
  if (row.contains(document.activeElement)) {
    scroll.focus();
  }
  row.remove();
}

function drawOpened(client, row) {
  below ??= openedRow(client);
  below.fill(client);
  if (row.nextElementSibling !== below) {
    row.after(below);
  }
  return below;
}

/** The page of the table: what is in the document is what is shown, at most. */
function drawRows() {
  const text = q.value.trim().toLowerCase();
  const found = [...known.values()].filter((client) => matches(client, text));
  const list = (by === 'user' ? users(found) : found).sort(SORTS[sort]);
  const pages = Math.max(1, Math.ceil(list.length / PAGE));
  page = Math.min(page, pages - 1);
  const onPage = list.slice(page * PAGE, (page + 1) * PAGE);
  const ids = new Set(onPage.map(({ id }) => id));
  for (const [id, row] of shown) {
    if (!ids.has(id)) {
      removeRow(row);
      shown.delete(id);
    }
  }
  if (below && (below.client.id !== openId || !ids.has(openId))) {
    removeRow(below);
    below = null;
  }
  let before = null;
  for (const client of onPage) {
    let row = shown.get(client.id);
    if (!row) {
      row = newRow(client);
      shown.set(client.id, row);
    }
    fill(row, client);
    const next = before ? before.nextElementSibling : place.firstElementChild;
    if (next !== row) {
      // One who points at a row keeps it there.
      place.insertBefore(row, next);
    }
    before = row;
    row.more.setAttribute('aria-expanded', client.id === openId);
    if (client.id === openId) {
      before = drawOpened(client, row);
    }
  }
  const people = new Set([...known.values()].map(({ user }) => user)).size;
  const places = list.length ? `${whole(page * PAGE + 1)}–${whole(page * PAGE + onPage.length)} of ${whole(list.length)}` : `None of ${whole(known.size)} match`;
  byId('clients-fact').textContent = `${places} · updated as they come and go`;
  byId('page-number').textContent = `${page + 1} of ${pages}`;
  byId('page-before').disabled = page === 0;
  byId('page-after').disabled = page === pages - 1;
  byId('fact').textContent = `${whole(known.size)} ${known.size === 1 ? 'stream' : 'streams'}, ${whole(people)} ${people === 1 ? 'user' : 'users'}`;
  document.querySelectorAll('#page-clients th[data-sort]').forEach((head) => {
    if (head.dataset.sort === sort) {
      head.setAttribute('aria-sort', sort === 'user' || sort === 'since' ? 'ascending' : 'descending');
    } else {
      head.removeAttribute('aria-sort');
    }
  });
}

function draw() {
  byId('count').textContent = areMore ? `${whole(MOST)}+` : whole(known.size);
  byId('clients-list').hidden = !readable;
  byId('clients-loading').hidden = readable || isFailing;
  if (currentPage() === 'clients') {
    drawFilters();
    drawRows();
  }
}

function apply({ type, data }) {
  const client = JSON.parse(data);
  if (type !== 'client.connected') {
    known.delete(client.id);
    if (client.reason === 'lost') {
      say(state, `The node ${client.node} is gone, and its clients with it.`, 'bad');
    }
  } else if (known.size < MOST || known.has(client.id)) {
    known.set(client.id, client);
  } else {
    areMore = true;
  }
}

/** Reads all pages of the list, up to what the table takes. */
async function readAll() {
  const all = [];
  let query = `?limit=${READ}`;
  while (query && all.length < MOST) {
    const response = await ask(`clients${query}`);
    all.push(...(await response.json()));
    query = /<([^>]*)>; rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
  }
  areMore = Boolean(query);
  return all;
}

/** Reads the list; one at a time. */
async function read() {
  if (reading || isOver) {
    return;
  }
  reading = true;
  toBeRead = false;
  try {
    const clients = await readAll();
    lastCount = clients.length;
    lastRead = Date.now();
    known.clear();
    clients.forEach((client) => known.set(client.id, client));
    if (isFailing) {
      say(state, '');
    }
    readable = true;
    applyChanges();
    draw();
    isFailing = false;
  } catch (refusal) {
    // What was read stays.
    isFailing = true;
    byId('clients-loading').hidden = true;
    await sayWhy(refusal);
  } finally {
    reading = false;
    if (toBeRead) {
      drawSoon();
    }
  }
}

function applyChanges() {
  changes.forEach(apply);
  changes.clear();
}

function drawFrame() {
  frame = 0;
  if (reading || isOver) {
    return;
  }
  if (toBeRead) {
    changes.clear();
    read();
  } else {
    applyChanges();
    draw();
  }
}

function drawSoon() {
  frame ||= requestAnimationFrame(drawFrame);
}

function keepAddress() {
  const parts = new URLSearchParams();
  if (q.value.trim()) {
    parts.set('q', q.value.trim());
  }
  if (filter) {
    parts.set('state', filter);
  }
  if (by === 'user') {
    parts.set('by', by);
  }
  if (sort !== 'since') {
    parts.set('sort', sort);
  }
  if (page) {
    parts.set('page', page + 1);
  }
  if (node) {
    parts.set('node', node);
  }
  if (openId) {
    parts.set('open', openId);
  }
  keep('clients', parts);
}

/** Shows streams, or users. */
function show(what) {
  by = what;
  page = 0;
  keepAddress();
  showBy();
  draw();
}

function showBy() {
  document.querySelectorAll('#page-clients [data-by]').forEach((button) => {
    button.setAttribute('aria-pressed', button.dataset.by === by);
  });
}

async function revokeSome() {
  const name = q.value.trim();
  if (!name) {
    say(state, 'Search for a user by name, whose streams end and whose tokens are revoked.');
    q.focus();
  } else if ([...known.values()].some(({ user }) => user === name)) {
    await endUser(name);
  } else {
    await revokeAway(name);
  }
}

/** Of somebody who has no stream now, as far as is known. */
async function revokeAway(name) {
  const hasNone = readable && !areMore && !isFailing;
  const sure = await askFirst({
    title: `Revoke the tokens of ${name}?`,
    text: `${hasNone ? `${name} has no open stream now. ` : ''}Tokens that were made before now are refused from here on. A new one has to come from your back end.`,
    act: `Revoke the tokens of ${name}`,
  });
  if (sure === null) {
    return;
  }
  try {
    await revoke(name);
    toast(`Tokens of ${name} revoked`);
  } catch ({ message }) {
    toast(message, { failed: true });
  }
}

/** Whether an event is about a client. */
export const isAboutClient = ({ type, topics }) =>
  (type === 'client.connected' || type === 'client.disconnected') && topics.some((topic) => topic.startsWith('/clients/'));

/** Takes an event about a client. A page that is hidden has no frames, and keeps no more of them than that. */
export function clientChanged(event) {
  changes.set(event.topics.join(), event);
  if (changes.size > MOST_CHANGES) {
    changes.clear();
    toBeRead = true;
  }
  drawSoon();
}

ended.then(() => {
  isOver = true;
  say(state, '');
});

/**
 * Makes the table ready for whoever is logged in.
 *
 * @returns the topic selector that the stream has to follow for it, or nothing when the token may not: a selector for
 *     everything does not make an operator
 */
export function prepareClients({ user, subscribe, publish }) {
  may = names(subscribe, '/clients');
  mayDisconnect = names(publish, '/clients');
  mayRevoke = covers(publish, '/hub/revocations');
  addPage('clients', {
    refused: () => (may ? null : { what: 'to read /clients', has: `of ${user ?? 'nobody'} may read ${subscribe.join(' and ') || 'public events only'}`, claim: { subscribe: [...subscribe, '/clients', '/clients/{id}'] } }),
    show: (asked) => {
      q.value = asked.get('q') ?? asked.get('user') ?? asked.get('topic') ?? '';
      filter = Object.hasOwn(FILTERS, asked.get('state')) ? asked.get('state') : '';
      sort = Object.hasOwn(SORTS, asked.get('sort')) ? asked.get('sort') : 'since';
      by = asked.get('by') === 'user' ? 'user' : 'stream';
      showBy();
      page = Math.max(0, Number(asked.get('page') ?? 1) - 1 || 0);
      node = asked.get('node') ?? '';
      openId = asked.get('open') ?? '';
      if (mayDisconnect && mayRevoke) {
        byId('controls').replaceChildren(buttonOf('Revoke…', '', revokeSome));
      }
      draw();
    },
  });
  if (!may) {
    return [];
  }
  setInterval(() => {
    // On other pages, too: while the stream was opened anew, somebody may have left whom nobody told of.
    const isOld = Date.now() - lastRead >= REFRESH_MANY_MS;
    const isSeen = lastCount <= READ && (currentPage() === 'clients' || toBeRead);
    if ((readable || isFailing) && !document.hidden && (isOld || isSeen)) {
      read();
    }
  }, REFRESH_MS);
  return ['/clients/{id}'];
}

/** The stream is open (again). */
export const readClients = read;

q.addEventListener('input', () => {
  page = 0;
  keepAddress();
  draw();
});
document.querySelectorAll('#page-clients th[data-sort] .sort').forEach((button) => {
  button.addEventListener('click', () => {
    sort = button.closest('th').dataset.sort;
    page = 0;
    keepAddress();
    draw();
  });
});
document.querySelectorAll('#page-clients [data-by]').forEach((button) => {
  button.addEventListener('click', () => show(button.dataset.by));
});
byId('page-before').addEventListener('click', () => {
  page -= 1;
  keepAddress();
  draw();
});
byId('page-after').addEventListener('click', () => {
  page += 1;
  keepAddress();
  draw();
});
