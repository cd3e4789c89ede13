// SPDX-License-Identifier: MIT
// Runs before the page: its music plays TEMPO times as fast, while all it asks of time is in its own seconds.
(() => {
  const { prototype: context } = BaseAudioContext;
  const now = Object.getOwnPropertyDescriptor(context, 'currentTime').get;
  const isLive = (node) => node.context instanceof AudioContext;
  const scale = (node) => (isLive(node) ? TEMPO : 1);
  Object.defineProperty(context, 'currentTime', {
    get() { return now.call(this) * (this instanceof AudioContext ? TEMPO : 1); },
  });

  const source = AudioScheduledSourceNode.prototype;
  const { stop } = source;
  source.stop = function (at = 0) { return stop.call(this, at / scale(this)); };
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (at = 0, ...more) {
    if (isLive(this)) this.playbackRate.value = TEMPO;
    return start.call(this, at / scale(this), ...more);
  };

  // A parameter does not tell its context: those of the nodes that the page makes are noted.
  const live = new WeakSet();
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (...more) {
    if (isLive(this) && this.gain) live.add(this.gain);
    return connect.apply(this, more);
  };
  const times = { // which arguments are moments or lengths
    setValueCurveAtTime: [1, 2], setValueAtTime: [1], linearRampToValueAtTime: [1], setTargetAtTime: [1, 2],
  };
  for (const [name, places] of Object.entries(times)) {
    const method = AudioParam.prototype[name];
    AudioParam.prototype[name] = function (...given) {
      if (live.has(this)) for (const place of places) given[place] /= TEMPO;
      return method.apply(this, given);
    };
  }
})();
