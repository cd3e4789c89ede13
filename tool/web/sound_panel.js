// SPDX-License-Identifier: MIT
// How loud it is, as a whole and by layer.
import { placeOfChange } from './change_panel.js';
import { $, write } from './dom.js';
import { Faders } from './faders.js';
import { choices } from './kept.js';
import { plainly } from './problems.js';
import { mixIn, SceneFaders, textOf } from './scene_faders.js';
import { LAYERS } from './wish.js';

const PATIENCE_MS = 700; // several faders are moved before the music is made anew

export class SoundPanel {
  constructor() {
    this.faders = new Faders($('live-levels'), { onChange: () => this.#soon() });
    this.scenes = new SceneFaders($('live-scenes'), { onChange: () => this.#soon() });
    $('volume').value = choices.all.volume ?? 0.8;
    $('volume').oninput = () => this.setVolume(Number($('volume').value));
  }

  get volume() { return Number($('volume').value); }

  /** `can`: whether the server takes `levels` and `scenes` while music plays. */
  open(conductor, can) {
    this.conductor = conductor;
    this.told = { scenes: '', ...conductor.session.analysis?.request?.options };
    this.#tell();
    this.allow(can);
    this.setVolume(this.volume);
  }

  close() {
    clearTimeout(this.timer);
    this.conductor = null;
  }

  allow({ levels = false, scenes = false } = {}) {
    $('live-levels').hidden = !levels;
    $('live-scenes').hidden = !scenes;
    write($('levels-note'), levels ? '' : 'Layers are set before the music starts.');
  }

  #tell() {
    this.faders.values = this.told;
    this.scenes.text = this.told.scenes;
  }

  setVolume(value) {
    const volume = Math.max(0, Math.min(value, 1));
    $('volume').value = volume;
    $('volume').parentElement.querySelector('output').textContent = `${Math.round(volume * 100)} %`;
    choices.set({ volume });
    this.conductor?.setVolume(volume);
  }

  /** Whether it is muted now. */
  mute() {
    if (this.volume > 0) this.before = this.volume;
    this.setVolume(this.volume > 0 ? 0 : this.before ?? 0.8);
    return this.volume === 0;
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#apply(), PATIENCE_MS);
  }

  async #apply() {
    const { conductor } = this;
    const wanted = { ...this.faders.values, scenes: this.scenes.text };
    const change = Object.fromEntries(LAYERS.map((layer) => `${layer}_db`)
      .filter((name) => wanted[name] !== (this.told[name] ?? 0)).map((name) => [name, wanted[name]]));
    if (wanted.scenes !== textOf(mixIn(this.told.scenes))) change.scenes = wanted.scenes;
    if (!conductor || !Object.keys(change).length) return;
    write($('levels-note'), 'It is heard in a few seconds.');
    try {
      await conductor.steer({ ...change, at_seconds: placeOfChange(conductor.position) });
      this.told = { ...this.told, ...wanted };
    } catch (error) {
      const isUnknown = [400, 422].includes(error.status) && change[error.field] !== undefined;
      this.#tell();
      if (isUnknown) this.allow();
      else write($('levels-note'), plainly(error));
    }
  }
}
