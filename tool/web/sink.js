// SPDX-License-Identifier: MIT
// Where a large file goes: straight to the disk where the browser can, or through a Blob.
import { HEADER_BYTES } from './wav.js';

async function onDisk(name) {
  const file = await window.showSaveFilePicker({
    suggestedName: name, types: [{ accept: { 'audio/wav': ['.wav'] } }],
  });
  const stream = await file.createWritable();
  await stream.write(new Uint8Array(HEADER_BYTES));
  return {
    write: (bytes) => stream.write(bytes),
    async close(header) {
      await stream.write({ type: 'write', position: 0, data: header });
      await stream.close();
    },
    abandon: () => stream.abort(),
  };
}

function inBlob(name) {
  let parts = [];
  return {
    // A Blob of each part lets the browser keep it outside of the page's memory.
    async write(bytes) { parts.push(new Blob([bytes])); },
    async close(header) {
      const url = URL.createObjectURL(new Blob([header, ...parts], { type: 'audio/wav' }));
      Object.assign(document.createElement('a'), { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      parts = [];
    },
    async abandon() { parts = []; },
  };
}

/** {write(bytes), close(header), abandon()}; rejects with an AbortError where the listener changes his mind. */
export const sinkFor = (name) => (window.showSaveFilePicker ? onDisk(name) : inBlob(name));
