// SPDX-License-Identifier: MIT
// The picture of the music: what is read from audio, and the shapes that it becomes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const web = new URL('../../tool/web/', import.meta.url);
const { bandsOf, FRAMES_PER_SECOND, HIGH, LOW, MIDDLE, Tape } = await import(new URL('tape.js', web));
const { NOW, sceneOf, tensionAt } = await import(new URL('scene.js', web));
const { leanOf, paletteOf } = await import(new URL('palette.js', web));
const { stretchesOf } = await import(new URL('map_view.js', web));
const { Timeline } = await import(new URL('timeline.js', web));

const RATE = 48000;

function bufferOf(seconds, sampleAt) {
  const samples = Float32Array.from({ length: seconds * RATE }, (_, i) => sampleAt(i / RATE));
  return { sampleRate: RATE, length: samples.length, numberOfChannels: 1, getChannelData: () => samples };
}
const tone = (hz, level = 0.2) => (t) => level * Math.sin(2 * Math.PI * hz * t);

function timelineOf(...tensions) {
  return new Timeline({
    status: 'ended', target_minutes: 1, total_segments: tensions.length,
    segments: tensions.map((tension, k) => ({
      segment_index: k, measured_duration_seconds: 100, fade_in_ms: 0, fade_out_ms: 0,
      analysis: { tension, movement: 'AAB'[k] ?? 'A', key: 'D dorian', integrated_lufs: -18 - k },
    })),
  });
}

function tapeOf(buffer, { seconds = 10, now = 0 } = {}) {
  const timeline = timelineOf(0.5);
  const tape = new Tape();
  tape.read(timeline, () => buffer, { from: 0, to: seconds, now, most: 100 });
  return { tape, timeline };
}

test('a tone is loudest in its own band', () => {
  [[60, LOW], [600, MIDDLE], [5000, HIGH]].forEach(([hz, band]) => {
    const power = bandsOf(bufferOf(2, tone(hz)), 0);
    const sums = [0, 1, 2].map((b) => Array.from({ length: FRAMES_PER_SECOND }, (_, f) => power[3 * (f + 1) + b])
      .reduce((a, x) => a + x));
    assert.equal(sums.indexOf(Math.max(...sums)), band, `${hz} Hz: ${sums}`);
  });
});

test('notes are found where they begin, and silence has none', () => {
  const note = (t) => {
    const since = t - 2.5;
    return since < 0 ? 0.002 * Math.sin(900 * t) : 0.4 * Math.exp(-since) * Math.sin(2 * Math.PI * 880 * since);
  };
  const { tape } = tapeOf(bufferOf(6, note));
  const notes = tape.notes(1, 6);
  assert.equal(notes.length, 1);
  assert.ok(Math.abs(notes[0].at - 2.5) < 0.06);
  assert.deepEqual(tapeOf(bufferOf(6, () => 0)).tape.notes(0, 6), []);
});

test('the tape knows what was decoded, comes in gently, and reads nothing twice', () => {
  let read = 0;
  const timeline = timelineOf(0.5, 0.5);
  const buffer = bufferOf(20, tone(100));
  const tape = new Tape();
  const look = (from, to, now) => tape.read(timeline, (entry) => {
    ++read;
    return entry.index ? null : buffer;
  }, { from, to, now, most: 5 });
  look(0, 12, 0);
  assert.equal(read, 5, 'only so much at a time');
  look(0, 12, 1);
  look(0, 12, 1);
  look(0, 12, 1);
  assert.equal(read, 12);
  assert.deepEqual([tape.knows(3, 1), tape.knows(3, 2), tape.knows(150, 9)], [0.5, 1, 0]);
  assert.ok(tape.level(5, LOW, 1) > 0.5);
  assert.ok(tape.level(5, HIGH, 1) < tape.level(5, LOW, 1));
});

test('the mountains far away are the tension of the form', () => {
  const timeline = timelineOf(0.1, 0.9, 0.1);
  assert.equal(tensionAt(timeline, 0.5), 0.9);
  assert.equal(tensionAt(timeline, 0), 0.1);
  const slope = [0.2, 0.3, 0.4, 0.5].map((share) => tensionAt(timeline, share));
  assert.deepEqual([...slope].sort((a, b) => a - b), slope);
  const empty = new Timeline({ status: 'active', target_minutes: 5, total_segments: 3, segments: [] });
  assert.ok(tensionAt(empty, 0.5) > 0);
});

function sceneAt(position, more = {}) {
  const { tape, timeline } = tapeOf(bufferOf(100, (t) => (t % 1 < 0.1 ? 0.4 : 0.004) * Math.sin(5000 * t)),
    { seconds: 100 });
  return sceneOf({ tape, timeline, position, seed: 0.3, width: 390, height: 600, now: 10, ...more });
}

test('the sun goes from the left to the right and is highest in the middle', () => {
  const suns = [0, 50, 100].map((position) => sceneAt(position).sun);
  assert.ok(suns[0].x < suns[1].x && suns[1].x < suns[2].x);
  assert.ok(suns[1].y < suns[0].y && suns[1].y < suns[2].y);
});

test('a note is at this moment when it sounds, and brightest then', () => {
  const { lights } = sceneAt(50.25);
  const brightest = lights.reduce((a, b) => (b.alpha > a.alpha ? b : a));
  assert.ok(Math.abs(brightest.x - NOW * 390) < 20, `${brightest.x}`);
  assert.ok(lights.some(({ x }) => x > NOW * 390 + 60), 'and others are coming');
});

test('hills move with the music without trembling, and stay on the canvas', () => {
  const [a, b] = [sceneAt(50), sceneAt(50.1)];
  a.ridges.forEach((ridge, k) => {
    const known = new Map(b.ridges[k].map(([x, y]) => [Math.round(x * 10), y]));
    const speed = (a.ridges[k][5][0] - b.ridges[k].find(([, y]) => y === a.ridges[k][5][1])[0]) / 0.1;
    assert.ok(speed > 0);
    assert.ok(ridge.every(([, y]) => y > 0 && y < 600));
    assert.ok(known.size === ridge.length || known.size === ridge.length + 1 || known.size === ridge.length - 1);
  });
  assert.ok(a.ridges.every((ridge) => ridge[0][0] <= 0 && ridge.at(-1)[0] >= 390));
});

test('the landscape leaves room for the words above it', () => {
  const highest = ({ form, lights, sun }) => Math.min(...form.map(([, y]) => y), ...lights.map(({ y }) => y), sun.y);
  assert.ok(highest(sceneAt(50, { clear: 260, height: 460 })) > highest(sceneAt(50, { height: 460 })) + 60);
});

test('colours are those of the goal, turned by the seed', () => {
  assert.notDeepEqual(paletteOf('focus'), paletteOf('sleep'));
  assert.notDeepEqual(paletteOf('focus', { seed: '17' }), paletteOf('focus', { seed: '113' }));
  assert.notDeepEqual(paletteOf('focus'), paletteOf('focus', { isDark: true }));
  for (const seed of [undefined, 0, '18446744073709551615', 42]) assert.ok(Math.abs(leanOf(seed)) <= 1);
});

test('the line of the session has its movements', () => {
  assert.deepEqual(stretchesOf(timelineOf(0, 0, 0)).map(({ from, to }) => [from, to]), [[0, 200], [200, 300]]);
});
