// SPDX-License-Identifier: MIT
// Figures as people read them and hear them read.

/** 75 is "1:15", 3675 is "1:01:15". */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return (hours ? `${hours}:${two(minutes)}` : String(minutes)) + `:${two(whole % 60)}`;
}

const count = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** 75 is "1 minute 15 seconds". */
export function spoken(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ].filter(([n]) => n > 0);
  return parts.map(([n, noun]) => count(n, noun)).join(' ') || '0 seconds';
}

/** 722 is "12 min left". */
export function timeLeft(seconds) {
  if (seconds < 1) return 'over';
  if (seconds < 90) return seconds < 60 ? 'less than a minute left' : '1 min left';
  return `${minutes(seconds)} left`;
}

/** 75 is "1 min", 4320 is "1 h 12 min". */
export function minutes(seconds) {
  const whole = Math.max(1, Math.round(seconds / 60));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ');
}

/** The length of a session, as people choose it: 90 is "90 min", 480 is "8 h". */
export const lengthOf = (whole) => (whole < 120 ? `${whole} min` : minutes(60 * whole));

/** A figure with a real minus: −18.0. */
export const signed = (value, digits = 1) => value.toFixed(digits).replace(/^-/, '−');

/** 691200000 is "690 MB". */
export function size(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} KB`;
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

const GOALS = {
  focus: 'Focus',
  relax: 'Relax',
  sleep: 'Sleep',
  energize: 'Energize',
  custom_prompt: 'In my words',
};
export const goalName = (goal) => GOALS[goal] ?? goal;

const LICENCES = {
  commercial_cleared: 'cleared for commercial use',
  commercial_enterprise: 'commercial use for enterprises',
  personal_only: 'personal use only',
  unclear: 'licence unclear: it depends on your files',
};
export const licenceName = (licence) => LICENCES[licence] ?? licence;

/** The twelve tonics in semitones above C, which is also their place among the colours. */
export function tonicOf(key = '') {
  const natural = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }[key[0]];
  if (natural === undefined) return 0;
  return (natural + (key[1] === '#' ? 1 : key[1] === 'b' ? 11 : 0)) % 12;
}

/** "F# dorian" with the signs of musicians. */
export const keyName = (key) => key.replace(/^([A-G])#/, '$1♯').replace(/^([A-G])b/, '$1♭');
