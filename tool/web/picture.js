// SPDX-License-Identifier: MIT
// The moving picture: paints the landscape while music plays and somebody can see it.
import { paint } from './paint.js';
import { paletteOf, leanOf } from './palette.js';
import { sceneOf } from './scene.js';
import { Tape } from './tape.js';
import { tonicOf } from './text.js';

const FRAME_MS = 1000 / 30;
const STILL_MS = 5000; // where no motion is wanted, it stands still and is renewed this often
const MOST_PIXELS = 1.5; // a dot of the canvas is at least this part of a pixel
const [BEHIND, AHEAD] = [50, 100]; // seconds that are seen

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const dark = matchMedia('(prefers-color-scheme: dark)');

export class Picture {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
    this.level = 0;
    this.clear = 0; // pixels from the top that words take
    const again = () => this.#draw(performance.now());
    new ResizeObserver(again).observe(canvas);
    dark.addEventListener('change', again);
    document.addEventListener('visibilitychange', () => this.#run());
  }

  /** `conductor` has timeline, position, bufferOf() and sound. */
  open(conductor) {
    this.conductor = conductor;
    this.tape = new Tape();
    this.tonic = undefined;
    this.#run();
  }

  close() {
    this.conductor = null;
  }

  /** Where something has changed while it stands still. */
  renew() {
    this.#draw(performance.now());
  }

  #run() {
    if (this.running || document.hidden || !this.conductor) return;
    this.running = true;
    const frame = (time) => {
      if (document.hidden || !this.conductor) {
        this.running = false;
        return;
      }
      requestAnimationFrame(frame);
      const moves = this.conductor.isOn && !calm.matches;
      const due = moves ? FRAME_MS : this.#isReading() ? 300 : STILL_MS;
      if (time - (this.drawn ?? -Infinity) >= due - 2) this.#draw(time);
    };
    requestAnimationFrame(frame);
  }

  /** For its first seconds a still picture gets what has just been decoded. */
  #isReading() {
    return !calm.matches && this.tape.knows(this.conductor.position + 30, performance.now() / 1000) < 1;
  }

  #draw(time) {
    const { canvas, context, conductor, tape } = this;
    if (!conductor?.timeline || !canvas.clientWidth) return;
    this.drawn = time;
    const { timeline, position } = conductor;
    const now = time / 1000;
    tape.read(timeline, (entry) => conductor.bufferOf(entry), calm.matches
      ? { from: position - BEHIND, to: position + AHEAD, now: now - STILL_MS, most: 60 }
      : { from: position - BEHIND, to: position + AHEAD, now, most: 3 });
    // Loudness comes as it is, but moves gently.
    const loud = conductor.isOn ? (conductor.sound?.loudness() ?? 0) : 0;
    this.level += (loud - this.level) * 0.08;
    this.#fit();
    const { analysis } = conductor.entry?.segment ?? {};
    const { seed } = conductor.session.analysis ?? {};
    const goal = conductor.session.goal;
    const tonic = tonicOf(analysis?.key);
    this.tonic = this.tonic === undefined || calm.matches ? tonic : this.tonic + (tonic - this.tonic) * 0.02;
    const palette = paletteOf(goal, { isDark: dark.matches, seed, tonic: this.tonic });
    paint(context, sceneOf({
      timeline, position, tape, level: this.level, seed: leanOf(seed), width: canvas.clientWidth,
      height: canvas.clientHeight, clear: this.clear, now,
      breath: calm.matches ? 0 : now,
    }), palette);
  }

  #fit() {
    const scale = Math.min(devicePixelRatio, MOST_PIXELS);
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight]
      .map((length) => Math.round(length * scale));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      Object.assign(this.canvas, { width, height });
    }
    this.context.setTransform(scale, 0, 0, scale, 0, 0);
  }
}

/** A square of the same landscape for lock screens, as the address of a picture. */
export function artwork(session, size = 512) {
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  const { seed } = session.analysis ?? {};
  const entries = [];
  const timeline = { entries, length: 1, at: () => null };
  paint(canvas.getContext('2d'), sceneOf({
    timeline, position: 0.35, tape: new Tape(), seed: leanOf(seed), width: size, height: size, now: 0, zoom: 0.5,
  }), paletteOf(session.goal, { seed }), { isStill: true });
  return canvas.toDataURL('image/png');
}
