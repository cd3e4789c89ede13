// SPDX-License-Identifier: MIT
// Lets the page open without a network: a service worker keeps its files, never music or answers.

/** The files that the page has loaded from beside itself. */
function files() {
  const here = new URL('.', document.baseURI).href;
  return performance.getEntriesByType('resource').map(({ name }) => name)
    .filter((name) => name.startsWith(here) && !name.includes('/v1/') && !/openapi\.json|\?/.test(name));
}

export function startShell() {
  if (!navigator.serviceWorker) return;
  const begin = async () => {
    try {
      await navigator.serviceWorker.register('shell_worker.js', { scope: './' });
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage({ keep: ['./', ...files()] });
    } catch { /* it works without */ }
  };
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
}
