// SPDX-License-Identifier: MIT
// Runs in the page: finds what is too faint to read, too small to touch or wider than the screen.
const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });

const rgba = (text) => {
  const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
  return [r, g, b, a];
};
const luminance = (colour) => {
  const [r, g, b] = colour.slice(0, 3).map((v) => {
    const x = v / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const background = (e) => {
  for (let at = e; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const name = (e) => `${e.tagName.toLowerCase()}#${e.id || e.textContent.trim().slice(0, 30)}`;

const faint = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = texts.nextNode(); node; node = texts.nextNode()) {
  const e = node.parentElement;
  if (!node.data.trim() || !seen(e) || e.closest('svg, select, script, :disabled')) continue;
  const [a, b] = [luminance(rgba(getComputedStyle(e).color)), luminance(background(e))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 4.5) faint.push(`${name(e)} ${contrast.toFixed(2)}`);
}

const small = [];
for (const e of document.querySelectorAll('button, input, select, textarea, summary, [tabindex="0"]')) {
  if (!seen(e)) continue;
  const target = e.closest('label') ?? e;
  const { width, height } = target.getBoundingClientRect();
  if (height < 43.9 || width < 43.9) small.push(`${name(e)} ${width} x ${height}`);
}

const wide = [...document.querySelectorAll('body *')].filter((e) => seen(e) && !e.closest('svg') &&
  e.getBoundingClientRect().right > innerWidth + 0.5).map(name);
return { faint, small, wide, scroll: document.documentElement.scrollWidth - innerWidth };
