# SPDX-License-Identifier: MIT
"""The checker finds what is wrong: each kind of fault once, on answers made by hand."""
import copy
import json
import unittest

import world
from exchange import Exchange, check

PATH = "/v1/music/org_abc123/focus/sessions/mfocus_5d0c81e6f2a9"
HEADERS = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


class CheckerTest(unittest.TestCase):
    def setUp(self):
        self.document = world.document()
        responses = self.document.content["components"]["responses"]
        examples = responses["Session"]["content"]["application/json"]["examples"]
        self.session = copy.deepcopy(examples["playing"]["value"])
        self.refusals = {
            name: copy.deepcopy(
                response["content"]["application/json"]["examples"]["error"]["value"]
            )
            for name, response in responses.items()
            if "error"
            in response.get("content", {}).get("application/json", {}).get("examples", {})
        }

    def problems(
        self,
        body=None,
        status=200,
        method="GET",
        target=PATH,
        headers=None,
        request=None,
        without=(),
    ):
        data = (
            body
            if isinstance(body, bytes)
            else json.dumps(self.session if body is None else body).encode()
        )
        given = {**HEADERS, "Content-Length": str(len(data)), **(headers or {})}
        given = [(name, value) for name, value in given.items() if name not in without]
        return check(self.document, Exchange(method, target, [], request, status, given, data))

    def assert_found(self, word, **answer):
        problems = self.problems(**answer)
        self.assertTrue(
            any(word in problem for problem in problems), f"{word!r} is not in {problems}"
        )

    def changed(self, **members):
        return {**self.session, **members}

    def test_a_right_answer_passes(self):
        self.assertEqual([], self.problems())
        self.assertEqual([], self.problems(target=PATH + "?include=analysis"))
        self.assertEqual([], self.problems(self.refusals["NotFound"], 404))

    def test_wrong_bodies(self):
        self.assert_found("ready_count", body=self.changed(ready_count="1"))
        self.assert_found("'tempo' was unexpected", body=self.changed(tempo=60))
        self.assert_found("session_id", body=self.changed(session_id="mfocus_5D0C81E6F2A9"))
        self.assert_found(
            "next_ready_at", body=self.changed(next_ready_at="2026-11-26T08:15:02.5Z")
        )
        self.assert_found("more_pending", body=self.changed(more_pending=False))
        self.assert_found("next_ready_at", body=self.changed(status="ended", more_pending=False))
        self.assert_found("required", body={k: v for k, v in self.session.items() if k != "engine"})
        segment = {**self.session["segments"][0], "fade_in_ms": 0.5}
        self.assert_found("segments/0/fade_in_ms", body=self.changed(segments=[segment]))
        segment = {**self.session["segments"][0], "analysis": {}}
        self.assert_found("segments/0/analysis", body=self.changed(segments=[segment]))

    def test_what_is_no_json(self):
        self.assert_found("NaN", body=b'{"session_id": NaN}')
        self.assert_found("twice", body=b'{"session_id": "a", "session_id": "a"}')
        self.assert_found("body", body=b"<html>")

    def test_wrong_statuses_and_headers(self):
        self.assert_found("418 is not documented", status=418)
        self.assert_found("201 is not documented", status=201)
        self.assert_found("cache-control is missing", without=["Cache-Control"])
        self.assert_found("header cache-control", headers={"Cache-Control": "public"})
        self.assert_found("x-powered-by is not documented", headers={"X-Powered-By": "hope"})
        self.assert_found("Content-Type", headers={"Content-Type": "text/html"})
        self.assert_found("Content-Length", headers={"Content-Length": "3"})
        self.assert_found("a body of", method="HEAD")

    def test_wrong_refusals(self):
        refusal = self.refusals["NotFound"]
        self.assert_found("status", body=refusal, status=401)
        refusal["error"]["code"] = "VALIDATION_ERROR"
        self.assert_found("code", body=refusal, status=404)
        unnamed = self.refusals["Invalid"]
        unnamed["error"]["details"] = {}
        self.assert_found("field", body=unnamed, status=422)
        late = self.refusals["RateLimited"]
        self.assert_found("retry-after is missing", body=late, status=429)
        self.assert_found("retry-after", body=late, status=429, headers={"Retry-After": "soon"})
        self.assertEqual([], self.problems(late, 429, headers={"Retry-After": "12"}))

    def test_methods_and_paths_that_are_not_there(self):
        responses = self.document.content["components"]["responses"]
        other = responses["Refused"]["content"]["application/json"]["examples"]["method"]["value"]
        self.assertEqual([], self.problems(other, 405, "PUT", headers={"Allow": "GET, HEAD, DELETE"}))
        self.assert_found(
            "Allow is", body=other, status=405, method="PUT", headers={"Allow": "GET"}
        )
        self.assert_found("status 200", method="PUT")
        self.assert_found("status 200", target="/v1/nothing")
        self.assertEqual([], self.problems(self.refusals["NotFound"], 404, target="/v1/nothing"))

    def test_requests_that_should_not_have_been_accepted(self):
        start = "/v1/music/org_abc123/focus/sessions"
        for wrong in (
            b'{"goal": "focus"}',
            b'{"goal": "focus", "target_minutes": 0}',
            b"{",
            b"",
            b'{"goal": "focus", "target_minutes": 5, "mood": "blue"}',
            b'{"goal": "custom_prompt", "target_minutes": 5, "custom_prompt": " "}',
        ):
            with self.subTest(request=wrong):
                problems = self.problems(status=202, method="POST", target=start, request=wrong)
                self.assertTrue(any("accepted" in problem for problem in problems), problems)
        right = b'{"goal": "focus", "target_minutes": 5}'
        self.assertEqual([], self.problems(status=202, method="POST", target=start, request=right))
