// The console: one document and one stream for all of its pages, since a browser opens six connections to a host and no more.

import { matcher } from '../tidings.js';
import { account, announceEnd, ended } from './account.js';
import { clientChanged, isAboutClient, prepareClients, readClients } from './clients-table.js';
import { clearEvents, showEvent, showNote } from './event-list.js';
import { prepareExplain } from './explain.js';
import { figuresCame, isFigures } from './figures.js';
import { prepareEvents, whyChanged, wish } from './inspector.js';
import './keys.js';
import { LiveStream } from './live-stream.js';
import { prepareOverview, readOverview } from './overview.js';
import { buttonOf, byId, clockTime, covers } from './page.js';
import { preparePublish } from './publish-page.js';
import { sayState, tick, toldOf } from './pulse.js';
import { addressOf, showPage } from './router.js';
import { copy } from './toast.js';
import { prepareTokens } from './tokens-page.js';
import { prepareTopics } from './topics-page.js';
import { rememberPage } from './wanted.js';

/** How often it looks how many tabs there are. */
const LOOK_MS = 1000;

/** For how long the stream may be away before it is said above all. */
const AWAY_MS = 2000;

/** What is followed for the pages beside that of events. */
let beside = [];
let stream = null;
let stopFollowing = () => {};
let isFollowed = () => false;
let awaySince = 0;
/** Whether whoever is logged in now is not the one whose page this is. */
let isOver = false;

/** Whether a selector asks for what the hub says of itself. */
const isHubs = (selector) => /^\/(clients|hub)([/{?*]|$)/.test(selector);
const isOfHub = ({ topics }) => topics.some((topic) => topic.startsWith('/clients/') || topic.startsWith('/hub/'));

/** Takes what the hub says of itself. What a page cannot read, say from a newer node, must not stop the others. */
function hubSaid(event) {
  try {
    if (isFigures(event)) {
      toldOf(figuresCame(event.data));
    } else if (isAboutClient(event) && beside.some((selector) => selector.startsWith('/clients'))) {
      clientChanged(event);
    }
  } catch (failure) {
    reportError(failure);
  }
}

/** An event of what the page of events follows. */
function came(event) {
  // Anybody may publish any type. Only the hub publishes on its own topics.
  const isHubTraffic = isOfHub(event);
  if (!isHubTraffic) {
    tick();
  }
  const { topics, showsHub } = wish();
  if (!isHubTraffic || showsHub || topics.some(isHubs)) {
    showEvent(event);
  }
}

/** An event of what is followed for the other pages. */
function cameBeside(event) {
  hubSaid(event);
  if (wish().showsHub && !isFollowed(event)) {
    showEvent(event);
  }
}

function sayAway(isAway) {
  const place = byId('away');
  if (!isAway) {
    awaySince = 0;
    place.hidden = true;
  } else if (!awaySince) {
    const mine = Date.now();
    awaySince = mine;
    setTimeout(() => {
      if (awaySince === mine) {
        place.replaceChildren(`The hub is away since ${clockTime(awaySince)}. Your list stays; what is missed will follow. `, buttonOf('Try now', '', () => stream.retry()));
        place.hidden = false;
      }
    }, AWAY_MS);
  }
}

function follow() {
  if (isOver) {
    return;
  }
  clearEvents();
  const { topics, start } = wish();
  stopFollowing();
  if (stream.isRefused) {
    // By what it followed before.
    open();
  }
  const matchers = topics.map(matcher);
  isFollowed = (event) => event.topics.some((topic) => matchers.some((matches) => matches(topic)));
  stopFollowing = stream.follow(topics, came, start);
}

function open() {
  stream = new LiveStream({
    gap: () => showNote('Events may be missing here: the hub no longer stores them.'),
    expiring: announceEnd,
    state: (word, reconnects, detail) => {
      sayState(word, detail);
      sayAway(word === 'reconnecting');
      byId('reconnects').textContent = reconnects;
      if (word === 'live') {
        if (beside.some((selector) => selector.startsWith('/clients'))) {
          readClients();
        }
        if (beside.some((selector) => selector.startsWith('/hub'))) {
          readOverview();
        }
      }
    },
  });
  if (beside.length) {
    stream.follow(beside, cameBeside);
  }
}

/** Several tabs have one stream, over one connection. */
function saySharing() {
  const { tabs } = stream;
  const place = byId('shared');
  place.hidden = tabs < 2;
  const text = `${tabs} tabs share one stream`;
  if (tabs > 1 && place.textContent !== text) {
    place.textContent = text;
  }
}

function begin(allowed) {
  byId('inside').hidden = false;
  prepareExplain(allowed, whyChanged);
  preparePublish(allowed);
  prepareTokens(allowed);
  prepareTopics(allowed);
  beside = [...prepareClients(allowed), ...prepareOverview(allowed)];
  open();
  prepareEvents({ ...allowed, asOperator: beside.length > 0, begin: follow });
  if (location.pathname === addressOf('overview').pathname && !covers(allowed.subscribe, '/hub/nodes')) {
    // The overview is for operators. Others begin with their events.
    history.replaceState(null, '', addressOf('events'));
  }
  follow();
  showPage();
  setInterval(saySharing, LOOK_MS);
}

function askToLogIn(why) {
  byId('outside').hidden = false;
  sayState('outside');
  rememberPage();
  byId('why').textContent = why;
}

function sayWhyNot({ status, message }) {
  askToLogIn(`${message} `);
  if (status !== 401) {
    // Another token would not help.
    byId('outside').textContent = message;
  }
}

/** What was read stays; why it ended, and what to do, is said above. */
function stop() {
  isOver = true;
  stream.close();
  sayState('ended');
  sayAway(false);
  account.then(({ user }) => rememberPage(user));
  byId('following').hidden = true;
  byId('follow').hidden = true;
}

byId('menu').addEventListener('click', ({ currentTarget }) => {
  const isOpen = byId('rail-foot').classList.toggle('open');
  currentTarget.setAttribute('aria-expanded', isOpen);
});
byId('copy-grant').addEventListener('click', ({ currentTarget }) => copy(currentTarget.dataset.grant, 'Grant'));
account.then((allowed) => (allowed ? begin(allowed) : askToLogIn('')), sayWhyNot);
ended.then(stop);
