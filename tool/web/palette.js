// SPDX-License-Identifier: MIT
// The colours of a piece of music: by its goal, turned a little by its seed and its key.

// Hue, saturation and lightness: the sky at the horizon, the sun, the hills from far to near.
const DAY = {
  focus: { sky: [172, 36, 84], sun: [40, 90, 72], hills: [[174, 26, 72], [178, 28, 58], [184, 34, 42], [190, 42, 27]] },
  relax: { sky: [24, 72, 87], sun: [18, 86, 72], hills: [[18, 48, 77], [8, 38, 67], [352, 28, 53], [340, 28, 36]] },
  sleep: { sky: [244, 40, 88], sun: [48, 80, 92], hills: [[240, 32, 78], [240, 30, 65], [242, 30, 48], [244, 36, 31]] },
  energize: { sky: [42, 88, 84], sun: [14, 88, 66], hills: [[38, 80, 70], [28, 74, 60], [16, 56, 49], [4, 42, 34]] },
  custom_prompt: { sky: [88, 34, 84], sun: [44, 80, 68], hills: [[88, 28, 70], [108, 22, 56], [148, 22, 40], [162, 28, 26]] },
};

/** The same at night: dark hills under a sky that is hardly lighter, and a pale light. */
function night({ sky, sun, hills }) {
  const darker = [25, 19, 14, 9];
  return {
    sky: [sky[0], Math.min(sky[1], 34), 21],
    sun: [sun[0], Math.min(sun[1], 62), 80],
    hills: hills.map(([hue, saturation], k) => [hue, Math.min(saturation + 4, 38), darker[k]]),
  };
}

/** -1 to 1 from the last digits of a seed. */
export const leanOf = (seed) => (seed === undefined ? 0 : (Number(String(seed).slice(-4)) % 201) / 100 - 1);

const css = ([hue, saturation, lightness], turn, alpha = 1) =>
  `hsl(${((hue + turn + 360) % 360).toFixed(1)} ${saturation}% ${lightness}% / ${alpha})`;

/** `tonic` in semitones above C, of the key that plays. */
export function paletteOf(goal, { isDark = false, seed, tonic = 6 } = {}) {
  const day = DAY[goal] ?? DAY.custom_prompt;
  const colours = isDark ? night(day) : day;
  const turn = 9 * leanOf(seed) + (tonic - 6) * 1.2;
  return {
    page: isDark ? '#15151a' : '#faf6ef',
    sky: css(colours.sky, turn),
    sun: css(colours.sun, turn / 2),
    glow: css(colours.sun, turn / 2, isDark ? 0.3 : 0.45),
    noGlow: css(colours.sun, turn / 2, 0),
    light: css([colours.sun[0], 92, isDark ? 82 : 62], turn / 2),
    spark: css([colours.sun[0], 90, 92], turn / 2),
    hills: colours.hills.map((hill) => css(hill, turn)),
    isDark,
  };
}
