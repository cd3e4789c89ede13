// SPDX-License-Identifier: MIT
// Two drawings of a session: the whole of it to seek in, and the minutes around the playhead to scale.
import { clock, keyName, spoken, tonicOf } from './text.js';

const LENS_SECONDS = 150;
const LENS_HEIGHT = 96;
const MAP_HEIGHT = 44;

const draw = (parent, name, attributes, text) => {
  const shape = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  if (text) shape.textContent = text;
  return parent.appendChild(shape);
};

/** A segment as it rises out of the one before and falls into the next. */
function outline({ start, duration, fadeIn, fadeOut }, x, top, bottom) {
  const [a, b, c, d] = [start, start + fadeIn, start + duration - fadeOut, start + duration].map(x);
  const [ab, cd] = [(a + b) / 2, (c + d) / 2];
  return `M${a} ${bottom}C${ab} ${bottom} ${ab} ${top} ${b} ${top}H${c}` +
    `C${cd} ${top} ${cd} ${bottom} ${d} ${bottom}Z`;
}

const colour = (entry) =>
  entry.ready ? `ready tonic${tonicOf(entry.segment.analysis?.key)}` : 'planned';

export class TimelineView {
  constructor(onSeek) {
    this.lens = document.getElementById('lens');
    this.map = document.getElementById('map');
    this.position = 0;
    const at = ({ clientX, currentTarget }, from, seconds) => {
      const { left, width } = currentTarget.getBoundingClientRect();
      return from + Math.max(0, Math.min((clientX - left) / width, 1)) * seconds;
    };
    this.lens.onclick = (e) => onSeek(at(e, this.from, this.span));
    // The head follows the finger; the music follows when it lets go.
    this.dragged = null;
    const drag = (e) => { this.dragged = at(e, 0, this.timeline.length); };
    this.map.onpointerdown = (e) => {
      this.map.setPointerCapture(e.pointerId);
      drag(e);
    };
    this.map.onpointermove = (e) => this.dragged !== null && drag(e);
    this.map.onpointerup = () => {
      if (this.dragged !== null) onSeek(this.dragged);
      this.dragged = null;
    };
    this.map.onpointercancel = () => { this.dragged = null; };
    new ResizeObserver(() => this.set(this.timeline)).observe(this.map);
  }

  set(timeline) {
    if (!timeline) return;
    this.timeline = timeline;
    this.width = this.map.clientWidth;
    this.span = Math.min(LENS_SECONDS, timeline.length);
    this.#drawMap();
    this.drawnAt = -Infinity;
    this.show(this.position);
  }

  show(position) {
    this.position = position;
    const { length } = this.timeline;
    this.from = Math.max(0, Math.min(position - this.span / 3, length - this.span));
    if (Math.abs(this.from - this.drawnAt) > this.span) this.#drawLens();
    const scale = this.width / this.span;
    this.strip.setAttribute('transform', `translate(${-this.from * scale} 0)`);
    this.lensHead.setAttribute('transform', `translate(${(position - this.from) * scale} 0)`);
    const x = ((this.dragged ?? position) / length) * this.width || 0;
    this.played.setAttribute('width', x);
    this.mapHead.setAttribute('transform', `translate(${x} 0)`);
    const whole = Math.floor(position);
    if (whole === this.told) return;
    this.told = whole;
    this.map.setAttribute('aria-valuemax', Math.floor(length));
    this.map.setAttribute('aria-valuenow', whole);
    this.map.setAttribute('aria-valuetext', `${spoken(whole)} of ${spoken(length)}`);
  }

  #drawMap() {
    const svg = this.map.firstElementChild;
    svg.replaceChildren();
    svg.setAttribute('viewBox', `0 0 ${this.width} ${MAP_HEIGHT}`);
    const x = (seconds) => ((seconds / this.timeline.length) * this.width).toFixed(2);
    for (const entry of this.timeline.entries) {
      const room = Number(x(entry.duration - entry.fadeOut));
      const width = room > 4 ? room - 1.5 : room;
      draw(svg, 'rect', { x: x(entry.start), y: 16, width, height: 12, rx: 3, class: colour(entry) });
    }
    this.played = draw(svg, 'rect', { x: 0, y: 16, height: 12, rx: 3, class: 'played' });
    this.mapHead = draw(svg, 'g', { class: 'head' });
    draw(this.mapHead, 'path', { d: 'M0 10V34' });
    draw(this.mapHead, 'circle', { r: 6, cy: 22 });
  }

  /** Draws what is seen and as much to either side, however long the session is. */
  #drawLens() {
    const { lens, timeline, span } = this;
    this.drawnAt = this.from;
    const [first, last] = [Math.max(0, this.from - span), this.from + 2 * span];
    lens.replaceChildren();
    lens.setAttribute('viewBox', `0 0 ${this.width} ${LENS_HEIGHT}`);
    const scale = this.width / span;
    const x = (seconds) => (seconds * scale).toFixed(1) * 1;
    this.strip = draw(lens, 'g', {});
    for (const entry of timeline.entries) {
      if (entry.start > last || entry.start + entry.duration < first) continue;
      draw(this.strip, 'path', { d: outline(entry, x, 10, 72), class: colour(entry) });
      const room = x(entry.duration - entry.fadeIn - entry.fadeOut) - 8;
      const analysis = entry.segment?.analysis;
      const lines = analysis
        ? [keyName(analysis.key), `${analysis.integrated_lufs.toFixed(1)} LUFS`] : ['planned'];
      [String(entry.index + 1), ...lines].forEach((line, k) => {
        if (line.length * 7 > room) return;
        draw(this.strip, 'text', { x: x(entry.start + entry.fadeIn) + 6, y: 28 + 17 * k }, line);
      });
    }
    const step = [5, 10, 15, 30, 60].find((s) => s * scale > 64) ?? 120;
    for (let t = first - (first % step); t <= Math.min(last, timeline.length); t += step) {
      draw(this.strip, 'text', { x: x(t) + 3, y: 90, class: 'tick' }, clock(t));
      draw(this.strip, 'path', { d: `M${x(t)} 78V92`, class: 'tick' });
    }
    this.lensHead = draw(lens, 'path', { d: 'M0 4V92', class: 'head' });
  }
}
