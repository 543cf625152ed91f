// The code of a page: in tabs and in colours with this script, and one below the other without it. The address chooses the tab
// whose section it names, such as #server.

import { codeNodes } from './code.js';
import './copy.js';
import { around, element } from './page.js';
import { TabList } from './tabs.js';

/** How a section is called: its heading, which becomes the tab. */
const nameOf = (section) => section.querySelector('h2').textContent;

function intoTabs(place) {
  const sections = [...place.children];
  const choose = (name) => sections.forEach((section) => {
    section.hidden = nameOf(section) !== name;
  });
  const list = element('span', '', 'tabs');
  list.setAttribute('aria-label', place.dataset.label);
  const tabs = new TabList(list, sections.map((section) => [nameOf(section), section.id]), (name) => {
    choose(name);
    history.replaceState(history.state, '', `#${sections.find((section) => nameOf(section) === name).id}`);
  });
  for (const section of sections) {
    section.setAttribute('role', 'tabpanel');
    section.setAttribute('aria-label', nameOf(section));
    section.querySelector('h2').className = 'unseen';
  }
  const chooseByAddress = () => {
    const named = sections.find((section) => `#${section.id}` === location.hash);
    if (named) {
      tabs.mark(nameOf(named));
      choose(nameOf(named));
      place.scrollIntoView({ block: 'nearest' });
    }
  };
  place.classList.add('code');
  place.prepend(around('header', '', list));
  choose(nameOf(sections[0]));
  chooseByAddress();
  addEventListener('hashchange', chooseByAddress);
}

// A browser scrolls what is long by keys only where they reach it.
document.querySelectorAll('.code-tabs pre').forEach((pre) => {
  pre.tabIndex = 0;
});
document.querySelectorAll('.code-tabs pre:not(.plain) > code').forEach((code) => code.replaceChildren(...codeNodes(code.textContent)));
document.querySelectorAll('.code-tabs').forEach(intoTabs);
