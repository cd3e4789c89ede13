// SPDX-License-Identifier: MIT
// What happens in a session as it happens: its stream of events, or polling where none comes through.
import { EventParser } from './sse.js';

const SILENCE_MS = 45_000; // three keep-alives missed
const LONGEST_WAIT_MS = 60_000;

const pause = (ms, signal) => new Promise((resolve) => {
  if (signal.aborted) return void resolve();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
});

/** Milliseconds until the session is worth asking for again. */
export function pollDelay(session, now) {
  if (!session?.next_ready_at) return 10_000;
  return Math.max(1000, Math.min(Date.parse(session.next_ready_at) - now + 250, 10_000));
}

async function readStream(response, parser, onEvent, signal) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let timer;
  try {
    for (;;) {
      const silent = new Promise((resolve) => {
        timer = setTimeout(() => resolve({ done: true }), SILENCE_MS);
      });
      const { done, value } = await Promise.race([reader.read(), silent]);
      clearTimeout(timer);
      if (done || signal.aborted) return;
      for (const event of parser.push(value)) onEvent(event.type, JSON.parse(event.data));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * Follows session `id` until the returned function is called. `onEvent(type, data)`; `refresh()` asks
 * for the session and answers it; `onLink('live' | 'polling' | 'lost')`.
 */
export function follow(api, id, { onEvent, refresh, onLink }) {
  const stop = new AbortController();
  const { signal } = stop;
  (async () => {
    let parser = new EventParser();
    for (let failures = 0; !signal.aborted;) {
      try {
        const response = await api.events(id, parser.lastId, signal);
        const lastId = parser.lastId;
        parser = new EventParser();
        parser.lastId = lastId;
        onLink('live');
        failures = 0;
        await readStream(response, parser, onEvent, signal);
      } catch (error) {
        if (signal.aborted) return;
        ++failures;
        if ([401, 403].includes(error.status)) return void onLink('lost', error);
      }
      if (signal.aborted) return;
      if (failures === 0) {
        await pause(500, signal);
        continue;
      }
      // No stream: the session itself says when to look again, until the stream is tried again.
      const again = Date.now() + Math.min(1000 * 2 ** failures, LONGEST_WAIT_MS);
      do {
        const session = await refresh().catch(() => null);
        if (signal.aborted) return;
        onLink(session ? 'polling' : 'lost');
        await pause(session ? pollDelay(session, Date.now()) : 2000, signal);
      } while (Date.now() < again && !signal.aborted);
    }
  })();
  return () => stop.abort();
}
