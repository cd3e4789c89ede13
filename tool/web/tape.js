// SPDX-License-Identifier: MIT
// How a session sounds, twenty times a second, as far as it is decoded: the level of three bands, and
// where a note begins. What is decoded ahead tells of the notes that are coming.

export const FRAMES_PER_SECOND = 20;
export const LOW = 0;
export const MIDDLE = 1;
export const HIGH = 2;
const ONSET = 3;
const VALUES = 4;

const THINNED = 4; // every fourth sample is enough for bands below some kHz
const LOW_HZ = 180;
const HIGH_HZ = 1600;
const QUIETEST_DB = -62;
const LOUDEST_DB = [-16, -18, -30]; // of each band
const ONSET_DB = 3.5;
const ONSET_GAP = 5; // frames
const FADE_IN_SECONDS = 2;

const level = (power, band) => {
  const db = 10 * Math.log10(power + 1e-12);
  return Math.max(0, Math.min((db - QUIETEST_DB) / (LOUDEST_DB[band] - QUIETEST_DB), 1));
};

/** Low, middle and high band of one second of audio: the mean power in the frame before it and in each of its frames. */
export function bandsOf(buffer, second) {
  const { sampleRate: rate } = buffer;
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c));
  const share = (hz) => 1 - Math.exp((-2 * Math.PI * hz * THINNED) / rate);
  const [toLow, toHigh] = [share(LOW_HZ), share(HIGH_HZ)];
  const length = Math.floor(rate / FRAMES_PER_SECOND);
  const first = Math.floor(second * rate);
  const power = new Float32Array(3 * (FRAMES_PER_SECOND + 1));
  let low = 0;
  let below = 0;
  // The filters have settled when the second begins.
  for (let frame = 0; frame <= FRAMES_PER_SECOND; ++frame) {
    for (let i = 0; i < length; i += THINNED) {
      const at = first + (frame - 1) * length + i;
      let x = 0;
      for (const channel of channels) x += channel[at] ?? 0;
      x /= channels.length;
      low += toLow * (x - low);
      below += toHigh * (x - below);
      power[3 * frame] += low ** 2;
      power[3 * frame + 1] += (below - low) ** 2;
      power[3 * frame + 2] += (x - below) ** 2;
    }
  }
  return power.map((sum) => (sum * THINNED) / length);
}

export class Tape {
  #values = new Uint8Array(0);
  #known = []; // of each second: which audio it was read from, and when

  /** Reads what is decoded and not read yet between two moments, `most` seconds at a time. */
  read(timeline, bufferOf, { from, to, now, most = 3 }) {
    this.#reach(Math.ceil(timeline.length) + 1);
    let done = 0;
    for (let s = Math.max(0, Math.floor(from)); s < Math.min(to, timeline.length); ++s) {
      const entry = timeline.at(s);
      if (!entry?.ready || this.#known[s]?.identity === entry.identity) continue;
      const buffer = bufferOf(entry);
      if (!buffer) continue;
      this.#write(s, bandsOf(buffer, s - entry.start));
      this.#known[s] = { identity: entry.identity, since: now };
      if (++done === most) return;
    }
  }

  /** How well a moment is known, 0 to 1: what is new comes in gently. */
  knows(seconds, now) {
    const known = this.#known[Math.floor(seconds)];
    return known ? Math.min(1, (now - known.since) / FADE_IN_SECONDS) : 0;
  }

  /** The mean level of a band around a moment, 0 to 1, of what is known there. */
  level(seconds, band, width) {
    const middle = Math.round(seconds * FRAMES_PER_SECOND);
    const half = Math.max(1, Math.round((width * FRAMES_PER_SECOND) / 2));
    let sum = 0;
    let weights = 0;
    for (let i = -half; i <= half; ++i) {
      if (!this.#known[Math.floor((middle + i) / FRAMES_PER_SECOND)]) continue;
      const weight = half + 1 - Math.abs(i);
      sum += weight * this.#values[(middle + i) * VALUES + band];
      weights += weight;
    }
    return weights ? sum / weights / 255 : 0;
  }

  /** Notes that begin between two moments, each {at, strength, height}, from 0 to 1. */
  notes(from, to) {
    const found = [];
    const last = Math.min(Math.ceil(to * FRAMES_PER_SECOND), this.#values.length / VALUES);
    for (let i = Math.max(0, Math.floor(from * FRAMES_PER_SECOND)); i < last; ++i) {
      const strength = this.#values[i * VALUES + ONSET] / 255;
      if (!strength) continue;
      const [middle, high] = [this.#values[i * VALUES + MIDDLE], this.#values[i * VALUES + HIGH]];
      found.push({ at: i / FRAMES_PER_SECOND, strength, height: high / (middle + high + 1) });
    }
    return found;
  }

  #reach(seconds) {
    const length = seconds * FRAMES_PER_SECOND * VALUES;
    if (length <= this.#values.length) return;
    const longer = new Uint8Array(length);
    longer.set(this.#values);
    this.#values = longer;
  }

  #write(second, power) {
    const first = second * FRAMES_PER_SECOND;
    const frame = (k) => 3 * (k + 1);
    const db = (k) => 10 * Math.log10(power[frame(k) + 1] + power[frame(k) + 2] + 1e-9);
    let quietUntil = 0;
    for (let k = 0; k < FRAMES_PER_SECOND; ++k) {
      const at = (first + k) * VALUES;
      for (let band = 0; band < 3; ++band) {
        this.#values[at + band] = Math.round(255 * level(power[frame(k) + band], band));
      }
      const rise = db(k) - db(k - 1);
      const begins = rise > ONSET_DB && db(k) > QUIETEST_DB && k >= quietUntil;
      this.#values[at + ONSET] = begins ? Math.min(255, Math.round(20 * rise)) : 0;
      if (begins) quietUntil = k + ONSET_GAP;
    }
  }
}
