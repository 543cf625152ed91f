// Tabs of which one is chosen: by pointer, and as ARIA has it by the arrows, the first key and the last.

import { buttonOf } from './page.js';

export class TabList {
  /**
   * @param place the element that gets the buttons
   * @param tabs the name of each, and the id of the element that it shows
   * @param choose called with the name when another is chosen
   */
  constructor(place, tabs, choose) {
    this.tell = choose;
    this.buttons = tabs.map(([name, shows]) => {
      const button = buttonOf(name, '', () => this.choose(name));
      button.setAttribute('role', 'tab');
      button.setAttribute('aria-controls', shows);
      return button;
    });
    place.setAttribute('role', 'tablist');
    place.replaceChildren(...this.buttons);
    place.addEventListener('keydown', (event) => this.move(event));
    this.mark(tabs[0][0]);
  }

  choose(name) {
    this.mark(name);
    this.tell(name);
  }

  mark(name) {
    this.buttons.forEach((button) => {
      const chosen = button.textContent === name;
      button.setAttribute('aria-selected', chosen);
      button.tabIndex = chosen ? 0 : -1;
    });
  }

  move(event) {
    const at = this.buttons.indexOf(event.target);
    const last = this.buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.buttons[to].click();
      this.buttons[to].focus();
    }
  }
}
