// SPDX-License-Identifier: MIT
// The five goals as pictures to tap, painted as the music's own landscape is.
import { element } from './dom.js';
import { paint } from './paint.js';
import { paletteOf } from './palette.js';
import { sceneOf } from './scene.js';
import { Tape } from './tape.js';

const TILES = [
  ['focus', 'Focus', 'steady, unobtrusive', 0.72],
  ['relax', 'Relax', 'soft and slow', 0.84],
  ['sleep', 'Sleep', 'sinking into quiet', 0.78],
  ['energize', 'Energize', 'bright and driving', 0.7],
  ['custom_prompt', 'In my words', 'you describe it', 0.88],
];

const dark = matchMedia('(prefers-color-scheme: dark)');
const nothing = new Tape();

function draw(canvas, goal, place) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width) return;
  const scale = Math.min(devicePixelRatio, 2);
  Object.assign(canvas, { width: width * scale, height: height * scale });
  const context = canvas.getContext('2d', { alpha: false });
  context.scale(scale, scale);
  const palette = paletteOf(goal, { isDark: dark.matches });
  // One colour behind the words, so that they are read; the tile has it too.
  palette.page = palette.sky;
  canvas.parentElement.style.setProperty('--sky', palette.sky);
  const timeline = { entries: [], length: 1, at: () => null };
  const words = canvas.parentElement.lastElementChild;
  paint(context, sceneOf({
    timeline, position: place, tape: nothing, seed: place * 13, width, height,
    clear: words.offsetTop + words.offsetHeight + 16, now: 0, zoom: 0.3,
  }), palette, { isStill: true });
}

/** `onPick(goal)`. Returns where to say something below the name of a tile: say(goal, text). */
export function showTiles(place, onPick) {
  const hints = {};
  for (const [goal, name, hint, where] of TILES) {
    const canvas = element('canvas', { ariaHidden: 'true' });
    hints[goal] = element('span', { textContent: hint });
    const tile = element('button', { className: 'tile', onclick: () => onPick(goal, tile) },
      canvas, element('b', { textContent: name }), hints[goal]);
    tile.dataset.goal = goal;
    place.append(tile);
    const again = () => draw(canvas, goal, where);
    new ResizeObserver(again).observe(canvas);
    dark.addEventListener('change', again);
  }
  return { say: (goal, text) => { hints[goal].textContent = text; } };
}
