// SPDX-License-Identifier: MIT
// Work and breaks that take turns, and how far the one that is on has come.

/** `options` of the request as the server tells it; null where the session has no breaks. */
export function rhythmOf(options = {}) {
  const { work_minutes: work, break_minutes: rest } = options;
  return work > 0 && rest > 0 ? { work: work * 60, rest: rest * 60 } : null;
}

/**
 * The phase at `position`: {phase, from, until}. It begins and ends at a segment, a few seconds beside
 * the whole minutes; segments that are made say where.
 */
export function phaseAt(rhythm, timeline, position) {
  const round = rhythm.work + rhythm.rest;
  const start = Math.floor(position / round) * round;
  const isWork = position - start < rhythm.work;
  const planned = isWork
    ? { phase: 'work', from: start, until: Math.min(start + rhythm.work, timeline.length) }
    : { phase: 'break', from: start + rhythm.work, until: Math.min(start + round, timeline.length) };
  const told = phaseOf(timeline, position);
  return told ?? planned;
}

function phaseOf({ entries, at, length }, position) {
  const here = at.call({ entries }, position);
  const phase = here?.segment?.analysis?.phase;
  if (!phase) return null;
  let first = here.index;
  while (first > 0 && entries[first - 1].segment?.analysis?.phase === phase) --first;
  let last = here.index;
  while (entries[last + 1]?.segment?.analysis?.phase === phase) ++last;
  const next = entries[last + 1];
  if (next && !next.ready) return null; // how long it lasts is not made yet
  return { phase, from: entries[first].start, until: next ? next.start : length };
}
