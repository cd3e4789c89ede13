# SPDX-License-Identifier: MIT
"""The list of a caller's sessions, and their deletion."""
import json
import re

import world
from case import ContractCase

NOBODY_S = "mfocus_000000000000"


def unsigned(session):
    """Without what is signed of its URLs, which may have been made in another second."""
    return json.loads(re.sub(r"\?expires=[^\"]*", "", json.dumps(session)))


class ListTest(ContractCase):
    def test_pages(self):
        keeper = world.client(world.KEEPER)
        started = [self.start(keeper) for _ in range(5)][::-1]
        found, query = [], "?limit=2"
        while query:
            page = keeper.get(keeper.sessions() + query).json()
            self.assertEqual(list(page), ["sessions", "next_before"])
            found += [session["session_id"] for session in page["sessions"]]
            query = page["next_before"] and f"?limit=2&before={page['next_before']}"
            self.assertEqual(len(page["sessions"]), 2 if query else len(found) % 2 or 2)
        self.assertEqual(found[:5], started)
        self.assertEqual(len(found), len(set(found)))
        of_bob = world.client(world.BOB).get(keeper.sessions()).json()["sessions"]
        self.assertFalse({session["session_id"] for session in of_bob} & set(found))
        self.assertEqual(keeper.request("HEAD", keeper.sessions()).status, 200)

    def test_an_entry_is_the_session(self):
        session_id = world.ready_session()
        for query in ("", "&include=analysis"):
            page = self.alice.get(f"{self.alice.sessions()}?limit=100{query}").json()
            listed = {session["session_id"]: session for session in page["sessions"]}
            one = self.alice.fetch(session_id, "?" + query).json()
            self.assertEqual(unsigned(listed[session_id]), unsigned(one))

    def test_what_is_no_page(self):
        for query, field in (
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=x", "limit"),
            ("before=x", "before"),
            ("before=mtrack_000000000000", "before"),
            ("include=all", "include"),
        ):
            with self.subTest(query=query):
                answer = self.alice.get(f"{self.alice.sessions()}?{query}")
                self.assert_refused(answer, 422, field)


class DeleteTest(ContractCase):
    def test_it_is_gone_and_its_tracks_stay(self):
        session_id = self.alice.ready(self.start())["session_id"]
        segment = self.alice.fetch(session_id).json()["segments"][0]
        track = self.alice.promote(session_id, 0).json()
        deleted = self.alice.request("DELETE", self.alice.session(session_id))
        self.assertEqual((deleted.status, deleted.body), (204, b""))
        for answer in (
            self.alice.request("DELETE", self.alice.session(session_id)),
            self.alice.fetch(session_id),
            self.alice.end(session_id),
            self.alice.audio(segment["playback_url"]),
        ):
            self.assert_refused(answer, 404)
        self.assertEqual(self.alice.audio(track["playback_url"]).status, 200)

    def test_a_running_session_can_be_deleted(self):
        session_id = self.start(goal="focus", target_minutes=60)
        with self.alice.events(session_id) as stream:
            self.assertEqual(next(iter(stream))[1], "session")
            deleted = self.alice.request("DELETE", self.alice.session(session_id))
            self.assertEqual(deleted.status, 204)
        self.assert_refused(self.alice.fetch(session_id), 404)

    def test_who_may(self):
        session_id = self.start()
        for key in (world.BOB, world.LISTENER):
            client = world.client(key)
            answer = client.request("DELETE", client.session(session_id))
            self.assert_refused(answer, 404 if key is world.BOB else 403)
        self.assertEqual(self.alice.fetch(session_id).status, 200)
