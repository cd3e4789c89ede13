# SPDX-License-Identifier: MIT
"""Who may do what: keys, organizations, capabilities, rates; and what is told first."""
import unittest

import world
from case import ContractCase
from world import SHORT

NOBODY_S = "mfocus_000000000000"



def target_of(template, session_id):
    """A target that falls under the template."""
    values = {
        "organization_id": "org_abc123",
        "session_id": session_id,
        "segment_index": "0",
        "track_id": "mtrack_000000000000",
        "format": "mp3",
        "playlist": "index",
        "file": "index.m3u8",
    }
    return template.format(**values)


class KeyTest(ContractCase):
    def test_both_headers_carry_a_key(self):
        engines = f"{self.alice.music}/engines"
        key = world.ALICE.text
        for headers in (
            {"X-API-Key": key},
            {"x-api-key": f"  {key} "},
            {"Authorization": f"Bearer {key}"},
            {"authorization": f"bearer {key}"},
        ):
            with self.subTest(headers=headers):
                self.assertEqual(self.alice.get(engines, headers=headers).status, 200)

    def test_no_key_and_wrong_keys(self):
        key = world.ALICE.text
        for headers in (
            {},
            {"X-API-Key": ""},
            {"X-API-Key": "wrong"},
            {"X-API-Key": key + "x"},
            {"X-API-Key": key[:-1]},
            {"X-API-Key": key.upper()},
            {"X-API-Key": "k" * 4000},
            {"X-API-Key": f"Bearer {key}"},
            {"Authorization": key},
            {"Authorization": "Bearer"},
            {"Authorization": "Bearer "},
            {"Authorization": f"Basic {key}"},
            {"Authorization": f"Bearer{key}"},
            {"Authorization": f"Bearer {key} {key}"},
            {"X-API-Key": world.ALICE.entry()["hash"]},
            {"Cookie": f"X-API-Key={key}"},
        ):
            with self.subTest(headers=headers):
                for method, target in (
                    ("GET", f"{self.alice.music}/engines"),
                    ("POST", self.alice.sessions()),
                    ("GET", self.alice.session(NOBODY_S)),
                    ("GET", "/v1/nothing/at/all"),
                ):
                    answer = self.alice.request(
                        method, target, SHORT if method == "POST" else None, headers
                    )
                    self.assert_refused(answer, 401)
        query = f"{self.alice.music}/engines?X-API-Key={key}&api_key={key}"
        self.assert_refused(self.alice.get(query, headers={}), 401)

    def test_every_operation_needs_its_key(self):
        for template, method, operation in world.document().operations():
            if not operation["security"]:
                continue
            target = target_of(template, NOBODY_S)
            with self.subTest(operation=f"{method} {target}"):
                answer = self.alice.request(method, target, headers={})
                self.assertEqual(answer.status, 401, str(answer))
                stranger = world.client(world.STRANGER).request(method, target)
                names_one = "{organization_id}" in template
                self.assertEqual(stranger.status, 403 if names_one else 200, str(stranger))

    def test_what_is_open_needs_none(self):
        for target in ("/openapi.json", "/healthz"):
            self.assertEqual(self.alice.get(target, headers={}).status, 200)
            self.assertEqual(self.alice.request("HEAD", target, headers={}).status, 200)


class PermissionTest(ContractCase):
    def test_a_foreign_organization(self):
        stranger = world.client(world.STRANGER)
        self.assert_refused(stranger.get(f"{stranger.music}/engines"), 403)
        self.assert_refused(stranger.start(**SHORT), 403)
        for odd in ("org_ABC123", "org_abc123 ", "org_abc12", "%6frg_abc1234", "*", "%2A"):
            self.assert_refused(self.alice.get(f"/v1/music/{odd.replace(' ', '%20')}/engines"), 403)
        home = world.client(world.STRANGER, organization="org_elsewhere")
        self.assertEqual(home.get(f"{home.music}/engines").status, 200)

    def test_generating_needs_its_capability(self):
        listener = world.client(world.LISTENER)
        self.assert_refused(listener.start(**SHORT), 403, message="USE_MUSIC_GENERATION")
        self.assertEqual(listener.get(f"{listener.music}/engines").status, 200)
        self.assertEqual(listener.get(f"{listener.music}/tracks").status, 200)
        session_id = self.start()
        self.assert_refused(
            listener.steer(session_id, intensity="high"), 403, message="USE_MUSIC_GENERATION"
        )
        self.assert_refused(listener.fetch(session_id), 404)

    def test_what_is_told_first(self):
        broken = b'{"goal": 7'
        sessions, steer = self.alice.sessions(), self.alice.session(NOBODY_S) + "/steer"
        for target in (sessions, steer):
            self.assert_refused(self.alice.request("POST", target, broken, {}), 401)
            self.assert_refused(world.client(world.STRANGER).request("POST", target, broken), 403)
            self.assert_refused(world.client(world.LISTENER).request("POST", target, broken), 403)
        self.assert_refused(self.alice.request("POST", steer, broken), 404)
        self.assert_refused(self.alice.request("POST", sessions, broken), 422, "body")
        self.assert_refused(
            self.alice.get(self.alice.session(NOBODY_S) + "?include=everything"), 404
        )

    def test_a_foreign_session_is_like_none(self):
        session_id = self.start()
        bob = world.client(world.BOB)
        calls = [
            ("GET", "", None),
            ("HEAD", "", None),
            ("GET", "/events", None),
            ("HEAD", "/events", None),
            ("DELETE", "", None),
            ("POST", "/end", None),
            ("POST", "/steer", {"intensity": "high"}),
            ("POST", "/segments/0/promote", None),
            ("GET", "?include=analysis", None),
        ]
        for method, rest, body in calls:
            with self.subTest(call=f"{method} {rest}"):
                foreign = bob.request(method, bob.session(session_id) + rest, body)
                missing = bob.request(method, bob.session(NOBODY_S) + rest, body)
                self.assertEqual((foreign.status, missing.status), (404, 404))
                self.assertEqual(self.blurred(foreign), self.blurred(missing))
        self.assertEqual(self.alice.fetch(session_id).status, 200)
        self.assertEqual(world.client(world.ALICE_TOO).fetch(session_id).status, 200)

    @staticmethod
    def blurred(answer):
        """The answer without what is another at each: the moment and the trace id."""
        body = answer.body
        if body:
            for name in ("trace_id", "timestamp"):
                body = body.replace(answer.error[name].encode(), b"")
        return [(name, value) for name, value in answer.headers if name != "Date"], body

    def test_ids_that_are_none(self):
        for odd in (
            "mfocus_",
            "mfocus_00000000000",
            "mfocus_0000000000000",
            "mfocus_00000000000G",
            "x",
            "mtrack_000000000000",
            "..",
            "%2e%2e",
            "mfocus_000000000000%00",
            "%ff",
            "a" * 3000,
        ):
            with self.subTest(session_id=odd):
                self.assert_refused(self.alice.fetch(odd), 404)


class MethodTest(ContractCase):
    def test_methods_that_a_path_does_not_have(self):
        session_id = self.start()
        for template in world.document().templates:
            target = target_of(template, session_id)
            for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"):
                if method in world.document().methods_of(template):
                    continue
                with self.subTest(method=method, template=template):
                    answer = self.alice.request(method, target)
                    self.assertEqual(answer.status, 405, str(answer))

    def test_paths_that_are_not_there(self):
        for target in (
            "/v1",
            "/v1/",
            "/v1/music",
            "/v1/music/org_abc123",
            "/v1/music/org_abc123/",
            "/v1/music/org_abc123/focus",
            f"{self.alice.sessions()}/",
            "/v2/music/org_abc123/engines",
            f"{self.alice.music}/engines/",
            f"{self.alice.music}//engines",
            "//v1/music/org_abc123/engines",
            f"{self.alice.music}/ENGINES",
            "/V1/music/org_abc123/engines",
            "/metrics/",
            "/nothing",
        ):
            with self.subTest(target=target):
                self.assert_refused(self.alice.get(target), 404)
                keyless = self.alice.get(target, headers={})
                self.assert_refused(keyless, 401 if (target + "/").startswith("/v1/") else 404)


class RateTest(ContractCase):
    def test_a_hasty_key_has_to_wait(self):
        hasty = world.client(world.HASTY)
        engines = f"{hasty.music}/engines"
        self.assertEqual([hasty.get(engines).status for _ in range(3)], [200] * 3)
        late = hasty.get(engines)
        self.assert_refused(late, 429)
        self.assertTrue(50 <= int(late.header("Retry-After")) <= 60, late.header("Retry-After"))
        # The rate is told before the permission and the body, and is the key's alone.
        self.assert_refused(hasty.request("POST", hasty.sessions(), b"{"), 429)
        self.assert_refused(
            world.client(world.HASTY, organization="org_elsewhere").get(
                "/v1/music/org_elsewhere/engines"
            ),
            429,
        )
        self.assertEqual(self.alice.get(engines).status, 200)
        for template, method, operation in world.document().operations():
            if operation["security"]:
                target = target_of(template, NOBODY_S)
                self.assertEqual(hasty.request(method, target).status, 429, f"{method} {target}")
