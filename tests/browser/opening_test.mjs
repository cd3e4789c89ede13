// SPDX-License-Identifier: MIT
// The first seconds of a session come as WAV, in pieces of any size.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { readOpening, samplesOf, waveOf } = await import(new URL('../../tool/web/opening.js', import.meta.url));

function wave(samples, { channels = 2, rate = 1000, bits = 16 } = {}) {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const text = (at, letters) => [...letters].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVEfmt ');
  text(36, 'data');
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint16(34, bits, true);
  samples.forEach((sample, i) => view.setInt16(44 + 2 * i, sample, true));
  return new Uint8Array(view.buffer);
}

/** Answers every request with these bytes in pieces; `left.cancelled` once nobody reads on. */
function serving(bytes, piece, status = 200) {
  const left = { cancelled: false };
  let at = 0;
  globalThis.fetch = async () => new Response(new ReadableStream({
    pull(stream) {
      if (at >= bytes.length) return stream.close();
      stream.enqueue(bytes.slice(at, at += piece));
    },
    cancel() { left.cancelled = true; },
  }), { status });
  return left;
}

const ramp = Array.from({ length: 40 }, (_, i) => (i - 20) * 1000);

test('samples are taken apart by channel', () => {
  const bytes = wave(ramp);
  assert.deepEqual(waveOf(bytes), { channels: 2, rate: 1000 });
  const [left, right] = samplesOf(bytes.subarray(44), 2);
  assert.equal(left[0], -20000 / 32768);
  assert.equal(right[19], 19000 / 32768);
});

test('as much is read as is asked for, whatever pieces it comes in, and then no more', async () => {
  for (const piece of [1, 3, 44, 1000]) {
    const left = serving(wave(ramp), piece);
    const { rate, channels } = await readOpening('x', 0.01, new AbortController().signal);
    assert.equal(rate, 1000);
    assert.deepEqual([...channels[0]], ramp.filter((_, i) => i % 2 === 0).slice(0, 10).map((x) => x / 32768));
    if (piece < 44) assert.equal(left.cancelled, true);
  }
});

test('what is no such stream is left alone', async () => {
  const other = wave(ramp);
  other[0] = 0;
  for (const [bytes, status] of [[other, 200], [wave(ramp, { bits: 24 }), 200], [new Uint8Array(20), 200], [wave(ramp), 503]]) {
    serving(bytes, 100, status);
    assert.equal(await readOpening('x', 0.01, new AbortController().signal), null);
  }
});
