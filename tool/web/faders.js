// SPDX-License-Identifier: MIT
// A fader for each layer of the music, from off to 12 dB more than it is composed.
import { element } from './dom.js';
import { signed } from './text.js';
import { LAYERS, LOUDEST_DB, SOFTEST_DB } from './wish.js';

const NAMES = { pads: 'Pads', bass: 'Bass', melody: 'Melody', percussion: 'Percussion', ambience: 'Ambience' };
const LOWEST_STEP = -31; // one below −30 dB stands for off

export const decibelsAt = (step) => (step <= LOWEST_STEP ? SOFTEST_DB : step);
export const stepAt = (decibels) => Math.max(LOWEST_STEP, Math.min(decibels, LOUDEST_DB));

function words(decibels) {
  if (decibels <= SOFTEST_DB) return 'off';
  return `${decibels > 0 ? '+' : ''}${signed(decibels, 0)} dB`;
}

/** One level in dB. `onInput()` as it moves, `onChange()` once it is let go. */
export class Fader {
  #input;
  #output;

  constructor(id, name, { onInput, onChange } = {}) {
    this.#input = element('input', { id, type: 'range', min: LOWEST_STEP, max: LOUDEST_DB, step: 1, value: 0 });
    this.#output = element('output', { htmlFor: id });
    this.#input.addEventListener('input', () => { this.#show(); onInput?.(); });
    this.#input.addEventListener('change', () => onChange?.());
    this.#show();
    this.row = element('div', { className: 'fader' },
      element('label', { htmlFor: id, textContent: name }), this.#input, this.#output);
  }

  get level() { return decibelsAt(Number(this.#input.value)); }

  set level(decibels) {
    this.#input.value = stepAt(decibels);
    this.#show();
  }

  #show() {
    this.#output.textContent = words(this.level);
    this.#input.setAttribute('aria-valuetext', this.#output.textContent);
  }
}

export class Faders {
  #faders;

  /** Adds them to a fieldset. */
  constructor(fieldset, told = {}) {
    this.#faders = LAYERS.map((layer) => [layer, new Fader(`${fieldset.id}-${layer}`, NAMES[layer], told)]);
    fieldset.append(...this.#faders.map(([, fader]) => fader.row));
  }

  /** As a request has them: {pads_db, ...}. */
  get values() {
    return Object.fromEntries(this.#faders.map(([layer, fader]) => [`${layer}_db`, fader.level]));
  }

  set values(values) {
    for (const [layer, fader] of this.#faders) fader.level = values[`${layer}_db`] ?? 0;
  }
}
