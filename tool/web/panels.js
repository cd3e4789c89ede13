// SPDX-License-Identifier: MIT
// Panels that open above the controls, one at a time; Escape and their cross close them.
import { $ } from './dom.js';

export class Panels {
  /** `onOpen(id)` before one is seen. */
  constructor(onOpen) {
    this.onOpen = onOpen;
    this.buttons = [...document.querySelectorAll('[aria-controls^="panel-"]')];
    for (const button of this.buttons) {
      const panel = this.#panel(button);
      button.addEventListener('click', () => (panel.hidden ? this.open(panel.id) : this.close()));
      panel.querySelector('.close').addEventListener('click', () => this.close());
    }
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.shown && !event.defaultPrevented) this.close();
    });
  }

  get shown() { return this.buttons.map((b) => this.#panel(b)).find((panel) => !panel.hidden) ?? null; }

  open(id, focus = 'button, input, [tabindex]') {
    this.hide();
    this.onOpen(id);
    const panel = $(id);
    panel.hidden = false;
    panel.scrollTop = 0;
    this.#opener(id).setAttribute('aria-expanded', 'true');
    panel.querySelector(focus)?.focus({ preventScroll: true });
  }

  /** The focus goes back to where it came from. */
  close() {
    const opener = this.shown && this.#opener(this.shown.id);
    this.hide();
    opener?.focus({ preventScroll: true });
  }

  hide() {
    for (const button of this.buttons) {
      this.#panel(button).hidden = true;
      button.setAttribute('aria-expanded', 'false');
    }
  }

  #panel(button) { return $(button.getAttribute('aria-controls')); }
  #opener(id) { return this.buttons.find((b) => b.getAttribute('aria-controls') === id); }
}
