#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nodes of a cluster: one makes what another wants, and none can break what was promised.

    nodes_test.py [--long] TOOL [TEST...]

Each drill says what was lost: nothing. --long runs those that only count in large numbers (100 nodes
killed, 200 sessions under one cap) in them.
"""
import concurrent.futures
import contextlib
import hashlib
import http.client
import json
import pathlib
import random
import re
import sys
import threading
import time
import unittest
import urllib.parse

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "cluster"))
sys.path.insert(0, str(ROOT / "tests" / "support"))

import cluster  # noqa: E402
from processes import wait_until  # noqa: E402
from serving import Serving, ask  # noqa: E402

SKIPPED = 77
ORGANIZATION = "org_local"
SESSIONS = f"/v1/music/{ORGANIZATION}/focus/sessions"
# A segment of it costs a third of a second of CPU.
REQUEST = {"goal": "relax", "target_minutes": 4,
           "options": {"segment_seconds": 30, "sample_rate": 24000}}
PATIENCE = 120  # seconds

tool = None


def request(seed, **more):
    return {**REQUEST, "options": {**REQUEST["options"], "seed": seed}, **more}


def path_of(session_id, rest=""):
    return f"{SESSIONS}/{session_id}{rest}"


def hashes_of(address, session):
    """Of the audio of each segment, fetched from one node."""
    found = []
    for segment in session["segments"]:
        parts = urllib.parse.urlsplit(segment["playback_url"])
        status, audio = ask(address, "", "GET", f"{parts.path}?{parts.query}")
        assert status == 200, (status, audio)
        found.append(hashlib.sha256(audio).hexdigest())
    return found


class Client:
    """A listener who asks one node, or the proxy."""

    def __init__(self, url, key):
        self.address = urllib.parse.urlsplit(url).netloc
        self.key = key

    def ask(self, method, target, body=None):
        return ask(self.address, self.key, method, target, body)

    def start(self, seed, **more):
        status, session = self.ask("POST", SESSIONS, request(seed, **more))
        assert status == 202, (status, session)
        return session["session_id"]

    def session(self, session_id):
        status, session = self.ask("GET", path_of(session_id))
        return session if status == 200 else None

    def complete(self, session_id):
        """The session once all its segments are ready; a node that is down is asked again."""
        def whole():
            with contextlib.suppress(OSError, http.client.HTTPException):
                session = self.session(session_id)
                if session and session["ready_count"] == session["total_segments"]:
                    return session
            return None
        return wait_until(whole, f"{session_id} is not complete", PATIENCE)


class NodesTest(unittest.TestCase):
    """Each test has the three nodes as they come up."""

    @classmethod
    def setUpClass(cls):
        cls.cluster = cls.enterClassContext(
            cluster.Cluster(tool=tool, nodes=3, node_options=cls.node_options()))
        cls.key = cls.cluster.key

    @classmethod
    def node_options(cls):
        return ()

    def setUp(self):
        self.proxy = Client(self.cluster.url, self.key)
        self.nodes = [Client(node.url, self.key) for node in self.cluster.nodes]
        for node in self.cluster.nodes:
            if not node.is_running():
                node.start()

    def assert_as_alone(self, session_id, seed, at=None, **more):
        """Every node has the audio that a machine alone makes of the request."""
        session = self.proxy.complete(session_id)
        addresses = [node.address for node in at or self.nodes]
        found = [hashes_of(address, session) for address in addresses]
        self.assertEqual(found, [self.alone(seed, **more)] * len(addresses))

    _alone = {}

    def alone(self, seed, **more):
        asked = json.dumps(request(seed, **more), sort_keys=True)
        if asked not in self._alone:
            service = Serving(tool)
            try:
                key = service.wait_for(r": (fsk_\w+)").group(1)
                client = Client(f"http://{service.address}", key)
                session = client.complete(client.start(seed, **more))
                self._alone[asked] = hashes_of(service.address, session)
            finally:
                service.stop()
        return self._alone[asked]


class TogetherTest(NodesTest):
    def test_any_node_has_the_audio_that_one_machine_makes(self):
        self.assert_as_alone(self.nodes[0].start(seed=1), seed=1)

    def test_nodes_share_the_work(self):
        ids = [self.nodes[0].start(seed) for seed in range(6)]
        for session_id in ids:
            self.proxy.complete(session_id)
        makers = self.cluster.database.query(
            "select count(distinct node) from focus_session.segment where state = 2")
        self.assertGreater(int(makers), 1)

    def test_what_happens_on_one_node_is_heard_of_on_another(self):
        session_id = self.nodes[0].start(seed=2)
        told = []
        connection = http.client.HTTPConnection(self.nodes[1].address, timeout=PATIENCE)
        connection.request("GET", path_of(session_id, "/events"), headers={"X-API-Key": self.key})
        events = connection.getresponse()

        def read():
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError, AttributeError):
                for line in events:
                    if line.startswith(b"event: "):
                        told.append((line[7:].strip().decode(), time.monotonic()))
        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        self.nodes[2].complete(session_id)
        wait_until(lambda: ("status" in dict(told)), "the end was not told", PATIENCE)
        asked = time.monotonic()
        status, _ = self.nodes[2].ask("POST", path_of(session_id, "/steer"), {"intensity": "high"})
        self.assertEqual(status, 200)
        wait_until(lambda: "steer" in dict(told), "the steering was not told", PATIENCE)
        print(f"a steering was told on another node after {dict(told)['steer'] - asked:.2f} s")
        connection.close()

    def test_of_two_who_steer_at_once_both_are_heard_in_one_order(self):
        session_id = self.nodes[0].start(seed=3)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            answers = list(pool.map(
                lambda pair: pair[0].ask("POST", path_of(session_id, "/steer"), pair[1])[0],
                zip(self.nodes, ({"intensity": "high"}, {"divergence": 0.9}, {"goal": "focus"}))))
        self.assertLessEqual(set(answers), {200, 409})
        self.assertIn(200, answers)
        whole = self.proxy.complete(session_id)
        seen = [node.complete(session_id) for node in self.nodes]
        self.assertEqual({session["goal"] for session in seen}, {whole["goal"]})
        self.assertEqual(len({tuple(hashes_of(node.address, session))
                              for node, session in zip(self.nodes, seen)}), 1)

    def test_a_track_is_heard_from_every_node(self):
        session_id = self.nodes[0].start(seed=6)
        self.nodes[0].complete(session_id)
        status, track = self.nodes[0].ask("POST", path_of(session_id, "/segments/1/promote"),
                                          {"title": "Of its own"})
        self.assertEqual(status, 201)
        parts = urllib.parse.urlsplit(track["playback_url"])
        answers = [ask(node.address, "", "GET", f"{parts.path}?{parts.query}")
                   for node in self.nodes]
        self.assertEqual({status for status, _ in answers}, {200})
        self.assertEqual(len({audio for _, audio in answers}), 1)
        self.assertEqual(answers[0][1][:4], b"fLaC")

    def test_a_session_that_is_deleted_is_gone_everywhere(self):
        session_id = self.nodes[0].start(seed=4)
        self.nodes[1].complete(session_id)
        self.assertEqual(self.nodes[2].ask("DELETE", path_of(session_id))[0], 204)
        for node in self.nodes:
            wait_until(lambda: node.ask("GET", path_of(session_id))[0] == 404, "it is still there")

    def test_one_key_makes_one_session_whichever_node_is_asked(self):
        def start(number):
            connection = http.client.HTTPConnection(self.nodes[number % 3].address, timeout=60)
            with contextlib.closing(connection):
                connection.request("POST", SESSIONS, json.dumps(request(5)), {
                    "X-API-Key": self.key, "Content-Type": "application/json",
                    "Idempotency-Key": "the-same-for-all"})
                answer = connection.getresponse()
                return answer.status, json.loads(answer.read()).get("session_id")
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(start, range(30)))
        started = {session_id for status, session_id in answers if status == 202}
        self.assertEqual(len(started), 1, answers)
        self.assertLessEqual({status for status, _ in answers}, {202, 409})


class DirectTest(NodesTest):
    @classmethod
    def node_options(cls):
        return ("--direct-audio",)

    def test_audio_is_fetched_from_the_storage(self):
        session_id = self.nodes[0].start(seed=1)
        segment = self.nodes[1].complete(session_id)["segments"][0]
        parts = urllib.parse.urlsplit(segment["playback_url"])
        connection = http.client.HTTPConnection(self.nodes[1].address, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", f"{parts.path}?{parts.query}")
            answer = connection.getresponse()
            answer.read()
        self.assertEqual(answer.status, 302)
        location = urllib.parse.urlsplit(answer.getheader("Location"))
        self.assertEqual(location.netloc, urllib.parse.urlsplit(self.cluster.storage.url).netloc)
        status, audio = ask(location.netloc, "", "GET", f"{location.path}?{location.query}")
        self.assertEqual(status, 200)
        self.assertEqual(audio[:4], b"fLaC")
        wrong = location.query[:-1] + ("1" if location.query.endswith("0") else "0")
        status, _ = ask(location.netloc, "", "GET", f"{location.path}?{wrong}")
        self.assertEqual(status, 403)


class BrokenTest(NodesTest):
    def test_nodes_that_are_killed_while_they_work_lose_nothing(self):
        kills = KILLS
        drawn = random.Random(7)
        ids = {}
        for kill in range(kills):
            alive = [node for node in self.cluster.nodes if node.is_running()]
            if kill % KILLS_A_SESSION == 0:
                client = Client(drawn.choice(alive).url, self.key)
                seed = 100 + len(ids) % 4
                ids[client.start(seed)] = seed
            time.sleep(drawn.uniform(0.0, 1.0))
            victim = drawn.choice(self.cluster.nodes)
            victim.kill()
            victim.start()
        for session_id, seed in ids.items():
            self.assert_as_alone(session_id, seed, at=[drawn.choice(self.nodes)])
        made = self.cluster.database.query("select count(*) from focus_session.segment where state = 2")
        print(f"{kills} nodes killed, {len(ids)} sessions whole, {made} segments ready")

    def test_a_node_that_stops_past_its_lease_makes_nothing_twice_ready(self):
        ids = {self.nodes[0].start(seed): seed for seed in (200, 201)}
        self.cluster.nodes[0].hold()
        try:
            for session_id in ids:
                Client(self.cluster.nodes[1].url, self.key).complete(session_id)
        finally:
            self.cluster.nodes[0].go_on()
        for session_id, seed in ids.items():
            self.assert_as_alone(session_id, seed)

    def test_the_database_restarts_at_once_under_load(self):
        ids = {self.nodes[seed % 3].start(seed): seed for seed in range(300, 304)}
        self.cluster.database.kill()
        status, answer = self.nodes[0].ask("POST", SESSIONS, request(305))
        self.assertEqual(status, 503, answer)
        self.cluster.database.start()
        wait_until(lambda: self.nodes[0].ask("GET", SESSIONS)[0] == 200, "no session was to be had")
        for session_id, seed in ids.items():
            self.assert_as_alone(session_id, seed)

    def test_a_node_that_hears_no_notices_finds_what_happened_by_itself(self):
        """Its LISTEN connection alone is cut, while another node steers."""
        session_id = self.nodes[0].start(seed=311)
        self.proxy.complete(session_id)
        for node in self.nodes:
            self.assertEqual(node.session(session_id)["goal"], "relax")
        cut = self.cluster.database.query(
            "select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity where "
            "pid <> pg_backend_pid() and (query like '%LISTEN focus_%' or "
            "query like 'SELECT id, revision FROM session%')) as ended")
        self.assertEqual(cut, "3")
        status, _ = self.nodes[0].ask("POST", path_of(session_id, "/steer"), {"goal": "focus"})
        self.assertEqual(status, 200)
        for node in self.nodes:
            wait_until(lambda: (node.session(session_id) or {}).get("goal") == "focus",
                       "the steering was not found", 10)
        seen = [node.complete(session_id) for node in self.nodes]
        self.assertEqual(len({tuple(hashes_of(node.address, session))
                              for node, session in zip(self.nodes, seen)}), 1)

    def test_connections_that_listen_are_cut(self):
        session_id = self.nodes[0].start(seed=310)
        self.cluster.database.query(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and datname = current_database()")
        self.assert_as_alone(session_id, 310)

    def test_segments_wait_while_the_storage_is_away(self):
        self.cluster.storage.kill()
        session_id = self.nodes[0].start(seed=320)
        time.sleep(5)
        self.assertEqual(self.nodes[1].session(session_id)["ready_count"], 0)
        self.cluster.storage.start()
        self.assert_as_alone(session_id, 320)


class KeysTest(NodesTest):
    def test_a_signing_key_that_one_node_has_made_is_believed_by_the_others(self):
        session_id = self.nodes[0].start(seed=1)
        before = self.nodes[1].complete(session_id)
        for node in self.nodes:  # each has read the key by now
            hashes_of(node.address, before)
        # The key is older than any may become: the node that reads it anew adds another.
        self.cluster.database.query("update focus_session.url_key set created_at = 0")
        self.cluster.nodes[0].kill()
        self.cluster.nodes[0].start()
        after = self.nodes[0].complete(session_id)

        def key_of(session):
            url = urllib.parse.urlsplit(session["segments"][0]["playback_url"])
            return urllib.parse.parse_qs(url.query)["key_id"]
        self.assertNotEqual(key_of(after), key_of(before))
        # URLs of either key are heard from every node: those handed out before go on.
        found = {tuple(hashes_of(node.address, session))
                 for node in self.nodes for session in (before, after)}
        self.assertEqual(len(found), 1)


class UpgradeTest(NodesTest):
    """Nodes of another build are among ours. They are played by what they write: their row as a
    node, the sessions they have planned, the segments they have made."""

    OTHER = 99  # the version by which they plan

    def query(self, text):
        found = self.cluster.database.query(text)
        self.assertIsNotNone(found, text)
        return found

    def be_alive(self, ago_ms=0):
        self.query(
            "insert into focus_session.node (name, plan_version, seen) values "
            f"('other_build', {self.OTHER}, extract(epoch from now())::bigint * 1000 - {ago_ms}) "
            "on conflict (name) do update set seen = excluded.seen")

    def segments_of(self, session_id):
        return self.query("select number, state, object, epoch from focus_session.segment "
                          f"where session_id = '{session_id}' order by number")

    def test_neither_build_makes_or_wipes_the_other_ones_segments(self):
        theirs = self.nodes[0].start(seed=500)
        before = self.proxy.complete(theirs)
        heard = hashes_of(self.nodes[1].address, before)
        # What this build has planned so far is the other's now: half is made, half is wanted.
        self.be_alive()
        self.query(f"update focus_session.session set plan_version = {self.OTHER} "
                   f"where id = '{theirs}'")
        self.query(f"update focus_session.segment set plan_version = {self.OTHER}, "
                   "state = case when number % 2 = 1 then 0 else 2 end, "
                   "due = case when number % 2 = 1 then 0 end "
                   f"where session_id = '{theirs}'")
        left = self.segments_of(theirs)
        # Our nodes are replaced one at a time meanwhile, and serve their own sessions.
        for node in self.cluster.nodes:
            node.kill()
            node.start()
            self.be_alive()
        ours = self.nodes[0].start(seed=501)
        self.assert_as_alone(ours, 501)
        # Theirs is neither made nor wiped, however urgent, and is answered for by their nodes.
        for node in self.nodes:
            status, answer = node.ask("GET", path_of(theirs))
            self.assertEqual(status, 503, answer)
        self.assertEqual(self.segments_of(theirs), left)
        # The last of them is gone: now it is ours, from its beginning, and nothing of it is missing.
        self.be_alive(ago_ms=120_000)
        after = self.nodes[2].complete(theirs)
        self.assertEqual(hashes_of(self.nodes[1].address, after), heard)

    def test_a_segment_is_made_by_the_version_of_the_engine_that_was_planned(self):
        session_id = self.nodes[0].start(seed=502)
        self.proxy.complete(session_id)
        for node in self.cluster.nodes:
            node.kill()  # so that none has the segment in its memory
        self.query("update focus_session.segment set state = 0, wanted_version = 'of tomorrow', "
                   "due = (extract(epoch from now()) * 1000)::bigint + 25000 "
                   f"where session_id = '{session_id}' and number = 1")
        for node in self.cluster.nodes:
            node.start()
        time.sleep(3)
        state = ("select state from focus_session.segment "
                 f"where session_id = '{session_id}' and number = 1")
        self.assertEqual(self.query(state), "0")  # left to the nodes that have that version
        # None of them comes: before a listener would miss it, ours make it (15 seconds before).
        wait_until(lambda: self.query(state) == "2", "the segment was never made", 60)


FAKETIME = pathlib.Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")


class ClockTest(NodesTest):
    """The clock of one node is an hour off, while it runs. Leases go by the database's clock."""

    @classmethod
    def setUpClass(cls):
        if not FAKETIME.exists():
            raise unittest.SkipTest("not installed: faketime (./dev cluster installs it)")
        super().setUpClass()

    def run_with(self, hours):
        wrong = self.cluster.nodes[2]
        given = wrong.environment()
        wrong.kill()
        offset = self.cluster.folder / "clock"
        offset.write_text("+0")
        wrong.environment = lambda: {
            **given, "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(offset),
            "FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1"}
        wrong.start()
        offset.write_text(f"{hours:+d}h")
        time.sleep(1.5)
        database = self.cluster.database

        def made():
            return int(database.query(
                "select count(*) from focus_session.segment where state = 2"))

        def claimed():
            return int(database.query(
                "select last_value - (not is_called)::int from focus_session.epoch"))
        before = claimed() - made()
        ids = {self.nodes[seed % 3].start(seed): seed for seed in range(600, 603)}
        for session_id, seed in ids.items():
            # Not by the proxy: URLs that the wrong node signs are in time for itself alone.
            session = self.nodes[0].complete(session_id)
            found = [hashes_of(node.address, session) for node in self.nodes[:2]]
            self.assertEqual(found, 2 * [self.alone(seed)])
        twice = claimed() - made() - before
        print(f"{hours:+d} h: {len(ids)} sessions whole, {twice} segments claimed twice")
        self.assertEqual(twice, 0)
        # It serves its listeners, by URLs that it has signed itself.
        for session_id in ids:
            self.assertEqual(len(hashes_of(self.nodes[2].address,
                                           self.nodes[2].complete(session_id))), 8)

    def test_a_node_that_is_an_hour_ahead_loses_nothing(self):
        self.run_with(+1)

    def test_a_node_that_is_an_hour_behind_loses_nothing(self):
        self.run_with(-1)


class MoneyTest(NodesTest):
    CAP = 20_000
    PRICE = 1000  # a minute

    @classmethod
    def node_options(cls):
        return ("--price", f"studio={cls.PRICE}", "--cap-day", str(cls.CAP))

    def test_no_cap_is_ever_passed(self):
        passed = []
        ended = threading.Event()

        def watch():
            while not ended.is_set():
                spent = self.cluster.database.query(
                    "select coalesce(sum(settled + held), 0) from focus_session.day_account")
                if spent is not None:
                    passed.append(int(spent))
                time.sleep(0.05)
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                ids = list(pool.map(lambda n: self.nodes[n % 3].start(400 + n), range(SESSIONS_OF_CAP)))

            def is_over():  # asks the database: clients who ask so often pass their rate limit
                return self.cluster.database.query(
                    "select count(*) from focus_session.session where not (ended or stopped_cap)") == "0"
            wait_until(is_over, "sessions go on though there is no money", 2 * PATIENCE)
        finally:
            ended.set()
            watcher.join()
        self.assertLessEqual(max(passed), self.CAP)
        self.assertGreater(max(passed), 0.9 * self.CAP)
        print(f"{len(ids)} sessions spent {max(passed)} of {self.CAP} at most")


KILLS = 8
KILLS_A_SESSION = 1  # so that all are whole in time: a killed node loses its work
SESSIONS_OF_CAP = 20


def main(arguments):
    global tool, KILLS, KILLS_A_SESSION, SESSIONS_OF_CAP
    if arguments and arguments[0] == "--long":
        arguments = arguments[1:]
        KILLS, KILLS_A_SESSION, SESSIONS_OF_CAP = 100, 5, 200
    if cluster.missing():
        print("skipped:", cluster.missing())
        return SKIPPED
    tool = pathlib.Path(arguments[0]).resolve()
    return 0 if unittest.main(argv=[__file__, *arguments[1:]], verbosity=2,
                              exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
