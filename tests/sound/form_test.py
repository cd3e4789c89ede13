# SPDX-License-Identifier: MIT
"""The measures of form of ./dev sound on pieces whose answers are known: each can pass, and fail.

Usage: form_test.py SOURCE_FOLDER. See bench_sound.py.
"""
import pathlib
import unittest

import bench_sound  # noqa: F401  (before the modules that it finds)

import numpy as np

import chords
import form
import form_ranges
import held
import keys
import kit
import midi
import motion
import phrases
import piece
import ranges
import suite
import toys
from audio import RATE, Sound
from render import Part

RANDOM = np.random.default_rng(1)


def missed(figures: dict[str, float], goal: str = "energize") -> set[str]:
    """What is out of range, or should be told and is not."""
    return {name for name, wanted in form_ranges.of_piece(goal, "high").items()
            if (wanted.misfit(figures[name]) > 0 if name in figures
                else name in form_ranges.NEEDED)}


class Toys(unittest.TestCase):
    """What stands still fails as well as what is thrown about."""

    def test_a_composed_piece_passes(self):
        found = form.of_score(toys.composed())
        self.assertEqual(missed(found, "focus"), set(), found)

    def test_a_loop_fails(self):
        self.assertLessEqual({"distinct_chords", "chord_kinds", "nondiatonic", "phrase_variation",
                              "common_rhythm", "phrase_return", "theme_return", "longest_kickless",
                              "fills", "bar_kinds"}, missed(form.of_score(toys.loop())))

    def test_a_drone_fails(self):
        self.assertLessEqual({"longest_held", "pad_top_share", "distinct_chords", "chord_kinds",
                              "final_cadence", "phrase_return", "fills", "kick_presence"},
                             missed(form.of_score(toys.drone())))

    def test_random_notes_fail(self):
        self.assertLessEqual({"nondiatonic", "phrase_return", "theme_return"},
                             missed(form.of_score(toys.random(chromatic=False))))
        self.assertLessEqual({"nondiatonic", "phrase_return", "theme_return", "distinct_chords"},
                             missed(form.of_score(toys.random(chromatic=True))))

    def test_every_range_of_a_score_is_failed_by_some_toy(self):
        failed = set()
        for toy in (toys.loop(), toys.drone(), toys.random(False), toys.random(True)):
            failed |= missed(form.of_score(toy))
        told = set(form.of_score(toys.composed()))
        asked = set(form_ranges.of_piece("energize", "high")) & told
        self.assertLessEqual(asked - failed, set())


class Held(unittest.TestCase):
    def test_restrikes_are_held_and_rests_are_not(self):
        struck = toys.piece([(4.0 * bar, 3.9, 60, 0) for bar in range(8)])
        apart = toys.piece([(4.0 * bar, 2.0, 60, 0) for bar in range(8)])
        self.assertAlmostEqual(held.longest(struck.tones), 20, delta=0.1)
        self.assertAlmostEqual(held.longest(apart.tones), 1.25)

    def test_top_of_the_pads(self):
        half = toys.piece([(0, 16, 72, 0), (0, 32, 60, 0), (16, 16, 74, 0)])
        self.assertAlmostEqual(held.measure(half)["pad_top_share"], 0.5, delta=0.05)


class Chords(unittest.TestCase):
    def read(self, *pitches):
        return chords.read(toys.piece([(0, 4, pitch, 0) for pitch in pitches]))[0].name

    def test_names(self):
        self.assertEqual(self.read(60, 64, 67), (0, "major"))
        self.assertEqual(self.read(52, 60, 67), (0, "major"))
        self.assertEqual(self.read(57, 60, 64, 67), (9, "minor seventh"))
        self.assertEqual(self.read(60, 64, 67, 69), (0, "sixth"))
        self.assertEqual(self.read(59, 62, 65, 68), (11, "diminished seventh"))

    def test_cadences(self):
        def end(*roots):
            return chords.cadence([chords.Chord(4.0 * place, 0, root, "major")
                                   for place, root in enumerate(roots)], 4.0 * len(roots) + 1)
        self.assertEqual([end(5, 7, 0), end(7, 5, 0), end(4, 0), end(0)], [2, 1, 0, 0])
        cut = [chords.Chord(4.0 * place, 0, root, "major") for place, root in enumerate((7, 0))]
        self.assertEqual(chords.cadence(cut, 8.0), 0)

    def test_keys(self):
        """A modulation is a change of key and has nothing outside; a borrowed chord is none."""
        def scale(low, bars, first):
            steps = (0, 4, 5, 7, 9, 11, 2)
            return [(4.0 * (first + bar) + beat, 1, low + steps[(bar + beat) % 7], 3)
                    for bar in range(bars) for beat in range(4)]
        moved, outside = keys.path(toys.piece(scale(60, 16, 0) + scale(64, 16, 16)))
        self.assertEqual(list(dict.fromkeys(moved)), [0, 4])
        self.assertLess(outside.mean(), 0.05)
        borrowed = [(32.0, 4, pitch, 0) for pitch in (56, 60, 63)]
        stays, outside = keys.path(toys.piece(scale(60, 16, 0) + borrowed))
        self.assertEqual(set(stays), {0})
        self.assertGreater(outside.mean(), 0.01)
        self.assertEqual([keys.tonic(key) for key in ("Eb dorian", "F# minor", "")], [3, 6, None])


class Phrases(unittest.TestCase):
    def line(self, *starts, pitch=72):
        return toys.piece([(start, 0.5, pitch, 3) for start in starts]).lead

    def test_phrases_end_with_a_rest(self):
        found = phrases.split(self.line(0, 1, 2, 3, 8, 9, 10, 16, 17))
        self.assertEqual([len(phrase) for phrase in found], [4, 3, 2])

    def test_a_transposed_phrase_returns_and_another_does_not(self):
        tune = [(0, 0), (1, 4), (1.5, 2), (2, 7)]
        def played(change):
            return phrases.split(toys.piece(
                [(40.0 * k + beat, 0.5, 60 + change(k, place) + step, 3) for k in range(10)
                 for place, (beat, step) in enumerate(tune)]).lead)
        self.assertAlmostEqual(phrases.phrase_return(played(lambda k, place: k)), 0.9)
        self.assertEqual(phrases.phrase_return(played(lambda k, place: k * place)), 0)

    def test_hidden(self):
        pads = [(0, 64, 70, 0)]
        for pitch, expected in ((65, 1.0), (75, 0.0)):
            lead = [(float(beat), 0.5, pitch, 3) for beat in range(64)]
            self.assertEqual(phrases.measure(toys.piece(pads + lead))["lead_hidden"], expected)


class Kit(unittest.TestCase):
    def test_a_break_a_fill_and_kinds_of_bars(self):
        notes = [(4.0 * bar + beat, 0.1, 36, 9) for bar in range(toys.BARS) for beat in range(4)
                 if not 32 <= bar < 40]
        notes += [(4.0 * bar + beat, 0.1, 38, 9) for bar in range(15, toys.BARS, 16)
                  for beat in (2, 2.5, 3)]
        found = kit.measure(toys.piece(notes))
        self.assertAlmostEqual(found["longest_kickless"], 20, delta=0.5)
        self.assertAlmostEqual(found["kick_presence"], 136 / 144, delta=0.01)
        self.assertAlmostEqual(found["fills"], 1, delta=0.1)
        self.assertEqual(found["bar_kinds"], 2)
        self.assertEqual(found["drum_sounds"], 2)


def tones(*pitches: float, seconds: float = 20.0) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return sum(0.05 * np.sin(2 * np.pi * 440 * 2 ** ((p - 69) / 12) * time) for p in pitches)


def heard(wave: np.ndarray) -> dict[str, float]:
    return motion.measure([Sound(np.stack([wave, wave], axis=1))])


class Motion(unittest.TestCase):
    def test_level_that_stands_and_that_moves(self):
        noise = 0.1 * RANDOM.standard_normal(20 * RATE)
        swell = noise * 10 ** (np.sin(np.arange(len(noise)) / RATE) * 6 / 20)
        still, moves = heard(noise), heard(swell)
        self.assertLess(still["level_sd"], 0.3)
        self.assertAlmostEqual(moves["level_sd"], 6 / 2 ** 0.5, delta=0.6)
        self.assertAlmostEqual(moves["level_range"], 12, delta=1.5)

    def test_colour_that_moves(self):
        """A sine that jumps by two octaves every two seconds deviates by one."""
        low, high = tones(69), tones(93)
        jumps = np.where(np.arange(len(low)) // RATE % 4 < 2, low, high)
        self.assertAlmostEqual(heard(jumps)["centroid_sd"], 1, delta=0.15)
        self.assertLess(heard(low)["centroid_sd"], 0.01)

    def test_comb_mud_and_air(self):
        noise = 0.1 * RANDOM.standard_normal(20 * RATE)
        chord = heard(tones(45, 52, 57, 60, 64, 69, 76, 81, 88, 100) + noise / 1000)
        white = heard(noise)
        self.assertGreater(chord["comb"], 15)
        self.assertLess(white["comb"], 3)
        self.assertGreater(heard(tones(60, 64))["mud"], -0.5)
        self.assertAlmostEqual(white["mud"], 10 * np.log10(300 / 19980), delta=0.3)
        self.assertAlmostEqual(white["top_air"], -3, delta=0.3)
        self.assertLess(chord["top_air"], -30)


class Hour(unittest.TestCase):
    def points(self, *colours):
        return np.concatenate([colour + 0.3 * RANDOM.standard_normal((36, 25))
                               for colour in colours])

    def test_movements_are_found_where_the_sound_changes(self):
        still = self.points(*[np.zeros(25)] * 10)
        suite_of_four = self.points(*[RANDOM.standard_normal(25) for _ in range(4)])
        self.assertEqual(len(suite.borders(still)), 0)
        np.testing.assert_allclose(suite.borders(suite_of_four), [36, 72, 108], atol=1)

    def test_still_and_moving_hours(self):
        def parts(bpms):
            return [Part(pathlib.Path(), pathlib.Path(), 120.0 * k, 120, 0, "C major", -18, bpm,
                         -18.0 + k % 5) for k, bpm in enumerate(bpms)]
        self.assertEqual(suite.tempi(parts([80] * 30)), 1)
        self.assertEqual(suite.tempi(parts([80, 80.5, 76, 84])), 3)
        still = toys.loop()
        still.parts = parts([96, 96, 96])
        found = suite.measure(still, self.points(*[np.zeros(25)] * 3))
        asked = form_ranges.of_hour("focus", "medium")
        for name in ("key_areas", "key_changes", "chords_in_hour", "tempi", "palettes"):
            self.assertGreater(asked[name].misfit(found[name]), 0, name)


class Join(unittest.TestCase):
    def test_what_sounds_in_an_overlap_is_heard_once(self):
        """Two segments of 60 s that share 10 s at 120 bpm; a note is held over the seam."""
        def part(start, overlap):
            return Part(pathlib.Path(), pathlib.Path(str(start)), start, 60.0, overlap, "C major",
                        -18)
        scores = {"0": midi.Score([midi.Note(96, 110, 60, 80, 0), midi.Note(102, 103, 72, 80, 3)],
                                  [(0.0, 120.0)]),
                  "50": midi.Score([midi.Note(0, 20, 60, 80, 0), midi.Note(2, 3, 72, 80, 3)],
                                   [(0.0, 120.0)])}
        read, midi.read = midi.read, lambda path: scores[path.name]
        try:
            whole = piece.join([part(0, 10.0), part(50, 0.0)])
        finally:
            midi.read = read
        self.assertEqual([(t.beat, t.end_beat, t.start, t.pitch) for t in whole.tones],
                         [(96, 120, 48.0, 60), (102, 103, 51.0, 72)])


class Ranges(unittest.TestCase):
    def test_all_goals_ask_for_something_at_all_intensities(self):
        for goal in ranges.GOALS:
            for intensity in ranges.INTENSITIES:
                self.assertIn("top_air", form_ranges.of_piece(goal, intensity))
                self.assertIn("movements", form_ranges.of_hour(goal, intensity))
        self.assertNotIn("final_cadence", form_ranges.of_piece("sleep", "low"))


if __name__ == "__main__":
    unittest.main()
