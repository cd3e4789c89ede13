// SPDX-License-Identifier: MIT
// JSON whose seeds keep all their digits. A seed has 64 bits, a number of JavaScript 53: here it is a text.

export const parseExact = (text) => JSON.parse(text.replace(/"seed":\s*(\d+)/g, '"seed":"$1"'));

/** Writes seeds as numbers again, where they are whole ones; what else is there the server refuses. */
export const writeExact = (value) =>
  JSON.stringify(value).replace(/"seed":"(\d{1,20})"/g, '"seed":$1');
