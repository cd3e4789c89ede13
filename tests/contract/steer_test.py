# SPDX-License-Identifier: MIT
"""Steering: what is not heard yet becomes another, and the rest stays."""
from case import ContractCase
from world import SHORT

WRONG = {
    "goal": [None, 1, "", "work", []],
    "intensity": [None, 1, "", "extreme", []],
    "divergence": [None, "0.3", True, -0.1, 1.1, []],
    "custom_prompt": [None, 1, "", " ", "p" * 60001, []],
    "target_minutes": [None, "3", 0, 1441, 1.5, True, []],
    "at_seconds": [None, "3", -1, True, []],
    **{
        f"{layer}_db": [None, "off", True, -60.1, 12.1, []]
        for layer in ("pads", "bass", "melody", "percussion", "ambience")
    },
}


class SteerTest(ContractCase):
    def test_a_goal_and_a_length(self):
        session_id = self.start()
        before = self.alice.ready(session_id)
        steered = self.alice.steer(session_id, goal="relax", target_minutes=2, at_seconds=20)
        self.assertEqual(steered.status, 200, str(steered))
        self.assertEqual((steered.json()["goal"], steered.json()["target_minutes"]), ("relax", 2))
        after = self.alice.ready(session_id)
        self.assertGreater(after["total_segments"], before["total_segments"])
        self.assertEqual(after["status"], "ended")

    def test_levels_of_layers(self):
        session_id = self.start()
        self.alice.ready(session_id)
        target = self.alice.session(session_id) + "/steer?include=analysis"
        body = {"pads_db": -6, "percussion_db": -60, "at_seconds": 20}
        answer = self.alice.request("POST", target, body)
        self.assertEqual(answer.status, 200, str(answer))
        options = answer.json()["analysis"]["request"]["options"]
        self.assertEqual((options["pads_db"], options["percussion_db"]), (-6, -60))
        self.assertEqual(options["bass_db"], 0)
        every = {f"{layer}_db": -60 for layer in ("bass", "melody", "ambience", "pads")}
        self.assert_refused(self.alice.steer(session_id, **every), 422, "pads_db")

    def test_scenes(self):
        options = {**SHORT.get("options", {}), "scenes": "rain=-12"}
        session_id = self.start(**{**SHORT, "options": options})
        self.alice.ready(session_id)
        target = self.alice.session(session_id) + "/steer?include=analysis"
        answer = self.alice.request("POST", target, {"scenes": {"fire": -9}, "at_seconds": 20})
        self.assertEqual(answer.status, 200, str(answer))
        options = answer.json()["analysis"]["request"]["options"]
        self.assertEqual(options["scenes"], "fire=-9")
        self.assert_refused(self.alice.steer(session_id, scenes={"fire": 99}), 422, "scenes")
        self.assert_refused(self.alice.steer(session_id, scenes=7), 422, "scenes")

    def test_words_imply_their_goal(self):
        session_id = self.start()
        steered = self.alice.steer(session_id, custom_prompt="harp and wind")
        self.assertEqual(steered.json()["goal"], "custom_prompt")
        self.assert_refused(
            self.alice.steer(session_id, goal="relax", custom_prompt="harp"), 422, "custom_prompt"
        )
        plain = self.start()
        self.assert_refused(self.alice.steer(plain, goal="custom_prompt"), 422, "custom_prompt")

    def test_analysis_when_it_is_asked_for(self):
        session_id = self.start()
        self.alice.ready(session_id)
        target = self.alice.session(session_id) + "/steer?include=analysis"
        answer = self.alice.request("POST", target, {"intensity": "high", "at_seconds": 30})
        self.assertEqual(answer.status, 200)
        for segment in answer.json()["segments"]:
            self.assertIn("analysis", segment)
        target = self.alice.session(session_id) + "/steer?include=everything"
        self.assert_refused(
            self.alice.request("POST", target, {"intensity": "low"}), 422, "include"
        )

    def test_members_that_are_wrong(self):
        session_id = self.start(**{**SHORT, "options": {**SHORT["options"], "look_ahead": 0}})
        before = self.alice.fetch(session_id).json()
        for name, values in WRONG.items():
            for value in values:
                with self.subTest(name=name, value=repr(value)[:40]):
                    body = {name: value, **({"intensity": "high"} if name == "at_seconds" else {})}
                    answer = self.alice.request(
                        "POST", self.alice.session(session_id) + "/steer", body
                    )
                    self.assert_refused(answer, 422, name)
        for body, field in (
            ({"mood": "blue"}, "mood"),
            ({"options": {}}, "options"),
            ({"engine": "studio"}, "engine"),
            (b"[]", "body"),
            (b"", "body"),
            (b"{", "body"),
            (b"null", "body"),
            (b'{"intensity": "low", "intensity": "low"}', "intensity"),
        ):
            with self.subTest(body=body):
                answer = self.alice.request("POST", self.alice.session(session_id) + "/steer", body)
                self.assert_refused(answer, 422, field)
        for nothing in ({}, {"at_seconds": 30}):
            answer = self.alice.request("POST", self.alice.session(session_id) + "/steer", nothing)
            self.assert_refused(answer, 422, "body")
        after = self.alice.fetch(session_id).json()
        for name in ("goal", "target_minutes", "total_segments"):
            self.assertEqual(after[name], before[name])

    def test_what_was_ended_stays_so(self):
        session_id = self.start()
        self.alice.end(session_id)
        self.assert_refused(self.alice.steer(session_id, intensity="high"), 422, "session")
        self.assertEqual(self.alice.fetch(session_id).json()["status"], "ended")
