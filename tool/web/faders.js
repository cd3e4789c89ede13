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

export class Faders {
  #inputs = {};

  /** Adds them to a fieldset. `onInput()` as they move, `onChange()` once they are let go. */
  constructor(fieldset, { onInput, onChange } = {}) {
    for (const layer of LAYERS) {
      const id = `${fieldset.id}-${layer}`;
      const input = element('input', { id, type: 'range', min: LOWEST_STEP, max: LOUDEST_DB, step: 1, value: 0 });
      const output = element('output', { htmlFor: id });
      const show = () => {
        output.textContent = words(decibelsAt(Number(input.value)));
        input.setAttribute('aria-valuetext', output.textContent);
      };
      input.addEventListener('input', () => { show(); onInput?.(); });
      input.addEventListener('change', () => onChange?.());
      show();
      this.#inputs[layer] = { input, show };
      fieldset.append(element('div', { className: 'fader' },
        element('label', { htmlFor: id, textContent: NAMES[layer] }), input, output));
    }
  }

  /** As a request has them: {pads_db, ...}. */
  get values() {
    return Object.fromEntries(LAYERS.map((layer) =>
      [`${layer}_db`, decibelsAt(Number(this.#inputs[layer].input.value))]));
  }

  set values(values) {
    for (const layer of LAYERS) {
      const { input, show } = this.#inputs[layer];
      input.value = stepAt(values[`${layer}_db`] ?? 0);
      show();
    }
  }
}
