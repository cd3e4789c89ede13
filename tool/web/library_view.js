// SPDX-License-Identifier: MIT
// What there was before: sessions, newest first, and segments that were kept.
import { $, say } from './dom.js';
import { download } from './download.js';
import { choices } from './kept.js';
import { sessionRow, showTracks } from './lists.js';
import { plainly } from './problems.js';
import { lengthOf } from './text.js';

const MOST_TITLES = 60;

export class LibraryView {
  /** `on`: open(id), again(analysis), pause() before a track is played. */
  constructor(on) {
    this.on = on;
    $('more-sessions').onclick = () => this.#sessions(this.next);
  }

  /** `can` tells whether the server lists sessions and lets them be deleted. */
  async open(api, can) {
    this.api = api;
    this.can = can;
    await Promise.all([this.tracks(), can.history ? this.#sessions() : ($('earlier').hidden = true)]);
  }

  close() {
    $('track-audio').pause();
    $('tracks').replaceChildren();
    $('sessions').replaceChildren();
  }

  /** The list does not tell what a session sounds like: this browser remembers what it has heard. */
  remember(id, title) {
    const titles = { ...choices.all.titles };
    delete titles[id];
    const newest = Object.entries(titles).slice(1 - MOST_TITLES);
    choices.set({ titles: { ...Object.fromEntries(newest), [id]: title } });
  }

  tracks() {
    const fresh = async ({ id }) => this.api.audio((await this.api.track(id)).playback_url);
    return this.#try(async () => showTracks(await this.api.tracks(), {
      play: (track) => this.#try(async () => {
        this.on.pause();
        const audio = $('track-audio');
        audio.src = await fresh(track);
        audio.hidden = false;
        audio.setAttribute('aria-label', track.title);
        await audio.play();
      }),
      save: (track) => this.#try(async () => download(await fresh(track), track.title)),
    }));
  }

  async #sessions(cursor) {
    let found;
    try {
      found = await this.api.sessions(cursor);
    } catch (error) {
      // A server without such a list says so; anything else can be tried again.
      if ([404, 405].includes(error.status)) $('earlier').hidden = true;
      else say(plainly(error));
      return;
    }
    const { titles = {} } = choices.all;
    const rows = found.sessions.map((session) => sessionRow(
      { ...session, title: this.#titleOf(session, titles) }, {
        open: ({ session_id: id }) => this.#try(() => this.on.open(id)),
        again: ({ session_id: id }) => this.#try(async () => this.on.again((await this.api.session(id)).analysis)),
        forget: this.can.forgetting ? (one, row) => this.#try(() => this.#forget(one, row)) : null,
      }));
    if (cursor) $('sessions').append(...rows);
    else $('sessions').replaceChildren(...rows);
    this.next = found.next;
    $('more-sessions').hidden = !found.next;
    $('earlier').hidden = $('sessions').children.length === 0;
  }

  #titleOf({ session_id: id, target_minutes: minutes }, titles) {
    return titles[id] ? `${titles[id]}, ${lengthOf(minutes)}` : undefined;
  }

  async #forget({ session_id: id }, row) {
    await this.api.forget(id);
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    $('earlier').hidden = $('sessions').children.length === 0;
    (neighbour ?? $('tiles')).querySelector('button').focus();
    say('It is deleted.');
  }

  async #try(work) {
    try {
      await work();
    } catch (error) {
      say(plainly(error));
    }
  }
}
