// SPDX-License-Identifier: MIT
// What happens in a session reaches the page by its stream, and without one all the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { follow } = await import(new URL('../../tool/web/live.js', import.meta.url));

const streamOf = (text) => ({ body: new Blob([text]).stream() });
const never = (signal) => new Promise((_, reject) => {
  signal.addEventListener('abort', () => reject(new Error('aborted')));
});

test('events are heard in order, and a new connection goes on after the last one', async () => {
  const heard = [];
  const asked = [];
  await new Promise((resolve) => {
    const stop = follow({
      events(id, lastId, signal) {
        asked.push([id, lastId]);
        if (asked.length === 1) return streamOf('id: 4\nevent: session\ndata: {"n":1}\n\n');
        if (asked.length === 2) return streamOf('id: 5\nevent: status\ndata: {"n":2}\n\n');
        stop();
        resolve();
        return never(signal);
      },
    }, 'mfocus_1', {
      onEvent: (type, { n }) => heard.push([type, n]),
      refresh: () => assert.fail('nobody polls while a stream is there'),
      onLink: (how) => assert.equal(how, 'live'),
    });
  });
  assert.deepEqual(heard, [['session', 1], ['status', 2]]);
  assert.deepEqual(asked, [['mfocus_1', ''], ['mfocus_1', '4'], ['mfocus_1', '5']]);
});

test('without a stream the session is asked for', async () => {
  const links = [];
  await new Promise((resolve) => {
    const stop = follow({ events: () => Promise.reject(new Error('no stream here')) }, 'mfocus_1', {
      onEvent: () => assert.fail('there are no events'),
      refresh: () => Promise.resolve({ next_ready_at: null }),
      onLink: (how) => {
        links.push(how);
        stop();
        resolve();
      },
    });
  });
  assert.deepEqual(links, ['polling']);
});

test('a server that is gone is said to be lost, and a key that is refused ends it', async () => {
  const gone = () => Promise.reject(new Error('nobody there'));
  const first = await new Promise((resolve) => {
    const stop = follow({ events: gone }, 'mfocus_1', {
      refresh: gone,
      onLink: (how) => { stop(); resolve(how); },
    });
  });
  assert.equal(first, 'lost');
  const refusal = Object.assign(new Error('unknown key'), { status: 401 });
  const error = await new Promise((resolve) => {
    follow({ events: () => Promise.reject(refusal) }, 'mfocus_1', {
      refresh: () => assert.fail('it is over'),
      onLink: (how, reason) => resolve(reason),
    });
  });
  assert.equal(error, refusal);
});
