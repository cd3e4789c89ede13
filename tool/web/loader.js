// SPDX-License-Identifier: MIT
// Fetches and decodes the segments that are wanted, one after the other, the most urgent first.

const LONGEST_WAIT_MS = 8000;

export class Loader {
  #wanted = [];
  #current = null;
  #failures = 0;
  #timer = 0;

  /**
   * `url(entry, fresh)` answers where its audio is now; `decode(bytes)` a buffer; `has(entry)` whether
   * it is there already. What happens is told by `onLoaded(entry, buffer)` and `onTrouble(entry, error)`.
   */
  constructor(host) {
    this.host = host;
  }

  want(entries) {
    this.#wanted = entries;
    const { entry, stop } = this.#current ?? {};
    if (entry && !this.#isWanted(entry)) stop.abort();
    this.#next();
  }

  #isWanted(entry) {
    return this.#wanted.some((e) => e.index === entry.index && e.identity === entry.identity);
  }

  #next() {
    if (this.#current || this.#timer) return;
    const entry = this.#wanted.find((e) => !this.host.has(e));
    if (entry) this.#load(entry);
  }

  async #load(entry) {
    const stop = new AbortController();
    this.#current = { entry, stop };
    try {
      let response = await this.#fetch(entry, false, stop.signal);
      if ([403, 404].includes(response.status)) {
        response = await this.#fetch(entry, true, stop.signal);
      }
      if (!response.ok) throw new Error(`its audio answers ${response.status}`);
      const buffer = await this.host.decode(await response.arrayBuffer());
      this.#failures = 0;
      if (this.#isWanted(entry)) this.host.onLoaded(entry, buffer);
    } catch (error) {
      if (!stop.signal.aborted) {
        this.host.onTrouble(entry, error);
        const wait = Math.min(500 * 2 ** this.#failures++, LONGEST_WAIT_MS);
        this.#timer = setTimeout(() => {
          this.#timer = 0;
          this.#next();
        }, wait);
      }
    }
    this.#current = null;
    this.#next();
  }

  async #fetch(entry, fresh, signal) {
    return fetch(await this.host.url(entry, fresh), { signal });
  }
}
