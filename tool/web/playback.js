// SPDX-License-Identifier: MIT
// A session as one stream: each segment starts its overlap before the one before it ends. What is
// decoded is scheduled at once, so a page in the background never comes late.
import { compare, crossfade } from './gains.js';
import { Deck } from './deck.js';

const LEAD_SECONDS = 0.05; // what is asked for now begins then
const SEEK_SECONDS = 0.12;
const RESUME_SECONDS = 0.3;
const SHORTEST_JOIN = 0.25;
const LONGEST_CHANGE = 2; // a change in mid-segment
const ENDING_SECONDS = 1.5; // the fall of a segment whose successor is late
const SWAP_SECONDS = 0.02; // from the opening of a segment to the same samples of all of it

const { rising: RISING, falling: FALLING } = crossfade({ oldLevel: 1, newLevel: 1, correlation: 1 });

const part = (buffer, from, length) =>
  Array.from({ length: buffer.numberOfChannels }, (_, c) =>
    buffer.getChannelData(c).subarray(Math.max(from, 0), Math.max(from, 0) + length));

export class Playback {
  #buffers = new Map();
  #decks = [];
  #timeline = null;
  #hold = 0; // where it waits, in seconds of the session; null while it sounds

  constructor(context, output) {
    this.context = context;
    this.output = output;
    this.rate = context.sampleRate;
  }

  /** 'playing'; 'loading' or 'making' while it waits for a segment; 'ended'. */
  get state() {
    if (this.#hold === null) return 'playing';
    if (this.#isOver()) return 'ended';
    return this.#timeline?.at(this.#hold)?.ready ? 'loading' : 'making';
  }

  /** Where the listener is, in seconds of the session. */
  get position() {
    if (this.#hold !== null || !this.#decks.length) return this.#hold ?? 0;
    return this.#positionAt(this.#now());
  }

  get decoded() { return [...this.#buffers.keys()]; }
  bufferOf(entry) { return this.has(entry) ? this.#buffers.get(entry.index).buffer : null; }
  /** Whether all of a segment is there. */
  has(entry) { return this.#isBegun(entry) && !this.#buffers.get(entry.index).isOpening; }

  /** `isOpening`: the buffer has the first seconds of a segment only; all of it follows. */
  offer(entry, buffer, isOpening = false) {
    if (isOpening && this.has(entry)) return;
    this.#buffers.set(entry.index, { identity: entry.identity, buffer, isOpening });
    this.tick();
  }

  /** Forgets what is decoded, but for these indices. */
  keep(indices) {
    for (const index of this.decoded) if (!indices.includes(index)) this.#buffers.delete(index);
  }

  setTimeline(timeline) {
    this.#timeline = timeline;
    for (const [index, { identity }] of this.#buffers) {
      if (timeline.entries[index]?.identity !== identity) this.#buffers.delete(index);
    }
    const changed = this.#decks.some(({ entry }) => {
      const now = timeline.entries[entry.index];
      return now?.identity !== entry.identity || now.duration !== entry.duration ||
        now.fadeOut !== entry.fadeOut;
    });
    if (changed) this.#replan();
    this.tick();
  }

  seek(position) {
    for (const deck of this.#decks) deck.cut(SEEK_SECONDS);
    this.#decks = [];
    this.#hold = Math.max(0, Math.min(position, this.#timeline?.length ?? position));
    this.tick();
  }

  /** To be called a few times a second, and when something has changed. */
  tick() {
    if (!this.#timeline) return;
    const now = this.#now();
    if (this.#decks.length && this.#decks.at(-1).end <= now) {
      const { entry, frames } = this.#decks.at(-1);
      this.#hold = entry.start + frames / this.rate;
    }
    this.#decks = this.#decks.filter((deck) => deck.end > now);
    if (!this.#decks.length) this.#resume(now);
    if (!this.#decks.length) return;
    this.#correct(now);
    while (this.#join(now));
  }

  #isBegun(entry) { return this.#buffers.get(entry.index)?.identity === entry.identity; }
  #now() { return Math.ceil(this.context.currentTime * this.rate - 1e-6); }
  #frames(seconds) { return Math.round(seconds * this.rate); }
  #isOver() {
    const last = this.#timeline?.entries.at(-1);
    return Boolean(last?.ready) && this.#hold > this.#timeline.length - 0.05;
  }

  #positionAt(frame) {
    const deck = this.#decks.findLast(({ from }) => from <= frame) ?? this.#decks[0];
    return deck.entry.start + Math.max(0, frame - deck.begin) / this.rate;
  }

  /** Frames of a segment that the plan has: as told, which is rounded to a thousandth of a second. */
  #length(entry, buffer) {
    const told = this.#frames(entry.duration);
    const near = Math.abs(buffer.length - told) <= this.rate / 1000;
    return near ? buffer.length : Math.min(told, buffer.length);
  }

  /**
   * Frames of a segment that may sound. A change cuts a segment short, but its file goes on: so does
   * what is heard, until the music after the change is decoded.
   */
  #atMost(entry, buffer) {
    const hasNext = entry.index + 1 < this.#timeline.entries.length;
    return hasNext ? buffer.length : this.#length(entry, buffer);
  }

  #start(entry, from, offset) {
    const { buffer, isOpening } = this.#buffers.get(entry.index);
    const frames = isOpening ? buffer.length : this.#atMost(entry, buffer);
    const deck = new Deck(this.context, this.output, buffer, { from, offset, frames, entry });
    deck.isOpening = isOpening;
    this.#decks.push(deck);
    return deck;
  }

  #resume(now) {
    if (this.#hold === null || this.#isOver()) return;
    const entry = this.#timeline.at(this.#hold);
    if (!entry?.ready || !this.#isBegun(entry)) return;
    const offset = this.#frames(this.#hold - entry.start);
    if (offset >= this.#atMost(entry, this.#buffers.get(entry.index).buffer)) return;
    const deck = this.#start(entry, now + this.#frames(LEAD_SECONDS), offset);
    deck.rise(RISING, this.#hold ? this.#frames(RESUME_SECONDS) : 0);
    this.#hold = null;
  }

  /** Crosses over where the music that sounds is not, or is no longer, the right one. */
  #correct(now) {
    const from = now + this.#frames(LEAD_SECONDS);
    const position = this.#positionAt(from);
    const entry = this.#timeline.at(position);
    if (!entry || !this.has(entry)) return;
    const right = ({ entry: e }) => e.index === entry.index && e.identity === entry.identity;
    if (this.#decks.some(right)) return;
    const old = this.#decks.findLast((deck) => deck.from <= from) ?? this.#decks[0];
    const length = Math.min(this.#frames(LONGEST_CHANGE), old.end - from);
    if (length < this.#frames(SHORTEST_JOIN) || old.fallsFrom <= from) return;
    this.#dropFrom(from);
    this.#cross(old, entry, from, this.#frames(position - entry.start), length);
  }

  /** Schedules what follows the last deck; false when there is nothing (more) to do. */
  #join(now) {
    const last = this.#decks.at(-1);
    const next = this.#timeline.entries[last.index + 1];
    const entry = this.#timeline.entries[last.index];
    if (entry?.identity !== last.entry.identity) return false;
    if (last.isOpening) return this.#complete(last, entry, now);
    if (!next && !entry.fadeOut) return false;
    const overlap = this.#frames(entry.fadeOut);
    const end = last.begin + this.#length(entry, last.buffer);
    const due = end - overlap;
    const from = Math.max(due, now + this.#frames(LEAD_SECONDS));
    const length = end - from;
    if (!next?.ready || !this.has(next)) {
      this.#endGently(last, now);
      return false;
    }
    const tooLate = length < Math.min(overlap, this.#frames(SHORTEST_JOIN));
    if (tooLate || last.fallsFrom <= now) return false;
    this.#cross(last, next, from, from - due, length);
    return true;
  }

  /** Goes over from the opening of a segment to all of it, which is the same music. */
  #complete(last, entry, now) {
    const from = Math.max(last.from, now + this.#frames(LEAD_SECONDS));
    const length = this.#frames(SWAP_SECONDS);
    if (!this.has(entry)) this.#endGently(last, now);
    if (!this.has(entry) || last.fallsFrom <= from || from + length > last.end) return false;
    this.#cross(last, entry, from, from - last.begin, length);
    return true;
  }

  /** The fall of what nothing follows so far. It is taken back when something does. */
  #endGently(last, now) {
    const ending = Math.min(this.#frames(ENDING_SECONDS), Math.floor(last.frames / 4));
    if (last.fallsFrom !== Infinity || last.end - ending <= now) return;
    last.fall(FALLING, last.end - ending, ending);
  }

  #cross(old, entry, from, offset, length) {
    const deck = this.#start(entry, from, offset);
    const { rising, falling } = crossfade(compare(part(old.buffer, from - old.begin, length),
      part(deck.buffer, offset, length), this.rate));
    old.fall(falling, from, length);
    if (from + length < old.end) old.lastUntil(from + length - old.begin);
    deck.rise(rising, length);
  }

  /** Takes back what has not begun to sound, and ends what sounds where it now has to. */
  #replan() {
    const now = this.#now() + this.#frames(LEAD_SECONDS);
    this.#dropFrom(now);
    const last = this.#decks.at(-1);
    const entry = last && this.#timeline.entries[last.index];
    if (!entry || entry.identity !== last.entry.identity) return;
    last.entry = entry;
    const soonest = now + this.#frames(LONGEST_CHANGE) - last.begin;
    last.lastUntil(Math.min(Math.max(this.#atMost(entry, last.buffer), soonest), last.buffer.length));
  }

  #dropFrom(frame) {
    for (const deck of this.#decks.filter(({ from }) => from > frame)) deck.cut(SEEK_SECONDS);
    this.#decks = this.#decks.filter(({ from }) => from <= frame);
    this.#decks.at(-1)?.hold();
  }
}
