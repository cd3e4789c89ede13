# SPDX-License-Identifier: MIT
"""Music that is hard to join, made from seeds: float stereo at 48 kHz, the same on every machine.

Each neighbouring pair of PIECES is one case; ROLES names those that have a column of their own."""
import numpy as np

RATE = 48000
SECONDS = 90

PIECES = ["drone", "drone_again", "drone_turned", "noise_loud", "noise_soft", "strings_fade",
          "strings_swell", "organ_tail", "struck", "drums_hot", "strings"]
ROLES = {("drone", "drone_again"): "alike", ("drone_again", "drone_turned"): "opposite",
         ("noise_loud", "noise_soft"): "unrelated"}


def times(seconds=SECONDS):
    return np.arange(int(seconds * RATE)) / RATE


def at_rms(audio, db):
    return audio * (10 ** (db / 20) / np.sqrt(np.mean(audio ** 2)))


def coloured(seed, slope):
    """Noise that falls by `slope` dB an octave, each side its own."""
    draw = np.random.default_rng(seed)
    count = len(times())
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    shape = np.where((hertz > 30) & (hertz < 16000), np.maximum(hertz, 1) ** (slope / 6.02), 0)
    return np.stack([np.fft.irfft(np.fft.rfft(draw.standard_normal(count)) * shape, count)
                     for _ in range(2)], axis=1)


def drone(seed, sign):
    """The same seven tones in each drone, under noise of its own: alike to about 0.9."""
    t = times()
    tones = sum(np.sin(2 * np.pi * hz * t + k) / (1 + 0.3 * k)
                for k, hz in enumerate([98, 147, 196, 245, 294, 392, 489]))
    return at_rms(np.stack([tones, tones], axis=1), -21) * sign + at_rms(coloured(seed, -3), -31)


def strings(seed, root):
    """Chords that change every five seconds, slowly blended."""
    draw = np.random.default_rng(seed)
    t = times()
    audio = np.zeros((len(t), 2))
    chords = [(0, 4, 7), (-3, 0, 4), (-7, -3, 0), (-5, -1, 2)]
    for number in range(SECONDS // 5 + 1):
        near = np.clip(1.25 - np.abs(t - 5 * number) / 2.5, 0, 0.5) * 2
        here = np.flatnonzero(near)
        if len(here) == 0:
            continue
        part = t[here]
        for note in chords[number % 4]:
            for side in range(2):
                hz = root * 2 ** (note / 12) * (1 + 4e-4 * (side - 0.5))
                for harmonic in range(1, 6):
                    phase = draw.uniform(0, 2 * np.pi)
                    audio[here, side] += np.sqrt(near[here]) / harmonic ** 1.4 * np.sin(
                        2 * np.pi * hz * harmonic * part + phase)
    return audio


def struck(seed, step=0.375):
    """Decaying notes in strict time."""
    draw = np.random.default_rng(seed)
    t = times(2.5)
    audio = np.zeros((len(times()) + len(t), 2))
    for number in range(int(SECONDS / step)):
        hz = 220 * 2 ** (draw.choice([0, 2, 4, 7, 9, 12]) / 12)
        note = sum(np.exp(-t * (2 + h)) / h * np.sin(2 * np.pi * hz * h * t) for h in (1, 2, 3))
        note *= np.minimum(t / 0.002, 1) * draw.uniform(0.4, 1.0)
        start = int(number * step * RATE)
        pan = draw.uniform(0.3, 0.7)
        audio[start:start + len(t)] += note[:, None] * [1 - pan, pan]
    return audio[:len(times())]


def drums(seed, bpm=88):
    draw = np.random.default_rng(seed)
    t = times(0.3)
    kick = np.exp(-16 * t) * np.sin(2 * np.pi * (48 * t + 2 * (1 - np.exp(-40 * t))))
    audio = np.zeros((len(times()) + len(t), 2))
    for number in range(int(SECONDS * bpm / 30)):
        hit = 0.2 * np.exp(-55 * t) * draw.standard_normal(len(t))
        if number % 4 == 0:
            hit = hit + 1.2 * kick
        if number % 4 == 2:
            hit = hit + 0.7 * np.exp(-20 * t) * draw.standard_normal(len(t))
        start = int(number * 30 / bpm * RATE)
        audio[start:start + len(t)] += hit[:, None]
    return audio[:len(times())]


def shaped(audio, gain):
    return audio * gain(times())[:, None]


def make(name):
    """One of PIECES, or "tone_low" and "tone_high"."""
    if name == "tone_low" or name == "tone_high":
        tone = 0.1 * np.sin(2 * np.pi * (220 if name == "tone_low" else 330) * times())
        return np.stack([tone, tone], axis=1)
    return {
        "drone": lambda: drone(1, 1),
        "drone_again": lambda: drone(2, 1),
        "drone_turned": lambda: drone(3, -1),
        "noise_loud": lambda: at_rms(coloured(4, -6), -12),
        "noise_soft": lambda: at_rms(coloured(5, -2), -32),
        # Eight seconds of fade and two of silence; three of silence and six of swelling.
        "strings_fade": lambda: shaped(at_rms(strings(6, 131), -22),
                                       lambda t: np.clip((SECONDS - 2 - t) / 8, 0, 1)),
        "strings_swell": lambda: shaped(at_rms(strings(7, 147), -18),
                                        lambda t: np.clip((t - 3) / 6, 0, 1)),
        # Sixty decibels in the last 20 seconds.
        "organ_tail": lambda: shaped(at_rms(strings(8, 110), -16),
                                     lambda t: 10 ** (-3 * np.clip((t - SECONDS + 20) / 20, 0, 1))),
        "struck": lambda: at_rms(struck(9), -24),
        "drums_hot": lambda: (lambda audio: audio * 0.96 / np.max(np.abs(audio)))(drums(10)),
        "strings": lambda: at_rms(strings(11, 165), -20),
    }[name]()
