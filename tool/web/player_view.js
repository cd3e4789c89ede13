// SPDX-License-Identifier: MIT
// The session as it is seen and handled: puts together the picture, the words, the controls and the panels.
import { ChangePanel } from './change_panel.js';
import { DetailsView } from './details_view.js';
import { $, say, write } from './dom.js';
import { download } from './download.js';
import { kept } from './kept.js';
import { LockScreen } from './lockscreen.js';
import { MapView } from './map_view.js';
import { MorePanel } from './more_panel.js';
import { NowView, roundOf } from './now_view.js';
import { Panels } from './panels.js';
import { artwork, Picture } from './picture.js';
import { plainly } from './problems.js';
import { listen } from './shortcuts.js';
import { SoundPanel } from './sound_panel.js';
import { clock, goalName } from './text.js';
import { TimerPanel } from './timer_panel.js';

const JUMP_SECONDS = 10;
const METER_MS = 200;

export class PlayerView {
  /** `on` hears again(analysis), kept(), lost(error), heard(title) once the music has a name. */
  constructor(on) {
    this.on = on;
    this.conductor = null;
    this.picture = new Picture($('picture'));
    this.now = new NowView();
    new ResizeObserver(([{ target }]) => {
      this.picture.clear = target.getBoundingClientRect().bottom + scrollY;
      this.picture.renew();
    }).observe($('now'));
    this.map = new MapView((position) => this.conductor.seek(position), (key, length) => this.#stepOf(key, length));
    this.sound = new SoundPanel();
    this.timer = new TimerPanel(() => this.conductor);
    this.more = new MorePanel({ onAgain: on.again, onKeep: () => this.#keep(this.conductor.entry?.index) });
    this.change = new ChangePanel({ onChanged: () => this.panels.close() });
    this.details = new DetailsView({
      seek: (entry) => { this.conductor.seek(entry.start); this.play(); },
      keep: (index) => this.#try(() => this.#keep(index)),
      save: (index) => this.#try(async () => download(await this.conductor.audioUrl(index), this.#fileName(index))),
    });
    this.panels = new Panels((id) => this.#openPanel(id));
    this.listener = {
      session: () => this.#session(),
      state: () => this.#state(),
      tick: () => this.#tick(),
      link: (how, error) => this.#link(how, error),
      notice: say,
    };
    $('play').onclick = () => this.toggle();
    $('next').onclick = () => this.#skip(1);
    $('previous').onclick = () => this.#skip(-1);
    for (const id of ['details', 'keys']) $(id).addEventListener('toggle', () => this.#state());
    this.#keyboard();
    this.lock = new LockScreen({
      play: () => this.play(), pause: () => this.pause(),
      nexttrack: () => this.#skip(1), previoustrack: () => this.#skip(-1),
      seekbackward: () => this.#jump(-JUMP_SECONDS), seekforward: () => this.#jump(JUMP_SECONDS),
      seekto: ({ seekTime }) => this.conductor?.seek(seekTime),
    });
    addEventListener('pagehide', () => this.#remember());
    setInterval(() => this.conductor && !document.hidden && this.details.level(this.conductor.sound), METER_MS);
  }

  open(conductor, session, { position, can }) {
    this.conductor = conductor;
    this.heard = '';
    conductor.open(session, position);
    this.sound.open(conductor, can);
    this.more.open(conductor);
    this.lock.paint(artwork(session));
    this.picture.open(conductor);
    this.#state();
  }

  close() {
    if (!this.conductor) return;
    this.panels.hide();
    this.sound.close();
    this.more.close();
    this.picture.close();
    this.conductor.close();
    this.conductor = null;
    $('link').hidden = true;
  }

  play() {
    $('track-audio').pause();
    return this.conductor?.play();
  }
  pause() { return this.conductor?.pause(); }
  toggle() { return this.conductor?.isOn && this.conductor.state !== 'ended' ? this.pause() : this.play(); }

  #keyboard() {
    const louder = (by) => this.sound.setVolume(this.sound.volume + by);
    const open = (id) => () => { this.panels.open(id); };
    listen({
      ' ': () => this.toggle(), n: () => this.#skip(1), p: () => this.#skip(-1),
      k: () => this.#try(() => this.#keep(this.conductor.entry?.index)),
      ArrowLeft: () => this.#jump(-JUMP_SECONDS), ArrowRight: () => this.#jump(JUMP_SECONDS),
      '+': () => louder(0.05), '-': () => louder(-0.05),
      m: () => say(this.sound.mute() ? 'Muted' : 'Not muted'),
      s: open('panel-change'),
      '?': () => {
        $('keys').open = true;
        this.panels.open('panel-more', '#keys summary');
        $('keys').scrollIntoView({ block: 'nearest' });
      },
    }, () => this.conductor && $('keys-on').checked);
  }

  #stepOf(key, length) {
    const { position } = this.conductor;
    return { ArrowLeft: position - JUMP_SECONDS, ArrowDown: position - JUMP_SECONDS,
      ArrowRight: position + JUMP_SECONDS, ArrowUp: position + JUMP_SECONDS,
      PageUp: position + 60, PageDown: position - 60, Home: 0, End: length }[key];
  }

  #jump(by) { this.conductor?.seek(this.conductor.position + by); }

  #skip(by) {
    if (!this.conductor) return;
    const { timeline, entry, position } = this.conductor;
    // Back means to its beginning first, as with any player.
    const back = by < 0 && position - entry.start > 3 ? 0 : by;
    const target = timeline.entries[entry.index + back];
    if (target) this.conductor.seek(target.start);
  }

  async #try(work) {
    try {
      await work();
    } catch (error) {
      say(plainly(error));
    }
  }

  async #keep(index) {
    if (index === undefined) return;
    const track = await this.conductor.api.promote(this.conductor.id, index);
    say(`Kept: ${track.title}`);
    this.on.kept();
  }

  #fileName(index) {
    return `${this.conductor.id}-${String(index + 1).padStart(3, '0')}`;
  }

  #openPanel(id) {
    if (id === 'panel-change') this.change.open(this.conductor);
    if (id === 'panel-more') this.more.show();
    requestAnimationFrame(() => this.conductor && this.details.show(this.conductor));
  }

  #link(how, error) {
    const pill = $('link');
    pill.hidden = how !== 'lost';
    write(pill, how === 'lost' ? 'Reconnecting…' : '');
    document.body.dataset.link = how;
    if (error) this.on.lost(error);
  }

  #session() {
    const { session } = this.conductor;
    this.map.set(this.conductor.timeline);
    if (session.status === 'stopped_cap') say('The spend cap is reached: no more music is made.');
    this.#state();
  }

  #state() {
    const { conductor } = this;
    if (!conductor?.timeline) return;
    const { session, state, isOn } = conductor;
    this.now.show(conductor);
    const { title, waiting } = this.now;
    // What is written over the picture is heard by those who do not see it.
    write($('spoken'), (isOn && state !== 'loading' && waiting) || '');
    const plays = isOn && state !== 'ended';
    $('play').classList.toggle('on', plays);
    $('play').setAttribute('aria-label', plays ? 'Pause' : 'Play');
    write($('to-now'), title);
    document.title = isOn ? `${title} · Focus Session` : 'Focus Session';
    this.lock.show({ isOn, title, goal: goalName(session.goal) });
    this.more.show();
    this.details.show(conductor);
    if (conductor.entry?.ready && title !== this.heard) {
      this.heard = title;
      this.on.heard(session.session_id, title);
    }
    this.#tick();
  }

  /** A few times a second, also in the background; writes only what has changed. */
  #tick() {
    const { conductor } = this;
    if (!conductor?.timeline || !conductor.loader) return;
    const { position, timeline } = conductor;
    this.timer.show(conductor);
    const second = Math.floor(position);
    if (second === this.second && timeline === this.timeline) return;
    this.second = second;
    this.timeline = timeline;
    this.map.show(position);
    if (!conductor.isOn) this.picture.renew();
    write($('elapsed'), clock(position));
    write($('remaining'), `−${clock(timeline.length - position)}`);
    $('ring-done').style.strokeDasharray = `${Math.max(0, Math.min(100 * roundOf(conductor), 100))} 100`;
    this.now.tick(conductor);
    this.lock.place(position, timeline.length);
    this.#remember();
  }

  #remember() {
    if (this.conductor) kept.set({ position: this.conductor.position });
  }
}
