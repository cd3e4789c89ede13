// SPDX-License-Identifier: MIT
// Paints a scene onto a canvas.
import { NOW } from './scene.js';

const STARS = 70;

function hill(context, points, { width, height }, colour) {
  context.beginPath();
  context.moveTo(points[0][0], height);
  context.lineTo(...points[0]);
  for (let i = 1; i < points.length - 1; ++i) {
    const [[x, y], [nextX, nextY]] = [points[i], points[i + 1]];
    context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  context.lineTo(...points.at(-1));
  context.lineTo(Math.max(width, points.at(-1)[0]), height);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

/** How high a ridge is at x. */
function heightAt(points, x) {
  const right = points.findIndex(([px]) => px >= x);
  if (right < 1) return points[0][1];
  const [[ax, ay], [bx, by]] = [points[right - 1], points[right]];
  return ay + ((by - ay) * (x - ax)) / (bx - ax || 1);
}

function disc(context, x, y, radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function glow(context, x, y, radius, from, to) {
  const fill = context.createRadialGradient(x, y, 0, x, y, radius);
  fill.addColorStop(0, from);
  fill.addColorStop(1, to);
  disc(context, x, y, radius, fill);
}

function stars(context, { width, height }, colour) {
  context.fillStyle = colour;
  for (let k = 0; k < STARS; ++k) {
    const x = ((k * 0.618034) % 1) * width;
    const y = ((k * 0.754877) % 1) * height * 0.5;
    context.globalAlpha = 0.12 + 0.3 * ((k * 0.569840) % 1);
    context.fillRect(x, y, 1.4, 1.4);
  }
  context.globalAlpha = 1;
}

/** A still one has no light for this moment. */
export function paint(context, scene, palette, { isStill = false } = {}) {
  const { width, height, sun, form, ridges, lights } = scene;
  const sky = context.createLinearGradient(0, 0, 0, height * 0.66);
  sky.addColorStop(0.3, palette.page);
  sky.addColorStop(1, palette.sky);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  if (palette.isDark) stars(context, scene, palette.light);

  glow(context, sun.x, sun.y, sun.glow, palette.glow, palette.noGlow);
  disc(context, sun.x, sun.y, sun.radius, palette.sun);
  hill(context, form, scene, palette.hills[0]);
  hill(context, ridges[0], scene, palette.hills[1]);
  for (const { x, y, radius, alpha } of lights) {
    if (alpha <= 0.01) continue;
    context.globalAlpha = alpha * 0.35;
    disc(context, x, y, radius * 2.4, palette.light);
    context.globalAlpha = alpha;
    disc(context, x, y, radius, palette.light);
  }
  context.globalAlpha = 1;
  hill(context, ridges[1], scene, palette.hills[2]);
  hill(context, ridges[2], scene, palette.hills[3]);

  if (isStill) return;
  // This moment: a light on the nearest hill.
  const x = NOW * width;
  const y = heightAt(ridges[2], x) - 5;
  glow(context, x, y, 26, palette.glow, palette.noGlow);
  disc(context, x, y, 4.5, palette.spark);
}
