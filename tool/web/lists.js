// SPDX-License-Identifier: MIT
// The segments of a session and the tracks that were kept.
import { clock, keyName, licenceName, tonicOf } from './text.js';

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const button = (text, label, onClick) => {
  const made = element('button', { className: 'quiet small', textContent: text });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', onClick);
  return made;
};

/** Lets the browser save the audio behind `url`, under a name that says what it is. */
export async function download(url, name) {
  const { headers } = await fetch(url, { method: 'HEAD' });
  const ending = /^audio\/(?:x-)?(\w+)/.exec(headers.get('Content-Type') ?? '')?.[1];
  element('a', { href: url, download: ending ? `${name}.${ending}` : name }).click();
}

function figures({ analysis, measured_duration_seconds: seconds }) {
  if (!analysis) return clock(seconds);
  const words = [keyName(analysis.key), `${Math.round(analysis.tempo_bpm)} bpm`,
    `${analysis.integrated_lufs.toFixed(1)} LUFS`, analysis.section];
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
      button('Play', `Play from segment ${n}`, () => act.seek(entry)),
      button('Keep', `Keep segment ${n}`, () => act.keep(entry.index)),
      button('Save', `Save segment ${n} as a file`, () => act.save(entry.index))));
}

/** Redraws only the rows that have changed, so that the focus stays where it is. */
export class SegmentList {
  #rows = [];

  constructor(act) {
    this.list = document.getElementById('segments');
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
  document.getElementById('no-tracks').hidden = tracks.length > 0;
  document.getElementById('tracks').replaceChildren(...tracks.map((track) => element('li', {},
    element('p', {}, element('b', { textContent: track.title }),
      element('span', {
        textContent: `${clock(track.measured_duration_seconds)} · ${track.engine} · ` +
          licenceName(track.licence_class),
      })),
    element('div', { className: 'buttons' },
      button('Play', `Play ${track.title}`, () => act.play(track)),
      button('Save', `Save ${track.title} as a file`, () => act.save(track))))));
}
