// SPDX-License-Identifier: MIT
// The segments of a session, the tracks that were kept and the sessions of before.
import { $, element, rowButton } from './dom.js';
import { clock, keyName, licenceName, signed, tonicOf } from './text.js';
import { nameOfSession } from './title.js';

function figures({ analysis, measured_duration_seconds: seconds }) {
  if (!analysis) return clock(seconds);
  const words = [keyName(analysis.key), `${Math.round(analysis.tempo_bpm)} bpm`,
    `${signed(analysis.integrated_lufs)} LUFS`, analysis.section];
  if (analysis.fallback) words.push(`stood in: ${analysis.engine}`);
  return words.filter(Boolean).join(' · ');
}

function segmentRow(entry, act) {
  const n = entry.index + 1;
  const { segment } = entry;
  const mark = element('span', { className: 'mark', textContent: n });
  const range = `${clock(entry.start)} – ${clock(entry.start + entry.duration)}`;
  if (!entry.ready) {
    return element('li', { className: 'planned' }, mark,
      element('p', {}, element('b', { textContent: range }), element('span', { textContent: 'planned' })));
  }
  mark.classList.add(`tonic${tonicOf(segment.analysis?.key)}`);
  return element('li', { title: segment.analysis?.why ?? '' }, mark,
    element('p', {}, element('b', { textContent: range }),
      element('span', { textContent: figures(segment) })),
    element('div', { className: 'buttons' },
      rowButton('Play', `Play from segment ${n}`, () => act.seek(entry)),
      rowButton('Keep', `Keep segment ${n}`, () => act.keep(entry.index)),
      rowButton('Save', `Save segment ${n} as a file`, () => act.save(entry.index))));
}

/** Redraws only the rows that have changed, so that the focus stays where it is. */
export class SegmentList {
  #rows = [];

  constructor(act) {
    this.list = $('segments');
    this.act = act;
  }

  set(timeline) {
    timeline.entries.forEach((entry, k) => {
      const key = [entry.identity, entry.start.toFixed(1), entry.duration.toFixed(1)].join();
      if (this.#rows[k]?.key === key) return;
      const row = segmentRow(entry, this.act);
      if (this.#rows[k]) this.#rows[k].row.replaceWith(row);
      else this.list.append(row);
      this.#rows[k] = { key, row };
    });
    for (const { row } of this.#rows.splice(timeline.entries.length)) row.remove();
  }

  mark(index) {
    this.#rows.forEach(({ row }, k) => {
      if (k === index) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    });
  }
}

export function showTracks(tracks, act) {
  $('kept').hidden = tracks.length === 0;
  $('tracks').replaceChildren(...tracks.map((track) => element('li', {},
    element('p', {}, element('b', { textContent: track.title }),
      element('span', {
        textContent: `${clock(track.measured_duration_seconds)} · ${licenceName(track.licence_class)}`,
      })),
    element('div', { className: 'buttons' },
      rowButton('Play', `Play ${track.title}`, () => act.play(track)),
      rowButton('Save', `Save ${track.title} as a file`, () => act.save(track))))));
}

/** The day and time of an answer's moment, as this browser's language has it. */
const dayOf = (moment) => (moment
  ? new Date(moment).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }) : '');

export function sessionRow(session, { open, again, forget }) {
  const name = session.title ?? nameOfSession(session);
  const row = element('li', {},
    element('p', {}, element('b', { textContent: name }),
      element('span', { textContent: dayOf(session.created_at ?? session.started_at) })),
    element('div', { className: 'buttons' },
      rowButton('Open', `Open ${name}`, () => open(session)),
      rowButton('Again', `Play ${name} again from the beginning`, () => again(session)),
      ...(forget ? [rowButton('Delete', `Delete ${name}`, () => forget(session, row))] : [])));
  return row;
}
