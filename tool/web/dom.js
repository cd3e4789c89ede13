// SPDX-License-Identifier: MIT
// Small helpers of all views.

export const $ = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const { label, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  if (label) made.setAttribute('aria-label', label);
  made.append(...children);
  return made;
}

/** A button in a row; `label` says of what, for those who do not see the row. */
export const rowButton = (text, label, onclick) =>
  element('button', { className: 'quiet small', textContent: text, label, onclick });

/** Sets a text only where it is another one: screen readers speak, and layout works, at every setting. */
export function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** Says something for some seconds, above the controls. */
export function say(text) {
  write($('say'), text);
  clearTimeout(say.timer);
  if (text) say.timer = setTimeout(() => write($('say'), ''), 6000);
}
