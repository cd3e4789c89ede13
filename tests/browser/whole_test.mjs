// SPDX-License-Identifier: MIT
// A session as one file: every sample in its place, joined as the player joins.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const web = new URL('../../tool/web/', import.meta.url);
const { headerOf, packed } = await import(new URL('wav.js', web));
const { sizeOf, writeWhole } = await import(new URL('whole.js', web));

const RATE = 8000;
const wave = (i) => Math.round(8000 * Math.sin(i / 7)) / 32768;

/** A buffer of the one long wave, from a frame on. */
const cut = (from, length) => {
  const samples = Float32Array.from({ length }, (_, i) => wave(from + i));
  return { length, numberOfChannels: 1, getChannelData: () => samples };
};

class Sink {
  parts = [];
  async write(bytes) { this.parts.push(Buffer.from(bytes)); }
  async close(header) { this.header = header; }
  get samples() { return new Int16Array(Uint8Array.from(Buffer.concat(this.parts)).buffer); }
}

const entry = (index, duration, fadeOut) => ({ index, duration, fadeOut, ready: true });

async function whole(entries, buffers, more = {}) {
  const sink = new Sink();
  const progress = [];
  const frames = await writeWhole({
    entryOf: async (k) => entries[k] ?? null, load: async ({ index }) => buffers[index], rate: RATE,
    total: entries.length, sink, onProgress: (share) => progress.push(share),
    signal: new AbortController().signal, ...more,
  });
  return { sink, progress, frames };
}

test('segments of one piece become that piece again, to the sample', async () => {
  const { sink, progress, frames } = await whole(
    [entry(0, 10, 2), entry(1, 10, 2), entry(2, 6, 0)],
    [cut(0, 10 * RATE), cut(8 * RATE, 10 * RATE), cut(16 * RATE, 6 * RATE)]);
  assert.equal(frames, 22 * RATE);
  assert.deepEqual(progress.map((p) => Math.round(p * 3)), [1, 2, 3]);
  const { samples } = sink;
  assert.equal(samples.length, 2 * frames);
  for (let i = 0; i < frames; ++i) {
    const right = wave(i) * 32768;
    assert.ok(Math.abs(samples[2 * i] - right) <= 1 && samples[2 * i] === samples[2 * i + 1], `frame ${i}`);
  }
  assert.equal(44 + samples.length * 2, sizeOf(22, RATE));
});

test('a segment that a change has cut short is as long as it was heard', async () => {
  const { frames } = await whole([entry(0, 5, 1), entry(1, 10, 0)], [cut(0, 10 * RATE), cut(4 * RATE, 10 * RATE)]);
  assert.equal(frames, 14 * RATE);
});

test('it can be stopped', async () => {
  const stop = new AbortController();
  await assert.rejects(whole([entry(0, 10, 0), entry(1, 10, 0)], [cut(0, 10 * RATE), cut(0, 10 * RATE)], {
    signal: stop.signal, onProgress: () => stop.abort(),
  }), { name: 'AbortError' });
});

test('what a header can not tell is not begun to the end', async () => {
  const long = { length: 2 ** 30 + 1, numberOfChannels: 1, getChannelData: () => new Float32Array(0) };
  await assert.rejects(whole([entry(0, 2 ** 30 / RATE + 1, 0)], [long]), /six hours/);
});

test('the header says what follows', () => {
  const view = new DataView(headerOf({ frames: 100, channels: 2, rate: 48000 }).buffer);
  assert.equal(view.getUint32(4, true), 36 + 400);
  assert.equal(view.getUint32(24, true), 48000);
  assert.equal(view.getUint32(40, true), 400);
});

test('samples of 16 bits come out as they were, and too loud ones are held', () => {
  const all = [-32768, -1, 0, 1, 32767];
  assert.deepEqual([...new Int16Array(packed([Float32Array.from(all, (x) => x / 32768)]).buffer)], all);
  assert.deepEqual([...new Int16Array(packed([Float32Array.of(-2, 2)]).buffer)], [-32768, 32767]);
});
