# SPDX-License-Identifier: MIT
"""A piano roll of a whole piece: who plays what, and where its movements begin."""
from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import FuncFormatter, MultipleLocator

import kit
from midi import CHANNEL_NAMES, PERCUSSION
from pictures import COLOURS, clock, plt
from piece import Piece, Tone
from render import Part

_INCHES_A_MINUTE, _NARROWEST, _WIDEST = 3.0, 12.0, 36.0


def movements(parts: list[Part]) -> list[tuple[float, float, Part]]:
    """(start, end, first part) of the segments of one movement that follow each other."""
    firsts = [part for before, part in zip([None, *parts], parts)
              if before is None or before.movement != part.movement]
    ends = [part.start for part in firsts[1:]] + [parts[-1].end]
    return [(part.start, end, part) for part, end in zip(firsts, ends)]


def draw(piece: Piece, title: str, path: Path) -> None:
    """One PNG: pitches over the drums."""
    width = float(np.clip(piece.seconds / 60.0 * _INCHES_A_MINUTE, _NARROWEST, _WIDEST))
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(width, 8), sharex=True,
                                         height_ratios=(6, 1.5), layout="constrained")
    figure.suptitle(title, fontsize=12, x=0.01, ha="left")
    _draw_pitches(top, piece)
    _draw_kit(bottom, piece)
    for start, _, part in movements(piece.parts):
        for axes in (top, bottom):
            axes.axvline(start, color="#ff7f0e", linewidth=1.4)
        top.annotate(f"{part.movement}  {part.key}, {part.bpm:.0f} bpm", (start, 1.0),
                     (4, 5), xycoords=("data", "axes fraction"), textcoords="offset points",
                     fontsize=10, color="#b35300")
    bottom.set_xlim(0.0, piece.seconds)
    bottom.xaxis.set_major_locator(MultipleLocator(30))
    bottom.xaxis.set_major_formatter(FuncFormatter(clock))
    bottom.set_xlabel("time")
    figure.savefig(path, dpi=90)
    plt.close(figure)


def _add(axes: plt.Axes, tones: list[Tone], heights: list[float], ends: list[float],
         colour: str, width: float, label: str | None) -> None:
    """Tones as lines, louder ones darker."""
    lines = [[(tone.start, height), (end, height)]
             for tone, height, end in zip(tones, heights, ends)]
    alphas = np.clip([0.2 + tone.velocity / 120.0 for tone in tones], 0.0, 1.0)
    axes.add_collection(LineCollection(lines, colors=colour, alpha=alphas, linewidths=width,
                                       label=label, capstyle="butt"))


def _draw_pitches(axes: plt.Axes, piece: Piece) -> None:
    pitches = [tone.pitch for tone in piece.pitched] or [36, 72]
    for channel, colour in COLOURS.items():
        tones = piece.of(channel)
        if tones and channel != PERCUSSION:
            _add(axes, tones, [tone.pitch for tone in tones], [tone.end for tone in tones],
                 colour, 3.4, CHANNEL_NAMES[channel])
    axes.set_ylim(min(pitches) - 3, max(pitches) + 7)  # the legend has room above
    axes.set_yticks(range(12 * (min(pitches) // 12), max(pitches) + 4, 12))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda pitch, _: f"C{int(pitch) // 12 - 1}"))
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_ylabel("pitch")
    axes.legend(loc="upper right", ncols=6, fontsize=9, framealpha=0.9)


def _draw_kit(axes: plt.Axes, piece: Piece) -> None:
    """A line a sound, the low ones below; their names are those of General MIDI."""
    tones = piece.of(PERCUSSION)
    sounds = sorted({tone.pitch for tone in tones})
    place = {sound: float(row) for row, sound in enumerate(sounds)}
    if tones:
        _add(axes, tones, [place[tone.pitch] for tone in tones],
             [tone.start + 0.12 for tone in tones], COLOURS[PERCUSSION], 5.0, None)
    axes.set_ylim(-0.7, max(len(sounds), 1) - 0.3)
    axes.set_yticks(range(len(sounds)), [kit.NAMES.get(sound, str(sound)) for sound in sounds],
                    fontsize=8)
    axes.set_ylabel("kit" if tones else "no kit")
