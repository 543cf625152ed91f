// A field of several texts, each a chip that one can take away. Enter alone ends one: names and topics may have spaces.

import { around, buttonOf, byId, element, icon, visible } from './page.js';

export class Chips {
  /**
   * @param id the element it is in
   * @param changed called with the texts when a reader has changed them
   */
  constructor(id, changed) {
    this.place = byId(id);
    this.changed = changed;
    this.texts = [];
    this.input = element('input', '', 'mono');
    if (this.place.dataset.label) {
      this.input.setAttribute('aria-label', this.place.dataset.add);
      this.place.append(element('span', this.place.dataset.label));
    } else {
      // Its label is outside, for this id.
      this.input.id = this.place.dataset.input;
    }
    Object.assign(this.input, { autocomplete: 'off', autocapitalize: 'off', spellcheck: false });
    this.input.addEventListener('keydown', (key) => this.typed(key));
    this.place.append(this.input);
    this.place.addEventListener('click', ({ target }) => target === this.place && this.input.focus());
    this.draw();
  }

  /** Has these alone, without what was typed and not entered. */
  replace(texts) {
    this.input.value = '';
    this.set(texts);
  }

  set(texts) {
    this.texts = [...new Set(texts)];
    this.draw();
  }

  /** These and what is typed and not entered yet. */
  now() {
    const typed = this.input.value.trim();
    return typed ? [...new Set([...this.texts, typed])] : this.texts;
  }

  /** Takes over what is typed and not entered yet, too. */
  all() {
    this.add(false);
    return this.texts;
  }

  typed(key) {
    if (key.key === 'Enter') {
      key.preventDefault();
      this.add(true);
    } else if (key.key === 'Backspace' && !this.input.value && this.texts.length) {
      this.remove(this.texts.at(-1));
    }
  }

  add(tell) {
    const typed = this.input.value.trim();
    if (typed) {
      this.replace([...this.texts, typed]);
      if (tell) {
        this.changed(this.texts);
      }
    }
  }

  remove(text) {
    this.set(this.texts.filter((each) => each !== text));
    this.input.focus();
    this.changed(this.texts);
  }

  draw() {
    this.place.querySelectorAll('.chip').forEach((chip) => chip.remove());
    this.input.placeholder = this.texts.length ? this.place.dataset.add.toLowerCase() : this.place.dataset.placeholder;
    this.input.before(...this.texts.map((text) => {
      const away = buttonOf('', '', () => this.remove(text));
      away.setAttribute('aria-label', `Remove ${text}`);
      away.append(icon('close'));
      return around('span', 'chip', visible(text), away);
    }));
  }
}
