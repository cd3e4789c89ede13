# SPDX-License-Identifier: MIT
"""What a body must be: a fault is answered 422 with the member it is about, and changes nothing."""
import json
import re

import world
from case import ContractCase

GOOD = {"goal": "focus", "target_minutes": 1}
ABSENT = object()

# Member by member: what it must not be.
WRONG = {
    "goal": [ABSENT, None, 1, True, "", "Focus", "focus ", "work", [], {}],
    "target_minutes": [
        ABSENT,
        None,
        "1",
        True,
        0,
        -1,
        1441,
        1.5,
        1e300,
        2**63,
        -(2**63),
        2**70,
        [],
        {},
    ],
    "custom_prompt": [None, 1, False, [], {}],
    "intensity": [None, 1, True, "", "HIGH", "extreme", [], {}],
    "divergence": [None, "0.3", True, -0.001, 1.001, 2, -1e300, 1e300, [], {}],
    "engine": [None, 1, True, "", "nobody", "studio ", "Studio", [], {}],
    "options": [None, 1, True, "", [], "{}"],
}
WRONG_OPTIONS = {
    "seed": [None, "7", True, -1, 1.5, 2**64, 1e30, [], {}],
    "target_lufs": [None, "-18", True, -40.1, -7.9, 0, 1e300, []],
    "format": [None, 1, "", "mp3", "FLAC", "flac16", []],
    "segment_seconds": [None, "60", True, 19.9, 600.1, 0, -60, []],
    "look_ahead": [None, "3", True, -1, 100001, 1.5, []],
    "fallback": [None, 1, True, "", "nobody", []],
    "fallback_after_seconds": [None, "30", True, -1, 0.05, 86401, []],
    "sample_rate": [None, "48000", 7999, 192001, 44100.5, 0, []],
    "modulation_depth": [None, "1", -0.1, 1.1, []],
    "pads_db": [None, "0", -60.1, 12.1, []],
    "bass_db": [None, -61],
    "melody_db": [None, 13],
    "percussion_db": [None, -1000],
    "ambience_db": [None, True],
    "work_minutes": [None, "25", 4, 121, -25, 25.5, []],
    "break_minutes": [None, "5", 61, -5, []],
    "tempo_bpm": [None, "60", True, 29.9, 240.1, -60, []],
    "scenes": [None, 1, True, "rian", "rain=13", ["rain"]],
    "programme": [None, 1, True, "rain", "10: rain; 5: sea", {}],
    "ending_seconds": [None, "8", 0.5, 3601, -1, 31, []],  # 31: more than half of one minute
}


class BodyCase(ContractCase):
    def refuse(self, body, field, message=None):
        answer = self.alice.request("POST", self.alice.sessions(), body)
        self.assert_refused(answer, 422, field, message)
        # A message names the field, and can be read on one line.
        self.assertNotIn("\n", answer.error["system_message"])
        if field != "body":
            self.assertIn(field, answer.error["system_message"])


class MemberTest(BodyCase):
    def test_members_that_are_wrong(self):
        for name, values in WRONG.items():
            for value in values:
                body = {**GOOD, name: value}
                if name == "custom_prompt":
                    body["goal"] = "custom_prompt"
                if value is ABSENT:
                    del body[name]
                with self.subTest(name=name, value=repr(value)):
                    self.refuse(body, name)

    def test_options_that_are_wrong(self):
        for name, values in WRONG_OPTIONS.items():
            for value in values:
                options = {name: value}
                if name == "break_minutes":
                    options["work_minutes"] = 25
                if name == "work_minutes":
                    options["break_minutes"] = 5
                with self.subTest(name=name, value=repr(value)):
                    self.refuse({**GOOD, "options": options}, f"options.{name}")

    def test_options_that_do_not_go_together(self):
        for goal, options, field in (
            ("sleep", {"modulation_depth": 0.5}, "modulation_depth"),
            ("relax", {"work_minutes": 25, "break_minutes": 5}, "work_minutes"),
            ("focus", {"break_minutes": 5}, "work_minutes"),
            ("focus", {"work_minutes": 25}, "break_minutes"),
            ("focus", {"format": "opus", "sample_rate": 44100}, "sample_rate"),
            (
                "focus",
                {
                    f"{stem}_db": -60
                    for stem in ("pads", "bass", "melody", "percussion", "ambience")
                },
                "pads_db",
            ),
        ):
            with self.subTest(options=options):
                self.refuse(
                    {"goal": goal, "target_minutes": 60, "options": options}, f"options.{field}"
                )

    def test_the_ends_of_the_ranges_are_in(self):
        for members in (
            {"target_minutes": 1440},
            {"divergence": 0},
            {"divergence": 1},
            {"divergence": 1.0},
            {"engine": "studio"},
            {"intensity": "low"},
            {"options": {}},
            {"options": {"seed": 0}},
            {"options": {"seed": 2**64 - 1}},
            {"options": {"target_lufs": -40}},
            {"options": {"target_lufs": -8}},
            {"options": {"segment_seconds": 600}},
            {"options": {"look_ahead": 100000}},
            {"options": {"fallback": "studio", "fallback_after_seconds": 0.1}},
            {"options": {"fallback_after_seconds": 0}},
            {"options": {"modulation_depth": 1}},
            {"options": {"pads_db": -60, "bass_db": 12}},
            {"options": {"ending_seconds": 30}},
            {"options": {"tempo_bpm": 30}},
            {"options": {"scenes": ""}},
            {"options": {"scenes": {"rain": -60, "sea": 12}}},
            {"options": {"programme": [{"from_minute": 0, "scenes": "rain"}]}},
            {"options": {"tempo_bpm": 240}},
            {"options": {"tempo_bpm": 0}},
            {"options": {"work_minutes": 0, "break_minutes": 0}},
        ):
            with self.subTest(members=members):
                self.alice.end(self.start(**{**GOOD, **members}))

    def test_members_that_nobody_knows(self):
        for name in (
            "Goal",
            "goals",
            "minutes",
            "targetMinutes",
            "session_id",
            "title",
            "",
            "at_seconds",
            "é",
        ):
            with self.subTest(name=name):
                self.refuse({**GOOD, name: 1}, name or "body")
        self.refuse({**GOOD, "options": {"sed": 7}}, "options.sed")
        self.refuse({**GOOD, "options": {"goal": "focus"}}, "options.goal")
        self.refuse({**GOOD, "options": {"options": {}}}, "options.options")

    def test_members_that_come_twice(self):
        self.refuse(b'{"goal": "focus", "target_minutes": 1, "goal": "relax"}', "goal")
        self.refuse(
            b'{"goal": "focus", "target_minutes": 1, "target_minutes": 1}', "target_minutes"
        )
        self.refuse(b'{"goal": "focus", "g\\u006fal": "focus", "target_minutes": 1}', "goal")
        self.refuse(
            b'{"goal": "focus", "target_minutes": 1, "options": {"seed": 1, "seed": 2}}',
            "options.seed",
        )

    def test_prompts(self):
        for prompt in ("", " ", "\t\n", "\u00a0\u2003"):
            self.refuse({**GOOD, "goal": "custom_prompt", "custom_prompt": prompt}, "custom_prompt")
        self.refuse(
            {**GOOD, "goal": "custom_prompt"},
            "custom_prompt",
            "custom_prompt is required when goal is custom_prompt",
        )
        self.refuse(
            {**GOOD, "goal": "custom_prompt", "custom_prompt": "p" * 60001}, "custom_prompt"
        )
        for bad in (b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"a\x80"):
            with self.subTest(bytes=bad):
                answer = self.alice.request(
                    "POST",
                    self.alice.sessions(),
                    b'{"goal": "custom_prompt", "target_minutes": 1, "custom_prompt": "'
                    + bad
                    + b'"}',
                )
                self.assertEqual(answer.status, 422, str(answer))
                self.assertIn(answer.error["details"]["field"], ("custom_prompt", "body"))

    def test_a_prompt_counts_only_with_its_goal(self):
        with_prompt = self.start(
            goal="relax",
            target_minutes=1,
            custom_prompt="loud drums",
            options={"seed": 5, "look_ahead": 0},
        )
        session = self.alice.fetch(with_prompt, "?include=analysis").json()
        self.assertEqual(session["goal"], "relax")
        self.start(goal="relax", target_minutes=1, custom_prompt="", options={"look_ahead": 0})
        words = self.start(
            goal="custom_prompt",
            target_minutes=1,
            custom_prompt="панио, piano & 雨 🎹",
            options={"look_ahead": 0},
        )
        self.assertEqual(self.alice.fetch(words).json()["goal"], "custom_prompt")


class JsonTest(BodyCase):
    def test_what_is_no_json_tells_where(self):
        for text, offset in (
            (b'{"goal": focus}', 9),
            (b'{"goal": "focus",}', 17),
            (b'{"goal" "focus"}', 8),
            (b'{"goal": "focus", "target_minutes": 01}', 37),
            (b"{'goal': 'focus'}", 1),
            (b'{"goal": "focus"} x', 18),
        ):
            with self.subTest(text=text):
                answer = self.alice.request("POST", self.alice.sessions(), text)
                self.assert_refused(answer, 422, "body")
                told = re.search(r"byte (\d+)", answer.error["system_message"])
                self.assertTrue(
                    told and abs(int(told.group(1)) - offset) <= 1, f"{offset}: {answer}"
                )

    def test_numbers_that_are_none(self):
        for literal in (
            b"NaN",
            b"Infinity",
            b"-Infinity",
            b"nan",
            b"1e999",
            b"0x10",
            b"+1",
            b"1.",
            b".5",
        ):
            with self.subTest(literal=literal):
                answer = self.alice.request(
                    "POST",
                    self.alice.sessions(),
                    b'{"goal": "focus", "target_minutes": 1, "divergence": ' + literal + b"}",
                )
                self.assertEqual(answer.status, 422, str(answer))
                self.assertIn(answer.error["details"]["field"], ("body", "divergence"))

    def test_what_is_no_object(self):
        for text in (
            b"",
            b" ",
            b"[]",
            b'[{"goal": "focus", "target_minutes": 1}]',
            b'"focus"',
            b"1",
            b"null",
            b"true",
            b"{",
            b"}",
            b"\x00",
            b"\xef\xbb\xbf{",
            b"// {}",
            b"<goal>focus</goal>",
            b"goal=focus&target_minutes=1",
        ):
            with self.subTest(text=text):
                self.refuse(text, "body")
        self.refuse(None, "body")

    def test_nothing_follows_the_object(self):
        for rest in (b"x", b"{}", b",", b"\x00", b"\x00{}", b"\x00\x00", b"\xff"):
            with self.subTest(rest=rest):
                self.refuse(json.dumps(GOOD).encode() + rest, "body")

    def test_what_is_nested_deeply(self):
        for text in (
            b"[" * 30000,
            b'{"options": ' * 5000,
            b'{"goal": ' + b"[" * 20000 + b"]" * 20000 + b"}",
            b'{"options": {"seed": ' * 2000 + b"1" + b"}}" * 2000,
        ):
            with self.subTest(text=text[:20]):
                self.assertEqual(
                    self.alice.request("POST", self.alice.sessions(), text).status, 422
                )

    def test_any_content_type_will_do(self):
        for content_type in ("text/plain", "application/json; charset=utf-8"):
            answer = self.alice.request(
                "POST",
                self.alice.sessions(),
                b"{",
                {"X-API-Key": self.alice.key, "content-type": content_type},
            )
            self.assert_refused(answer, 422, "body")

    def test_bodies_that_are_too_large(self):
        good = json.dumps(GOOD).encode()
        largest = good + b" " * (65536 - len(good))
        answer = self.alice.request("POST", self.alice.sessions(), largest)
        self.assertEqual(answer.status, 202, str(answer))
        session_id = answer.json()["session_id"]
        self.addCleanup(self.alice.end, session_id)
        for target in (
            self.alice.sessions(),
            self.alice.session(session_id) + "/steer",
            self.alice.session(session_id) + "/end",
            self.alice.session(session_id) + "/segments/0/promote",
        ):
            with self.subTest(target=target):
                self.assert_refused(self.alice.request("POST", target, largest + b" "), 413)
                self.assert_refused(self.alice.request("POST", target, b"x" * 1000000), 413)

    def test_nothing_is_left_of_what_was_refused(self):
        before = self.running()
        for body in (b"{", {**GOOD, "target_minutes": 0}, {**GOOD, "options": {"seed": -1}}):
            self.alice.request("POST", self.alice.sessions(), body)
        self.assertEqual(self.running(), before)

    def running(self):
        return [
            line for metrics in world.metrics(world.ALICE) for line in metrics.splitlines()
            if "session" in line and not line.startswith("#")
        ]


class QueryTest(ContractCase):
    def test_what_is_refused_has_not_been_done(self):
        session_id = self.start(goal="focus", target_minutes=120)
        target = self.alice.session(session_id)
        self.alice.request("POST", target + "/end?include=everything")
        self.assertEqual(self.alice.fetch(session_id).json()["status"], "active")
        self.alice.request("POST", target + "/steer?include=everything", {"target_minutes": 60})
        self.assertEqual(self.alice.fetch(session_id).json()["target_minutes"], 120)

    def test_include(self):
        session_id = self.start(goal="focus", target_minutes=120)
        session = self.alice.session(session_id)
        for query in (
            "?include=everything",
            "?include=",
            "?include=analysis,more",
            "?include=Analysis",
        ):
            with self.subTest(query=query):
                self.assert_refused(self.alice.fetch(session_id, query), 422, "include")
                self.assertEqual(self.alice.request("HEAD", session + query).status, 422)
                for method, rest, body in (
                    ("POST", "/end", None),
                    ("POST", "/steer", {"intensity": "high"}),
                ):
                    self.assert_refused(
                        self.alice.request(method, session + rest + query, body), 422, "include"
                    )
        self.assert_refused(self.alice.start("?include=everything", **GOOD), 422, "include")
        self.assertEqual(self.alice.fetch(session_id, "?other=1").status, 200)

    def test_limits_of_lists(self):
        tracks = f"{self.alice.music}/tracks"
        for limit in ("0", "-1", "1001", "x", "", "1.5", "1e2", " 5", "99999999999999999999"):
            with self.subTest(limit=limit):
                self.assert_refused(
                    self.alice.get(f"{tracks}?limit={limit.replace(' ', '%20')}"), 422, "limit"
                )
        for before in ("", "x", "mfocus_000000000000", "mtrack_00000000000"):
            with self.subTest(before=before):
                self.assert_refused(self.alice.get(f"{tracks}?before={before}"), 422, "before")
                self.assertEqual(
                    self.alice.request("HEAD", f"{tracks}?before={before}").status, 422
                )
        for limit in ("1", "1000"):
            self.assertEqual(self.alice.get(f"{tracks}?limit={limit}").status, 200)
