// SPDX-License-Identifier: MIT
// What is asked for: wishes and requests, links, the server's abilities, timer, work and breaks.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const web = new URL('../../tool/web/', import.meta.url);
const { changeBetween, problemOf, requestOf, summaryOf, wishOf } = await import(new URL('wish.js', web));
const { parseExact, writeExact } = await import(new URL('exact_json.js', web));
const { linkTo, wishIn } = await import(new URL('share.js', web));
const { baseFrom } = await import(new URL('base.js', web));
const { Api } = await import(new URL('api.js', web));
const { capabilitiesOf } = await import(new URL('capabilities.js', web));
const { SleepTimer } = await import(new URL('sleep_timer.js', web));
const { phaseAt, rhythmOf } = await import(new URL('phases.js', web));
const { decibelsAt, stepAt } = await import(new URL('faders.js', web));
const { mixIn, SCENES, textOf } = await import(new URL('scene_faders.js', web));
const { Timeline } = await import(new URL('timeline.js', web));

const SEED = '18446744073709551615'; // more digits than a number of JavaScript keeps

test('a request holds what was said and nothing else', () => {
  assert.deepEqual(requestOf({ goal: 'focus', target_minutes: 60, intensity: 'medium', custom_prompt: 'rain',
    options: { pads_db: 0, bass_db: -6, seed: '', work_minutes: 25 } }),
  { goal: 'focus', target_minutes: 60, intensity: 'medium',
    options: { bass_db: -6, work_minutes: 25, break_minutes: 5, segment_seconds: 60 } });
  const own = requestOf({ goal: 'custom_prompt', target_minutes: 5, custom_prompt: 'rain', engine: 'own' });
  assert.deepEqual(own, { goal: 'custom_prompt', target_minutes: 5, custom_prompt: 'rain', engine: 'own' });
});

test('relax and sleep have no breaks', () => {
  for (const goal of ['relax', 'sleep']) {
    const { options } = requestOf({ goal, target_minutes: 60, options: { work_minutes: 25, break_minutes: 5 } });
    assert.equal(options.work_minutes ?? options.break_minutes, undefined);
  }
});

test('what is wrong is told at its field before anything is asked', () => {
  const wish = { goal: 'focus', target_minutes: 60, options: {} };
  assert.equal(problemOf(wish), null);
  for (const minutes of [0, 1441, 1.5, NaN, undefined]) {
    assert.deepEqual(problemOf({ ...wish, target_minutes: minutes }),
      { field: 'target_minutes', message: 'Say how many minutes, 1 to 1440.' });
  }
  assert.equal(problemOf({ ...wish, goal: 'custom_prompt', custom_prompt: '  ' }).field, 'custom_prompt');
  assert.equal(problemOf({ ...wish, options: { seed: 'abc' } }).field, 'options.seed');
  assert.equal(problemOf({ ...wish, options: { work_minutes: 4 } }).field, 'options.work_minutes');
  assert.equal(problemOf({ ...wish, options: { target_lufs: -50 } }).field, 'options.target_lufs');
});

test('a change has what differs and nothing else', () => {
  const before = { goal: 'focus', target_minutes: 60, intensity: 'medium', divergence: 0.2, custom_prompt: '' };
  assert.deepEqual(changeBetween(before, { ...before }), {});
  assert.deepEqual(changeBetween(before, { ...before, intensity: 'high', target_minutes: 90 }),
    { intensity: 'high', target_minutes: 90 });
  assert.deepEqual(changeBetween(before, { ...before, goal: 'custom_prompt', custom_prompt: 'rain' }),
    { goal: 'custom_prompt', custom_prompt: 'rain' });
  const spoken = { ...before, goal: 'custom_prompt', custom_prompt: 'rain' };
  assert.deepEqual(changeBetween(spoken, { ...spoken, goal: 'sleep', custom_prompt: 'wind' }), { goal: 'sleep' });
});

test('the summary of a wish', () => {
  assert.equal(summaryOf({ target_minutes: 60, intensity: 'low' }), '60 min, low energy');
  assert.equal(summaryOf({ target_minutes: 90, options: { work_minutes: 25 } }), '90 min, breaks 25 + 5');
});

test('a seed keeps all its digits from an answer to the next request', () => {
  const told = parseExact(`{"analysis":{"seed":${SEED},"request":{"options":{"seed": ${SEED}}}}}`);
  assert.equal(told.analysis.seed, SEED);
  assert.equal(writeExact({ options: { seed: told.analysis.request.options.seed } }), `{"options":{"seed":${SEED}}}`);
  const words = { custom_prompt: 'say "seed":7 and \\"seed\\":"8"' };
  assert.deepEqual(JSON.parse(writeExact(words)), words);
  assert.deepEqual(parseExact(JSON.stringify(words)), words);
});

test('a link holds the very same music, and nothing that is usual', () => {
  const request = { goal: 'custom_prompt', target_minutes: 60, custom_prompt: 'Regen, ünd 雨', intensity: 'medium',
    divergence: 0, engine: 'studio', options: { seed: '1', format: 'flac', sample_rate: 48000, segment_seconds: 60,
      pads_db: 0, bass_db: -6, work_minutes: 0 } };
  const link = linkTo('https://x.example/focus/?a=1#old', { seed: SEED, request });
  assert.ok(link.startsWith('https://x.example/focus/?a=1#play='), link);
  const wish = wishIn(new URL(link).hash);
  assert.deepEqual(wish.options, { seed: SEED, segment_seconds: 60, bass_db: -6 });
  assert.equal(wish.custom_prompt, request.custom_prompt);
  assert.deepEqual(requestOf(wish).options, wish.options);
  assert.deepEqual(wishOf(request).options.work_minutes, undefined);
});

test('a link that was cut off or made up is no wish', () => {
  for (const hash of ['', '#', '#key=1', '#play=', '#play=!!!', '#play=e30', '#play=bnVsbA', '#play=eyJnb2FsIjo']) {
    assert.equal(wishIn(hash), null, hash);
  }
  const long = { goal: 'custom_prompt', target_minutes: 1, custom_prompt: 'x'.repeat(9000) };
  assert.equal(linkTo('https://x.example/', { seed: 1, request: long }), null);
});

test('the API is beside the page, or where the page says', () => {
  assert.equal(baseFrom('', 'https://x.example/focus/?a#b'), 'https://x.example/focus/');
  assert.equal(baseFrom(undefined, 'https://x.example/focus/index.html'), 'https://x.example/focus/');
  assert.equal(baseFrom('https://api.example/music', 'https://x.example/'), 'https://api.example/music/');
  const signed = 'http://127.0.0.1:1/v1/audio/sessions/a/0?expires=1&signature=b';
  const at = (base) => new Api({ organization: 'o', key: 'k', base }).audio(signed);
  assert.equal(at('https://x.example/focus/'), 'https://x.example/focus/v1/audio/sessions/a/0?expires=1&signature=b');
  assert.equal(at('https://api.example/'), 'https://api.example/v1/audio/sessions/a/0?expires=1&signature=b');
});

test('what the server can do is read from its own description', () => {
  const list = '/v1/music/{organization_id}/focus/sessions';
  const document = (steering, more = {}) => ({
    paths: {
      [list]: { post: {}, ...more },
      [`${list}/{session_id}/steer`]: { post: { requestBody: { content: { 'application/json': {
        schema: { $ref: '#/components/schemas/Steer' } } } } } },
    },
    components: { schemas: { Steer: steering, Levels: { properties: { pads_db: {} } } } },
  });
  assert.deepEqual(capabilitiesOf(document({ properties: { goal: {} } })),
    { history: false, forgetting: false, levels: false, scenes: false, reading: false });
  assert.equal(capabilitiesOf(document({ properties: { pads_db: {} } })).levels, true);
  assert.equal(capabilitiesOf(document({ properties: { scenes: {} } })).scenes, true);
  assert.equal(capabilitiesOf(document({ allOf: [{ $ref: '#/components/schemas/Levels' }] })).levels, true);
  assert.equal(capabilitiesOf(document({}, { get: {} })).history, true);
  assert.deepEqual(capabilitiesOf({}), { history: false, forgetting: false, levels: false, scenes: false, reading: false });
  assert.equal(capabilitiesOf({ paths: { '/v1/music/{organization_id}/focus/prompts': { post: {} } } }).reading, true);
});

test('the sleep timer fades over its last minute and is over then', () => {
  let now = 1000;
  const timer = new SleepTimer(() => now);
  assert.equal(timer.gain, 1);
  timer.set(900);
  now += 839;
  assert.deepEqual([timer.gain, timer.isFading], [1, false]);
  now += 31;
  assert.deepEqual([timer.gain, timer.isFading, timer.isOver], [0.25, true, false]);
  now += 31;
  assert.deepEqual([timer.gain, timer.isOver, timer.left], [0, true, 0]);
  timer.cancel();
  assert.deepEqual([timer.gain, timer.isOn, timer.isOver], [1, false, false]);
});

test('work and breaks take turns, at the segments where they are made', () => {
  assert.equal(rhythmOf({ work_minutes: 0, break_minutes: 0 }), null);
  const rhythm = rhythmOf({ work_minutes: 5, break_minutes: 1 });
  const planned = new Timeline({ status: 'active', target_minutes: 10, total_segments: 5, segments: [] });
  assert.deepEqual(phaseAt(rhythm, planned, 10), { phase: 'work', from: 0, until: 300 });
  assert.deepEqual(phaseAt(rhythm, planned, 310), { phase: 'break', from: 300, until: 360 });
  assert.deepEqual(phaseAt(rhythm, planned, 500), { phase: 'work', from: 360, until: 600 });
  const made = new Timeline({ status: 'ended', target_minutes: 10, total_segments: 3,
    segments: [['work', 304], ['break', 60], ['work', 236]].map(([phase, seconds], k) => ({
      segment_index: k, measured_duration_seconds: seconds, fade_in_ms: 0, fade_out_ms: 0, analysis: { phase } })) });
  assert.deepEqual(phaseAt(rhythm, made, 302), { phase: 'work', from: 0, until: 304 });
  assert.deepEqual(phaseAt(rhythm, made, 599), { phase: 'work', from: 364, until: 600 });
});

test('the lowest step of a fader is off', () => {
  assert.equal(decibelsAt(-31), -60);
  assert.equal(decibelsAt(-30), -30);
  assert.deepEqual([-60, -45, 0, 20].map(stepAt), [-31, -31, 0, 12]);
});

test('scenes are read from a request and written as one', () => {
  const text = 'rain=-12, binaural:6/220=-9';
  assert.deepEqual(mixIn(text), { rain: { level: -12, beat: '' }, binaural: { level: -9, beat: ':6/220' } });
  assert.equal(textOf(mixIn(text)), text);
  assert.equal(textOf(mixIn('sea fire=3')), 'sea=0, fire=3');
  assert.deepEqual(mixIn('zorb=1, =2'), {});
  assert.equal(textOf(mixIn('')), '');
  assert.equal(textOf(mixIn(undefined)), '');
  assert.equal(Object.keys(SCENES).length, 24);
});
