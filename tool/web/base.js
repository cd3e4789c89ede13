// SPDX-License-Identifier: MIT
// Where the API is: beside the page, unless the page names another place.

/** `given` may be empty, a path, or the address of another server; the answer ends with a slash. */
export function baseFrom(given, page) {
  const { href } = new URL(given?.trim() || '.', page);
  return href.endsWith('/') ? href : `${href}/`;
}

/** That of this page. Another place is named by `<meta name="focus-api" content="https://...">`. */
export const apiBase = () =>
  baseFrom(document.querySelector('meta[name="focus-api"]')?.content, document.baseURI);
