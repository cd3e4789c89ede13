// SPDX-License-Identifier: MIT
// The figures behind the music, for those who want them.
import { $, element, write } from './dom.js';
import { SegmentList } from './lists.js';
import { keyName, licenceName, signed } from './text.js';

function figuresOf(session, entry) {
  const { analysis } = entry?.segment ?? {};
  const { seed, request } = session.analysis ?? {};
  return [
    ['Key', analysis && keyName(analysis.key)],
    ['Tempo', analysis && `${analysis.tempo_bpm.toFixed(1)} bpm`],
    ['Movement', analysis && `${analysis.movement}, ${analysis.section}`],
    ['Tension', analysis && analysis.tension.toFixed(2)],
    ['Loudness', analysis && `${signed(analysis.integrated_lufs)} LUFS`],
    ['True peak', analysis && `${signed(analysis.true_peak_dbtp)} dBTP`],
    ['Played by', analysis ? `${analysis.engine} ${analysis.engine_version}` : session.engine],
    ['Licence', analysis && licenceName(analysis.licence_class)],
    ['Energy', request?.intensity],
    ['Variety', request && request.divergence.toFixed(2)],
    ['Seed', seed],
    ['Session', session.session_id],
  ].filter(([, value]) => value !== undefined && value !== null && value !== '');
}

export class DetailsView {
  constructor(act) {
    this.segments = new SegmentList(act);
  }

  /** Works only while it is seen. */
  show({ session, timeline, entry }) {
    if (!$('details').open || $('panel-more').hidden) return;
    const { analysis } = entry?.segment ?? {};
    write($('why'), analysis?.why ?? '');
    write($('progress'), `${session.ready_count} of ${session.total_segments} ready`);
    const figures = figuresOf(session, entry);
    const key = JSON.stringify(figures);
    if (key !== this.shown) {
      this.shown = key;
      $('figures').replaceChildren(...figures.flatMap(([name, value]) =>
        [element('dt', { textContent: name }), element('dd', { textContent: value })]));
    }
    this.segments.set(timeline);
    this.segments.mark(entry?.index);
  }

  level(sound) {
    if (!$('details').open || $('panel-more').hidden) return;
    const levels = sound?.levels() ?? [-60, -60];
    levels.forEach((level, side) => {
      $('meter').children[side].style.setProperty('--level', `${Math.max(0, level / 0.6 + 100)}%`);
    });
    $('meter').setAttribute('aria-valuenow', Math.round(Math.max(-60, ...levels)));
  }
}
