// SPDX-License-Identifier: MIT
// What the page says: titles, what comes next, times and what has gone wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const web = new URL('../../tool/web/', import.meta.url);
const { titleOf, titleOfPrompt, mood, nameOfSession, paceOf } = await import(new URL('title.js', web));
const { changeAfter, comingUp } = await import(new URL('coming.js', web));
const { plainly } = await import(new URL('problems.js', web));
const { lengthOf, minutes, signed, size, timeLeft } = await import(new URL('text.js', web));
const { Timeline } = await import(new URL('timeline.js', web));
const { forecast } = await import(new URL('now_view.js', web));

const reading = (...words) => ({ understood: words.map((word) => ({ word, effect: '' })), not_understood: [] });

test('a prompt is its own title, as far as it was understood', () => {
  assert.equal(titleOfPrompt('slow rain, felt piano, no drums, zorb', reading('slow', 'rain', 'felt piano', 'no drums')),
    'Slow rain, felt piano');
  assert.equal(titleOfPrompt('warm pads and ocean waves'), 'Warm pads, ocean waves');
  assert.equal(titleOfPrompt('zorb', reading()), '');
  assert.equal(titleOfPrompt('', reading()), '');
  const long = 'something quiet that I could listen to for hours with a piano in the rain';
  assert.equal(titleOfPrompt(long, reading('quiet', 'piano', 'rain')), 'Quiet, piano, rain');
});

test('a title is never longer than a line on a phone can wrap', () => {
  const words = Array.from({ length: 12 }, (_, k) => `very long phrase number ${k}`);
  assert.ok(titleOfPrompt(words.join(', '), reading(...words)).length <= 56);
});

test('without a prompt the music is called by its pace and its light', () => {
  const analysis = { tempo_bpm: 76.4, key: 'A aeolian' };
  assert.equal(titleOf({ goal: 'focus' }, { analysis }), 'Steady, dusky focus');
  assert.equal(titleOf({ goal: 'sleep' }, { analysis: { tempo_bpm: 50, key: 'C lydian' } }),
    'Very slow, airy sleep');
  assert.equal(titleOf({ goal: 'relax' }), 'Calm', 'before anything is made');
  assert.equal(titleOf({ goal: 'focus' }, { analysis: { ...analysis, phase: 'break' } }), 'A break');
  assert.equal(titleOf({ goal: 'custom_prompt', analysis: { request: { custom_prompt: 'zorb' } } },
    { analysis: { prompt: reading() } }), 'In my words');
  assert.deepEqual([40, 60, 80, 100, 120, 140].map(paceOf),
    ['very slow', 'slow', 'steady', 'flowing', 'lively', 'fast']);
});

test('the mood tells of the form', () => {
  const at = (section, tension) => ({ analysis: { section, tension } });
  assert.equal(mood(at('opening', 0.2), at('settling', 0.5)), 'Just beginning, building');
  assert.equal(mood(at('developing', 0.7), at('developing', 0.4)), 'Unfolding, easing');
  assert.equal(mood(at('closing', 0.3)), 'Coming to rest');
  assert.equal(mood(undefined), '');
});

test('a session in a list has a name', () => {
  assert.equal(nameOfSession({ goal: 'sleep', target_minutes: 30 }), 'Sleep, 30 min');
  assert.equal(nameOfSession({ goal: 'custom_prompt', target_minutes: 5, custom_prompt: 'soft rain' }), 'Soft rain, 5 min');
});

function timelineOf(movements, more = {}) {
  return new Timeline({
    status: 'ended', target_minutes: 1, total_segments: movements.length,
    segments: movements.map((movement, k) => ({
      segment_index: k, measured_duration_seconds: 100, fade_in_ms: 0, fade_out_ms: 0,
      analysis: { movement: movement.split(' ')[0], phase: movement.split(' ')[1], key: 'C ionian' },
    })),
    ...more,
  });
}

test('the next change is a new theme, one that returns, or a break', () => {
  const timeline = timelineOf(['A', 'A', 'B', "A'"]);
  assert.deepEqual(changeAfter(timeline, 10), { what: 'A new theme', at: 200 });
  assert.deepEqual(changeAfter(timeline, 210), { what: 'An earlier theme returns', at: 300 });
  assert.equal(changeAfter(timeline, 310), null);
  assert.equal(changeAfter(timelineOf(['A work', 'A break']), 0).what, 'A break');
  assert.equal(changeAfter(timelineOf(['A break', 'A work']), 0).what, 'Back to work');
  assert.equal(comingUp(timeline, 10), 'A new theme in 3 min · 7 min left');
  assert.equal(comingUp(timeline, 180), 'A new theme in a moment · 4 min left');
});

test('what is not made yet is not told', () => {
  const timeline = timelineOf(['A'], { status: 'active', total_segments: 3, target_minutes: 5 });
  assert.equal(changeAfter(timeline, 10), null);
  assert.equal(comingUp(timeline, 0), '5 min left');
});

test('what is left is never a figure below nothing', () => {
  assert.equal(timeLeft(722), '12 min left');
  assert.equal(timeLeft(4320), '1 h 12 min left');
  assert.equal(timeLeft(59), 'less than a minute left');
  assert.equal(timeLeft(-3), 'over');
  assert.equal(minutes(3600), '1 h');
  assert.equal(signed(-18), '−18.0');
  assert.equal(signed(3, 0), '3');
  assert.equal(size(691_200_044), '691 MB');
  assert.equal(size(1_400_000_000), '1.4 GB');
});

test('a wait has a forecast where the server has one', () => {
  const now = Date.parse('2026-06-28T10:30:00Z');
  assert.equal(forecast('2026-06-28T10:30:08Z', now), 'Your music is being made: about 8 s.');
  for (const unknown of [null, '2026-06-28T10:29:00Z']) {
    assert.equal(forecast(unknown, now), 'Your music is being made. It plays as soon as its first part is ready.');
  }
});

test('errors are said as people say them', () => {
  const error = (status, field, message = '') => Object.assign(new Error(message), { status, field });
  assert.equal(plainly(error(422, 'target_minutes', 'target_minutes: must be a whole number from 1 to 1440, not 0')),
    'Say how many minutes, 1 to 1440.');
  assert.equal(plainly(error(422, 'tempo_bpm', 'options.tempo_bpm: must be 30 to 240 beats a minute')),
    'Must be 30 to 240 beats a minute.');
  assert.equal(plainly(error(401, '', 'Missing or invalid authorization header')), 'This key is not known here.');
  assert.match(plainly(error(422, 'custom_prompt', 'custom_prompt: must not be blank')), /^Say in a few words/);
  assert.equal(plainly(error(422, 'custom_prompt', 'custom_prompt: must be at most 60000 bytes long')),
    'Must be at most 60000 bytes long.');
  assert.match(plainly(error(0, '', '')), /can not be reached/);
  assert.equal(plainly(new Error('Nothing is changed yet.')), 'Nothing is changed yet.');
  assert.equal(plainly(error(429, '', 'sessions_per_key: the caller has 200 active sessions, which is the most')),
    'The caller has 200 active sessions, which is the most.');
});

test('a long session has its length in hours', () => {
  assert.deepEqual([1, 60, 90, 120, 150, 1440].map(lengthOf), ['1 min', '60 min', '90 min', '2 h', '2 h 30 min', '24 h']);
  assert.equal(nameOfSession({ goal: 'sleep', target_minutes: 480 }), 'Sleep, 8 h');
});
