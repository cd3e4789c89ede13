// SPDX-License-Identifier: MIT
// Runs before the page: measures what its audio contexts send to the loudspeaker.
(() => {
  const ears = { since: 0, quietest: 0, level: -Infinity };
  window.ears = ears;
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode && this.context instanceof AudioContext) {
      ears.meter = new AnalyserNode(this.context, { fftSize: 4096 });
      connect.call(this, ears.meter);
    }
    return connect.call(this, to, ...more);
  };
  const samples = new Float32Array(4096);
  setInterval(() => {
    if (!ears.meter || ears.meter.context.state !== 'running') return;
    ears.meter.getFloatTimeDomainData(samples);
    ears.level = 10 * Math.log10(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
    ears.quietest = Math.min(ears.quietest, ears.level);
  }, 40);
})();
