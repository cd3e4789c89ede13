// SPDX-License-Identifier: MIT
// What is remembered: who signs in and the session by this tab until it is closed, choices by this browser.

const NAME = 'focus-session';

class Shelf {
  constructor(place) {
    this.place = place;
  }
  get all() {
    try {
      return JSON.parse(this.place().getItem(NAME)) ?? {};
    } catch {
      return {};
    }
  }
  set(values) {
    try {
      this.place().setItem(NAME, JSON.stringify({ ...this.all, ...values }));
    } catch { /* a browser that keeps nothing */ }
  }
  clear() {
    try {
      this.place().removeItem(NAME);
    } catch { /* the same */ }
  }
}

export const kept = new Shelf(() => sessionStorage);
export const choices = new Shelf(() => localStorage);

/** Who signs in: of this tab, or of this browser where that was wanted. */
export const account = {
  get all() {
    const { organization, key } = kept.all;
    return key ? { organization, key } : (choices.all.account ?? {});
  },
  get stays() { return Boolean(choices.all.account); },
  set(organization, key) {
    kept.set({ organization, key });
    if (this.stays) this.stay(true);
  },
  stay(wanted) {
    const { organization, key } = this.all;
    choices.set({ account: wanted ? { organization, key } : undefined });
    if (!wanted) kept.set({ organization, key });
  },
  clear() {
    kept.clear();
    choices.set({ account: undefined });
  },
};

/** Takes organization and key out of an address, where they would be seen and saved. */
export function takeFragment(place, story) {
  const given = new URLSearchParams(place.hash.slice(1));
  if (!given.has('key')) return;
  kept.clear();
  account.set(given.get('organization') ?? '', given.get('key'));
  story.replaceState(null, '', place.pathname + place.search);
}
