// SPDX-License-Identifier: MIT
// What has gone wrong, as one would say it to somebody who has never seen an API.

const FIELDS = {
  target_minutes: 'Say how many minutes, 1 to 1440.',
  'options.work_minutes': 'Say how many minutes to work, 5 to 120.',
  'options.break_minutes': 'Say how long a break is, 1 to 60 minutes.',
  'options.seed': 'A seed is a whole number of up to 20 digits.',
  'options.segment_seconds': 'Say how many seconds, 20 to 600.',
  'options.target_lufs': 'Say how loud, −40 to −8.',
};

export const NO_WORDS = 'Say in a few words what you would like to hear.';

const STATUSES = {
  0: 'The server can not be reached. Is it running, and are you online?',
  401: 'This key is not known here.',
  403: 'This key may listen, but not start or change music.',
  404: 'It is not there any more.',
  409: 'It is not ready yet. Try again in a moment.',
  413: 'That is too long.',
  429: 'That was a lot at once. Try again in a little while.',
  500: 'Something went wrong on the server. Try again.',
  503: 'Nothing can play just now. Try again in a little while.',
};

// Names that only programs call things by.
const PROGRAM_NAMES = /^(?:options\.)?[a-z]+(?:_[a-z]+)*:\s*/;

const sentence = (text) => {
  const plain = text.replace(PROGRAM_NAMES, '').replace(/-(?=\d)/g, '−');
  if (!plain) return '';
  return plain[0].toUpperCase() + plain.slice(1) + (/[.?!]$/.test(plain) ? '' : '.');
};

/** `error` is an ApiError or whatever else was thrown. */
export function plainly(error) {
  if (error.field === 'custom_prompt' && /required|blank/.test(error.message)) return NO_WORDS;
  if (error.field && FIELDS[error.field]) return FIELDS[error.field];
  if (error.status === 422) return sentence(error.message);
  // The server's own sentence says which bound was reached, and what helps.
  if (error.status === 429 && error.message.length > 20) return sentence(error.message);
  return STATUSES[error.status] ?? sentence(error.message || 'Something went wrong');
}
