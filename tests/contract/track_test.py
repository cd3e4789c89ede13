# SPDX-License-Identifier: MIT
"""Segments that are kept."""
import concurrent.futures

import flac
import world
from case import ContractCase
from world import SHORT

TRACK_KEYS = [
    "id",
    "title",
    "engine",
    "mode",
    "measured_duration_seconds",
    "instrumental",
    "licence_class",
    "created_at",
    "playback_url",
]


def lasting(track):
    """A track without its URL, which is another each time."""
    return {name: value for name, value in track.items() if name != "playback_url"}


class TrackTest(ContractCase):
    def ready_session(self):
        return self.alice.ready(self.start())["session_id"]

    def test_promoting_once_and_again(self):
        session_id = self.ready_session()
        made = self.alice.promote(session_id, 1)
        self.assertEqual(made.status, 201, str(made))
        track = made.json()
        self.assertEqual(list(track), TRACK_KEYS)
        self.assertEqual(
            (track["mode"], track["engine"], track["instrumental"], track["licence_class"]),
            ("focus", "tone", True, "commercial_cleared"),
        )
        again = self.alice.promote(session_id, 1)
        self.assertEqual((again.status, lasting(again.json())), (200, lasting(track)))
        other = self.alice.promote(session_id, 0, {"title": "Rain – 雨"})
        self.assertEqual((other.status, other.json()["title"]), (201, "Rain – 雨"))
        self.assertNotEqual(other.json()["id"], track["id"])
        self.assertEqual(
            lasting(self.alice.get(f"{self.alice.music}/tracks/{track['id']}").json()),
            lasting(track),
        )

    def test_many_who_promote_at_once_get_one_track(self):
        session_id = self.ready_session()
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: self.alice.promote(session_id, 0), range(16)))
        self.assertEqual(sorted(answer.status for answer in answers), [200] * 15 + [201])
        self.assertEqual(len({answer.json()["id"] for answer in answers}), 1)

    def test_its_audio_is_the_segment_s(self):
        session_id = self.ready_session()
        segment = self.alice.fetch(session_id).json()["segments"][0]
        track = self.alice.promote(session_id, 0, b"{}").json()
        audio = self.alice.audio(track["playback_url"])
        self.assertEqual(audio.status, 200)
        self.assertEqual(audio.body, self.alice.audio(segment["playback_url"]).body)
        self.assertAlmostEqual(
            track["measured_duration_seconds"], flac.seconds(audio.body), delta=0.002
        )
        self.alice.end(session_id)
        self.assertEqual(self.alice.audio(track["playback_url"]).body, audio.body)
        part = self.alice.audio(track["playback_url"], headers={"Range": "bytes=4-99"})
        self.assertEqual((part.status, part.body), (206, audio.body[4:100]))
        head = self.alice.audio(track["playback_url"], "HEAD")
        self.assertEqual((head.status, head.header("Content-Length")), (200, str(len(audio.body))))
        etag = {"If-None-Match": audio.header("ETag")}
        self.assertEqual(self.alice.audio(track["playback_url"], headers=etag).status, 304)
        self.assertEqual(self.alice.audio(track["playback_url"], "HEAD", etag).status, 304)
        # Ranges are defined for GET alone (RFC 9110, 14.2).
        for asked in ("bytes=4-99", "bytes=999999999-"):
            head = self.alice.audio(track["playback_url"], "HEAD", {"Range": asked})
            self.assertEqual((head.status, head.body), (200, b""))
            self.assertEqual(head.header("Content-Length"), str(len(audio.body)))
        outside = {"Range": "bytes=999999999-"}
        self.assertEqual(self.alice.audio(track["playback_url"], headers=outside).status, 416)
        for method in ("GET", "HEAD"):
            other = {"If-Match": '"other"'}
            self.assertEqual(self.alice.audio(track["playback_url"], method, other).status, 412)

    def test_a_segment_that_is_not_ready(self):
        session_id = self.start(goal="focus", target_minutes=60, options={"look_ahead": 0})
        self.assertEqual(self.alice.fetch(session_id).json()["total_segments"], 30)
        self.assert_refused(self.alice.promote(session_id, 29), 409)
        self.alice.end(session_id)
        self.assert_refused(self.alice.promote(session_id, 29), 409)

    def test_a_segment_that_is_not_there(self):
        session_id = self.ready_session()
        total = self.alice.fetch(session_id).json()["total_segments"]
        for index in (
            total,
            30,
            2**31,
            2**64,
            10**40,
            -1,
            "x",
            "0x1",
            "1.0",
            "%30x",
            "0%00",
            "+1",
            "%201",
        ):
            with self.subTest(index=index):
                self.assert_refused(self.alice.promote(session_id, index), 404)

    def test_titles_that_are_none(self):
        session_id = self.ready_session()
        for title in (None, 1, True, " ", "\n", "t" * 201, "é" * 101, [], {}):
            with self.subTest(title=title):
                self.assert_refused(
                    self.alice.promote(session_id, 0, {"title": title}), 422, "title"
                )
        for body, field in (
            (b"[]", "body"),
            (b"{", "body"),
            ({"name": "x"}, "name"),
            (b'{"title": "a", "title": "b"}', "title"),
            (b'{"title": "\xff"}', "title"),
        ):
            with self.subTest(body=body):
                self.assert_refused(self.alice.promote(session_id, 0, body), 422, field)
        self.assertEqual(
            self.alice.promote(session_id, 0, {"title": "t" * 200}).json()["title"], "t" * 200
        )
        made = self.alice.promote(session_id, 1, {"title": ""})
        self.assertEqual(made.status, 201)
        self.assertTrue(made.json()["title"])
        self.assertNotIn(
            "\n", self.alice.promote(session_id, 2, {"title": "two\nlines"}).json()["title"]
        )

    def test_tracks_are_listed_the_newest_first(self):
        keeper = world.client(world.KEEPER)
        tracks = f"{keeper.music}/tracks"
        self.assertEqual(keeper.get(tracks).json(), {"tracks": []})
        session_id = self.start(keeper)
        keeper.ready(session_id)
        kept = [keeper.promote(session_id, index).json()["id"] for index in (2, 0, 1)][::-1]
        self.assertEqual(self.ids(keeper.get(tracks)), kept)
        self.assertEqual(self.ids(keeper.get(f"{tracks}?limit=2")), kept[:2])
        self.assertEqual(self.ids(keeper.get(f"{tracks}?limit=2&before={kept[1]}")), kept[2:])
        self.assertEqual(self.ids(keeper.get(f"{tracks}?before={kept[2]}")), [])
        self.assertEqual(keeper.request("HEAD", tracks).status, 200)
        # Nobody else sees them, and a foreign one is like one that is not there.
        bob = world.client(world.BOB)
        self.assertEqual(self.ids(bob.get(tracks)), [])
        for method in ("GET", "HEAD"):
            for track_id in (kept[0], "mtrack_000000000000", "mtrack_", "x"):
                self.assertEqual(bob.request(method, f"{tracks}/{track_id}").status, 404)
        self.assertEqual(keeper.request("HEAD", f"{tracks}/{kept[0]}").status, 200)

    @staticmethod
    def ids(answer):
        return [track["id"] for track in answer.json()["tracks"]]


class LastingTest(ContractCase):
    def test_sessions_and_tracks_outlive_the_service(self):
        with world.lasting_folder() as data:
            first = world.start_service(data=data)
            alice = world.client(world.ALICE, first)
            session = alice.ready(alice.start(**SHORT).json()["session_id"])
            track = alice.promote(session["session_id"], 1).json()
            urls = [session["segments"][0]["playback_url"], track["playback_url"]]
            audio = [alice.audio(url).body for url in urls]
            self.assertEqual(first.stop(), [])

            again = world.client(world.ALICE, world.start_service(data=data))
            after = again.fetch(session["session_id"]).json()
            for name in ("status", "goal", "total_segments", "ready_count", "target_minutes"):
                self.assertEqual(after[name], session[name])
            self.assertEqual(
                lasting(again.get(f"{again.music}/tracks/{track['id']}").json()), lasting(track)
            )
            self.assertEqual(again.promote(session["session_id"], 1).status, 200)
            # URLs that were out already are still good.
            paths = [
                url.replace(f"http://{alice.address}", f"http://{again.address}") for url in urls
            ]
            self.assertEqual([again.audio(path).body for path in paths], audio)
