// The pages of the console, which are one document: its stream lives on while one goes from one to the other. Links are
// links, and Back works.

import { byId, ROOT } from './page.js';

const TITLES = { overview: 'Overview', events: 'Events', topics: 'Topics', clients: 'Clients', publish: 'Publish', tokens: 'Tokens' };
const NAMES = Object.keys(TITLES);

// Before the address changes, and with it what a relative link means.
document.querySelectorAll('a[href], link[rel=icon]').forEach((link) => {
  link.setAttribute('href', link.href);
});

const pages = new Map();
let current = '';
let unread = 0;

/** The page that an address means. */
function pageAt(pathname) {
  const below = pathname.slice(ROOT.pathname.length).replace(/^console\/?/, '');
  return NAMES.includes(below) ? below : 'overview';
}

/** The address of a page with a query. */
export function addressOf(page, query = new URLSearchParams()) {
  const address = new URL(page === 'overview' ? 'console' : `console/${page}`, ROOT);
  // Selectors are easier to read as they are.
  address.search = query.toString().replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':');
  return address;
}

/** The page that is shown. */
export const currentPage = () => current;

/** The query of the address. */
export const query = () => new URL(location.href).searchParams;

function title() {
  const count = unread ? `(${unread > 999 ? '999+' : unread}) ` : '';
  document.title = `${count}${TITLES[current]} · Tidings`;
}

/** How many events came that nobody has seen: the title says it. */
export function sayUnread(count) {
  if (count !== unread) {
    unread = count;
    title();
  }
}

/**
 * Adds a page.
 *
 * @param page what to do when it is shown, with the query of its address; and when it is left; why it is refused, or nothing
 */
export function addPage(name, { show = () => {}, leave = () => {}, refused = () => null, fact = '' } = {}) {
  pages.set(name, { show, leave, refused, fact });
}

function refuse(grant) {
  byId('refused').hidden = !grant;
  byId('inside').hidden = Boolean(grant);
  if (grant) {
    byId('refused-why').textContent = `This page needs ${grant.what}. Your token ${grant.has}.`;
    byId('copy-grant').dataset.grant = JSON.stringify({ mercure: grant.claim });
  }
}

/** On a narrow screen the links are a row that scrolls. */
function showInRow(link) {
  const { parentElement: row } = link;
  row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
}

/** Shows the page of the address. */
export function showPage() {
  const name = pageAt(location.pathname);
  const before = current;
  current = name;
  if (before && before !== name) {
    pages.get(before)?.leave();
  }
  for (const each of NAMES) {
    byId(`page-${each}`).hidden = each !== name;
  }
  document.querySelectorAll('.rail nav a[data-page]').forEach((link) => {
    if (link.dataset.page === name) {
      link.setAttribute('aria-current', 'page');
      showInRow(link);
    } else {
      link.removeAttribute('aria-current');
    }
  });
  byId('title').textContent = TITLES[name];
  const page = pages.get(name);
  byId('fact').textContent = page?.fact ?? '';
  byId('controls').replaceChildren();
  title();
  const grant = page?.refused();
  refuse(grant);
  if (page && !grant) {
    page.show(query(), before !== name);
  }
}

/** Goes to a page. */
export function go(page, ofQuery) {
  history.pushState(null, '', addressOf(page, ofQuery));
  showPage();
  byId('main').focus({ preventScroll: true });
}

/** Writes what a page shows into its address, so that Back and reload keep it. */
export function keep(page, ofQuery, asStep = false) {
  const address = addressOf(page, ofQuery);
  if (page === current && address.href !== location.href) {
    history[asStep ? 'pushState' : 'replaceState'](null, '', address);
  }
}

addEventListener('popstate', showPage);

document.addEventListener('click', (click) => {
  const link = click.target.closest?.('a[data-page]');
  if (link && pages.size && !click.defaultPrevented && click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey) {
    click.preventDefault();
    go(link.dataset.page, new URL(link.href).searchParams);
  }
});
