// SPDX-License-Identifier: MIT
// A whole session as one file: its segments one after the other, joined by the law of the player. It
// holds two segments at a time, however long the session is.
import { compare, crossfade } from './gains.js';
import { bytesOf, headerOf, LARGEST_BYTES, packed } from './wav.js';

const CHANNELS = 2;

const channelsOf = (buffer) => Array.from({ length: CHANNELS }, (_, c) =>
  buffer.getChannelData(Math.min(c, buffer.numberOfChannels - 1)));

/** Frames of a segment that are heard; what is told is rounded to a thousandth of a second. */
const heard = (buffer, duration, rate) => {
  const told = Math.round(duration * rate);
  return Math.abs(buffer.length - told) <= rate / 1000 ? buffer.length : Math.min(told, buffer.length);
};

/** About how large the file will be. */
export const sizeOf = (seconds, rate) => bytesOf(Math.ceil(seconds * rate), CHANNELS);

/**
 * Writes the session to `sink` (write(bytes), close(header)). `entryOf(index)` waits until a segment is
 * made and gives its entry, or null after the last; `load(entry)` gives its audio. `onProgress(share)`.
 * `signal` ends it.
 */
export async function writeWhole({ entryOf, load, rate, total, sink, onProgress, signal }) {
  let frames = 0;
  let tail = null; // the end of the segment before, which the next one overlaps
  const write = async (channels, from, to) => {
    if (to <= from) return;
    frames += to - from;
    if (bytesOf(frames, CHANNELS) > LARGEST_BYTES) {
      throw new Error('A WAV file can not be longer than about six hours. Keep parts of it instead.');
    }
    await sink.write(packed(channels, from, to));
  };
  for (let index = 0; ; ++index) {
    signal.throwIfAborted();
    const entry = await entryOf(index);
    if (!entry) break;
    const buffer = await load(entry);
    signal.throwIfAborted();
    const channels = channelsOf(buffer);
    const length = heard(buffer, entry.duration, rate);
    const overlap = tail ? Math.min(tail[0].length, length) : 0;
    if (overlap) {
      const head = channels.map((c) => c.subarray(0, overlap));
      const { rising, falling } = crossfade(compare(tail, head, rate), overlap);
      await write(tail.map((old, c) => old.map((x, i) => x * falling[i] + head[c][i] * rising[i])),
        0, overlap);
    }
    const out = Math.min(Math.round(entry.fadeOut * rate), length - overlap);
    await write(channels, overlap, length - out);
    tail = out ? channels.map((c) => c.slice(length - out, length)) : null;
    onProgress((index + 1) / total);
  }
  if (tail) await write(tail, 0, tail[0].length);
  await sink.close(headerOf({ frames, channels: CHANNELS, rate }));
  return frames;
}
