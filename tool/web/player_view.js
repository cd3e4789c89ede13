// SPDX-License-Identifier: MIT
// The session as it is seen and handled.
import { Form } from './fields.js';
import { kept } from './kept.js';
import { download, SegmentList, showTracks } from './lists.js';
import { LockScreen } from './lockscreen.js';
import { ownOrigin } from './api.js';
import { listen } from './shortcuts.js';
import { clock, goalName, keyName } from './text.js';
import { TimelineView } from './timeline_view.js';

const $ = (id) => document.getElementById(id);
const JUMP_SECONDS = 10;
const MAKING = 'The music is being made and plays as soon as it is ready.';
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const STEER_LEAD_SECONDS = 4; // what a change needs to be made and fetched

function say(text) {
  $('say').textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { $('say').textContent = ''; }, 6000);
}

export class PlayerView {
  constructor({ onAgain, onSignOut }) {
    this.onSignOut = onSignOut;
    this.view = new TimelineView((position) => this.conductor.seek(position));
    this.segments = new SegmentList({
      seek: (entry) => this.#from(entry),
      keep: (index) => this.#keep(index),
      save: (index) => this.#try(async () => download(await this.conductor.audioUrl(index), this.#fileName(index))),
    });
    this.listener = {
      session: () => this.#session(),
      state: () => this.#state(),
      link: (how, error) => this.#link(how, error),
      notice: say,
    };
    this.steering = new Form($('steer').querySelector('form'), (wishes) => this.#steer(wishes));
    const skip = (by) => this.#skip(by);
    const jump = (by) => this.conductor.seek(this.conductor.position + by);
    const toggle = () => (this.conductor.isOn ? this.#pause() : this.#play());
    $('play').onclick = toggle;
    $('next').onclick = () => skip(1);
    $('previous').onclick = () => skip(-1);
    $('volume').oninput = () => this.#volume();
    $('keep').onclick = () => this.#keep(this.conductor.entry?.index);
    $('end').onclick = () => this.#try(async () => {
      await this.conductor.end();
      say('The session is ended. What is ready goes on playing.');
    });
    $('again').onclick = onAgain;
    $('map').onkeydown = (event) => {
      const { timeline, position } = this.conductor;
      const to = { ArrowLeft: position - JUMP_SECONDS, ArrowDown: position - JUMP_SECONDS,
        ArrowRight: position + JUMP_SECONDS, ArrowUp: position + JUMP_SECONDS,
        PageUp: position + 60, PageDown: position - 60, Home: 0, End: timeline.length }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.conductor.seek(to);
    };
    const louder = (by) => this.#volume(Number($('volume').value) + by);
    const reveal = () => { $('keys').open = true; $('keys').querySelector('summary').focus(); };
    listen({
      ' ': toggle, n: () => skip(1), p: () => skip(-1), k: () => $('keep').click(),
      ArrowLeft: () => jump(-JUMP_SECONDS), ArrowRight: () => jump(JUMP_SECONDS),
      '+': () => louder(0.05), '-': () => louder(-0.05),
      m: () => this.#mute(), s: () => $('steer').querySelector('input').focus(), '?': reveal,
    }, () => this.conductor && $('keys-on').checked);
    this.lock = new LockScreen({
      play: () => this.#play(), pause: () => this.#pause(),
      nexttrack: () => skip(1), previoustrack: () => skip(-1),
      seekbackward: () => jump(-JUMP_SECONDS), seekforward: () => jump(JUMP_SECONDS),
      seekto: ({ seekTime }) => this.conductor.seek(seekTime),
    });
    addEventListener('pagehide', () => this.#remember());
  }

  open(conductor, session, { position, isOn }) {
    this.conductor = conductor;
    conductor.open(session, position);
    this.#volume();
    this.steering.clear();
    this.steering.values = { ...kept.all.wishes, target_minutes: session.target_minutes };
    this.#tracks();
    if (isOn) this.#play();
    const frame = (time) => {
      if (this.conductor !== conductor) return;
      requestAnimationFrame(frame);
      if (calm.matches && time - (this.drawn ?? 0) < 1000) return;
      this.drawn = time;
      this.#frame();
    };
    requestAnimationFrame(frame);
  }

  close() {
    this.conductor?.close();
    this.conductor = null;
    $('track-audio').pause();
  }

  #play() {
    $('track-audio').pause();
    return this.conductor.play();
  }
  #pause() { return this.conductor.pause(); }

  #skip(by) {
    const { timeline, entry, position } = this.conductor;
    // Back means to its beginning first, as with any player.
    const back = by < 0 && position - entry.start > 3 ? 0 : by;
    const target = timeline.entries[entry.index + back];
    if (target) this.conductor.seek(target.start);
  }

  #from(entry) {
    this.conductor.seek(entry.start);
    this.#play();
  }

  #volume(value) {
    if (value !== undefined) $('volume').value = value;
    this.conductor.setVolume(Number($('volume').value));
  }

  #mute() {
    const { volume } = this.conductor;
    if (volume > 0) this.before = volume;
    this.#volume(volume > 0 ? 0 : this.before ?? 0.8);
    say(volume > 0 ? 'Muted' : 'Not muted');
  }

  async #try(work) {
    try {
      await work();
    } catch (error) {
      say(error.message);
    }
  }

  #keep(index) {
    if (index === undefined) return;
    this.#try(async () => {
      const track = await this.conductor.api.promote(this.conductor.id, index);
      say(`Kept: ${track.title}`);
      await this.#tracks();
    });
  }

  #fileName(index) {
    return `${this.conductor.id}-${String(index + 1).padStart(3, '0')}`;
  }

  async #tracks() {
    const { api } = this.conductor;
    const fresh = async ({ id }) => ownOrigin((await api.track(id)).playback_url);
    await this.#try(async () => showTracks(await api.tracks(), {
      play: (track) => this.#try(async () => {
        if (this.conductor.isOn) this.#pause();
        const audio = $('track-audio');
        audio.src = await fresh(track);
        audio.hidden = false;
        audio.setAttribute('aria-label', track.title);
        await audio.play();
      }),
      save: (track) => this.#try(async () => download(await fresh(track), track.title)),
    }));
  }

  async #steer(wishes) {
    const before = { ...kept.all.wishes, target_minutes: this.conductor.session.target_minutes };
    const change = Object.fromEntries(Object.entries(wishes).filter(([k, v]) => before[k] !== v));
    if (!Object.keys(change).length) throw new Error('Nothing is changed yet.');
    if (change.goal === 'custom_prompt') change.custom_prompt = wishes.custom_prompt;
    change.at_seconds = Math.floor(this.conductor.position) + STEER_LEAD_SECONDS;
    await this.conductor.steer(change);
    const { target_minutes: minutes, ...rest } = wishes;
    kept.set({ wishes: { ...kept.all.wishes, ...rest } });
    say('The music changes in a moment.');
  }

  #link(how, error) {
    const pill = $('link');
    pill.hidden = false;
    pill.className = `pill ${how}`;
    pill.textContent = { live: 'Live', polling: 'Polling', lost: 'Reconnecting…' }[how];
    if (error) this.onSignOut(error.message);
  }

  #session() {
    const { session, timeline } = this.conductor;
    this.view.set(timeline);
    this.segments.set(timeline);
    $('progress').textContent = `${session.ready_count} of ${session.total_segments} ready`;
    $('end').hidden = session.status !== 'active';
    $('again').hidden = session.status === 'active';
    if (session.status === 'stopped_cap') say('The spend cap is reached: no more segments are made.');
    this.#state();
  }

  #state() {
    const { session, entry, state, timeline, isOn, position } = this.conductor;
    const analysis = entry?.segment?.analysis;
    const waiting = {
      loading: 'Loading…',
      making: MAKING,
      ended: 'The session is over.',
    }[state];
    $('eyebrow').textContent = [goalName(session.goal), session.engine,
      entry && `segment ${entry.index + 1} of ${session.total_segments}`].filter(Boolean).join(' · ');
    const title = analysis
      ? `${keyName(analysis.key)}, ${Math.round(analysis.tempo_bpm)}\u00a0bpm` : goalName(session.goal);
    $('now-title').textContent = title;
    const missed = analysis?.prompt?.not_understood ?? [];
    $('why').textContent = waiting ??
      [analysis?.why, missed.length && `Not understood: ${missed.join(', ')}.`].filter(Boolean).join(' ');
    if (isOn && (state === 'making' || state === 'ended') && this.said !== waiting) say(waiting);
    if (state === 'playing' && $('say').textContent === MAKING) $('say').textContent = '';
    this.said = waiting;
    $('play').classList.toggle('on', isOn && state !== 'ended');
    $('play').setAttribute('aria-label', isOn && state !== 'ended' ? 'Pause' : 'Play');
    this.segments.mark(entry?.index);
    document.title = isOn ? `${title} · Focus Session` : 'Focus Session';
    this.lock.show({ isOn, title, goal: goalName(session.goal), position, length: timeline.length });
  }

  #frame() {
    const { position, timeline, entry, sound } = this.conductor;
    this.view.show(position);
    const levels = sound?.levels() ?? [-60, -60];
    const bars = $('meter').children;
    levels.forEach((level, side) => {
      bars[side].style.setProperty('--level', `${Math.max(0, level / 0.6 + 100)}%`);
    });
    const second = Math.floor(position);
    if (second === this.second && timeline === this.drawnTimeline) return;
    this.second = second;
    this.drawnTimeline = timeline;
    $('meter').setAttribute('aria-valuenow', Math.round(Math.max(-60, ...levels)));
    $('elapsed').textContent = clock(position);
    $('remaining').textContent = `−${clock(timeline.length - position)}`;
    const next = timeline.entries[entry?.index + 1];
    const key = next?.segment?.analysis?.key;
    $('coming').textContent = next
      ? `next in ${clock(next.start - position)}${key ? `: ${keyName(key)}` : ''}` : '';
    this.lock.place(position, timeline.length);
    this.#remember();
  }

  #remember() {
    if (this.conductor) kept.set({ position: this.conductor.position });
  }
}
