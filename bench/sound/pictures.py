# SPDX-License-Identifier: MIT
"""A picture of a render: what sounds, how loud it is, and the notes that were written."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
import scipy.signal
from matplotlib.collections import LineCollection
from matplotlib.ticker import FuncFormatter, MultipleLocator, NullFormatter

import loudness
import rhythm
from audio import RATE, Sound, decibels, magnitudes
from midi import CHANNEL_NAMES, PERCUSSION, Score

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (after the choice of a backend)

_LOW_HZ, _HIGH_HZ, _ROWS = 40.0, 16000.0, 260
_WINDOW = 8192
COLOURS = {0: "#4878cf", 1: "#86a8e7", 2: "#b8860b", 3: "#c4291c", 4: "#2e8b57", 9: "#555555"}


def clock(seconds: float, _: int | None = None) -> str:
    """Minutes and seconds, as a label of an axis."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


@dataclass
class Strip:
    """What a picture keeps of one segment: small, so that a session fits."""

    start: float  # seconds into the picture
    seconds: float
    image: np.ndarray  # (rows, columns) dB
    momentary: np.ndarray
    short_term: np.ndarray
    onsets: np.ndarray
    score: Score


def _log_bank(bin_count: int) -> np.ndarray:
    """(rows, bins): overlapping triangles of even width in octaves, no narrower than a bin."""
    step = RATE / 2 / (bin_count - 1)
    centres = np.geomspace(_LOW_HZ, _HIGH_HZ, _ROWS)[:, None]
    reach = np.maximum(centres * (np.log(_HIGH_HZ / _LOW_HZ) / _ROWS), step)
    bank = np.maximum(0.0, 1.0 - np.abs(np.arange(bin_count) * step - centres) / reach)
    return (bank / bank.sum(axis=1, keepdims=True)).astype(np.float32)


def strip(sound: Sound, score: Score, start: float, hop: int = 4096) -> Strip:
    """Everything is shown as if the sound had -20 LUFS, so that pictures can be compared."""
    powers = loudness.step_powers(sound)
    gain = 10.0 ** ((-20.0 - loudness.integrated(powers)) / 20.0)
    window = scipy.signal.windows.hann(_WINDOW, sym=False)
    spectra = magnitudes(sound.mono, _WINDOW, hop, window) * np.float32(gain)
    return Strip(start, sound.seconds, decibels(spectra ** 2 @ _log_bank(spectra.shape[1]).T).T,
                 loudness.curve(powers, 0.4), loudness.curve(powers, 3.0),
                 rhythm.onset_times(rhythm.compressed_spectra(sound, gain)), score)


def draw(strips: list[Strip], title: str, target_lufs: float, path: Path) -> None:
    """One PNG over all strips: spectrogram with onsets, loudness, and score, on one time axis."""
    figure, (top, middle, bottom) = plt.subplots(
        3, 1, figsize=(15, 9.5), sharex=True, height_ratios=(5, 1.6, 3.4), layout="constrained")
    figure.suptitle(title, fontsize=12, x=0.01, ha="left")
    for piece in strips:
        _draw_spectrum(top, piece)
        _draw_loudness(middle, piece)
    _draw_score(bottom, strips)
    for seam in [piece.start for piece in strips[1:]]:
        for axes in (top, middle, bottom):
            axes.axvline(seam, color="#ff7f0e", linewidth=0.8)

    top.set_yscale("log")
    top.set_ylim(_LOW_HZ, _HIGH_HZ * 1.25)
    top.set_yticks([50, 100, 200, 500, 1000, 2000, 5000, 10000])
    top.yaxis.set_major_formatter(FuncFormatter(lambda hz, _: f"{hz:g}"))
    top.yaxis.set_minor_formatter(NullFormatter())
    top.set_ylabel("Hz (dots above: onsets)")
    middle.axhline(target_lufs, color="#888888", linewidth=0.8, linestyle="--")
    middle.set_ylim(target_lufs - 14, target_lufs + 8)
    middle.set_ylabel("LUFS\n0.4 s and 3 s")
    bottom.set_xlim(strips[0].start, strips[-1].start + strips[-1].seconds)
    whole = strips[-1].start + strips[-1].seconds - strips[0].start
    bottom.xaxis.set_major_locator(MultipleLocator(10 if whole < 200 else 60))
    bottom.xaxis.set_major_formatter(FuncFormatter(clock))
    bottom.set_xlabel("time")
    figure.savefig(path, dpi=90)
    plt.close(figure)


def _draw_spectrum(axes: plt.Axes, piece: Strip) -> None:
    rows, columns = piece.image.shape
    edges = np.geomspace(_LOW_HZ, _HIGH_HZ, rows + 1)
    times = piece.start + np.linspace(0.0, piece.seconds, columns + 1)
    axes.pcolormesh(times, edges, piece.image, cmap="magma", vmin=-105, vmax=-22, rasterized=True)
    axes.plot(piece.start + piece.onsets, np.full(len(piece.onsets), _HIGH_HZ * 1.12), ".",
              color="#222222", markersize=2.5)


def _draw_loudness(axes: plt.Axes, piece: Strip) -> None:
    for values, window, style in ((piece.momentary, 0.4, {"color": "#bbbbbb", "linewidth": 0.7}),
                                  (piece.short_term, 3.0, {"color": "#1f3b73", "linewidth": 1.5})):
        times = piece.start + window / 2 + np.arange(len(values)) / loudness.STEPS_A_SECOND
        axes.plot(times, values, **style)


def _draw_score(axes: plt.Axes, strips: list[Strip]) -> None:
    """Notes as lines, louder ones darker; percussion as ticks under the lowest pitch."""
    seen: set[int] = set()
    pitches = [n.pitch for p in strips for n in p.score.notes if n.channel != PERCUSSION]
    floor = min(pitches, default=36) - 5
    for piece in strips:
        beat = 60.0 / piece.score.bpm
        for bar in np.arange(0.0, piece.score.beats, 4.0):
            axes.axvline(piece.start + bar * beat, color="#eeeeee", linewidth=0.6, zorder=0)
        for channel, colour in COLOURS.items():
            notes = piece.score.of(channel)
            if not notes:
                continue
            kit = channel == PERCUSSION
            lines = [[(piece.start + n.start * beat, floor - 0.25 * (n.pitch - 40) if kit
                       else n.pitch),
                      (piece.start + (n.start + 0.1 if kit else n.end) * beat,
                       floor - 0.25 * (n.pitch - 40) if kit else n.pitch)] for n in notes]
            alphas = np.clip([0.25 + n.velocity / 130.0 for n in notes], 0.0, 1.0)
            axes.add_collection(LineCollection(
                lines, colors=colour, alpha=alphas, linewidths=3.0 if not kit else 2.0,
                label=None if channel in seen else CHANNEL_NAMES[channel]))
            seen.add(channel)
    axes.set_ylim(floor - 12, max(pitches, default=72) + 10)  # the legend has room above
    axes.set_yticks(range(36, max(pitches, default=72) + 4, 12))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda p, _: f"C{int(p) // 12 - 1}"))
    axes.set_ylabel("score")
    if seen:
        axes.legend(loc="upper right", ncols=6, fontsize=8, framealpha=0.8)
