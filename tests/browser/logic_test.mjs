// SPDX-License-Identifier: MIT
// What the page computes, without a browser. Run as: node --test logic_test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

const web = new URL('../../tool/web/', import.meta.url);
const { clock, keyName, spoken, tonicOf } = await import(new URL('text.js', web));
const { compare, crossfade } = await import(new URL('gains.js', web));
const { EventParser } = await import(new URL('sse.js', web));
const { memoryWindow, Timeline } = await import(new URL('timeline.js', web));
const { pollDelay } = await import(new URL('live.js', web));
const { signedPath } = await import(new URL('api.js', web));

const RATE = 48000;

test('time is written and spoken as people do', () => {
  assert.equal(clock(0), '0:00');
  assert.equal(clock(59.999), '0:59');
  assert.equal(clock(75), '1:15');
  assert.equal(clock(3675), '1:01:15');
  assert.equal(clock(-3), '0:00');
  assert.equal(spoken(0), '0 seconds');
  assert.equal(spoken(61), '1 minute 1 second');
  assert.equal(spoken(7200), '2 hours');
});

test('a key has the signs of musicians and one of twelve places', () => {
  assert.equal(keyName('F# dorian'), 'F♯ dorian');
  assert.equal(keyName('Bb major'), 'B♭ major');
  assert.deepEqual(['C major', 'F# dorian', 'Bb major', 'Cb major', ''].map(tonicOf), [0, 6, 10, 11, 0]);
});

function session(lengths, fades, more = {}) {
  return {
    status: 'ended', target_minutes: 1, total_segments: lengths.length, more_pending: false,
    segments: lengths.map((seconds, k) => ({
      segment_index: k, measured_duration_seconds: seconds,
      fade_in_ms: k ? fades[k - 1] : 0, fade_out_ms: fades[k] ?? 0,
      analysis: { integrated_lufs: -18, key: `${k}` },
    })),
    ...more,
  };
}

test('each segment starts its overlap before the one before it ends', () => {
  const timeline = new Timeline(session([22, 22, 20], [2000, 2000]));
  assert.deepEqual(timeline.entries.map(({ start }) => start), [0, 20, 40]);
  assert.equal(timeline.length, 60);
  assert.equal(timeline.at(19.9).index, 0);
  assert.equal(timeline.at(20).index, 1);
  assert.equal(timeline.at(1000).index, 2);
});

test('what is still to come fills the length that was asked for', () => {
  const timeline = new Timeline(session([22], [2000], { status: 'active', total_segments: 3 }));
  assert.deepEqual(timeline.entries.map(({ ready }) => ready), [true, false, false]);
  assert.equal(timeline.entries[1].start, 20);
  assert.equal(timeline.length, 60);
  assert.equal(timeline.readyLength, 22);
  const empty = new Timeline(session([], [], { status: 'active', total_segments: 3 }));
  assert.equal(empty.length, 60);
  assert.equal(new Timeline(session([], [])).entries.length, 0);
});

test('two hours need no more than two decoded segments at any moment', () => {
  const timeline = new Timeline(session(Array(60).fill(128), Array(59).fill(8000)));
  for (let at = 0; at < timeline.length; at += 7) {
    const indices = memoryWindow(timeline, at);
    assert.ok(indices.length <= 2);
    assert.equal(indices[0], timeline.at(at).index);
  }
});

const noise = (seed, length = RATE * 2) => {
  const samples = new Float32Array(length);
  for (let i = 0, x = seed; i < length; ++i) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    samples[i] = x / 2 ** 31 - 1;
  }
  return samples;
};

test('the same music is known, and its crossfade gives it back', () => {
  const a = noise(1);
  const found = compare([a, a], [a, a], RATE);
  assert.ok(found.correlation > 0.999999);
  const { rising, falling } = crossfade(found);
  rising.forEach((gain, i) => assert.ok(Math.abs(gain + falling[i] - 1) < 1e-6));
  assert.deepEqual([rising[0], rising.at(-1), falling[0], falling.at(-1)], [0, 1, 1, 0]);
});

test('the power of a crossfade stays level whatever the correlation', () => {
  for (const correlation of [-0.5, 0, 0.3, 0.8]) {
    const { rising, falling } = crossfade({ oldLevel: 0.1, newLevel: 0.1, correlation });
    rising.forEach((gain, i) => {
      const power = gain ** 2 + falling[i] ** 2 + 2 * correlation * gain * falling[i];
      assert.ok(Math.abs(10 * Math.log10(power)) < 0.05, `${correlation} at ${i}: ${power}`);
    });
  }
});

test('unrelated music is unrelated, and silence is met with equal power', () => {
  assert.ok(Math.abs(compare([noise(1)], [noise(77)], RATE).correlation) < 0.05);
  const silent = compare([new Float32Array(1000)], [noise(1, 1000)], RATE);
  const { rising, falling } = crossfade(silent);
  rising.forEach((gain, i) => assert.ok(Math.abs(gain ** 2 + falling[i] ** 2 - 1) < 1e-5));
});

test('opposite signals are never boosted by more than 6 dB', () => {
  const { rising, falling } = crossfade({ oldLevel: 1, newLevel: 1, correlation: -1 });
  assert.ok(Math.max(...rising, ...falling) <= 2);
});

test('events are read out of pieces of any size', () => {
  const text = ': keep-alive\n\nid: 7\nevent: segment\ndata: {"a":\ndata: 1}\n\r\n' +
    'id: 8\r\nevent: status\r\ndata: {}\r\n\r\nevent: none\n\ndata: x\n\n';
  for (const size of [1, 2, 3, 5, 1000]) {
    const parser = new EventParser();
    const events = [];
    for (let i = 0; i < text.length; i += size) events.push(...parser.push(text.slice(i, i + size)));
    assert.deepEqual(events, [
      { type: 'segment', data: '{"a":\n1}', id: '7' },
      { type: 'status', data: '{}', id: '8' },
      { type: 'message', data: 'x', id: '8' },
    ], `pieces of ${size}`);
  }
});

test('polling follows next_ready_at, but neither rushes nor sleeps', () => {
  const now = Date.parse('2026-06-28T10:30:00Z');
  assert.equal(pollDelay({ next_ready_at: '2026-06-28T10:30:04Z' }, now), 4250);
  assert.equal(pollDelay({ next_ready_at: '2026-06-28T10:29:00Z' }, now), 1000);
  assert.equal(pollDelay({ next_ready_at: '2026-06-28T11:30:00Z' }, now), 10000);
  assert.equal(pollDelay({ next_ready_at: null }, now), 10000);
});

test('a signed URL is fetched from where the page came from', () => {
  assert.equal(signedPath('http://127.0.0.1:8080/v1/audio/x/0?expires=1&signature=a'),
    'v1/audio/x/0?expires=1&signature=a');
  // Below the page's own path, whatever the server believes its address to be.
  assert.equal(signedPath('https://music.example.com/music/v1/audio/x/0?expires=1'),
    'v1/audio/x/0?expires=1');
});
