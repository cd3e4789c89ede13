// SPDX-License-Identifier: MIT
// The way out: volume, pause, the fade of the sleep timer and the level, behind everything that plays.

const RAMP_SECONDS = 0.08;

export class Sound {
  constructor(sampleRate = 48_000) {
    this.context = new AudioContext({ sampleRate, latencyHint: 'playback' });
    this.input = new GainNode(this.context);
    this.volume = new GainNode(this.context);
    this.fade = new GainNode(this.context);
    const splitter = new ChannelSplitterNode(this.context, { numberOfOutputs: 2 });
    this.meters = [0, 1].map((side) => {
      const meter = new AnalyserNode(this.context, { fftSize: 2048 });
      splitter.connect(meter, side);
      return meter;
    });
    this.samples = new Float32Array(2048);
    this.input.connect(this.volume).connect(this.fade).connect(this.context.destination);
    this.input.connect(splitter);
  }

  /** `slider` from 0 to 1; its square is what ears take for even steps. */
  setVolume(slider) {
    this.volume.gain.setTargetAtTime(slider * slider, this.context.currentTime, RAMP_SECONDS / 4);
  }

  /** The sleep timer's gain; it may come from a page in the background, once a second. */
  setFade(gain) {
    this.fade.gain.setTargetAtTime(gain, this.context.currentTime, 0.3);
  }

  async resume() {
    await this.context.resume();
    this.#ramp(1);
  }

  async pause() {
    this.#ramp(0);
    await new Promise((resolve) => setTimeout(resolve, RAMP_SECONDS * 2000));
    await this.context.suspend();
  }

  #ramp(gain) {
    const { currentTime } = this.context;
    this.input.gain.cancelScheduledValues(0);
    this.input.gain.setTargetAtTime(gain, currentTime, RAMP_SECONDS / 4);
  }

  /** RMS of both sides in dBFS, -Infinity in silence. */
  levels() {
    return this.meters.map((meter) => {
      meter.getFloatTimeDomainData(this.samples);
      const power = this.samples.reduce((sum, x) => sum + x * x, 0) / this.samples.length;
      return 10 * Math.log10(power);
    });
  }

  /** The level as it is to be seen: 0 in silence, 1 as loud as music gets. */
  loudness() {
    const loudest = Math.max(...this.levels());
    return Math.max(0, Math.min((loudest + 48) / 36, 1));
  }

  close() {
    return this.context.close();
  }
}
