# SPDX-License-Identifier: MIT
"""Looks for what comes again in hours of sound, by the levels of its bands."""
from __future__ import annotations

from typing import BinaryIO

import numpy as np
import scipy.fft

from audio import RATE, decibels

LOOP = 0.9
"""Of the likeness: from here on an excerpt counts as come again."""
_STEP = RATE // 10  # a tenth of a second
_BANDS = np.geomspace(60.0, 16000.0, 17)
_EXCERPT = 100  # steps
_EXCERPTS = 200


def _band_matrix() -> np.ndarray:
    frequencies = np.fft.rfftfreq(_STEP, 1 / RATE)
    return np.stack([(frequencies >= low) & (frequencies < high)
                     for low, high in zip(_BANDS[:-1], _BANDS[1:])]).T.astype(np.float32)


def levels(stream: BinaryIO) -> np.ndarray:
    """(steps, bands) dB of a WAV stream of 32-bit floats or 24-bit integers, read to its end."""
    header = stream.read(12)
    if header[:4] not in (b"RIFF", b"RF64"):
        raise ValueError("the stream is no WAV")
    bits = 0
    while True:
        kind, size = (chunk := stream.read(8))[:4], int.from_bytes(chunk[4:], "little")
        if kind == b"data":
            break
        body = stream.read(size + size % 2)
        if kind == b"fmt ":
            bits = int.from_bytes(body[14:16], "little")
    matrix = _band_matrix()
    rows = []
    block = _STEP * 2 * bits // 8
    while len(data := stream.read(600 * block)) >= block:
        data = data[:len(data) // block * block]
        if bits == 32:
            samples = np.frombuffer(data, "<f4")
        else:
            padded = np.zeros((len(data) // 3, 4), np.uint8)
            padded[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
            samples = padded.view("<i4")[:, 0].astype(np.float32) / 2.0 ** 31
        mono = samples.reshape(-1, _STEP, 2).mean(axis=2)
        power = np.abs(scipy.fft.rfft(mono, axis=1)) ** 2 @ matrix
        rows.append(decibels(power, 1e-9).astype(np.float32))
    return np.concatenate(rows)


def most_alike(rows: np.ndarray) -> tuple[float, float, float]:
    """The greatest likeness of an excerpt of ten seconds to any other place, and both places in s.

    Likeness is the correlation of the levels, after each band's running mean of ten seconds was
    taken off: 1 for the same sound, whatever its loudness. Excerpts lie all over the hours, and are
    held against every tenth of a second.
    """
    width = _EXCERPT
    sums = np.cumsum(np.concatenate([np.zeros((1, rows.shape[1])), rows]), axis=0, dtype=np.float64)
    mean = (sums[width:] - sums[:-width]) / width
    detail = (rows[width // 2:width // 2 + len(mean)] - mean).astype(np.float64)
    count = len(detail)
    size = scipy.fft.next_fast_len(count + width, real=True)
    spectra = scipy.fft.rfft(detail, size, axis=0)
    squares = np.concatenate([[0.0], np.cumsum((detail ** 2).sum(axis=1))])
    energy = squares[width:] - squares[:-width]
    best = (0.0, 0.0, 0.0)
    for start in np.linspace(0, count - width, _EXCERPTS).astype(int):
        excerpt = detail[start:start + width]
        matches = scipy.fft.irfft(spectra * scipy.fft.rfft(excerpt, size, axis=0).conj(), size,
                                  axis=0).sum(axis=1)[:count - width + 1]
        likeness = matches / np.sqrt(np.maximum(energy * energy[start], 1e-9))
        likeness[max(0, start - width):start + width] = 0.0  # itself
        place = int(np.argmax(likeness))
        if likeness[place] > best[0]:
            best = (float(likeness[place]), start / 10.0, place / 10.0)
    return best
