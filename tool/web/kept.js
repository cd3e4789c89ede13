// SPDX-License-Identifier: MIT
// What this tab remembers until it is closed: who signs in, the session, where in it, the wishes.

const NAME = 'focus-session';

export const kept = {
  get all() {
    try {
      return JSON.parse(sessionStorage.getItem(NAME)) ?? {};
    } catch {
      return {};
    }
  },
  set(values) {
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ ...this.all, ...values }));
    } catch { /* a browser that keeps nothing */ }
  },
  clear() {
    sessionStorage.removeItem(NAME);
  },
};

/** Takes organization and key out of the address, where they would be seen and saved. */
export function takeFragment() {
  const given = new URLSearchParams(location.hash.slice(1));
  if (!given.has('key')) return;
  kept.clear();
  kept.set({ organization: given.get('organization') ?? '', key: given.get('key') });
  history.replaceState(null, '', location.pathname + location.search);
}
