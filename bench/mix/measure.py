# SPDX-License-Identifier: MIT
"""How a join sounds, in figures. Loudness is K-weighted (ITU-R BS.1770-4); LU are against the mean of
the two bodies, which are heard from 12 to 40 s before and after the overlap."""
import numpy as np

AROUND = 10.0  # seconds on either side of the overlap that belong to the join
BODY = (12.0, 40.0)


def k_weighted(audio, rate):
    """By the response of the standard's two filters, so that no state has to settle."""
    count = 1 << int(np.ceil(np.log2(len(audio) + rate)))
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(count))

    def bilinear(hertz, quality, top):
        # Numerator `top` (high, band, low) over s^2 + s / quality + 1, both through tan.
        k = np.tan(np.pi * hertz / rate)
        high, band, low = top

        def second_order(a, b, c):
            return (a + b * k + c * k * k) + 2 * (c * k * k - a) * z + (a - b * k + c * k * k) * z * z
        return second_order(high, band, low) / second_order(1, 1 / quality, 1)

    gain = 10 ** (3.999843853973347 / 20)
    quality = 0.7071752369554196
    shelf = bilinear(1681.974450955533, quality, (gain, gain ** 0.4996667741545416 / quality, 1))
    # The standard leaves the high-pass's numerator at 1, -2, 1.
    k = np.tan(np.pi * 38.13547087602444 / rate)
    a0 = 1 + k / 0.5003270373238773 + k * k
    passing = (1 - 2 * z + z * z) / (1 + 2 * (k * k - 1) / a0 * z +
                                     (1 - k / 0.5003270373238773 + k * k) / a0 * z * z)
    spectrum = np.fft.rfft(audio, count, axis=0) * (shelf * passing)[:, None]
    return np.fft.irfft(spectrum, count, axis=0)[:len(audio)]


def lufs(energy):
    return np.maximum(10 * np.log10(np.maximum(energy, 1e-12)) - 0.691, -70.0)


class Loudness:
    """Energies of 10 ms of a mix, and what follows from them."""

    def __init__(self, audio, rate):
        hop = rate // 100
        weighted = k_weighted(audio, rate)
        count = len(weighted) // hop
        energy = (weighted[:count * hop] ** 2).sum(axis=1).reshape(count, hop).mean(axis=1)
        self.sums = np.concatenate([[0], np.cumsum(energy)])

    def curve(self, seconds, start, end):
        """Loudness over windows of that length whose middles lie between the two moments."""
        blocks = int(round(100 * seconds))
        first = max(int(100 * start) - blocks // 2, 0)
        last = min(int(100 * end) - blocks // 2, len(self.sums) - 1 - blocks)
        at = np.arange(first, max(last, first + 1))
        return lufs((self.sums[at + blocks] - self.sums[at]) / blocks)

    def body(self, start, end):
        """Gated as BS.1770 says, of what lies between two moments."""
        values = self.curve(0.4, start, end)
        energy = 10 ** (values[values > -70] / 10)
        return 10 * np.log10(energy[energy > energy.mean() / 10].mean())


def true_peak(audio):
    """In dBTP, four times oversampled by a windowed sinc of 48 taps."""
    reach = 24
    at = np.arange(-reach, reach)
    peak = np.abs(audio).max()
    for part in (0.25, 0.5, 0.75):
        taps = np.sinc(at + part) * np.kaiser(2 * reach + 1, 8)[:-1]
        taps /= taps.sum()
        size = 1 << int(np.ceil(np.log2(len(audio) + 2 * reach)))
        spectrum = np.fft.rfft(taps, size)
        for channel in audio.T:
            found = np.fft.irfft(np.fft.rfft(channel, size) * spectrum, size)
            peak = max(peak, np.abs(found[:len(channel)]).max())
    return 20 * np.log10(max(peak, 1e-9))


def sharpest(audio):
    """The largest fourth difference, where clicks stand out."""
    return np.abs(np.diff(audio, 4, axis=0)).max() if len(audio) > 4 else 1e-12


def judge(audio, rate, loudness, start, end):
    """One join. Dips and bumps in LU: momentary, short-term, and what goes beyond the bodies' own."""
    before = (start - BODY[1], start - BODY[0])
    after = (end + BODY[0], end + BODY[1])
    levels = [loudness.body(*before), loudness.body(*after)]
    reference = sum(levels) / 2
    result = {}
    for name, seconds in (("momentary", 0.4), ("short", 3.0)):
        curve = loudness.curve(seconds, start - AROUND, end + AROUND)
        own = max(level - np.percentile(loudness.curve(seconds, *body), 1)
                  for level, body in zip(levels, (before, after)))
        result[name + "_dip"] = reference - curve.min()
        result[name + "_bump"] = curve.max() - reference
        result[name + "_beyond"] = max(reference - curve.min() - own, 0.0)
    result["hole"] = np.mean(loudness.curve(1.0, start - AROUND, end + AROUND) < reference - 10) * (
        end - start + 2 * AROUND)

    def cut(from_, to):
        return audio[max(int(from_ * rate), 0):int(to * rate)]
    bodies = max(sharpest(cut(start - 20, start - 12)), sharpest(cut(end + 12, end + 20)))
    result["click"] = 20 * np.log10(sharpest(cut(start - 1, end + 1)) / max(bodies, 1e-12))
    return result


def residual(audio, rate, start, end):
    """What is left beside tones of 220 and 330 Hz, in dB against them, from 500 Hz to 20 kHz."""
    part = audio[int((start - 2) * rate):int((end + 2) * rate), 0]
    power = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
    hertz = np.fft.rfftfreq(len(part), 1 / rate)
    tone = power[(hertz > 150) & (hertz < 400)].sum()
    rest = power[(hertz > 500) & (hertz < 20000)].sum()
    return 10 * np.log10(rest / tone)


def place_of(piece, audio, rate, expected, slack=12.0):
    """Where `piece` begins in a mix, in seconds: found by its middle, near where it is expected."""
    length = 3 * rate
    middle = len(piece) // 2
    pattern = np.diff(piece[middle:middle + length, 0], 2)
    first = max(int((expected - slack) * rate) + middle, 0)
    region = np.diff(audio[first:first + length + int(2 * slack * rate), 0], 2)
    size = 1 << int(np.ceil(np.log2(len(region) + len(pattern))))
    match = np.fft.irfft(np.fft.rfft(region, size) * np.conj(np.fft.rfft(pattern, size)), size)
    return (first + int(np.argmax(match[:len(region) - len(pattern) + 1])) - middle) / rate
