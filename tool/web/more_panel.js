// SPDX-License-Identifier: MIT
// What can be done with a session: again, share, keep, save, end.
import { $, say, write } from './dom.js';
import { plainly } from './problems.js';
import { linkTo } from './share.js';
import { sinkFor } from './sink.js';
import { size } from './text.js';
import { titleOf } from './title.js';
import { sizeOf, writeWhole } from './whole.js';

/** A title as the name of a file. */
export const fileName = (title) => title.normalize('NFC').replace(/[^\p{L}\p{N} ,-]/gu, '').trim() || 'Focus Session';

export class MorePanel {
  /** `onAgain(request, seed)`; `onKeep()`. */
  constructor({ onAgain, onKeep }) {
    const tried = (work) => async () => {
      try {
        await work();
      } catch (error) {
        if (error.name !== 'AbortError') say(plainly(error));
      }
    };
    $('again').onclick = tried(() => onAgain(this.conductor.session.analysis));
    $('share').onclick = tried(() => this.#share());
    $('keep').onclick = tried(onKeep);
    $('save').onclick = tried(() => this.#save());
    $('save-stop').onclick = () => this.saving?.abort();
    $('end').onclick = tried(async () => {
      await this.conductor.end();
      say('The session is ended. What is ready goes on playing.');
    });
  }

  open(conductor) {
    this.conductor = conductor;
    this.show();
  }

  close() {
    this.saving?.abort();
    this.conductor = null;
  }

  show() {
    if (!this.conductor) return;
    const { session, timeline, rate } = this.conductor;
    $('end').hidden = session.status !== 'active';
    write($('save-about'), `WAV, about ${size(sizeOf(timeline.length, rate))}. ${window.showSaveFilePicker
      ? 'It goes straight to your disk.' : 'It needs as much room while it is made.'}`);
  }

  async #share() {
    const { session } = this.conductor;
    const link = session.analysis && linkTo(document.baseURI, session.analysis);
    if (!link) throw new Error('This music has no link: its words are too many.');
    const title = titleOf(session, this.conductor.entry?.segment);
    if (navigator.share && matchMedia('(pointer: coarse)').matches) {
      await navigator.share({ title, url: link });
      return;
    }
    await navigator.clipboard.writeText(link);
    say('The link is copied. Who opens it hears this music from its beginning.');
  }

  async #save() {
    const { conductor } = this;
    const name = fileName(titleOf(conductor.session, conductor.entry?.segment));
    const sink = await sinkFor(`${name}.wav`);
    this.saving = new AbortController();
    const { signal } = this.saving;
    const bar = $('saving').querySelector('progress');
    $('save').hidden = true;
    $('saving').hidden = false;
    bar.value = 0;
    try {
      await writeWhole({
        rate: conductor.rate, total: conductor.session.total_segments, sink, signal,
        entryOf: (index) => conductor.whenReady(index, signal),
        load: (entry) => conductor.load(entry),
        onProgress: (share) => { bar.value = share; },
      });
      say('Saved.');
    } catch (error) {
      await sink.abandon();
      throw error;
    } finally {
      $('save').hidden = false;
      $('saving').hidden = true;
      this.saving = null;
    }
  }
}
