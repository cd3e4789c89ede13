// SPDX-License-Identifier: MIT
// The law of a crossfade, from how much its two sides are alike: the loudness stays where it is.

// From this correlation on both sides are one piece going on, and plain 1 - p and p give it back.
const SAME_PIECE = 0.99;
const MOST_BOOST = 2; // 6 dB

/** The two filters of ITU-R BS.1770 as [b0, b1, b2, a1, a2]. */
function kWeighting(rate) {
  const shelf = Math.tan((Math.PI * 1681.974450955533) / rate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a = 1 + shelf / q + shelf * shelf;
  const pass = Math.tan((Math.PI * 38.13547087602444) / rate);
  const passQ = 0.5003270373238773;
  const b = 1 + pass / passQ + pass * pass;
  return [
    [(high + (band * shelf) / q + shelf * shelf) / a, (2 * (shelf * shelf - high)) / a,
      (high - (band * shelf) / q + shelf * shelf) / a, (2 * (shelf * shelf - 1)) / a,
      (1 - shelf / q + shelf * shelf) / a],
    [1, -2, 1, (2 * (pass * pass - 1)) / b, (1 - pass / passQ + pass * pass) / b],
  ];
}

function filtered(samples, [b0, b1, b2, a1, a2]) {
  const out = new Float32Array(samples.length);
  let z1 = 0;
  let z2 = 0;
  for (let i = 0; i < samples.length; ++i) {
    const x = samples[i];
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    out[i] = y;
  }
  return out;
}

/** How two stretches of audio (arrays of channels) compare: RMS of each and correlation. */
export function compare(oldChannels, newChannels, rate) {
  const [shelf, pass] = kWeighting(rate);
  let aa = 0;
  let bb = 0;
  let ab = 0;
  let frames = 0;
  for (let c = 0; c < oldChannels.length; ++c) {
    const a = filtered(filtered(oldChannels[c], shelf), pass);
    const b = filtered(filtered(newChannels[c % newChannels.length], shelf), pass);
    const length = Math.min(a.length, b.length);
    frames += length;
    for (let i = 0; i < length; ++i) {
      aa += a[i] * a[i];
      bb += b[i] * b[i];
      ab += a[i] * b[i];
    }
  }
  const silent = !(aa > 0 && bb > 0);
  return {
    oldLevel: Math.sqrt(aa / Math.max(frames, 1)),
    newLevel: Math.sqrt(bb / Math.max(frames, 1)),
    correlation: silent ? 0 : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb))),
  };
}

/** Gains of both sides over the overlap, `points` of each, from 0 to 1 and from 1 to 0. */
export function crossfade({ oldLevel, newLevel, correlation }, points = 1025) {
  const rising = new Float32Array(points);
  const falling = new Float32Array(points);
  const same = correlation >= SAME_PIECE;
  const silent = !(oldLevel > 0 && newLevel > 0);
  for (let i = 0; i < points; ++i) {
    const p = (1 - Math.cos((Math.PI * i) / (points - 1))) / 2;
    let held = 1;
    if (silent) {
      held = 1 / Math.hypot(p, 1 - p);
    } else if (!same) {
      const a = (1 - p) * oldLevel;
      const b = p * newLevel;
      const power = a * a + b * b + 2 * correlation * a * b;
      held = Math.min((a + b) / Math.sqrt(Math.max(power, 1e-30)), MOST_BOOST);
    }
    rising[i] = p * held;
    falling[i] = (1 - p) * held;
  }
  return { rising, falling };
}
