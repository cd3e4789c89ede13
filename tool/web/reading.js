// SPDX-License-Identifier: MIT
// How the words of a prompt are understood: as chips, and while somebody types.
import { element } from './dom.js';

const PAUSE_MS = 250; // of typing, before the server is asked

const chip = (name, word, effect, isMissed) =>
  element('li', { title: effect, className: isMissed ? 'missed' : '' },
    element(name, { textContent: word }), element('span', { textContent: effect.split(',')[0] }));

/** Each word as it was understood; those that were not stand last. */
export function chipsOf(reading) {
  const { understood, not_understood: missed } = reading;
  const more = reading.understood_more + reading.not_understood_more;
  return [
    ...understood.map(({ word, effect }) => chip('b', word, effect, false)),
    ...missed.map((word) => chip('s', word, 'not understood', true)),
    ...(more ? [element('li', { textContent: `and ${more} more` })] : []),
  ];
}

/** Asks how a text is understood whenever typing pauses. Only the answer to the last text counts. */
export class PromptReader {
  #timer = 0;
  #stop = null;
  #text = '';

  /**
   * `read(text, signal)` answers the reading. `onReading(reading)` hears it, or null where there is
   * none (no text, or no answer); `onRefused(error)` what is wrong with the text.
   */
  constructor({ read, onReading, onRefused, pause = PAUSE_MS }) {
    Object.assign(this, { read, onReading, onRefused, pause });
  }

  type(text) {
    const words = text.trim();
    if (words === this.#text) return;
    this.#text = words;
    clearTimeout(this.#timer);
    this.#stop?.abort();
    if (!words) this.onReading(null);
    else this.#timer = setTimeout(() => this.#ask(words), this.pause);
  }

  async #ask(text) {
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const reading = await this.read(text, stop.signal);
      if (!stop.signal.aborted) this.onReading(reading);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.onReading(null);
      // Where the server is away or busy there are no chips; starting the music tells what is wrong.
      if ([413, 422].includes(error.status)) this.onRefused(error);
      else this.#text = '';
    }
  }
}

/** Chips below a field of a form, for as long as `read` is given. */
export class ReadingChips {
  read = null;

  constructor(form, field, list) {
    this.list = list;
    this.field = field;
    this.reader = new PromptReader({
      read: (text, signal) => this.read(text, signal),
      onReading: (reading) => this.#show(reading),
      onRefused: (error) => form.tell(field.name, error),
    });
    field.addEventListener('input', () => this.update());
  }

  /** To be called where the text was changed by the page. */
  update() {
    if (this.read) this.reader.type(this.field.value);
  }

  #show(reading) {
    this.list.hidden = !reading;
    if (reading) this.list.replaceChildren(...chipsOf(reading));
  }
}
