// SPDX-License-Identifier: MIT
// One session from the server to the ear: what the server tells becomes a timeline, what the timeline
// needs is loaded, what is loaded is played.
import { follow } from './live.js';
import { Loader } from './loader.js';
import { readOpening } from './opening.js';
import { Playback } from './playback.js';
import { SleepTimer } from './sleep_timer.js';
import { Sound } from './sound.js';
import { memoryWindow, Timeline } from './timeline.js';

const TICK_MS = 200;
const FRESH_MS = 60_000; // a signed URL is used no later than this, nor in the second half of its life
const DEFAULT_RATE = 48_000;
const OPENING_SECONDS = 8; // of the ten that a stream sends at once
const SOON_MS = 20;
const LATER_MS = 2000;

export class Conductor {
  #asked = 0;
  #adopted = 0;
  #staleFrom = 0;
  #start = 0;
  #state = '';
  #refreshing = 0;
  #refreshAt = Infinity;
  #opening = new AbortController();

  /**
   * `on` hears session(), state(), tick(), link(how, error), notice(text). `sound` may be there
   * already: browsers open it at a tap only.
   */
  constructor(api, on, sound = null) {
    this.api = api;
    this.on = on;
    this.sound = sound;
    this.volume = 0.8;
    this.isOn = false; // whether the listener wants to hear it
    this.timer = new SleepTimer(() => Date.now() / 1000);
    this.loader = new Loader({
      has: (entry) => this.playback.has(entry),
      decode: (bytes) => this.sound.context.decodeAudioData(bytes),
      url: (entry, fresh) => this.#url(entry, fresh),
      onLoaded: (entry, buffer) => this.playback.offer(entry, buffer),
      onTrouble: (entry, error) => on.notice(`A part of the music did not arrive (${error.message}). It is tried again.`),
    });
  }

  open(session, position = 0) {
    this.#start = position;
    this.#adopt(session, ++this.#asked);
    this.stopFollowing = follow(this.api, session.session_id, {
      onEvent: (type, data) => this.#hear(type, data),
      refresh: () => this.refresh(),
      onLink: (how, error) => {
        if (how === 'live') this.#refreshSoon();
        this.on.link(how, error);
      },
    });
    this.ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  close() {
    this.stopFollowing();
    clearInterval(this.ticking);
    clearTimeout(this.#refreshing);
    this.#opening.abort();
    this.loader.want([]);
    this.sound?.close();
  }

  get id() { return this.session.session_id; }
  get position() { return this.playback?.position ?? this.#start; }
  get entry() { return this.timeline.at(this.position); }
  bufferOf(entry) { return this.playback?.bufferOf(entry) ?? null; }

  /** 'paused', or what Playback says. */
  get state() { return this.isOn ? this.playback.state : 'paused'; }

  async play() {
    this.isOn = true;
    if (this.timer.isOver) this.timer.cancel();
    this.#ready();
    if (this.position === 0 && !this.entry?.ready) this.#begin();
    if (this.playback.state === 'ended') this.playback.seek(0);
    this.#tick();
    await this.sound.resume();
  }

  async pause() {
    this.isOn = false;
    this.#tick();
    await this.sound?.pause();
    if (this.isOn) await this.sound.resume();
  }

  seek(position) {
    if (this.playback) this.playback.seek(position);
    else this.#start = Math.max(0, Math.min(position, this.timeline.length));
    this.#tick();
  }

  setVolume(volume) {
    this.volume = volume;
    this.sound?.setVolume(volume);
  }

  /** Stops the music after these seconds; null takes that back. */
  sleepIn(seconds) {
    if (seconds === null) this.timer.cancel();
    else this.timer.set(seconds);
    this.#tick();
  }

  /** Asks the server again. An answer is dropped if a later request was answered before it. */
  async refresh() {
    const ticket = ++this.#asked;
    this.#adopt(await this.api.session(this.id), ticket);
    return this.session;
  }

  async steer(change) {
    const ticket = ++this.#asked;
    this.#adopt(await this.api.steer(this.id, change), ticket);
    this.#refreshSoon();
  }

  async end() {
    const ticket = ++this.#asked;
    this.#adopt(await this.api.end(this.id), ticket);
  }

  /** A signed URL of a segment that is good for now. */
  async #url(entry, fresh) {
    if (fresh || Date.now() > this.#staleFrom) await this.refresh();
    const { segment } = this.timeline.entries[entry.index] ?? {};
    if (!segment) throw new Error('it is being made again');
    return this.api.audio(segment.playback_url);
  }
  audioUrl(index) { return this.#url({ index }, true); }

  /** The rate of the segments, as far as it is known. */
  get rate() { return this.session.segments[0]?.analysis?.sample_rate ?? DEFAULT_RATE; }

  /** Waits until a segment is made; null where the session has no such one. */
  async whenReady(index, signal) {
    for (;;) {
      signal.throwIfAborted();
      const entry = this.timeline.entries[index];
      if (!entry || entry.ready) return entry ?? null;
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  }

  /** A segment's audio, beside what is played. */
  async load(entry) {
    const response = await fetch(await this.#url(entry, false));
    if (!response.ok) throw new Error(`The audio can not be had (${response.status}).`);
    const decoder = new OfflineAudioContext(2, 1, this.rate);
    return decoder.decodeAudioData(await response.arrayBuffer());
  }

  /** Plays the first seconds while the first segment is loaded and decoded; without them it is waited for. */
  async #begin() {
    const url = this.session.analysis?.stream_wav_url;
    if (!url) return;
    const { signal } = this.#opening;
    try {
      const found = await readOpening(this.api.audio(`${url}&start=0`), OPENING_SECONDS, signal);
      if (found?.rate !== this.sound.context.sampleRate || this.position > 0) return;
      if (!this.timeline.entries[0]?.ready) await this.refresh();
      const [entry] = this.timeline.entries;
      if (signal.aborted || !entry?.ready) return;
      const buffer = new AudioBuffer({
        length: found.channels[0].length, numberOfChannels: found.channels.length, sampleRate: found.rate,
      });
      found.channels.forEach((samples, c) => buffer.copyToChannel(samples, c));
      this.playback.offer(entry, buffer, true);
    } catch { /* the segment itself comes all the same */ }
  }

  #adopt(session, ticket) {
    if (ticket < this.#adopted) return;
    this.#adopted = ticket;
    this.#staleFrom = Date.now() + this.#freshness(session);
    this.session = session;
    this.timeline = new Timeline(session);
    this.playback?.setTimeline(this.timeline);
    this.on.session();
    this.#tick();
  }

  #freshness({ segments: [segment] }) {
    const expires = segment && new URL(segment.playback_url).searchParams.get('expires');
    const life = expires * 1000 - Date.now();
    return life > 0 ? Math.min(life / 2, FRESH_MS) : FRESH_MS; // clocks may differ
  }

  #hear(type, data) {
    if (type === 'notice') this.on.notice(data.message);
    else this.#refreshSoon(type === 'steer');
  }

  /** A long session is a long answer: it is asked for at once only where the music waits for it. */
  #refreshSoon(isUrgent = false) {
    const { entry } = this;
    const isWaiting = !entry?.ready || this.timeline.entries[entry.index + 1]?.ready === false;
    const wait = isUrgent || isWaiting ? SOON_MS : LATER_MS;
    if (Date.now() + wait >= this.#refreshAt) return;
    this.#refreshAt = Date.now() + wait;
    clearTimeout(this.#refreshing);
    this.#refreshing = setTimeout(() => {
      this.#refreshAt = Infinity;
      this.refresh().catch(() => {});
    }, wait);
  }

  /** The way out at the rate of the segments, so that nothing is resampled before it is joined. */
  #ready() {
    const { rate } = this;
    const fits = this.sound?.context.sampleRate === rate;
    if (fits && this.playback) return;
    if (this.playback) this.#start = this.playback.position;
    if (!fits) {
      this.sound?.close();
      this.sound = new Sound(rate);
      if (this.isOn) this.sound.resume();
    }
    this.sound.setVolume(this.volume);
    this.playback = new Playback(this.sound.context, this.sound.input);
    this.playback.setTimeline(this.timeline);
    this.playback.seek(this.#start);
  }

  #tick() {
    this.sound?.setFade(this.timer.isOn && !this.timer.isOver ? this.timer.gain : this.isOn ? 1 : 0);
    if (this.timer.isOver && this.isOn) this.pause();
    if (this.playback) {
      if (this.playback.state !== 'playing') this.#ready();
      this.playback.tick();
      const wanted = memoryWindow(this.timeline, this.playback.position);
      this.playback.keep(wanted);
      this.loader.want(wanted.map((index) => this.timeline.entries[index]));
    }
    this.on.tick();
    const state = `${this.state} ${this.entry?.identity ?? this.entry?.index}`;
    if (state === this.#state) return;
    this.#state = state;
    this.on.state();
  }
}
