// SPDX-License-Identifier: MIT
// A clock and nodes that only note what is asked of them, as strict as browsers about overlaps.

class Param {
  constructor(context, value) {
    this.context = context;
    this.value = value;
    this.curves = [];
  }
  setValueCurveAtTime(curve, at, length) {
    if (this.curves.some((c) => at < c.at + c.length && c.at < at + length)) {
      throw new Error('curves overlap');
    }
    if (at < this.context.currentTime) throw new Error('a curve in the past');
    this.curves.push({ at, length, first: curve[0], last: curve.at(-1) });
  }
  cancelScheduledValues() { this.curves = []; }
  setValueAtTime() {}
  linearRampToValueAtTime(value, at) { this.silentFrom = at; }
}

class Node {
  connect(to) {
    this.to = to;
    return to;
  }
  disconnect() {}
}

globalThis.GainNode = class extends Node {
  constructor(context, { gain = 1 } = {}) {
    super();
    this.gain = new Param(context, gain);
  }
};

globalThis.AudioBufferSourceNode = class extends Node {
  constructor(context, { buffer }) {
    super();
    this.buffer = buffer;
    context.sources.push(this);
  }
  start(at, offset) { Object.assign(this, { at, offset }); }
  stop(at) { this.until = at; }
};

export class FakeContext {
  sampleRate = 1000;
  currentTime = 0;
  sources = [];

  buffer(seconds, value = 0.1) {
    const samples = new Float32Array(seconds * this.sampleRate);
    samples.forEach((_, i) => { samples[i] = i % 2 ? value : -value; });
    return { length: samples.length, numberOfChannels: 1, getChannelData: () => samples };
  }
}
