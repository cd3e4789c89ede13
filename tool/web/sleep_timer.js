// SPDX-License-Identifier: MIT
// Stops the music after a while, and lets it fade over the last minute.

export const FADE_SECONDS = 60;

export class SleepTimer {
  #end = null;

  /** `now()` in seconds. */
  constructor(now) {
    this.now = now;
  }

  set(seconds) { this.#end = this.now() + seconds; }
  cancel() { this.#end = null; }

  get isOn() { return this.#end !== null; }
  get isOver() { return this.isOn && this.left <= 0; }
  get left() { return this.isOn ? Math.max(0, this.#end - this.now()) : Infinity; }
  get isFading() { return this.isOn && this.left < FADE_SECONDS; }

  /** The gain at this moment, 1 before the last minute. Its square is what ears take for even. */
  get gain() { return Math.min(1, this.left / FADE_SECONDS) ** 2; }
}
