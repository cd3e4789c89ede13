// SPDX-License-Identifier: MIT
// The whole session as a line to seek on: its movements, what is made, and where one is.
import { $ } from './dom.js';
import { spoken, tonicOf } from './text.js';

const HEIGHT = 44;
const MIDDLE = HEIGHT / 2;

function draw(parent, name, attributes) {
  const shape = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  return parent.appendChild(shape);
}

/** Segments that follow each other in one movement, as stretches {from, to, ready, tonic}. */
export function stretchesOf({ entries, length }) {
  const stretches = [];
  for (const { start, ready, segment } of entries) {
    const { movement, phase, key } = segment?.analysis ?? {};
    const last = stretches.at(-1);
    const name = ready ? `${movement} ${phase}` : 'planned';
    if (last?.name === name) continue;
    if (last) last.to = start;
    stretches.push({ from: start, to: length, name, ready, tonic: tonicOf(key) });
  }
  return stretches;
}

export class MapView {
  constructor(onSeek, stepOf) {
    this.map = $('map');
    this.svg = this.map.firstElementChild;
    const at = ({ clientX }) => {
      const { left, width } = this.map.getBoundingClientRect();
      return Math.max(0, Math.min((clientX - left) / width, 1)) * this.timeline.length;
    };
    // The head follows the finger; the music follows when it lets go.
    this.dragged = null;
    this.map.onpointerdown = (e) => {
      this.map.setPointerCapture(e.pointerId);
      this.dragged = at(e);
    };
    this.map.onpointermove = (e) => {
      if (this.dragged === null) return;
      this.dragged = at(e);
      this.show(this.position);
    };
    this.map.onpointerup = () => {
      if (this.dragged !== null) onSeek(this.dragged);
      this.dragged = null;
    };
    this.map.onpointercancel = () => { this.dragged = null; };
    this.map.onkeydown = (event) => {
      const to = stepOf(event.key, this.timeline.length);
      if (to === undefined) return;
      event.preventDefault();
      onSeek(to);
    };
    new ResizeObserver(() => this.set(this.timeline)).observe(this.map);
  }

  set(timeline) {
    if (!timeline) return;
    this.timeline = timeline;
    this.width = this.map.clientWidth;
    this.svg.replaceChildren();
    this.svg.setAttribute('viewBox', `0 0 ${Math.max(this.width, 1)} ${HEIGHT}`);
    const x = (seconds) => (seconds / timeline.length) * this.width || 0;
    for (const { from, to, ready } of stretchesOf(timeline)) {
      const width = Math.max(0.5, x(to) - x(from) - (to < timeline.length ? 3 : 0));
      draw(this.svg, 'rect', { x: x(from), y: MIDDLE - 3, width, height: 6, rx: 3, class: ready ? 'ready' : 'planned' });
    }
    this.played = draw(this.svg, 'rect', { x: 0, y: MIDDLE - 3, height: 6, rx: 3, class: 'played' });
    this.head = draw(this.svg, 'circle', { r: 8, cy: MIDDLE, class: 'head' });
    this.show(this.position ?? 0);
  }

  show(position) {
    this.position = position;
    const { length } = this.timeline;
    const x = Math.min(this.width, ((this.dragged ?? position) / length) * this.width) || 0;
    this.played.setAttribute('width', x);
    this.head.setAttribute('cx', Math.max(8, Math.min(x, this.width - 8)));
    const whole = Math.floor(position);
    if (whole === this.told) return;
    this.told = whole;
    this.map.setAttribute('aria-valuemax', Math.floor(length));
    this.map.setAttribute('aria-valuenow', whole);
    this.map.setAttribute('aria-valuetext', `${spoken(whole)} of ${spoken(length)}`);
  }
}
