// SPDX-License-Identifier: MIT
// Server-Sent Events out of text that arrives in pieces of any size.

export class EventParser {
  #rest = '';
  #event = { type: '', data: [] };
  lastId = '';

  /** The events that `text` completes, each {type, data, id}. */
  push(text) {
    const events = [];
    let buffer = this.#rest + text;
    // A carriage return at the very end may be the first half of a line's end.
    const held = buffer.endsWith('\r') ? '\r' : '';
    if (held) buffer = buffer.slice(0, -1);
    const lines = buffer.split(/\r\n|\n|\r/);
    this.#rest = lines.pop() + held;
    for (const line of lines) {
      const event = this.#line(line);
      if (event) events.push(event);
    }
    return events;
  }

  #line(line) {
    if (line === '') {
      const { type, data } = this.#event;
      this.#event = { type: '', data: [] };
      return data.length ? { type: type || 'message', data: data.join('\n'), id: this.lastId } : null;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return null; // a comment, which keeps the line alive
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event.type = value;
    if (field === 'data') this.#event.data.push(value);
    if (field === 'id' && !value.includes('\0')) this.lastId = value;
    return null;
  }
}
