// SPDX-License-Identifier: MIT
// When the page plays what: on time, late, after a seek and after a change of the music.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeContext } from './fake_audio.mjs';

const web = new URL('../../tool/web/', import.meta.url);
const { Playback } = await import(new URL('playback.js', web));
const { memoryWindow, Timeline } = await import(new URL('timeline.js', web));

const near = (a, b, what) => assert.ok(Math.abs(a - b) < 0.0015, `${what ?? ''} ${a}, not ${b}`);

function timelineOf(segments, status = 'ended', total = segments.length) {
  return new Timeline({
    status, target_minutes: 1, total_segments: total,
    segments: segments.map(([seconds, fade, key = 'C'], k) => ({
      segment_index: k, measured_duration_seconds: seconds, fade_out_ms: fade * 1000,
      fade_in_ms: k ? segments[k - 1][1] * 1000 : 0, analysis: { key },
    })),
  });
}

const THREE = [[22, 2], [22, 2], [20, 0]];

function playing(timeline, ...loaded) {
  const context = new FakeContext();
  const playback = new Playback(context, {});
  playback.setTimeline(timeline);
  const load = (k) => playback.offer(timeline.entries[k], context.buffer(timeline.entries[k].duration));
  loaded.forEach(load);
  return { context, playback, load, sources: context.sources };
}

function advance({ context, playback }, seconds) {
  for (let i = 0; i < seconds * 10; ++i) {
    context.currentTime += 0.1;
    playback.tick();
  }
}

test('what is decoded is scheduled at once, each overlap where it belongs', () => {
  const { sources } = playing(timelineOf(THREE), 0, 1, 2);
  assert.deepEqual(sources.map(({ at }) => at), [0.05, 20.05, 40.05]);
  assert.deepEqual(sources.map(({ until }) => until), [22.05, 42.05, 60.05]);
  const rise = sources[1].to.gain.curves[0];
  const fall = sources[0].to.to.gain.curves[0];
  assert.deepEqual([rise.at, rise.length], [fall.at, fall.length]);
  near(rise.at, 20.05);
  near(rise.length, 2);
});

test('the session is as long as its timeline, and then it is over', () => {
  const player = playing(timelineOf(THREE), 0, 1, 2);
  advance(player, 30);
  near(player.playback.position, 29.95);
  assert.equal(player.playback.state, 'playing');
  advance(player, 31);
  assert.equal(player.playback.state, 'ended');
});

test('a segment that comes late in its overlap joins where it should have been', () => {
  const player = playing(timelineOf(THREE), 0);
  advance(player, 20.1); // the fall of a segment without successor begins at 20.55
  player.load(1);
  const late = player.sources[1];
  near(late.at - 20.05, late.offset, 'aligned');
  assert.ok(late.at > 20.1 && late.at < 20.3);
  assert.equal(player.sources[0].to.to.gain.curves.length, 1);
});

test('a segment that comes after its time is waited for, and nothing is skipped', () => {
  const player = playing(timelineOf(THREE), 0);
  assert.equal(player.sources[0].to.to.gain.curves[0].last, 0, 'falls to silence by itself');
  advance(player, 25);
  assert.equal(player.playback.state, 'loading');
  near(player.playback.position, 22);
  player.load(1);
  near(player.sources[1].offset, 2);
  near(player.sources[1].at, 25.05);
  advance(player, 1);
  near(player.playback.position, 22.95);
});

test('music that is not made yet is waited for', () => {
  const player = playing(timelineOf([[22, 2]], 'active', 3), 0);
  advance(player, 25);
  assert.equal(player.playback.state, 'making');
  player.playback.setTimeline(timelineOf(THREE));
  assert.equal(player.playback.state, 'loading');
});

test('the opening of a segment plays until all of it is there, which goes on at the same sample', () => {
  const timeline = timelineOf(THREE);
  const player = playing(timeline);
  player.playback.offer(timeline.entries[0], player.context.buffer(8), true);
  assert.equal(player.playback.has(timeline.entries[0]), false, 'it is still to be loaded');
  assert.equal(player.playback.state, 'playing');
  advance(player, 3);
  player.load(0);
  const [opening, whole] = player.sources;
  near(whole.at - whole.offset, opening.at - opening.offset, 'aligned');
  near(opening.until, whole.at + 0.02);
  const [rise, fall] = [whole.to.gain.curves[0], opening.to.to.gain.curves.at(-1)];
  assert.deepEqual([rise.at, rise.length], [fall.at, fall.length]);
  player.load(1);
  near(player.sources[2].at, 20.05, 'what follows comes when it would have');
  near(player.playback.position, 2.95);
});

test('an opening that is over before the rest comes ends without a click, and the rest goes on from there', () => {
  const timeline = timelineOf(THREE);
  const player = playing(timeline);
  player.playback.offer(timeline.entries[0], player.context.buffer(8), true);
  assert.equal(player.sources[0].to.to.gain.curves[0].last, 0);
  advance(player, 9);
  assert.equal(player.playback.state, 'loading');
  player.load(0);
  near(player.sources[1].offset, 8);
  assert.equal(player.playback.state, 'playing');
});

test('an opening that comes after all of the segment changes nothing', () => {
  const timeline = timelineOf(THREE);
  const player = playing(timeline, 0);
  player.playback.offer(timeline.entries[0], player.context.buffer(8), true);
  assert.equal(player.sources.length, 1);
  assert.equal(player.playback.has(timeline.entries[0]), true);
});

test('what follows late takes back the fall that waited for nothing', () => {
  const player = playing(timelineOf(THREE), 0);
  advance(player, 5);
  player.load(1);
  const { curves } = player.sources[0].to.to.gain;
  assert.equal(curves.length, 1);
  near(curves[0].at, 20.05);
});

test('a seek ends what sounds and begins in the middle of a segment', () => {
  const player = playing(timelineOf(THREE), 0, 1, 2);
  advance(player, 3);
  player.playback.seek(30);
  assert.ok(player.sources.slice(0, 3).every(({ to }) => to.to.to.gain.silentFrom < 3.5));
  near(player.sources[3].offset, 10);
  advance(player, 2);
  near(player.playback.position, 31.95);
});

test('a change of the music crosses over at its place', () => {
  const player = playing(timelineOf(THREE), 0, 1);
  advance(player, 5);
  const changed = timelineOf([[12, 2, 'C'], [30, 2, 'G'], [22, 0, 'G']]);
  player.playback.setTimeline(changed);
  assert.ok(player.sources[1].to.to.to.gain.silentFrom, 'what was to follow is taken back');
  player.playback.offer(changed.entries[1], player.context.buffer(30));
  near(player.sources[0].until, 12.05, 'the old music ends');
  near(player.sources[2].at, 10.05);
  assert.equal(player.sources[2].offset, 0);
});

test('a change that has already begun is caught up with, in the music', () => {
  const player = playing(timelineOf(THREE), 0, 1);
  advance(player, 8);
  const changed = timelineOf([[7, 2, 'C'], [35, 2, 'G'], [22, 0, 'G']]);
  player.playback.setTimeline(changed);
  player.playback.offer(changed.entries[1], player.context.buffer(35));
  const fresh = player.sources.at(-1);
  near(fresh.at - 5.05, fresh.offset, 'aligned');
  advance(player, 3);
  assert.equal(player.playback.state, 'playing');
  near(player.playback.position, 10.95);
});

test('steering leaves no hole: the old audio goes on until the new is decoded', () => {
  const player = playing(timelineOf(THREE), 0, 1);
  advance(player, 5);
  const changed = timelineOf([[9, 2, 'C'], [33, 2, 'G'], [22, 0, 'G']]);
  player.playback.setTimeline(changed);
  advance(player, 10); // the old music was to end at 9
  assert.equal(player.playback.state, 'playing');
  near(player.playback.position, 14.95);
  near(player.sources[0].until, 22.05, 'as long as its file is');
  player.playback.offer(changed.entries[1], player.context.buffer(33));
  const [old, fresh] = [player.sources[0], player.sources.at(-1)];
  near(fresh.at, 15.05, 'and then crosses at once');
  near(fresh.at - 7.05, fresh.offset, 'to where the new music is by now');
  near(old.until, fresh.at + 2, 'over two seconds');
  assert.equal(old.to.to.gain.curves.length, 1);
});

test('a change whose music never comes falls silent at the end of the old file', () => {
  const player = playing(timelineOf(THREE), 0);
  advance(player, 5);
  player.playback.setTimeline(timelineOf([[9, 2, 'C']], 'active', 3));
  advance(player, 14);
  assert.equal(player.playback.state, 'playing');
  assert.equal(player.sources[0].to.to.gain.curves.at(-1).last, 0);
  advance(player, 5);
  assert.equal(player.playback.state, 'making');
  near(player.playback.position, 22);
});

test('a session that was made shorter ends where it was told to, whatever its file has', () => {
  const player = playing(timelineOf(THREE), 0);
  advance(player, 5);
  player.playback.setTimeline(timelineOf([[12, 0, 'C']]));
  near(player.sources[0].until, 12.05);
});

test('a whole night keeps two segments decoded', () => {
  const night = timelineOf(Array.from({ length: 200 }, (_, k) => [12, k < 199 ? 2 : 0]));
  const player = playing(night);
  for (let i = 0; player.playback.state !== 'ended' && i < 30000; ++i) {
    const wanted = memoryWindow(night, player.playback.position);
    player.playback.keep(wanted);
    for (const k of wanted) if (!player.playback.has(night.entries[k])) player.load(k);
    assert.ok(player.playback.decoded.length <= 3);
    advance(player, 0.2);
  }
  assert.equal(player.sources.length, 200);
  assert.ok(Math.abs(player.context.currentTime - night.length) < 0.3, 'no time was lost');
});
