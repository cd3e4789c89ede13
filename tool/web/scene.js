// SPDX-License-Identifier: MIT
// The landscape that the music is, as shapes without a canvas. Far away the mountains of the form, over
// which the sun moves from the beginning to the end; before them hills of what sounds high, in the
// middle and low, on their way from what is coming to what was; and a light for each note.
import { HIGH, LOW, MIDDLE } from './tape.js';

export const NOW = 0.36; // where on the width this moment is
const STEP = 22; // pixels between two points of a ridge
const SKY = 0.32; // the part of the height that is sky and nothing else
const UNKNOWN = 0.34; // the level of what is not made yet

/** From far to near: band, seconds it is smoothed over, pixels a second, place and height on the canvas. */
const RIDGES = [
  { band: HIGH, width: 7, speed: 9, base: 0.7, rise: 0.2 },
  { band: MIDDLE, width: 3, speed: 20, base: 0.81, rise: 0.19 },
  { band: LOW, width: 1.6, speed: 38, base: 0.93, rise: 0.16 },
];
const LIGHT_SPEED = 30;

/** A slow wave between 0 and 1, another one for each `seed`. */
export function wave(seed, x) {
  const a = Math.sin(x * 0.7 + seed * 12.9898);
  const b = Math.sin(x * 1.63 + seed * 78.233);
  const c = Math.sin(x * 2.9 + seed * 37.719);
  return 0.5 + (a * 0.5 + b * 0.33 + c * 0.17) / 2;
}

const smooth = (x) => x * x * (3 - 2 * x);

/** The tension of the form at a share of the session, from one segment to the next. */
export function tensionAt(timeline, share) {
  const at = share * timeline.length;
  const { entries } = timeline;
  const middle = (e) => e.start + e.duration / 2;
  const tension = (e) => e?.segment?.analysis?.tension ?? UNKNOWN;
  const here = timeline.at(at);
  if (!here) return UNKNOWN;
  const isBefore = at < middle(here);
  const left = isBefore ? entries[here.index - 1] : here;
  const right = isBefore ? here : entries[here.index + 1];
  if (!left || !right) return tension(left ?? right);
  const x = (at - middle(left)) / (middle(right) - middle(left));
  return tension(left) + (tension(right) - tension(left)) * smooth(Math.max(0, Math.min(x, 1)));
}

function formRidge(timeline, { width, height, seed }) {
  const points = [];
  for (let x = -STEP; x <= width + STEP; x += STEP) {
    const share = Math.max(0, Math.min(x / width, 1));
    const peak = 0.2 + 0.6 * tensionAt(timeline, share) + 0.3 * wave(seed, (x / width) * 16);
    points.push([x, height * (0.68 - 0.24 * peak)]);
  }
  return points;
}

/** How well the music around a moment is known, without steps, which would be cliffs. */
const edgeless = (tape, seconds, now) =>
  [-4, -2, 0, 2, 4].reduce((sum, beside) => sum + tape.knows(seconds + beside, now), 0) / 5;

function ridge({ band, width: over, speed: fast, base, rise }, k, view) {
  const { tape, position, width, height, seed, now, zoom = 1 } = view;
  const speed = fast * zoom;
  const points = [];
  // The points lie on the music and move with it, so that no ridge trembles.
  const step = STEP / speed;
  const first = Math.floor((position - (NOW * width) / speed) / step) - 1;
  for (let i = first; ; ++i) {
    const seconds = i * step;
    const x = NOW * width + (seconds - position) * speed;
    const known = edgeless(tape, seconds, now);
    const level = UNKNOWN + (tape.level(seconds, band, over) - UNKNOWN) * known;
    const hill = 0.6 * wave(seed + k + 1, seconds * (0.12 + 0.09 * k)) + 0.85 * level;
    points.push([x, height * (base - rise * hill)]);
    if (x > width + STEP) return points;
  }
}

function lightsOf({ tape, position, width, height }) {
  const [before, after] = [(NOW * width) / LIGHT_SPEED, ((1 - NOW) * width) / LIGHT_SPEED];
  return tape.notes(position - before, position + after).map(({ at, strength, height: pitch }) => {
    const away = at - position;
    const x = NOW * width + away * LIGHT_SPEED;
    const edge = Math.min(1, x / 80, (width - x) / 160);
    const rising = away < 0 ? -away * 3 : 0;
    const bloom = Math.exp(-((away + 0.25) ** 2) / 0.5);
    return {
      x,
      y: height * (0.49 - 0.17 * Math.max(0, Math.min((pitch - 0.3) / 0.28, 1))) - rising,
      radius: 1.2 + 2.2 * strength + 5 * bloom,
      alpha: Math.max(0, edge) * Math.min(1, (away < 0 ? 0.5 * Math.exp(away / 6) : 0.4) + bloom),
    };
  });
}

/**
 * `level` and `breath` (in seconds) make the sun breathe; `now` is the clock of the tape; `zoom` below 1
 * shows more of the hills. Down to `clear` pixels there are words, below which the landscape begins.
 */
export function sceneOf(view) {
  const { timeline, position, width, height, clear = 0, level = 0, breath = 0 } = view;
  const top = Math.min(Math.max(0, (clear - SKY * height) / (1 - SKY)), 0.5 * height);
  const land = { ...view, height: height - top };
  const share = timeline.length ? Math.min(1, position / timeline.length) : 0;
  const size = Math.min(width, land.height);
  const radius = size * 0.055;
  const [lowest, arc] = [0.53, 0.53 - 0.17 * Math.sin(Math.PI * share)].map((y) => top + y * land.height);
  const lower = (points) => points.map(([x, y]) => [x, y + top]);
  return {
    width,
    height,
    sun: {
      x: width * (0.1 + 0.8 * share),
      // Its light leaves the words above it readable.
      y: Math.min(lowest, Math.max(arc, clear && clear + radius + 0.09 * height)),
      radius,
      glow: size * (0.2 + 0.14 * level + 0.012 * Math.sin(breath * 0.8)),
    },
    form: lower(formRidge(timeline, land)),
    ridges: RIDGES.map((one, k) => lower(ridge(one, k, land))),
    lights: lightsOf(land).map((light) => ({ ...light, y: light.y + top })),
  };
}
