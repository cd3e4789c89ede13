// SPDX-License-Identifier: MIT
// The calls of the contract, and its errors as exceptions.

export class ApiError extends Error {
  constructor(status, error = {}) {
    super(error.system_message || error.message || `The server answered ${status}.`);
    this.status = status;
    this.code = error.code ?? '';
    this.field = error.details?.field ?? '';
  }
}

/**
 * The address of the same audio below the page's own: the page may only load from where it came
 * from itself, which may be a path of another web server. Signatures cover what begins with /v1/.
 */
export function ownOrigin(url) {
  const { pathname, search } = new URL(url, 'http://unused');
  return pathname.slice(Math.max(pathname.lastIndexOf('/v1/'), 0) + 1) + search;
}

export class Api {
  constructor({ organization, key }) {
    this.root = `v1/music/${encodeURIComponent(organization)}`;
    this.headers = { 'X-API-Key': key };
  }

  async request(path, options = {}) {
    const { headers, ...rest } = options;
    const response = await fetch(this.root + path, {
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
    return (await this.request(path)).json();
  }

  async post(path, body) {
    return (await this.request(path, {
      method: 'POST',
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    })).json();
  }

  engines() { return this.get('/engines').then(({ engines }) => engines); }
  start(request) { return this.post('/focus/sessions?include=analysis', request); }
  session(id) { return this.get(`/focus/sessions/${id}?include=analysis`); }
  steer(id, change) { return this.post(`/focus/sessions/${id}/steer?include=analysis`, change); }
  end(id) { return this.post(`/focus/sessions/${id}/end?include=analysis`); }
  promote(id, index) { return this.post(`/focus/sessions/${id}/segments/${index}/promote`); }
  tracks() { return this.get('/tracks?limit=100').then(({ tracks }) => tracks); }
  track(id) { return this.get(`/tracks/${id}`); }
  events(id, lastId, signal) {
    return this.request(`/focus/sessions/${id}/events`, {
      headers: { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) }, signal,
    });
  }
}
