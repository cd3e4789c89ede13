// SPDX-License-Identifier: MIT
// A prompt is read while it is typed: not at every letter, and never an answer to what stood there before.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { PromptReader } = await import(new URL('../../tool/web/reading.js', import.meta.url));

const turn = () => new Promise((resolve) => { setTimeout(resolve, 5); });

/** A reader whose answers the test gives, and all that it has asked and told. */
function reader() {
  const asked = [];
  const told = [];
  const one = new PromptReader({
    read: (text, signal) => new Promise((answer, refuse) => asked.push({ text, signal, answer, refuse })),
    onReading: (reading) => told.push(reading),
    onRefused: (error) => told.push(error.message),
    pause: 1,
  });
  return { one, asked, told };
}

test('it asks when typing pauses, once for a text', async () => {
  const { one, asked } = reader();
  for (const text of ['s', 'sl', 'slow', 'slow ', 'slow']) one.type(text);
  await turn();
  one.type(' slow');
  await turn();
  assert.deepEqual(asked.map(({ text }) => text), ['slow']);
});

test('the last answer wins, whatever comes late', async () => {
  const { one, asked, told } = reader();
  one.type('slow');
  await turn();
  one.type('slow rain');
  assert.equal(asked[0].signal.aborted, true, 'the first is not waited for');
  await turn();
  asked[1].answer('both');
  asked[0].answer('the first');
  await turn();
  assert.deepEqual(told, ['both']);
});

test('no text has no reading, and is not asked about', async () => {
  const { one, asked, told } = reader();
  one.type('rain');
  one.type('  ');
  await turn();
  assert.deepEqual([asked.length, told], [0, [null]]);
});

test('a refusal of the text is told, a server that is away is not', async () => {
  const { one, asked, told } = reader();
  one.type('too long');
  await turn();
  asked[0].refuse(Object.assign(new Error('must be shorter'), { status: 422 }));
  await turn();
  assert.deepEqual(told, [null, 'must be shorter']);
  for (const status of [0, 429, 503]) {
    one.type('rain');
    await turn();
    asked.at(-1).refuse(Object.assign(new Error('no'), { status }));
    await turn();
    assert.equal(told.at(-1), null);
  }
  assert.equal(asked.length, 4, 'the same text is asked about again after that');
});
