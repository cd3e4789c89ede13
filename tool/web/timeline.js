// SPDX-License-Identifier: MIT
// Where each segment lies in what the listener hears: the ready ones as told, the rest estimated.

const LONGEST_OVERLAP = 8;

/** What makes two segments of one index the same audio, whatever their signed URLs. */
function identity({ analysis: a, segment_index: index }) {
  if (!a) return String(index);
  return [index, a.integrated_lufs, a.true_peak_dbtp, a.loudness_range_lu, a.gain_db,
    a.tempo_bpm, a.key].join(' ');
}

export class Timeline {
  constructor(session) {
    this.entries = [];
    let start = 0;
    for (const segment of session.segments) {
      const duration = segment.measured_duration_seconds;
      const fadeOut = segment.fade_out_ms / 1000;
      this.entries.push({
        index: segment.segment_index, ready: true, start, duration, fadeIn: segment.fade_in_ms / 1000,
        fadeOut, identity: identity(segment), segment,
      });
      start += duration - fadeOut;
    }
    this.#plan(session, start);
    const last = this.entries.at(-1);
    this.length = last ? last.start + last.duration : session.target_minutes * 60;
    /** Up to here there is music to play. */
    this.readyLength = session.segments.length
      ? this.entries[session.segments.length - 1].start +
        this.entries[session.segments.length - 1].duration
      : 0;
  }

  #plan(session, first) {
    if (session.status !== 'active') return;
    const missing = session.total_segments - session.segments.length;
    const whole = session.target_minutes * 60;
    const step = Math.max((whole - first) / Math.max(missing, 1), 1);
    const overlap = Math.min(LONGEST_OVERLAP, step * 0.1);
    for (let k = 0; k < missing; ++k) {
      const index = session.segments.length + k;
      const fadeOut = k < missing - 1 ? overlap : 0;
      this.entries.push({
        index, ready: false, start: first + k * step, duration: step + fadeOut,
        fadeIn: this.entries.at(-1)?.fadeOut ?? 0, fadeOut, identity: null, segment: null,
      });
    }
  }

  /** The entry heard at `position`; within an overlap the one that comes. */
  at(position) {
    let [first, last] = [0, this.entries.length - 1];
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if (this.entries[middle].start <= position + 1e-9) first = middle;
      else last = middle - 1;
    }
    return this.entries[first] ?? null;
  }
}

/** The indices to hold decoded, the most urgent first: what plays and what comes. */
export function memoryWindow(timeline, position) {
  const now = timeline.at(position);
  if (!now) return [];
  return timeline.entries.slice(now.index, now.index + 2).filter((e) => e.ready).map((e) => e.index);
}
