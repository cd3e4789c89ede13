// SPDX-License-Identifier: MIT
// What plays, as a person would call it: "Slow rain, felt piano" or "Steady, warm focus".
import { lengthOf } from './text.js';

const NOUNS = { focus: 'focus', relax: 'calm', sleep: 'sleep', energize: 'energy' };
const SECTIONS = {
  opening: 'just beginning', settling: 'settling in', developing: 'unfolding',
  closing: 'coming to rest',
};
const LIGHTS = {
  ionian: 'bright', lydian: 'airy', mixolydian: 'warm', dorian: 'mellow', aeolian: 'dusky',
  phrygian: 'dark', major: 'bright', minor: 'dusky',
};
const MOST_CLAUSES = 3;
const LONGEST_CLAUSE = 32;
const LONGEST_TITLE = 56;

const capital = (text) => text && text[0].toUpperCase() + text.slice(1);
const refuses = (clause) => /^(?:no|not|without|never|less)\b/i.test(clause);

/** The tempo in a word; what is slow for energy would be quick for sleep, so only the beat counts. */
export function paceOf(bpm) {
  const steps = [[58, 'very slow'], [70, 'slow'], [88, 'steady'], [104, 'flowing'], [124, 'lively']];
  return steps.find(([below]) => bpm < below)?.[1] ?? 'fast';
}

export const lightOf = (key = '') => LIGHTS[key.split(' ')[1]] ?? '';

/** A prompt as a title: its own clauses in which something was understood, or its words that were. */
export function titleOfPrompt(prompt, reading) {
  const words = (reading?.understood ?? []).map(({ word }) => word.toLowerCase());
  const clauses = prompt.split(/[,;.!\n]+|\s+(?:and|but|with)\s+/i).map((c) => c.trim())
    .filter((c) => c && !refuses(c))
    .filter((c) => !reading || words.some((word) => c.toLowerCase().includes(word)));
  const fits = clauses.length && clauses.every((c) => c.length <= LONGEST_CLAUSE);
  const parts = fits ? clauses : words.filter((word) => !refuses(word));
  let title = '';
  for (const part of parts.slice(0, MOST_CLAUSES)) {
    const longer = title ? `${title}, ${part}` : part;
    if (longer.length > LONGEST_TITLE) break;
    title = longer;
  }
  return capital(title.replace(/\s+/g, ' '));
}

/** `segment` is what plays now, with its analysis, or nothing where it is not made yet. */
export function titleOf({ goal, analysis: told }, segment) {
  const { analysis } = segment ?? {};
  const isBreak = analysis?.phase === 'break';
  if (isBreak) return 'A break';
  const prompt = told?.request?.custom_prompt;
  if (goal === 'custom_prompt' && prompt) {
    return titleOfPrompt(prompt, analysis?.prompt) || 'In my words';
  }
  const noun = NOUNS[goal] ?? 'music';
  if (!analysis) return capital(noun);
  const qualities = [paceOf(analysis.tempo_bpm), lightOf(analysis.key)].filter(Boolean);
  return capital(`${qualities.join(', ')} ${noun}`);
}

const tensionWord = (from, to) => {
  if (to - from > 0.12) return 'building';
  if (from - to > 0.12) return 'easing';
  return '';
};

/** How it stands in its form: "unfolding, building". */
export function mood(segment, next) {
  const { analysis } = segment ?? {};
  if (!analysis) return '';
  const words = [SECTIONS[analysis.section] ?? analysis.section,
    next?.analysis ? tensionWord(analysis.tension, next.analysis.tension) : ''];
  return capital(words.filter(Boolean).join(', '));
}

/** The name of a session in a list, where no segment of it is at hand. */
export function nameOfSession({ goal, target_minutes: minutes, analysis, custom_prompt: prompt }) {
  const words = prompt ?? analysis?.request?.custom_prompt;
  const title = goal === 'custom_prompt' && words ? titleOfPrompt(words) : '';
  const plain = { focus: 'Focus', relax: 'Relax', sleep: 'Sleep', energize: 'Energize' }[goal];
  return `${title || plain || 'In my words'}, ${lengthOf(minutes)}`;
}
