# SPDX-License-Identifier: MIT
"""A session as one stream: by a key, by a signed URL, and as HLS."""
import contextlib
import re
import sys

import listening
import world
from case import ContractCase

LONG = {**world.SHORT, "target_minutes": 3}
FORMATS = {
    "mp3": ("audio/mpeg", b"\xff"),
    "opus": ("audio/ogg; codecs=opus", b"OggS"),
    "flac": ("audio/flac", b"fLaC"),
    "wav": ("audio/wav", b"RIFF"),
}


def setUpModule():
    if "slow_listener_test" in sys.modules:  # the time that it waits for passes meanwhile
        listening.room()


class StreamTest(ContractCase):
    def analysis(self, session_id):
        return self.alice.fetch(session_id, "?include=analysis").json()["analysis"]

    def target(self, url):
        return url.removeprefix(f"http://{self.alice.address}")

    def test_every_format_by_a_key_and_by_a_signature(self):
        session_id = world.ready_session()
        urls = self.analysis(session_id)
        for ending, (kind, mark) in FORMATS.items():
            name = "stream_url" if ending == "mp3" else f"stream_{ending}_url"
            by_key = f"{self.alice.session(session_id)}/stream.{ending}"
            for target, headers in ((by_key, None), (self.target(urls[name]), {})):
                with self.subTest(target=target):
                    answer = self.alice.listen(target, 1000, headers)
                    self.assertEqual(answer.header("Content-Type"), kind)
                    self.assertTrue(answer.body.startswith(mark))
                    self.assertIsNone(answer.header("Content-Length"))
                    self.assertEqual(answer.header("Accept-Ranges"), "none")
                    head = self.alice.request("HEAD", target, headers=headers)
                    self.assertEqual((head.status, head.body), (200, b""))

    def test_titles_stand_between_the_bytes(self):
        target = self.target(self.analysis(world.ready_session())["stream_url"])
        answer = self.alice.listen(target, 20_000, {"Icy-MetaData": "1"})
        interval = int(answer.header("icy-metaint"))
        size = 16 * answer.body[interval]
        title = answer.body[interval + 1 : interval + 1 + size].rstrip(b"\0").decode()
        self.assertRegex(title, r"^StreamTitle='Focus, part 1 of \d+: .+ bpm';$")

    def test_where_to_begin(self):
        target = self.target(self.analysis(world.ready_session())["stream_wav_url"])
        answer = self.alice.get(target + "&start=59.5", headers={})
        self.assertEqual(len(answer.body), 44 + 24_000 * 4)
        by_key = f"{self.alice.session(world.ready_session())}/stream.wav"
        for start in ("60", "-1", "soon", ""):
            for where, headers in ((f"{target}&start={start}", {}), (f"{by_key}?start={start}", None)):
                with self.subTest(where=where):
                    answer = self.alice.get(where, headers=headers)
                    self.assertEqual(answer.status, 422)
                    self.assertEqual(answer.error["details"]["field"], "start")

    def test_hls(self):
        session_id = self.start(**LONG)
        self.alice.ready(session_id)
        for name, ending in (("index", "mp3"), ("flac", "m4s")):
            by_key = self.alice.get(f"{self.alice.session(session_id)}/hls/{name}.m3u8")
            url = self.analysis(session_id)["hls_url" if name == "index" else "hls_flac_url"]
            by_url = self.alice.get(self.target(url), headers={})
            for answer in (by_key, by_url):
                lines = answer.body.decode().splitlines()
                self.assertEqual(lines[0], "#EXTM3U")
                parts = [line for line in lines if not line.startswith("#")]
                self.assertGreaterEqual(len(parts), 3)
                for part in parts:
                    self.assertRegex(part, rf"/hls/\d+\.{ending}\?expires=")
                    self.assertEqual(self.alice.get(self.target(part), headers={}).status, 200)
                for found in re.findall(r'#EXT-X-MAP:URI="([^"]+)"', answer.body.decode()):
                    self.assertEqual(self.alice.get(self.target(found), headers={}).status, 200)

    def test_what_is_not_there(self):
        session_id = world.ready_session()
        urls = self.analysis(session_id)
        stream, playlist = self.target(urls["stream_url"]), self.target(urls["hls_url"])
        for target in (stream.replace(".mp3", ".wav"), playlist.replace("index", "flac")):
            self.assertEqual(self.alice.get(target, headers={}).status, 403)
        for ending in ("/stream.mp3", "/hls/index.m3u8"):
            answer = world.client(world.BOB).get(self.alice.session(session_id) + ending)
            self.assertEqual(answer.status, 404)
        gone = self.start()
        urls = self.analysis(gone)
        self.assertEqual(self.alice.request("DELETE", self.alice.session(gone)).status, 204)
        for name in ("stream_url", "hls_url"):
            self.assertEqual(self.alice.get(self.target(urls[name]), headers={}).status, 404)

    def test_there_are_so_many_listeners(self):
        service = world.start_service("--listeners-per-key", "1")
        alice = world.client(world.ALICE, service)
        session_id = alice.start(**LONG).json()["session_id"]
        analysis = alice.fetch(session_id, "?include=analysis").json()["analysis"]
        target = analysis["stream_url"].removeprefix(f"http://{alice.address}")
        with alice.hold(target, {}) as first:
            self.assertEqual(first.status, 200)
            for where, headers in ((target, {}), (f"{alice.session(session_id)}/stream.mp3", None)):
                answer = alice.get(where, headers=headers)
                self.assertEqual(answer.status, 429)
                self.assertIn("listeners_per_key", answer.error["system_message"])

    def test_there_are_so_many_different_streams(self):
        session_id = self.start(**LONG)
        self.alice.ready(session_id)
        urls = self.analysis(session_id)
        with contextlib.ExitStack() as held:
            statuses = []
            for start in range(0, 169, 14):  # each out of reach of the one before
                target = f"{self.target(urls['stream_url'])}&start={start}"
                statuses.append(held.enter_context(self.alice.hold(target, {})).status)
            self.assertEqual(statuses, 12 * [200] + [429])
            self.assertEqual(self.alice.get(self.target(urls["hls_url"]), headers={}).status, 429)
            by_key = f"{self.alice.session(session_id)}/hls/index.m3u8"
            self.assertEqual(self.alice.get(by_key).status, 429)
