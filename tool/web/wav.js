// SPDX-License-Identifier: MIT
// WAV files of 16 bits.

export const HEADER_BYTES = 44;
export const LARGEST_BYTES = 2 ** 32 - 1; // what the header can tell

export const bytesOf = (frames, channels) => HEADER_BYTES + frames * channels * 2;

export function headerOf({ frames, channels, rate }) {
  const data = frames * channels * 2;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  const word = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + data, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, data, true);
  return new Uint8Array(view.buffer);
}

/** Samples of 16 bits; what came from such a file comes out as it was. */
export function packed(channels, from = 0, to = channels[0].length) {
  const out = new Int16Array((to - from) * channels.length);
  for (let i = from, k = 0; i < to; ++i) {
    for (const channel of channels) {
      out[k++] = Math.max(-32768, Math.min(Math.round(channel[i] * 32768), 32767));
    }
  }
  return new Uint8Array(out.buffer);
}
