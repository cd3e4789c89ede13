# SPDX-License-Identifier: MIT
"""The session object, and that the audio is what it says."""
import pathlib
import re
import tempfile
import time

import flac
import world
from case import ContractCase
from world import SHORT

SESSION_KEYS = [
    "session_id",
    "status",
    "goal",
    "engine",
    "target_minutes",
    "total_segments",
    "ready_count",
    "segments",
    "more_pending",
    "next_ready_at",
]
SEGMENT_KEYS = [
    "segment_index",
    "playback_url",
    "measured_duration_seconds",
    "target_lufs",
    "fade_in_ms",
    "fade_out_ms",
]
MAGIC = {"flac": b"fLaC", "flac24": b"fLaC", "wav": b"RIFF", "ogg": b"OggS", "opus": b"OggS"}


class ObjectTest(ContractCase):
    def test_a_session_that_begins(self):
        answer = self.alice.start(goal="focus", target_minutes=60)
        session = answer.json()
        self.addCleanup(self.alice.end, session["session_id"])
        self.assertEqual(answer.status, 202)
        self.assertEqual(list(session), SESSION_KEYS)
        self.assertEqual(
            (session["status"], session["goal"], session["engine"]), ("active", "focus", "studio")
        )
        self.assertEqual((session["target_minutes"], session["total_segments"]), (60, 30))
        self.assertEqual(session["ready_count"], len(session["segments"]))
        self.assertRegex(session["next_ready_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_nothing_need_be_ready_when_it_begins(self):
        session = self.alice.start(goal="sleep", target_minutes=60).json()
        self.alice.end(session["session_id"])
        self.assertEqual((session["ready_count"], session["segments"]), (0, []))

    def test_how_many_segments_there_are(self):
        for minutes in (1, 2, 3, 4, 59, 60, 61, 1440):
            with self.subTest(minutes=minutes):
                session_id = self.start(goal="relax", target_minutes=minutes)
                self.assertEqual(
                    self.alice.end(session_id).json()["total_segments"], (minutes + 1) // 2
                )

    def test_a_session_that_is_ready(self):
        session = self.alice.fetch(world.ready_session()).json()
        self.assertEqual(list(session), SESSION_KEYS)
        self.assertEqual(
            (session["status"], session["more_pending"], session["next_ready_at"]),
            ("ended", False, None),
        )
        self.assertEqual(session["ready_count"], session["total_segments"])
        self.assertEqual(
            [segment["segment_index"] for segment in session["segments"]],
            list(range(session["total_segments"])),
        )
        for segment in session["segments"]:
            self.assertEqual(list(segment), SEGMENT_KEYS)

    def test_segments_are_listed_without_holes(self):
        session_id = self.start(**{**SHORT, "target_minutes": 2})
        seen = 0
        while True:
            session = self.alice.fetch(session_id).json()
            indices = [segment["segment_index"] for segment in session["segments"]]
            self.assertEqual(indices, list(range(session["ready_count"])))
            self.assertGreaterEqual(session["ready_count"], seen)
            seen = session["ready_count"]
            if not session["more_pending"]:
                break
            time.sleep(0.01)
        self.assertEqual(seen, session["total_segments"])

    def test_ids_are_drawn(self):
        ids = {self.start() for _ in range(5)}
        self.assertEqual(len(ids), 5)

    def test_head_is_get_without_a_body(self):
        session = self.alice.session(world.ready_session())
        got, head = self.alice.get(session), self.alice.request("HEAD", session)
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.header("Content-Length"), got.header("Content-Length"))

    def test_analysis_is_there_when_it_is_asked_for(self):
        answer = self.alice.start(
            "?include=analysis",
            goal="custom_prompt",
            target_minutes=1,
            custom_prompt="slow piano, no drums, zzyzx",
            engine="tone",
            options={**world.QUICK, "seed": 3},
        )
        session_id = answer.json()["session_id"]
        plain = self.alice.ready(session_id)
        self.assertNotIn("analysis", plain["segments"][0])
        for answer in (
            self.alice.fetch(session_id, "?include=analysis"),
            self.alice.request("POST", self.alice.session(session_id) + "/end?include=analysis"),
        ):
            for segment in answer.json()["segments"]:
                self.assertEqual(list(segment), [*SEGMENT_KEYS, "analysis"])
                analysis = segment["analysis"]
                self.assertNotIn("phase", analysis)
                self.assertIn("zzyzx", analysis["prompt"]["not_understood"])
                self.assertLessEqual(
                    analysis["cue_out_seconds"], segment["measured_duration_seconds"]
                )
        phased = self.start(
            goal="focus",
            target_minutes=60,
            engine="tone",
            options={**world.QUICK, "work_minutes": 5, "break_minutes": 1},
        )
        self.alice.ready(phased, 1)
        self.alice.end(phased)
        segments = self.alice.fetch(phased, "?include=analysis").json()["segments"]
        self.assertEqual(segments[0]["analysis"]["phase"], "work")


class EndTest(ContractCase):
    def test_an_end_is_an_end(self):
        session_id = self.start(**{**SHORT, "target_minutes": 60})
        playable = self.alice.ready(session_id, 1)["segments"][0]["playback_url"]
        first = self.alice.end(session_id).json()
        self.assertEqual(
            (first["status"], first["more_pending"], first["next_ready_at"]), ("ended", False, None)
        )
        self.assertLess(first["ready_count"], first["total_segments"])
        again = self.alice.end(session_id)
        self.assertEqual(again.status, 200)
        for name in ("status", "total_segments"):
            self.assertEqual(again.json()[name], first[name])
        # What two workers were just putting away may still be listed, and nothing after it.
        last = self.alice.fetch(session_id).json()["ready_count"]
        self.assertTrue(first["ready_count"] <= last <= first["ready_count"] + 2, last)
        self.assertEqual(self.alice.audio(playable).status, 200)
        for segment in first["segments"]:
            self.assertEqual(self.alice.audio(segment["playback_url"], "HEAD").status, 200)

    def test_the_end_of_one_that_is_ready(self):
        before = self.alice.ready(self.start())
        after = self.alice.end(before["session_id"]).json()
        for name in ("status", "ready_count", "total_segments", "next_ready_at"):
            self.assertEqual(after[name], before[name])


class SoundTest(ContractCase):
    def check_sound(self, session):
        """What the segments say of themselves is true of their audio."""
        segments = session["segments"]
        played = 0.0
        audio = [self.alice.audio(segment["playback_url"]).body for segment in segments]
        for segment, data in zip(segments, audio):
            self.assertAlmostEqual(
                segment["measured_duration_seconds"], flac.seconds(data), delta=0.002
            )
            played += flac.seconds(data) - segment["fade_in_ms"] / 1000
        self.assertAlmostEqual(played, session["target_minutes"] * 60, delta=1.0)
        self.assertEqual((segments[0]["fade_in_ms"], segments[-1]["fade_out_ms"]), (0, 0))
        for before, after in zip(segments, segments[1:]):
            self.assertEqual(before["fade_out_ms"], after["fade_in_ms"])
            self.assertGreater(before["fade_out_ms"], 0)
        return audio

    def check_loudness(self, session, audio, target):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, data in enumerate(audio):
                paths.append(pathlib.Path(folder) / f"{number}.flac")
                paths[-1].write_bytes(data)
            measured = world.measure(paths)
        # A segment's own target is the session's, moved by the form: by 2 LU at most, in sleep by 5.
        own = [segment["target_lufs"] for segment in session["segments"]]
        for lufs in own:
            self.assertAlmostEqual(lufs, target, delta=5.0 if session["goal"] == "sleep" else 2.0)
        # The last fade is baked into the last segment, after its loudness was set: what is left
        # of it when the quiet end is gated away may be a little louder than the whole.
        for lufs, wanted in zip(measured[:-1], own):
            self.assertAlmostEqual(lufs, wanted, delta=0.1)
        self.assertAlmostEqual(measured[-1], own[-1], delta=2.0)

    def test_each_goal_has_its_loudness(self):
        for goal, target in (
            ("focus", -18),
            ("relax", -20),
            ("energize", -16),
            ("custom_prompt", -18),
        ):
            with self.subTest(goal=goal):
                session = self.alice.ready(
                    self.start(
                        goal=goal,
                        target_minutes=1,
                        custom_prompt="soft strings",
                        options={"segment_seconds": 20, "seed": 11},
                    )
                )
                self.check_loudness(session, self.check_sound(session), target)

    def test_a_loudness_of_ones_own(self):
        session = self.alice.ready(
            self.start(
                goal="sleep",
                target_minutes=3,
                divergence=1.0,
                intensity="high",
                options={"target_lufs": -27.5, "ending_seconds": 5, "seed": 12},
            )
        )
        self.assertEqual(session["total_segments"], 2)
        self.check_loudness(session, self.check_sound(session), -27.5)

    def test_the_same_seed_is_the_same_audio(self):
        seeds = [SHORT, SHORT, {**SHORT, "options": {"segment_seconds": 20, "seed": 8}}]
        first, again, other = (self.alice.ready(self.start(**request), 2) for request in seeds)
        bodies = [
            self.alice.audio(session["segments"][1]["playback_url"]).body
            for session in (first, again, other)
        ]
        self.assertEqual(bodies[0], bodies[1])
        self.assertNotEqual(bodies[0], bodies[2])

    def test_formats(self):
        for name, magic in MAGIC.items():
            with self.subTest(format=name):
                session = self.alice.ready(
                    self.start(
                        goal="focus",
                        target_minutes=1,
                        engine="tone",
                        options={"format": name, "segment_seconds": 20, "seed": 2},
                    ),
                    1,
                )
                self.alice.end(session["session_id"])
                answer = self.alice.audio(session["segments"][0]["playback_url"])
                self.assertEqual(answer.body[:4], magic)
                self.assertEqual("opus" in answer.header("Content-Type"), name == "opus")
                if magic == b"fLaC":
                    rate, channels, bits, _ = flac.stream_info(answer.body)
                    self.assertEqual(
                        (rate, channels, bits), (48000, 2, 24 if name == "flac24" else 16)
                    )


class EngineTest(ContractCase):
    def test_engines_are_listed(self):
        answer = self.alice.get(f"{self.alice.music}/engines")
        self.assertEqual(self.alice.request("HEAD", f"{self.alice.music}/engines").status, 200)
        engines = answer.json()["engines"]
        self.assertEqual(
            list(engines[0]),
            [
                "engine_key",
                "display_name",
                "enabled",
                "max_duration_seconds",
                "vocals",
                "stems",
                "supported_languages",
                "licence_class",
                "commercial_use",
                "requires_attribution",
            ],
        )
        studio = next(engine for engine in engines if engine["engine_key"] == "studio")
        self.assertTrue(studio["enabled"] and studio["commercial_use"])
        self.assertEqual((studio["vocals"], studio["licence_class"]), (False, "commercial_cleared"))
        soundscape = next(engine for engine in engines if engine["engine_key"] == "soundscape")
        self.assertEqual(list(soundscape), list(studio))
        self.assertGreater(soundscape["max_duration_seconds"], 0)
        self.assertEqual((soundscape["vocals"], soundscape["stems"]), (False, False))
        self.assertEqual(soundscape["supported_languages"], [])
        self.assertEqual(soundscape["licence_class"], "commercial_cleared")
        named = self.start(**{**SHORT, "engine": "studio"})
        self.assertEqual(self.alice.fetch(named).json()["engine"], "studio")


class UrlTest(ContractCase):
    def test_each_answer_has_new_urls(self):
        session_id = world.ready_session()
        url = self.alice.fetch(session_id).json()["segments"][0]["playback_url"]
        self.assertTrue(
            url.startswith(f"http://{self.alice.address}/v1/audio/sessions/{session_id}/0?"), url
        )
        self.assertIsNotNone(re.search(r"expires=(\d+)", url))
