// SPDX-License-Identifier: MIT
// The service worker of the page. The server is asked first, so that no visitor gets an old page; what was
// kept answers only where the server can not be reached.
const NAME = 'focus-session-shell';

const isShell = ({ method, url }) => {
  const { origin, pathname, search } = new URL(url);
  return method === 'GET' && origin === location.origin && search === '' &&
    url.startsWith(registration.scope) && !pathname.includes('/v1/') &&
    !/\/(?:openapi\.json|metrics|healthz)$/.test(pathname);
};

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('message', ({ data }) => {
  caches.open(NAME).then((cache) => Promise.all((data.keep ?? []).map((name) => cache.add(name))))
    .catch(() => {});
});

async function answer(request) {
  const cache = await caches.open(NAME);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url.split('#')[0], response.clone());
    return response;
  } catch (error) {
    const known = await cache.match(request.url.split('#')[0]);
    if (known) return known;
    throw error;
  }
}

addEventListener('fetch', (event) => {
  if (isShell(event.request)) event.respondWith(answer(event.request));
});
