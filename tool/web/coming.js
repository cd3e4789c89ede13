// SPDX-License-Identifier: MIT
// What comes next, in the words of a listener: another movement, a theme that returns, a break, the end.
import { timeLeft } from './text.js';

const themeOf = (movement = '') => movement.replace(/'+$/, '');

function newsBetween(now, next, heard) {
  if (now.phase !== next.phase && next.phase) return next.phase === 'break' ? 'A break' : 'Back to work';
  if (now.movement === next.movement) return '';
  return heard.has(themeOf(next.movement)) ? 'An earlier theme returns' : 'A new theme';
}

/** The next change as {what, at}, where the segments that are made tell of one, or null. */
export function changeAfter(timeline, position) {
  const now = timeline.at(position);
  let before = now?.segment?.analysis;
  if (!before) return null;
  const heard = new Set(timeline.entries.slice(0, now.index + 1)
    .map(({ segment }) => themeOf(segment?.analysis?.movement)));
  for (const { ready, segment, start } of timeline.entries.slice(now.index + 1)) {
    if (!ready || !segment.analysis) return null;
    const what = newsBetween(before, segment.analysis, heard);
    if (what) return { what, at: start };
    before = segment.analysis;
  }
  return null;
}

/** "A new theme in 3 min · 12 min left" */
export function comingUp(timeline, position) {
  const change = changeAfter(timeline, position);
  const left = timeLeft(timeline.length - position);
  if (!change) return left;
  const wait = change.at - position;
  const when = wait < 50 ? 'in a moment' : `in ${Math.round(wait / 60)} min`;
  return `${change.what} ${when} · ${left}`;
}
