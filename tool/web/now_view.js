// SPDX-License-Identifier: MIT
// What plays, in words: its title, its mood, what comes next, how a prompt was understood.
import { comingUp } from './coming.js';
import { $, write } from './dom.js';
import { phaseAt, rhythmOf } from './phases.js';
import { chipsOf } from './reading.js';
import { goalName, minutes } from './text.js';
import { mood, titleOf } from './title.js';

const WAITING = {
  loading: 'Just a moment…',
  making: 'Your music is being made. It plays as soon as its first part is ready.',
  ended: 'The music is over.',
};

/** The seconds until the server expects the next part, where it says so and it is not long past. */
export function forecast(nextReadyAt, now) {
  const wait = (Date.parse(nextReadyAt) - now) / 1000;
  return wait > 1 && wait < 600 ? `Your music is being made: about ${Math.ceil(wait)} s.` : WAITING.making;
}

function phaseWords(conductor) {
  const rhythm = rhythmOf(conductor.session.analysis?.request?.options);
  if (!rhythm) return null;
  const found = phaseAt(rhythm, conductor.timeline, conductor.position);
  const left = minutes(found.until - conductor.position);
  return { ...found, words: found.phase === 'work' ? `Work, ${left} to go` : `Break, ${left} to go` };
}

/** How far round the ring is, 0 to 1: of the stretch of work or of the break, or of the whole. */
export function roundOf(conductor) {
  const phase = phaseWords(conductor);
  if (!phase) return conductor.position / (conductor.timeline.length || 1);
  return (conductor.position - phase.from) / (phase.until - phase.from || 1);
}

export class NowView {
  show(conductor) {
    const { session, entry, state, timeline } = conductor;
    const next = timeline.entries[entry?.index + 1]?.segment;
    this.title = titleOf(session, entry?.segment);
    write($('now-title'), this.title);
    this.waiting = state === 'making' && !session.segments.length
      ? forecast(session.next_ready_at, Date.now()) : WAITING[state];
    write($('mood'), this.waiting ?? mood(entry?.segment, next));
    $('picture').setAttribute('aria-label',
      `A landscape drawn from the music: ${this.title}. ${mood(entry?.segment, next)}`);
    this.#reading(session, entry?.segment?.analysis?.prompt);
    this.tick(conductor);
  }

  tick(conductor) {
    const { session, timeline, position } = conductor;
    const isOver = conductor.state === 'ended';
    const phase = isOver ? null : phaseWords(conductor);
    write($('eyebrow'), phase ? `${goalName(session.goal)} · ${phase.words}` : goalName(session.goal));
    write($('coming'), isOver ? '' : comingUp(timeline, position));
  }

  #reading(session, reading) {
    const key = reading ? JSON.stringify(reading) : '';
    if (key === this.read) return;
    this.read = key;
    $('reading').hidden = !reading;
    if (!reading) return;
    $('reading').replaceChildren(...chipsOf(reading));
  }
}
