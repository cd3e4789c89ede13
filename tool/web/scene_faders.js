// SPDX-License-Identifier: MIT
// Scenes that lie under the music: a button for each, and a fader for each that is on.
import { element } from './dom.js';
import { Fader } from './faders.js';

export const SCENES = {
  rain: 'Rain', rain_window: 'Rain, window', rain_forest: 'Rain, forest', rain_tent: 'Rain, tent',
  storm: 'Storm', sea: 'Sea', stream: 'Stream', waterfall: 'Waterfall', wind: 'Wind', fire: 'Fire',
  night: 'Night', birds: 'Birds', cafe: 'Café', train: 'Train', fan: 'Fan', heartbeat: 'Heartbeat',
  white: 'White noise', pink: 'Pink noise', brown: 'Brown noise', blue: 'Blue noise',
  violet: 'Violet noise', grey: 'Grey noise', binaural: 'Binaural', isochronic: 'Isochronic',
};
const BEGINNING_DB = -12; // a scene is as loud as the music at 0 dB

/** "rain=-12, binaural:6/220=-9" as {name: {level, beat}}; what is none of ours is left out. */
export function mixIn(text = '') {
  const mix = {};
  for (const item of String(text).split(/[\s,]+/).filter(Boolean)) {
    const [, name, beat, level] = /^(\w+)([:/][^=]*)?(?:=(.*))?$/.exec(item) ?? [];
    if (name in SCENES) mix[name] = { level: Number(level ?? 0) || 0, beat: beat ?? '' };
  }
  return mix;
}

/** The same as a text, as a request has it. */
export const textOf = (mix) => Object.entries(mix)
  .map(([name, { level, beat }]) => `${name}${beat}=${level}`).join(', ');

export class SceneFaders {
  #mix = {};
  #faders = {};
  #buttons = {};

  /** Adds them to a fieldset. `onInput()` as anything moves, `onChange()` once it is let go. */
  constructor(fieldset, { onInput, onChange } = {}) {
    this.told = { onInput: () => { this.#take(); onInput?.(); }, onChange };
    this.id = fieldset.id;
    for (const [name, textContent] of Object.entries(SCENES)) {
      const onclick = () => { this.#toggle(name); onInput?.(); onChange?.(); };
      this.#buttons[name] = element('button', { type: 'button', textContent, onclick });
    }
    this.rows = element('div');
    fieldset.append(this.rows, element('div', { className: 'chips', role: 'group', label: 'Scenes' },
      ...Object.values(this.#buttons)));
    this.#show();
  }

  get text() { return textOf(this.#mix); }

  set text(text) {
    this.#mix = mixIn(text);
    this.#show();
  }

  #toggle(name) {
    if (name in this.#mix) delete this.#mix[name];
    else this.#mix[name] = { level: BEGINNING_DB, beat: '' };
    this.#show();
  }

  #take() {
    for (const [name, fader] of Object.entries(this.#faders)) this.#mix[name].level = fader.level;
  }

  #show() {
    this.#faders = {};
    for (const [name, { level }] of Object.entries(this.#mix)) {
      this.#faders[name] = new Fader(`${this.id}-${name}`, SCENES[name], this.told);
      this.#faders[name].level = level;
    }
    this.rows.replaceChildren(...Object.values(this.#faders).map(({ row }) => row));
    for (const [name, button] of Object.entries(this.#buttons)) button.setAttribute('aria-pressed', name in this.#mix);
  }
}
