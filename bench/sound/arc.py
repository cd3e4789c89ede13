# SPDX-License-Identifier: MIT
"""A picture of an hour: its tension, its movements, and how loud it is."""
from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.ticker import FuncFormatter, MultipleLocator

import keys
import loudness
import roll
from pictures import clock, plt
from render import Part

_FIFTHS = 7  # neighbours on the circle of fifths get neighbouring colours


def draw(parts: list[Part], powers: np.ndarray, title: str, path: Path) -> None:
    """One PNG; `powers` are those of loudness.step_powers, of the whole session."""
    figure, (top, middle, bottom) = plt.subplots(
        3, 1, figsize=(16, 8), sharex=True, height_ratios=(3, 1.6, 3), layout="constrained")
    figure.suptitle(title, fontsize=12, x=0.01, ha="left")
    _draw_tension(top, parts)
    _draw_movements(middle, parts)
    _draw_loudness(bottom, parts, powers)
    for start, _, _ in roll.movements(parts)[1:]:
        for axes in (top, bottom):
            axes.axvline(start, color="#ff7f0e", linewidth=0.9)
    bottom.set_xlim(0.0, parts[-1].end)
    bottom.xaxis.set_major_locator(MultipleLocator(300))
    bottom.xaxis.set_major_formatter(FuncFormatter(clock))
    bottom.set_xlabel("time")
    figure.savefig(path, dpi=90)
    plt.close(figure)


def _draw_tension(axes: plt.Axes, parts: list[Part]) -> None:
    times = [part.start + part.seconds / 2 for part in parts]
    tensions = [part.tension for part in parts]
    axes.fill_between(times, tensions, color="#7a4f9a", alpha=0.15)
    axes.plot(times, tensions, "o-", color="#7a4f9a", linewidth=1.8, markersize=4)
    axes.set_ylim(0.0, 1.0)
    axes.set_ylabel("tension\nof each segment")
    axes.grid(axis="y", color="#eeeeee")


def _draw_movements(axes: plt.Axes, parts: list[Part]) -> None:
    """Blocks, coloured by the tonic; under the name the keys and tempi of their segments."""
    for start, end, first in roll.movements(parts):
        inside = [part for part in parts if start <= part.start < end]
        tonic = keys.tonic(first.key) or 0
        colour = plt.get_cmap("hsv")(tonic * _FIFTHS % 12 / 12.0, alpha=0.35)
        axes.axvspan(start, end, facecolor=colour, edgecolor="white", linewidth=2)
        named = list(dict.fromkeys(part.key for part in inside))
        tempi = list(dict.fromkeys(f"{part.bpm:.0f}" for part in inside))
        narrow = end - start < 280.0
        axes.text((start + end) / 2, 0.8, first.movement, ha="center", va="center", fontsize=14,
                  fontweight="bold", clip_on=True)
        axes.text((start + end) / 2, 0.36, "\n".join([*named[:2], f"{'/'.join(tempi[:3])} bpm"]),
                  ha="center", va="center", fontsize=7 if narrow else 9, linespacing=1.25,
                  clip_on=True)
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks([])
    axes.set_ylabel("movement, key\nand tempo")


def _draw_loudness(axes: plt.Axes, parts: list[Part], powers: np.ndarray) -> None:
    """Over 3 s, and over 30 s; steps are what each segment has as a whole."""
    for seconds, style in ((3.0, {"color": "#bbbbbb", "linewidth": 0.6}),
                           (30.0, {"color": "#1f3b73", "linewidth": 1.8})):
        values = loudness.curve(powers, seconds)
        times = seconds / 2 + np.arange(len(values)) / loudness.STEPS_A_SECOND
        axes.plot(times, values, label=f"{seconds:g} s", **style)
    axes.step([part.start for part in parts] + [parts[-1].end],
              [part.lufs for part in parts] + [parts[-1].lufs], where="post", color="#c4291c",
              linewidth=1.0, label="segment")
    middle = float(np.median([part.lufs for part in parts]))
    axes.set_ylim(middle - 12, middle + 8)
    axes.set_ylabel("LUFS")
    axes.grid(axis="y", color="#eeeeee")
    axes.legend(loc="upper right", ncols=3, fontsize=9)
