# SPDX-License-Identifier: MIT
"""The measures of ./dev sound on signals whose answers are known: each can pass, and can fail.

Usage: measures_test.py SOURCE_FOLDER. See bench_sound.py.
"""
import pathlib
import tempfile
import unittest

import bench_sound

import numpy as np

import distance
import faults
import harmony
import loudness
import midi
import prompts
import ranges
import repetition
import rhythm
import score
import spectrum
import stereo
from audio import RATE, Sound
from measures import portrait

RANDOM = np.random.default_rng(1)


def seconds(count: float) -> np.ndarray:
    return np.arange(round(count * RATE)) / RATE


def sine(frequency: float, length: float, amplitude: float = 0.1) -> np.ndarray:
    return amplitude * np.sin(2 * np.pi * frequency * seconds(length))


def both(wave: np.ndarray) -> Sound:
    return Sound(np.stack([wave, wave], axis=1))


def noise(length: float, exponent: float = 0.0) -> np.ndarray:
    """White (0), pink (1) or brown (2) noise."""
    spectrum_of = np.fft.rfft(RANDOM.standard_normal(round(length * RATE)))
    frequencies = np.fft.rfftfreq(round(length * RATE), 1 / RATE)
    wave = np.fft.irfft(spectrum_of * np.maximum(frequencies, 20.0) ** (-exponent / 2))
    return 0.1 * wave / np.abs(wave).max()


def plucks(times: list[float], length: float, frequency: float = 440.0) -> np.ndarray:
    wave = np.zeros(round(length * RATE))
    one = sine(frequency, 0.4) * np.exp(-12 * seconds(0.4)) * np.minimum(1, seconds(0.4) / 0.003)
    for time in times:
        at = round(time * RATE)
        wave[at:at + len(one)] += one[:len(wave) - at]
    return wave


class Loudness(unittest.TestCase):
    def test_reference_tones(self):
        """EBU Tech 3341, cases 1 and 3; a sine of -23 dBFS on both sides is -23 LUFS."""
        tone = sine(1000, 20, 10 ** (-23 / 20))
        self.assertAlmostEqual(loudness.integrated(loudness.step_powers(both(tone))), -23, 1)
        steps = [sine(1000, s, 10 ** (db / 20)) for s, db in ((10, -36), (60, -23), (10, -36))]
        gated = loudness.step_powers(both(np.concatenate(steps)))
        self.assertAlmostEqual(loudness.integrated(gated), -23, 1)

    def test_range_and_jump_of_a_step(self):
        """EBU Tech 3342, case 1: 20 s at -20 and 20 s at -30 have a range of 10 LU."""
        step = np.concatenate([sine(1000, 20, 0.1), sine(1000, 20, 0.1 * 10 ** -0.5)])
        powers = loudness.step_powers(both(step))
        self.assertAlmostEqual(loudness.loudness_range(powers), 10, delta=0.5)
        self.assertAlmostEqual(loudness.largest_jump(loudness.curve(powers, 3.0)), 10, delta=0.5)

    def test_true_peak_between_samples(self):
        """A sine of a quarter of the rate, 45 degrees off, peaks 3 dB over its samples."""
        wave = 0.5 * np.sin(2 * np.pi * RATE / 4 * seconds(1) + np.pi / 4)
        self.assertAlmostEqual(loudness.true_peak(both(wave)), -6.0, delta=0.3)


class Spectrum(unittest.TestCase):
    def test_tilt_of_noises(self):
        for exponent, expected in ((0, 3.0), (1, 0.0), (2, -3.0)):
            tilt = spectrum.tilt(*both(noise(20, exponent)).power_spectrum)
            self.assertAlmostEqual(tilt, expected, delta=0.2)

    def test_brightness_air_and_hiss(self):
        def measured(wave):
            sound = both(wave)
            return spectrum.measure(sound, spectrum.cepstrum(sound, 1.0))
        dark, bright = measured(sine(200, 5)), measured(noise(5))
        self.assertLess(dark["brightness"], 0.02)
        self.assertGreater(bright["brightness"], 0.9)
        self.assertLess(dark["air"], -80)
        self.assertGreater(bright["air"], -6)
        self.assertAlmostEqual(bright["hiss"], 0.56, delta=0.05)

    def test_motion(self):
        """A steady noise does not move; one whose colour changes each second does."""
        still = noise(20)
        smooth = np.convolve(still, np.ones(40) / 40, "same")
        moving = np.where(seconds(20) % 2 < 1, still, smooth)
        for name in ("timbre_motion", "flux_cv"):
            less, more = (spectrum.measure(s, spectrum.cepstrum(s, 1.0))[name]
                          for s in (both(still), both(moving)))
            self.assertGreater(more, 3 * less, name)


class Stereo(unittest.TestCase):
    def test_mono_wide_and_opposed(self):
        wave = noise(5)
        self.assertAlmostEqual(stereo.measure(both(wave))["stereo_correlation"], 1, 6)
        wide = stereo.measure(Sound(np.stack([wave, noise(5)], axis=1)))
        self.assertAlmostEqual(wide["stereo_correlation"], 0, delta=0.03)
        self.assertAlmostEqual(wide["mono_loss"], -3, delta=0.2)
        opposed = stereo.measure(Sound(np.stack([wave, -0.9 * wave], axis=1)))
        self.assertLess(opposed["mono_loss"], -20)
        self.assertLess(opposed["bass_correlation"], -0.99)
        self.assertAlmostEqual(opposed["balance"], 0.915, delta=0.01)


class Faults(unittest.TestCase):
    def test_click_is_found_where_it_is_and_a_drum_is_none(self):
        wave = sine(220, 4)
        wave[2 * RATE] += 0.1
        self.assertEqual([round(t, 2) for t in faults.click_times(both(wave))], [2.0])
        self.assertEqual(len(faults.click_times(both(sine(220, 4)))), 0)
        drum = np.zeros(4 * RATE)
        drum[2 * RATE:] = noise(2) * np.exp(-20 * seconds(2))
        self.assertEqual(len(faults.click_times(both(drum))), 0)

    def test_a_cut_in_a_tone_is_a_click(self):
        wave = np.concatenate([sine(220, 1.0011), sine(220, 1.0)])
        self.assertEqual(len(faults.click_times(both(wave))), 1)

    def test_offset_hole_and_crest(self):
        wave = sine(220, 4) + 0.01
        wave[RATE:2 * RATE] = 0.0
        found = faults.measure(both(wave))
        self.assertAlmostEqual(found["dc"], 0.0075, delta=1e-4)
        self.assertAlmostEqual(found["silence"], 1.0, delta=0.02)
        self.assertAlmostEqual(faults.measure(both(sine(220, 4)))["crest"], 3.01, delta=0.01)


class Harmony(unittest.TestCase):
    def chord(self, *pitches):
        wave = sum(sine(440 * 2 ** ((p - 69) / 12), 4, 0.05) for p in pitches)
        return harmony.partials(both(wave), 1.0)

    def test_partials_and_their_classes(self):
        found = self.chord(60, 64, 67)
        strong = found.frequencies[5][found.magnitudes[5] > 0.01]
        np.testing.assert_allclose(strong, [261.63, 329.63, 392.0], atol=0.5)
        profile = harmony.chroma(found).mean(axis=0)
        self.assertEqual(set(np.argsort(profile)[-3:]), {0, 4, 7})

    def test_diatonic_and_chromatic(self):
        self.assertAlmostEqual(harmony.diatonic_ratio(np.eye(12)[[2, 4, 6, 9]].sum(axis=0)), 1)
        self.assertAlmostEqual(harmony.diatonic_ratio(np.ones(12)), 7 / 12)

    def test_an_octave_is_smoother_than_a_semitone_and_noise_is_roughest(self):
        octave, semitone = (harmony.dissonance(self.chord(60, p)) for p in (72, 61))
        rough = harmony.dissonance(harmony.partials(both(noise(4)), 1.0))
        self.assertLess(octave, 0.1)
        self.assertGreater(semitone, 0.25)
        self.assertGreater(rough, 0.49)


class Repetition(unittest.TestCase):
    def test_loop_and_noise(self):
        loop = np.tile(np.fft.irfft(np.fft.rfft(noise(4))[:8000], 16000), 5)
        self.assertAlmostEqual(repetition.loop_autocorrelation(loop, 4000), 1, 3)
        self.assertLess(repetition.loop_autocorrelation(RANDOM.standard_normal(80000), 4000), 0.1)

    def test_verbatim_melody_and_random_one(self):
        def melody(pitches):
            return both(np.concatenate([sine(440 * 2 ** (p / 12), 1.0) for p in pitches]))
        tune = list(RANDOM.integers(-12, 12, 20))
        again = repetition.measure(melody(tune * 3))
        never = repetition.measure(melody(RANDOM.integers(-12, 12, 60)))
        self.assertGreater(again["chroma_verbatim"], 0.9)
        self.assertEqual(never["chroma_verbatim"], 0)
        self.assertLess(never["chroma_twin"], again["chroma_twin"] - 0.2)


class Rhythm(unittest.TestCase):
    def test_onsets_are_counted(self):
        times = [0.5 + 0.5 * i for i in range(38)]
        found = rhythm.measure(both(plucks(times, 20)), 1.0)
        self.assertAlmostEqual(found["onset_rate"], 1.9, delta=0.1)
        self.assertGreater(found["pulse_clarity"], 0.6)

    def test_nothing_begins_in_noise_and_it_has_no_pulse(self):
        found = rhythm.measure(both(noise(20)), 1.0)
        self.assertLess(found["onset_rate"], 0.1)
        self.assertLess(found["pulse_clarity"], 0.1)

    def test_irregular_onsets_have_less_pulse(self):
        times = sorted(RANDOM.uniform(0.2, 19, 38))
        self.assertLess(rhythm.measure(both(plucks(times, 20)), 1.0)["pulse_clarity"], 0.4)


def written(notes: list[tuple[float, float, int, int]]) -> "midi.Score":
    """What is read of a MIDI file of (start, beats, pitch, channel) at 120 bpm, 480 ticks each."""
    events = []
    for start, beats, pitch, channel in notes:
        events += [(round(start * 480), 1, bytes([0x90 | channel, pitch, 80])),
                   (round((start + beats) * 480), 0, bytes([0x80 | channel, pitch, 0]))]
    track, now = b"\0\xff\x51\x03" + (500000).to_bytes(3, "big"), 0
    for tick, _, message in sorted(events):
        delta, now = tick - now, tick
        track += bytes([0x80 | delta >> 7, delta & 0x7F]) + message
    track += b"\0\xff\x2f\0"
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "notes.mid"
        file.write_bytes(b"MThd" + (6).to_bytes(4, "big") + b"\0\0\0\1\1\xe0" +
                         b"MTrk" + len(track).to_bytes(4, "big") + track)
        return midi.read(file)


class Score(unittest.TestCase):
    def test_notes_and_tempo(self):
        read = written([(0, 2, 60, 0), (1.5, 0.5, 72, 3), (0, 1, 36, 9)])
        self.assertAlmostEqual(read.bpm, 120)
        self.assertEqual([(n.start, n.end, n.pitch, n.channel) for n in read.notes],
                         [(0, 2, 60, 0), (0, 1, 36, 9), (1.5, 2, 72, 3)])

    def test_voice_leading(self):
        """C to A minor in place moves one voice by two; a jump by an octave moves all by 12."""
        near = [(0.0, [60, 64, 67]), (4.0, [69, 60, 64])]
        far = [(0.0, [60, 64, 67]), (4.0, [72, 76, 79])]
        self.assertAlmostEqual(score.voice_leading(near), 2 / 3)
        self.assertAlmostEqual(score.voice_leading(far), 12)
        self.assertIsNone(score.voice_leading(near[:1]))

    def test_motif_and_random_walk(self):
        self.assertAlmostEqual(score.motif_recurrence([2, 2, -4] * 5), 1)
        self.assertEqual(score.motif_recurrence(list(range(12))), 0)

    def test_chord_tones_on_strong_beats(self):
        pads = [(0, 4, p, 0) for p in (60, 64, 67)]
        inside = score.measure(written(pads + [(2, 1, 72, 3)] + [
            (0.5 * i + 0.25, 0.2, 74, 3) for i in range(9)]))
        outside = score.measure(written(pads + [(2, 1, 73, 3)] + [
            (0.5 * i + 0.25, 0.2, 86, 3) for i in range(9)]))
        self.assertEqual(inside["strong_chord_tones"], 1)
        self.assertEqual(outside["strong_chord_tones"], 0)
        self.assertEqual(inside["leaps"], 0)
        self.assertGreater(outside["leaps"], 0)

    def test_swing(self):
        swung = written([(i + 0.65, 0.2, 70, 4) for i in range(10)])
        self.assertAlmostEqual(score.swing(swung), 0.65, delta=0.01)


class Distance(unittest.TestCase):
    def test_same_and_different(self):
        one = portrait(both(plucks([0.5 * i for i in range(38)], 20)))
        other = portrait(both(plucks([0.25 * i for i in range(76)], 20, 1318.5) + noise(20) / 50))
        self.assertAlmostEqual(distance.between(one, one), 0)
        self.assertGreater(distance.between(one, other), 0.5)
        self.assertAlmostEqual(distance.between(one, other), distance.between(other, one))


class Ranges(unittest.TestCase):
    def test_misfit_is_in_widths(self):
        self.assertAlmostEqual(ranges.within(1, 3).misfit(4), 0.5)
        self.assertAlmostEqual(ranges.within(1, 3).misfit(2), -0.5)
        self.assertAlmostEqual(ranges.at_most(-1, 3).misfit(2), 1)
        self.assertAlmostEqual(ranges.at_least(0.9, 0.2).misfit(0.8), 0.5)
        self.assertEqual(ranges.exactly(0, 1).misfit(0), -0.5)
        self.assertEqual(ranges.exactly(0, 1).misfit(2), 2)

    def test_each_goal_has_its_own(self):
        for goal in ranges.GOALS:
            for intensity in ranges.INTENSITIES:
                self.assertIn("onset_rate", ranges.of(goal, intensity))
        self.assertNotEqual(ranges.of("sleep", "low")["air"], ranges.COMMON["air"])

    def test_all_prompts_can_be_judged(self):
        found = prompts.read(bench_sound.FOLDER / "prompts.txt")
        self.assertGreaterEqual(len(found), 24)
        plain = {"brightness": 0.2, "bpm": 75.0, "notes_per_minute": 200.0, "onset_rate": 2.0,
                 "hiss": 0.01}
        for word in {word for prompt in found for word in prompt.expectations}:
            _, wanted = prompts.expectation(word, plain, plain)
            self.assertGreater(wanted.width, 0)
        value, wanted = prompts.expectation("darker", {"brightness": 0.1}, plain)
        self.assertLess(wanted.misfit(value), 0)
        value, wanted = prompts.expectation("darker", {"brightness": 0.2}, plain)
        self.assertGreater(wanted.misfit(value), 0)


if __name__ == "__main__":
    unittest.main()
