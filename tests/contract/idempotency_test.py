# SPDX-License-Identifier: MIT
"""Requests that are sent again, by Idempotency-Key; and whose trace a refusal belongs to."""
import concurrent.futures
import http.client
import json
import random
import re
import threading
import time

import world
from case import ContractCase
from world import SHORT

NOBODY_S = "mfocus_000000000000"
MISSING = {"session_id": NOBODY_S, "segment_index": "0", "organization_id": "org_abc123"}


def without_signatures(answer):
    return re.sub(rb'\?expires=[^"]*', b"", answer.body)


class KeyCase(ContractCase):
    def post(self, target, key, body=None, client=None):
        client = client or self.alice
        headers = {"X-API-Key": client.key, "Idempotency-Key": key}
        return client.request("POST", target, body, headers)

    def assert_again(self, first, again):
        self.assertEqual((again.status, again.header("Idempotent-Replayed")), (first.status, "true"))
        self.assertEqual(without_signatures(again), without_signatures(first))


class IdempotencyTest(KeyCase):
    def test_every_call_has_its_first_answer_again(self):
        sessions = self.alice.sessions()
        first = self.post(sessions, "every-start", SHORT)
        self.assertEqual((first.status, first.header("Idempotent-Replayed")), (202, None))
        session = self.alice.session(first.json()["session_id"])
        self.alice.ready(first.json()["session_id"])
        self.assert_again(first, self.post(sessions, "every-start", SHORT))
        for call, body, status in (
            ("/steer", {"intensity": "high"}, 200),
            ("/segments/0/promote", {"title": "Once"}, 201),
            ("/end", None, 200),
            ("/segments/999/promote", None, 404),
            ("/steer", {"intensity": "loud"}, 422),
        ):
            with self.subTest(call=call, status=status):
                key = f"every{call}-{status}"
                first = self.post(session + call, key, body)
                self.assertEqual(first.status, status, str(first))
                self.assert_again(first, self.post(session + call, key, body))

    def test_urls_of_an_answer_that_is_given_again_work(self):
        session_id = self.alice.ready(self.start())["session_id"]
        end = self.alice.session(session_id) + "/end"
        urls = [
            self.post(end, "urls", None).json()["segments"][0]["playback_url"] for _ in range(2)
        ]
        self.assertEqual([self.alice.audio(url).status for url in urls], [200, 200])

    def test_another_request_with_the_same_key(self):
        first = self.post(self.alice.sessions(), "another", SHORT)
        self.alice.end(first.json()["session_id"])
        for target, body in (
            (self.alice.sessions(), {**SHORT, "intensity": "low"}),
            (self.alice.sessions() + "?include=analysis", SHORT),
            (self.alice.session(NOBODY_S) + "/end", SHORT),
        ):
            self.assert_refused(self.post(target, "another", body), 422, "Idempotency-Key")
        # It is another key for another caller.
        bob = world.client(world.BOB)
        of_bob = self.post(bob.sessions(), "another", SHORT, bob)
        self.assertEqual((of_bob.status, of_bob.header("Idempotent-Replayed")), (202, None))
        bob.end(of_bob.json()["session_id"])

    def test_keys_that_are_none(self):
        for template, method, _ in world.document().operations():
            if method != "POST":
                continue
            target = re.sub(r"\{(\w+)\}", lambda name: MISSING[name.group(1)], template)
            for key in ("", "k" * 256, "a b", "schl\xfcssel"):
                with self.subTest(target=target, key=key):
                    self.assert_refused(self.post(target, key), 400, "Idempotency-Key")

    def test_a_hundred_at_once_make_one_session(self):
        before = self.count(self.alice)

        def ask(_):
            while True:
                answer = self.post(self.alice.sessions(), "hundred", SHORT)
                if answer.status != 409:
                    return answer
                self.assertEqual(answer.error["code"], "IDEMPOTENCY_IN_PROGRESS")

        with concurrent.futures.ThreadPoolExecutor(25) as threads:
            answers = list(threads.map(ask, range(100)))
        self.assertEqual({answer.status for answer in answers}, {202})
        self.assertEqual(len({answer.body for answer in answers}), 1)
        self.alice.end(answers[0].json()["session_id"])
        self.assertEqual(self.count(self.alice), before + 1)

    def test_a_killed_service_loses_no_answer_and_makes_no_second_session(self):
        draw = random.Random(7)
        keys = [f"killed-{number}" for number in range(5)]
        with world.lasting_folder() as data:
            for key in keys:
                service = world.start_service("--price", "tone=1000", data=data)
                sending = threading.Thread(target=self.send_and_forget, args=(service, key))
                sending.start()
                time.sleep(draw.uniform(0.0, 0.03))
                service.kill()
                sending.join()
            service = world.start_service("--price", "tone=1000", data=data)
            alice = world.client(world.ALICE, service)
            ids = []
            for key in keys:
                answer = self.post(alice.sessions(), key, SHORT, alice)
                self.assertEqual(answer.status, 202, str(answer))
                ids.append(answer.json()["session_id"])
            self.assertEqual(len(set(ids)), len(keys))
            listed = [session["session_id"] for session in alice.get(alice.sessions()).json()["sessions"]]
            self.assertEqual(sorted(listed), sorted(ids))

    @staticmethod
    def send_and_forget(service, key):
        """As a client whose service goes away meanwhile; nothing of it is recorded."""
        connection = http.client.HTTPConnection(service.address, timeout=10)
        try:
            connection.request(
                "POST",
                "/v1/music/org_abc123/focus/sessions",
                json.dumps(SHORT),
                {"X-API-Key": world.ALICE.text, "Idempotency-Key": key},
            )
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()

    @staticmethod
    def count(client):
        count, query = 0, "?limit=100"
        while True:
            page = client.get(client.sessions() + query).json()
            count += len(page["sessions"])
            if page["next_before"] is None:
                return count
            query = f"?limit=100&before={page['next_before']}"


class TraceTest(ContractCase):
    def test_a_refusal_has_the_trace_of_its_request(self):
        trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        for traceparent, is_taken in (
            (f"00-{trace}-00f067aa0ba902b7-01", True),
            (f"00-{trace}-0000000000000000-01", False),
            (f"00-{trace.upper()}-00f067aa0ba902b7-01", False),
            ("nonsense", False),
        ):
            headers = {"X-API-Key": world.ALICE.text, "traceparent": traceparent}
            refused = self.alice.get(self.alice.session(NOBODY_S), headers=headers)
            self.assertEqual(refused.error["trace_id"] == trace, is_taken)
