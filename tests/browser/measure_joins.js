// SPDX-License-Identifier: MIT
// Runs in the page: renders the session that it plays, through its own playback, and measures joins.
const done = arguments[arguments.length - 1];

const decibels = (power) => 10 * Math.log10(Math.max(power, 1e-20));

function power(channels, from, to) {
  let sum = 0;
  for (const channel of channels) for (let i = from; i < to; ++i) sum += channel[i] ** 2;
  return sum / (channels.length * (to - from));
}

/** The largest second difference: what a click is made of. */
function roughness(channels, from, to) {
  let most = 0;
  for (const c of channels) {
    for (let i = from + 2; i < to; ++i) most = Math.max(most, Math.abs(c[i] - 2 * c[i - 1] + c[i - 2]));
  }
  return most;
}

function quietest(channels, from, to, length) {
  let least = Infinity;
  for (let i = from; i + length <= to; i += length / 2) {
    least = Math.min(least, power(channels, i, i + length));
  }
  return decibels(least);
}

async function measure() {
  const from = (name) => import(new URL(name, document.baseURI));
  const { Api } = await from('api.js');
  const { apiBase } = await from('base.js');
  const { Playback } = await from('playback.js');
  const { Timeline } = await from('timeline.js');
  const { compare } = await from('gains.js');
  const kept = JSON.parse(sessionStorage.getItem('focus-session'));
  const api = new Api({ ...kept, base: apiBase() });
  const session = await api.session(kept.session);
  const timeline = new Timeline(session);
  const rate = session.segments[0].analysis.sample_rate;
  const context = new OfflineAudioContext(2, Math.ceil((timeline.length + 0.5) * rate), rate);
  const playback = new Playback(context, context.destination);
  playback.setTimeline(timeline);
  const parts = [];
  for (const entry of timeline.entries) {
    const response = await fetch(api.audio(entry.segment.playback_url));
    const buffer = await context.decodeAudioData(await response.arrayBuffer());
    // A segment that a change has cut short has a file that goes on.
    const told = Math.round(entry.duration * rate);
    const heard = Math.abs(buffer.length - told) <= rate / 1000 ? buffer.length : told;
    parts.push([0, 1].map((c) => buffer.getChannelData(c).subarray(0, heard)));
    playback.offer(entry, buffer);
  }
  const rendered = await context.startRendering();
  const mix = [0, 1].map((c) => rendered.getChannelData(c));
  const lead = mix[0].findIndex((x) => x !== 0) - parts[0][0].findIndex((x) => x !== 0);
  const frames = (seconds) => Math.round(seconds * rate);
  let end = lead;
  return timeline.entries.slice(0, -1).map((entry, k) => {
    const length = frames(entry.fadeOut);
    const [old, fresh] = [parts[k], parts[k + 1]];
    end += old[0].length;
    const from = end - length;
    end = from;
    const tail = old.map((c) => c.subarray(c.length - length));
    const head = fresh.map((c) => c.subarray(0, length));
    let wrong = 0;
    let worst = 0;
    const blocks = 8;
    for (let b = 0; b < blocks; ++b) {
      const [i, j] = [b, b + 1].map((n) => Math.floor((n * length) / blocks));
      const own = (decibels(power(tail, i, j)) + decibels(power(head, i, j))) / 2;
      worst = Math.max(worst, Math.abs(decibels(power(mix, from + i, from + j)) - own));
    }
    for (let c = 0; c < 2; ++c) {
      for (let i = 0; i < length; ++i) {
        const p = (1 - Math.cos((Math.PI * i) / length)) / 2;
        wrong += (mix[c][from + i] - (1 - p) * tail[c][i] - p * head[c][i]) ** 2;
      }
    }
    const body = frames(5);
    const short = frames(0.1);
    return {
      overlap_seconds: length / rate,
      correlation: compare(tail, head, rate).correlation,
      residual_db: decibels(wrong / (2 * length)) - decibels(power(mix, from, from + length)),
      level_db: decibels(power(mix, from, from + length)) -
        (decibels(power(tail, 0, length)) + decibels(power(head, 0, length))) / 2,
      worst_block_db: worst,
      hole_db: quietest(mix, from, from + length, short) - Math.min(
        quietest(tail, 0, length, short), quietest(head, 0, length, short)),
      click: roughness(mix, from - 10, from + length + 10) / Math.max(
        roughness(mix, Math.max(lead, from - body), from - 10), roughness(mix, from + length + 10, from + length + body),
        roughness(tail, 0, length), roughness(head, 0, length)),
    };
  });
}

measure().then(done, (error) => done({ error: String(error.stack) }));
