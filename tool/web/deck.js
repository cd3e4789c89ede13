// SPDX-License-Identifier: MIT
// One segment on its way to the loudspeaker. Moments are frames on the context's clock, so that what
// is joined is joined to the sample.

const EDGE_SECONDS = 0.005; // no file begins or stops with a click

export class Deck {
  /** Sounds `buffer` from its frame `offset` at frame `from` on, as far as its frame `frames`. */
  constructor(context, output, buffer, { from, offset, frames, entry }) {
    this.context = context;
    this.buffer = buffer;
    this.rate = context.sampleRate;
    this.entry = entry;
    this.from = from;
    this.begin = from - offset;
    this.frames = frames;
    this.fallsFrom = Infinity;
    this.source = new AudioBufferSourceNode(context, { buffer });
    this.rising = new GainNode(context, { gain: 0 });
    this.falling = new GainNode(context);
    this.edge = new GainNode(context);
    this.source.connect(this.rising).connect(this.falling).connect(this.edge).connect(output);
    this.source.onended = () => this.edge.disconnect();
    this.source.start(from / this.rate, offset / this.rate);
    this.source.stop(this.end / this.rate);
  }

  get index() { return this.entry.index; }
  get end() { return this.begin + this.frames; }

  rise(curve, length) {
    const seconds = Math.max(length / this.rate, EDGE_SECONDS);
    this.rising.gain.setValueCurveAtTime(curve, this.from / this.rate, seconds);
  }

  /** Falls from frame `from` on instead of where it would have; too late once it has begun to. */
  fall(curve, from, length) {
    this.hold();
    if (length <= 0) return;
    this.falling.gain.setValueCurveAtTime(curve, from / this.rate, length / this.rate);
    this.fallsFrom = from;
  }

  /** Takes back a fall that has not begun. */
  hold() {
    if (this.fallsFrom <= this.context.currentTime * this.rate) return false;
    this.falling.gain.cancelScheduledValues(0);
    this.fallsFrom = Infinity;
    return true;
  }

  lastUntil(frames) {
    this.frames = frames;
    this.source.stop(this.end / this.rate);
  }

  /** Is silent in `seconds`, whatever else was planned. */
  cut(seconds) {
    const now = this.context.currentTime;
    this.edge.gain.setValueAtTime(1, now);
    this.edge.gain.linearRampToValueAtTime(0, now + seconds);
    this.source.stop(Math.max(now, this.from / this.rate) + seconds);
  }
}
