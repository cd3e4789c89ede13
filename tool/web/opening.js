// SPDX-License-Identifier: MIT
// The first seconds of a session as samples. Its continuous stream sends them the moment the first
// segment is made, and they need no decoder, which takes a second and more while the server on the same
// machine is busy with the rest.

const HEADER_BYTES = 44;
const PLAIN = 1; // PCM of whole numbers
const BITS = 16;

/** What the header of a WAV file tells, or null where it is another one than the server's. */
export function waveOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const is = (text, at) => [...text].every((c, i) => view.getUint8(at + i) === c.charCodeAt(0));
  if (view.byteLength < HEADER_BYTES || !is('RIFF', 0) || !is('WAVEfmt ', 8) || !is('data', 36)) return null;
  if (view.getUint16(20, true) !== PLAIN || view.getUint16(34, true) !== BITS) return null;
  return { channels: view.getUint16(22, true), rate: view.getUint32(24, true) };
}

/** Interleaved samples of 16 bits as an array of floats for each channel. */
export function samplesOf(bytes, channels) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames = Math.floor(bytes.byteLength / (2 * channels));
  return Array.from({ length: channels }, (_, c) => {
    const samples = new Float32Array(frames);
    for (let i = 0; i < frames; ++i) samples[i] = view.getInt16(2 * (i * channels + c), true) / 32768;
    return samples;
  });
}

async function readBytes(reader, count, parts = []) {
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  while (length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  const bytes = new Uint8Array(length);
  parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
  return bytes;
}

/** {rate, channels} of the first `seconds` of a stream of WAV, or null where it is not one. */
export async function readOpening(url, seconds, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) return null;
  const reader = response.body.getReader();
  try {
    const begun = await readBytes(reader, HEADER_BYTES);
    const wave = waveOf(begun);
    if (!wave) return null;
    const bytes = 2 * wave.channels * Math.round(seconds * wave.rate);
    const all = await readBytes(reader, HEADER_BYTES + bytes, [begun]);
    return { rate: wave.rate, channels: samplesOf(all.subarray(HEADER_BYTES, HEADER_BYTES + bytes), wave.channels) };
  } finally {
    reader.cancel().catch(() => {});
  }
}
