// SPDX-License-Identifier: MIT
// A wish: what somebody asks for, and the request that the API takes for it.
import { NO_WORDS } from './problems.js';
import { lengthOf } from './text.js';

export const GOALS = ['focus', 'relax', 'sleep', 'energize', 'custom_prompt'];
export const LAYERS = ['pads', 'bass', 'melody', 'percussion', 'ambience'];
export const SOFTEST_DB = -60;
export const LOUDEST_DB = 12;

export const PLAIN = { target_minutes: 60, intensity: 'medium', divergence: 0.2, options: {} };

// What an answer tells although nobody has asked for it.
const USUAL = { format: 'flac', sample_rate: 48000, segment_seconds: 120 };
// Half of the server's own: the first part is made, and a change is heard, in half the time. An engine
// that is not the library's own may prefer longer ones.
const QUICK_SEGMENT_SECONDS = 60;
const isOwn = (engine) => !engine || ['studio', 'soundscape'].includes(engine);

const HAS_NO_BREAKS = ['relax', 'sleep'];

const isSaid = ([, value]) => value !== undefined && value !== null && value !== '';
const said = (object) => Object.fromEntries(Object.entries(object).filter(isSaid));

/** The body of the request that starts it. */
export function requestOf(wish) {
  const { options = {}, goal, custom_prompt: prompt, ...rest } = wish;
  const asked = said(options);
  for (const layer of LAYERS) if (asked[`${layer}_db`] === 0) delete asked[`${layer}_db`];
  if (HAS_NO_BREAKS.includes(goal) || !asked.work_minutes) {
    delete asked.work_minutes;
    delete asked.break_minutes;
  } else {
    asked.break_minutes ??= 5;
  }
  if (isOwn(rest.engine)) asked.segment_seconds ??= QUICK_SEGMENT_SECONDS;
  return {
    goal, ...said(rest),
    ...(goal === 'custom_prompt' && { custom_prompt: prompt ?? '' }),
    ...(Object.keys(asked).length && { options: asked }),
  };
}

/** The wish behind a request as the server tells it: without what is usual, but with its seed. */
export function wishOf({ options = {}, ...rest }) {
  const asked = Object.fromEntries(Object.entries(said(options))
    .filter(([name, value]) => value !== 0 && USUAL[name] !== value));
  return { ...said(rest), options: asked };
}

const whole = (value) => Number.isInteger(value);
const within = (value, least, most) => typeof value === 'number' && value >= least && value <= most;
const unless = (value, isRight) => value === undefined || value === '' || isRight;

/** What is wrong with a wish, as {field, message}, or null. The server looks once more. */
export function problemOf(wish) {
  const { options: o = {}, target_minutes: minutes } = wish;
  const checks = [
    ['target_minutes', whole(minutes) && within(minutes, 1, 1440), 'Say how many minutes, 1 to 1440.'],
    ['custom_prompt', wish.goal !== 'custom_prompt' || wish.custom_prompt?.trim(),
      NO_WORDS],
    ['options.work_minutes', unless(o.work_minutes, within(o.work_minutes, 5, 120)),
      'Say how many minutes to work, 5 to 120.'],
    ['options.break_minutes', unless(o.break_minutes, within(o.break_minutes, 1, 60)),
      'Say how long a break is, 1 to 60 minutes.'],
    ['options.seed', unless(o.seed, /^\d{1,20}$/.test(String(o.seed))),
      'A seed is a whole number of up to 20 digits.'],
    ['options.segment_seconds', unless(o.segment_seconds, within(o.segment_seconds, 20, 600)),
      'Say how many seconds, 20 to 600.'],
    ['options.target_lufs', unless(o.target_lufs, within(o.target_lufs, -40, -8)),
      'Say how loud, −40 to −8.'],
    ['options.ending_seconds', unless(o.ending_seconds, within(o.ending_seconds, 1, 3600)),
      'Say how many seconds, 1 to 3600.'],
  ];
  const found = checks.find(([, isRight]) => !isRight);
  return found ? { field: found[0], message: found[2] } : null;
}

/** What differs between two wishes, as a steering takes it. */
export function changeBetween(before, after) {
  const change = {};
  for (const name of ['goal', 'intensity', 'divergence', 'custom_prompt', 'target_minutes']) {
    if (after[name] !== undefined && after[name] !== before[name]) change[name] = after[name];
  }
  if (change.goal === 'custom_prompt') change.custom_prompt = after.custom_prompt;
  if (change.goal && change.goal !== 'custom_prompt') delete change.custom_prompt;
  return change;
}

const ENERGIES = { low: 'low energy', medium: 'medium energy', high: 'high energy' };

/** "60 min, medium energy, breaks 25 + 5" */
export function summaryOf({ target_minutes: minutes, intensity, options = {} }) {
  const { work_minutes: work, break_minutes: rest = 5 } = options;
  return [minutes ? lengthOf(minutes) : '? min', ENERGIES[intensity], work && `breaks ${work} + ${rest}`]
    .filter(Boolean).join(', ');
}
