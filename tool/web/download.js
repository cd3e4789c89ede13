// SPDX-License-Identifier: MIT
// Lets the browser save audio under a name that says what it is.
import { element } from './dom.js';

const endingOf = ({ headers }) => /^audio\/(?:x-)?(\w+)/.exec(headers.get('Content-Type') ?? '')?.[1];

export async function download(url, name) {
  const named = (response) => [name, endingOf(response)].filter(Boolean).join('.');
  if (new URL(url, document.baseURI).origin === location.origin) {
    const response = await fetch(url, { method: 'HEAD' });
    element('a', { href: url, download: named(response) }).click();
    return;
  }
  // Browsers give a name only to what is the page's own.
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The audio can not be had (${response.status}).`);
  const own = URL.createObjectURL(await response.blob());
  element('a', { href: own, download: named(response) }).click();
  setTimeout(() => URL.revokeObjectURL(own), 60_000);
}
