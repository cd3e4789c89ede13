// SPDX-License-Identifier: MIT
// Keys that work wherever the focus is, but never in a field that takes them itself.

const TAKES_TEXT = 'input:not([type=radio], [type=range], [type=checkbox]), textarea, select';
const TAKES_ARROWS = 'input, select, [tabindex="0"]';
const TAKES_SPACE = 'button, summary, a, input, audio';

/** Whether the element with the focus keeps this key for itself. */
export function keeps(target, key) {
  if (target.closest(TAKES_TEXT)) return true;
  if (key.startsWith('Arrow')) return target.closest(TAKES_ARROWS) !== null;
  return key === ' ' && target.closest(TAKES_SPACE) !== null;
}

/** `commands` maps KeyboardEvent.key to what it does. */
export function listen(commands, isOn) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !isOn()) return;
    const command = commands[event.key];
    if (!command || keeps(event.target, event.key)) return;
    event.preventDefault();
    command();
  });
}
