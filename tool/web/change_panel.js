// SPDX-License-Identifier: MIT
// Changes the music while it plays.
import { $, say } from './dom.js';
import { Form } from './fields.js';
import { ReadingChips } from './reading.js';
import { changeBetween, problemOf } from './wish.js';

const LEAD_SECONDS = 4; // what a change needs to be made and fetched

/** What the fields of the panel are filled with: the request as it stands. */
const wishOfSession = ({ goal, target_minutes: minutes, analysis }) => {
  const { intensity = 'medium', divergence = 0, custom_prompt: prompt = '' } = analysis?.request ?? {};
  return { goal, target_minutes: minutes, intensity, divergence, custom_prompt: prompt };
};

/** Where a change begins: soon, so that what is heard until then is what plays already. */
export const placeOfChange = (position) => Math.floor(position) + LEAD_SECONDS;

export class ChangePanel {
  constructor({ onChanged }) {
    this.form = new Form($('panel-change').querySelector('form'), async (wish) => {
      await this.#steer(wish);
      onChanged();
    }, problemOf);
    this.reading = new ReadingChips(this.form, $('steer-prompt'), $('steer-reading'));
    this.form.form.addEventListener('change', () => this.#follow());
  }

  open(conductor) {
    this.conductor = conductor;
    this.form.clear();
    this.form.values = wishOfSession(conductor.session);
    this.reading.update();
    this.#follow();
  }

  #follow() {
    const form = this.form.form;
    form.querySelector('.prompt').hidden = !form.querySelector('[value="custom_prompt"]').checked;
  }

  async #steer(wish) {
    const change = changeBetween(wishOfSession(this.conductor.session), wish);
    if (!Object.keys(change).length) throw new Error('Nothing is changed yet.');
    await this.conductor.steer({ ...change, at_seconds: placeOfChange(this.conductor.position) });
    say('The music changes in a moment.');
  }
}
