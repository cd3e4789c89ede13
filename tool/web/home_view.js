// SPDX-License-Identifier: MIT
// The first screen: five goals to tap, and what else can be said about the music.
import { $, element } from './dom.js';
import { Faders } from './faders.js';
import { Form } from './fields.js';
import { choices } from './kept.js';
import { ReadingChips } from './reading.js';
import { SceneFaders } from './scene_faders.js';
import { licenceName } from './text.js';
import { showTiles } from './tiles.js';
import { PLAIN, problemOf, summaryOf } from './wish.js';

const IDEAS = ['slow rain', 'felt piano', 'warm pads', 'ocean waves', 'lofi beats', 'strings', 'no drums'];
const MOST_PROMPTS = 3;

export class HomeView {
  /** `onPlay(wish)` rejects with what the server refuses. */
  constructor({ onPlay, onSignOut, onStay }) {
    this.onPlay = onPlay;
    this.faders = new Faders($('start-levels'), { onInput: () => this.#remember() });
    this.scenes = new SceneFaders($('start-scenes'), { onInput: () => this.#remember() });
    this.form = new Form($('wish'), (wish) => this.#start(wish), problemOf,
      () => ({ goal: this.#lastGoal(), options: this.#options() }));
    this.reading = new ReadingChips(this.form, $('prompt'), $('prompt-reading'));
    this.tiles = showTiles($('tiles'), (goal, tile) => this.#pick(goal, tile));
    $('wish').addEventListener('input', () => this.#remember());
    for (const idea of IDEAS) {
      $('ideas').append(element('button', { type: 'button', textContent: idea, onclick: () => this.#add(idea) }));
    }
    $('sign-out').onclick = () => onSignOut();
    $('stay').onchange = () => onStay($('stay').checked);
    $('engine').addEventListener('change', () => this.#describeEngine());
  }

  open({ engines, stays }) {
    this.engines = engines;
    $('stay').checked = stays;
    $('engine').replaceChildren(...engines.filter(({ enabled }) => enabled)
      .map((e) => new Option(e.display_name, e.engine_key)));
    this.#recall();
    this.#describeEngine();
  }

  #lastGoal() { return $('words').hidden ? (choices.all.goal ?? 'focus') : 'custom_prompt'; }

  #options() {
    return { ...this.form.values.options, ...this.faders.values, scenes: this.scenes.text };
  }

  async #pick(goal, tile) {
    if (goal === 'custom_prompt') {
      $('words').hidden = false;
      $('prompt').focus();
      this.reading.update();
      $('words').scrollIntoView({ block: 'nearest' });
      return;
    }
    $('words').hidden = true;
    tile.setAttribute('aria-busy', 'true');
    await this.form.submit({ goal });
    tile.removeAttribute('aria-busy');
  }

  async #start(wish) {
    this.#remember();
    await this.onPlay(wish);
    const { prompts = [] } = choices.all;
    const { custom_prompt: prompt } = wish;
    choices.set({
      goal: wish.goal,
      ...(wish.goal === 'custom_prompt' &&
        { prompts: [prompt, ...prompts.filter((p) => p !== prompt)].slice(0, MOST_PROMPTS) }),
    });
    this.#tellPrompt();
  }

  #add(words) {
    const text = $('prompt').value.trim();
    $('prompt').value = text ? `${text}, ${words}` : words;
    $('prompt').dispatchEvent(new Event('input', { bubbles: true }));
    $('prompt').focus();
  }

  /** Choices stay for the next visit, but a seed is for one session. */
  #remember() {
    const { seed, ...options } = this.#options();
    const wish = { ...this.form.values, options };
    choices.set({ wish });
    $('wish-summary').textContent = summaryOf(wish);
  }

  #recall() {
    const { wish = {} } = choices.all;
    const known = { ...PLAIN, ...wish };
    if (!this.engines.some((e) => e.engine_key === known.engine && e.enabled)) delete known.engine;
    this.form.values = known;
    this.faders.values = known.options;
    this.scenes.text = known.options.scenes;
    $('wish-summary').textContent = summaryOf(known);
    this.#tellPrompt();
  }

  #tellPrompt() {
    const [last] = choices.all.prompts ?? [];
    if (last) this.tiles.say('custom_prompt', last.length > 40 ? `${last.slice(0, 38)}…` : last);
  }

  #describeEngine() {
    const engine = this.engines.find((e) => e.engine_key === $('engine').value);
    $('licence').textContent = engine
      ? `Licence: ${licenceName(engine.licence_class)}` +
        (engine.requires_attribution ? '; its author has to be named' : '')
      : '';
  }
}
