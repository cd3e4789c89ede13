// SPDX-License-Identifier: MIT
// The sleep timer as it is seen.
import { $, write } from './dom.js';
import { minutes } from './text.js';

export class TimerPanel {
  constructor(conductorOf) {
    $('timer-times').addEventListener('click', ({ target }) => {
      const conductor = conductorOf();
      if (target.tagName !== 'BUTTON' || !conductor) return;
      const wanted = Number(target.value);
      conductor.sleepIn(wanted ? wanted * 60 : null);
      this.show(conductor);
    });
  }

  show({ timer }) {
    const running = timer.isOn && !timer.isOver;
    const left = running ? minutes(timer.left) : '';
    write($('timer-label'), running ? left : 'Timer');
    write($('timer-state'), !timer.isOn ? 'The music plays to its end.'
      : timer.isOver ? 'Good night. The timer has stopped the music.'
        : timer.isFading ? 'The music is fading out.' : `The music stops in ${left}.`);
  }
}
