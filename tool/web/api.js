// SPDX-License-Identifier: MIT
// The calls of the contract, and its errors as exceptions.
import { parseExact, writeExact } from './exact_json.js';

export class ApiError extends Error {
  constructor(status, error = {}) {
    super(error.system_message || error.message || `The server answered ${status}.`);
    this.status = status;
    this.code = error.code ?? '';
    this.field = error.details?.field ?? '';
  }
}

/**
 * A signed URL without what stands before its /v1/: the audio is fetched from where the API is, which
 * may be a path of another web server. Signatures cover what begins with /v1/.
 */
export function signedPath(url) {
  const { pathname, search } = new URL(url, 'http://unused');
  return pathname.slice(Math.max(pathname.lastIndexOf('/v1/'), 0) + 1) + search;
}

export class Api {
  constructor({ organization, key, base }) {
    this.base = base;
    this.root = `v1/music/${encodeURIComponent(organization)}`;
    this.headers = { 'X-API-Key': key };
  }

  async request(path, options = {}) {
    const { headers, ...rest } = options;
    const response = await fetch(new URL(this.root + path, this.base), {
      ...rest, headers: { ...this.headers, ...headers }, cache: 'no-store',
    }).catch((error) => {
      if (error.name === 'AbortError') throw error;
      throw new ApiError(0, { message: 'The server can not be reached.' });
    });
    if (!response.ok) {
      const body = await response.json().catch(() => ({}));
      throw new ApiError(response.status, body.error);
    }
    return response;
  }

  async get(path) {
    return parseExact(await (await this.request(path)).text());
  }

  async post(path, body, signal) {
    const response = await this.request(path, {
      method: 'POST', signal,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && writeExact(body),
    });
    return parseExact(await response.text());
  }

  /** The address of audio whose signed URL an answer had. */
  audio(url) { return new URL(signedPath(url), this.base).href; }

  engines() { return this.get('/engines').then(({ engines }) => engines); }
  start(request) { return this.post('/focus/sessions?include=analysis', request); }
  session(id) { return this.get(`/focus/sessions/${id}?include=analysis`); }
  steer(id, change) { return this.post(`/focus/sessions/${id}/steer?include=analysis`, change); }
  end(id) { return this.post(`/focus/sessions/${id}/end?include=analysis`); }
  forget(id) { return this.request(`/focus/sessions/${id}`, { method: 'DELETE' }); }
  promote(id, index) { return this.post(`/focus/sessions/${id}/segments/${index}/promote`); }
  tracks() { return this.get('/tracks?limit=100').then(({ tracks }) => tracks); }
  readPrompt(text, signal) { return this.post('/focus/prompts', { custom_prompt: text }, signal); }
  track(id) { return this.get(`/tracks/${id}`); }

  /** The newest sessions first; `before` is what the part of the list before this one ended with. */
  async sessions(before) {
    const query = new URLSearchParams({ limit: 20, ...(before && { before }) });
    const { sessions, next_before: next } = await this.get(`/focus/sessions?${query}`);
    return { sessions, next };
  }

  events(id, lastId, signal) {
    return this.request(`/focus/sessions/${id}/events`, {
      headers: { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) }, signal,
    });
  }

  /** What the server can do, as it tells itself. */
  document() {
    return fetch(new URL('openapi.json', this.base)).then((answer) => answer.json());
  }
}
