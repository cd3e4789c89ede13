// SPDX-License-Identifier: MIT
// A link that holds a piece of music: its request with its seed, behind the # where no server sees it.
import { wishOf } from './wish.js';

const NAME = 'play';
const LONGEST = 8000; // of a link, beyond which programs cut it off

const toText = (bytes) => btoa(String.fromCharCode(...bytes))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

/** The request as it is told by `analysis.request`, with the seed of the session. */
export function linkTo(page, { seed, request }) {
  const wish = wishOf(request);
  wish.options = { ...wish.options, seed: String(seed) };
  const link = new URL(page);
  link.hash = `${NAME}=${toText(new TextEncoder().encode(JSON.stringify(wish)))}`;
  return link.href.length <= LONGEST ? link.href : null;
}

/** The wish in an address, or null where there is none or it can not be read. */
export function wishIn(hash) {
  const given = new URLSearchParams(hash.slice(1)).get(NAME);
  if (!given) return null;
  try {
    const wish = JSON.parse(new TextDecoder().decode(toBytes(given)));
    return typeof wish === 'object' && typeof wish?.goal === 'string' ? wish : null;
  } catch {
    return null;
  }
}
