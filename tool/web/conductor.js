// SPDX-License-Identifier: MIT
// One session from the server to the ear: what the server tells becomes a timeline, what the timeline
// needs is loaded, what is loaded is played.
import { ownOrigin } from './api.js';
import { follow } from './live.js';
import { Loader } from './loader.js';
import { Playback } from './playback.js';
import { Sound } from './sound.js';
import { memoryWindow, Timeline } from './timeline.js';

const TICK_MS = 200;
const FRESH_MS = 60_000; // a signed URL is used no later than this, nor in the second half of its life
const DEFAULT_RATE = 48_000;

export class Conductor {
  #asked = 0;
  #adopted = 0;
  #staleFrom = 0;
  #start = 0;
  #state = '';
  #refreshing = 0;

  /** `on` hears session(), state(), link(how, error), notice(text). */
  constructor(api, on) {
    this.api = api;
    this.on = on;
    this.volume = 0.8;
    this.isOn = false; // whether the listener wants to hear it
    this.loader = new Loader({
      has: (entry) => this.playback.has(entry),
      decode: (bytes) => this.sound.context.decodeAudioData(bytes),
      url: (entry, fresh) => this.#url(entry, fresh),
      onLoaded: (entry, buffer) => this.playback.offer(entry, buffer),
      onTrouble: (entry, error) => on.notice(`Segment ${entry.index + 1}: ${error.message}. It is tried again.`),
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
    this.timer = setInterval(() => this.#tick(), TICK_MS);
  }

  close() {
    this.stopFollowing();
    clearInterval(this.timer);
    clearTimeout(this.#refreshing);
    this.loader.want([]);
    this.sound?.close();
  }

  get id() { return this.session.session_id; }
  get position() { return this.playback?.position ?? this.#start; }
  get entry() { return this.timeline.at(this.position); }

  /** 'paused', or what Playback says. */
  get state() { return this.isOn ? this.playback.state : 'paused'; }

  async play() {
    this.isOn = true;
    this.#ready();
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
    return ownOrigin(segment.playback_url);
  }
  audioUrl(index) { return this.#url({ index }, true); }

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
    else this.#refreshSoon();
  }

  #refreshSoon() {
    // A long session is a long answer: it is not asked for at every segment.
    this.#refreshing ||= setTimeout(() => {
      this.#refreshing = 0;
      this.refresh().catch(() => {});
    }, 150 + 4 * this.session.segments.length);
  }

  /** The way out at the rate of the segments, so that nothing is resampled before it is joined. */
  #ready() {
    const rate = this.session.segments[0]?.analysis?.sample_rate ?? DEFAULT_RATE;
    if (this.sound?.context.sampleRate === rate) return;
    if (this.playback) this.#start = this.playback.position;
    this.sound?.close();
    this.sound = new Sound(rate);
    this.sound.setVolume(this.volume);
    if (this.isOn) this.sound.resume();
    this.playback = new Playback(this.sound.context, this.sound.input);
    this.playback.setTimeline(this.timeline);
    this.playback.seek(this.#start);
  }

  #tick() {
    if (this.playback) {
      if (this.playback.state !== 'playing') this.#ready();
      this.playback.tick();
      const wanted = memoryWindow(this.timeline, this.playback.position);
      this.playback.keep(wanted);
      this.loader.want(wanted.map((index) => this.timeline.entries[index]));
    }
    const state = `${this.state} ${this.entry?.identity ?? this.entry?.index}`;
    if (state === this.#state) return;
    this.#state = state;
    this.on.state();
  }
}
