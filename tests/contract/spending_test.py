# SPDX-License-Identifier: MIT
"""Engines with a price: a session stops exactly at its cap, and many together never pass theirs."""
import functools
import threading
import time

import prometheus
import world
from case import ContractCase
from client import TIMEOUT

PRICE = 6_000_000  # micro-units a minute: a thousand for each hundredth of a second
REQUEST = {
    "goal": "focus",
    "target_minutes": 2,
    "engine": "tone",
    "options": {**world.QUICK, "seed": 21},
}
LOOK_AHEAD = 3


def price_of(segment):
    return round(segment["measured_duration_seconds"] * 100) * PRICE // 6000


class SpendingCase(ContractCase):
    @staticmethod
    @functools.lru_cache(maxsize=None)
    def costs():
        """What each segment of the request costs: the same session, for nothing."""
        alice = world.client(world.ALICE)
        session = alice.ready(alice.start(**REQUEST).json()["session_id"])
        return [price_of(segment) for segment in session["segments"]]

    def service(self, *options, data=None):
        service = world.start_service("--price", f"tone={PRICE}", *options, data=data)
        return service, world.client(world.ALICE, service)

    def play(self, client, session_id):
        """Fetches the audio of the newest segment, over and over, until nothing more comes."""
        heard = -1
        deadline = time.monotonic() + TIMEOUT
        while True:
            session = client.fetch(session_id).json()
            if session["status"] != "active":
                return session
            self.assertLess(time.monotonic(), deadline, session)
            if session["ready_count"] > heard + 1:
                heard = session["ready_count"] - 1
                client.audio(session["segments"][heard]["playback_url"])
            time.sleep(0.02)

    def spend(self, client, **labels):
        headers = {"X-API-Key": world.WATCHER.text}
        samples = prometheus.parse(client.get("/metrics", headers=headers).body.decode())
        return prometheus.total(samples, "focus_spend_micros", **labels)


class SessionCapTest(SpendingCase):
    def test_exactly_what_can_be_paid_is_made(self):
        costs = self.costs()
        self.assertEqual(len(costs), 6)
        for cap, count in (
            (0, 0),
            (costs[0] - 1, 0),
            (costs[0], 1),
            (sum(costs[:3]) - 1, 2),
            (sum(costs[:3]), 3),
            (sum(costs[:4]) + 1, 4),
            (sum(costs) - 1, 5),
            (sum(costs), 6),
        ):
            with self.subTest(cap=cap, count=count):
                service, alice = self.service("--cap-session", str(cap))
                session = self.play(alice, alice.start(**REQUEST).json()["session_id"])
                self.assertEqual(session["ready_count"], count)
                self.assertEqual(
                    session["status"], "ended" if count == len(costs) else "stopped_cap"
                )
                self.assertEqual(self.spend(alice), sum(costs[:count]))
                self.assertEqual(service.stop(), [])

    def test_the_first_segment_is_paid_first(self):
        _, alice = self.service("--cap-session", str(max(self.costs()[:4])))
        for _ in range(10):  # it was a matter of which worker came first
            session = self.play(alice, alice.start(**REQUEST).json()["session_id"])
            self.assertEqual((session["status"], session["ready_count"]), ("stopped_cap", 1))

    def test_a_session_that_was_stopped_stays_so(self):
        costs = self.costs()
        with world.lasting_folder() as data:
            options = ("--cap-session", str(sum(costs[:2])))
            service, alice = self.service(*options, data=data)
            session_id = alice.start(**REQUEST).json()["session_id"]
            with alice.events(session_id) as stream:
                self.play(alice, session_id)
                last = stream.until(
                    lambda kind, data: kind == "status" and not data["more_pending"]
                )[-1][2]
            self.assertEqual((last["status"], last["ready_count"]), ("stopped_cap", 2))
            self.check_stopped(alice, session_id)
            self.assertEqual(service.stop(), [])
            # Neither a restart nor more money brings it back.
            for more in (options, ()):
                service, alice = self.service(*more, data=data)
                self.check_stopped(alice, session_id)
                self.assertEqual(self.spend(alice), sum(costs[:2]))
                self.assertEqual(service.stop(), [])

    def check_stopped(self, alice, session_id):
        for answer in (alice.fetch(session_id), alice.end(session_id), alice.end(session_id)):
            session = answer.json()
            self.assertEqual(answer.status, 200)
            self.assertEqual(
                (session["status"], session["ready_count"], session["next_ready_at"]),
                ("stopped_cap", 2, None),
            )
        self.assert_refused(alice.steer(session_id, target_minutes=3), 422, "session")
        self.assertEqual(alice.audio(session["segments"][1]["playback_url"]).status, 200)
        self.assertIn(alice.promote(session_id, 1).status, (200, 201))
        self.assert_refused(alice.promote(session_id, 2), 409)

    def test_a_priced_engine_works_only_so_far_ahead(self):
        _, alice = self.service()
        session_id = alice.start(**REQUEST).json()["session_id"]
        alice.ready(session_id, LOOK_AHEAD)
        deadline = time.monotonic() + TIMEOUT
        while self.spend(alice, state="held") > 0 and time.monotonic() < deadline:
            time.sleep(0.02)
        session = alice.fetch(session_id).json()
        self.assertLess(session["ready_count"], session["total_segments"])
        self.assertEqual(session["status"], "active")
        self.assertEqual(self.play(alice, session_id)["status"], "ended")


class DayCapTest(SpendingCase):
    def test_many_sessions_never_pass_it_together(self):
        costs = self.costs()
        cap = 3 * sum(costs) + costs[0] // 2
        day = time.gmtime().tm_yday
        service, alice = self.service("--cap-day", str(cap))
        sessions, over, done = {}, [], threading.Event()

        def watch():
            while not done.is_set():
                spent = self.spend(alice)
                if spent > cap:
                    over.append(spent)
                time.sleep(0.02)

        def listen(number):
            client = world.client([world.ALICE, world.ALICE_TOO, world.BOB][number % 3], service)
            sessions[number] = self.play(client, client.start(**REQUEST).json()["session_id"])

        watcher = threading.Thread(target=watch)
        listeners = [threading.Thread(target=listen, args=(number,)) for number in range(6)]
        for thread in (watcher, *listeners):
            thread.start()
        for thread in listeners:
            thread.join()
        done.set()
        watcher.join()
        self.assertEqual(over, [])
        self.assertEqual(len(sessions), 6)
        if time.gmtime().tm_yday != day:
            return  # it was midnight, and there was a second cap
        made = sum(sum(costs[: session["ready_count"]]) for session in sessions.values())
        self.assertEqual(self.spend(alice, state="settled"), made)
        self.assertEqual(self.spend(alice, state="held"), 0)
        stopped = [session for session in sessions.values() if session["status"] == "stopped_cap"]
        self.assertTrue(stopped)
        for session in stopped:
            self.assertGreater(
                made + costs[session["ready_count"]], cap, "it was stopped without need"
            )
        # The cap is each organization's own.
        home = world.client(world.STRANGER, service, organization="org_elsewhere")
        self.assertEqual(
            self.play(home, home.start(**REQUEST).json()["session_id"])["status"], "ended"
        )
