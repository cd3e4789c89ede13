# SPDX-License-Identifier: MIT
"""Audio behind signed URLs: what opens it, ranges and conditions."""
import re
import time

import world
from case import ContractCase


class AudioCase(ContractCase):
    def setUp(self):
        super().setUp()
        self.session_id = world.ready_session()
        self.urls = [
            segment["playback_url"]
            for segment in self.alice.fetch(self.session_id).json()["segments"]
        ]
        self.url = self.urls[0]
        self.whole = self.alice.audio(self.url)
        self.size = len(self.whole.body)
        self.etag = self.whole.header("ETag")

    def ask(self, method="GET", **headers):
        return self.alice.audio(
            self.url, method, {name.replace("_", "-"): value for name, value in headers.items()}
        )


class SignatureTest(AudioCase):
    def test_a_url_opens_its_audio(self):
        self.assertEqual(self.whole.status, 200)
        head = self.ask("HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges"):
            self.assertEqual(head.header(name), self.whole.header(name))
        self.assertEqual(self.whole.header("Content-Length"), str(self.size))

    def test_a_changed_url_opens_nothing(self):
        expires = int(re.search(r"expires=(\d+)", self.url).group(1))
        signature = re.search(r"signature=([0-9a-f]+)", self.url).group(1)
        flipped = format(int(signature[0], 16) ^ 1, "x") + signature[1:]
        last = signature[:-1] + format(int(signature[-1], 16) ^ 8, "x")
        base, query = self.url.split("?")
        changed = [
            self.url.replace(f"expires={expires}", f"expires={expires + 1}"),
            self.url.replace(f"expires={expires}", f"expires=0{expires}"),
            self.url.replace(f"expires={expires}", f"expires={expires}.0"),
            self.url.replace(f"expires={expires}", "expires=-1"),
            self.url.replace(f"expires={expires}", "expires=99999999999999999999"),
            self.url.replace(f"expires={expires}", "expires="),
            self.url.replace(f"expires={expires}&", ""),
            self.url.replace("key_id=", "key_id=x"),
            re.sub(r"key_id=[^&]*", "key_id=", self.url),
            re.sub(r"key_id=[^&]*&", "", self.url),
            self.url.replace(signature, flipped),
            self.url.replace(signature, last),
            self.url.replace(signature, signature[:-2]),
            self.url.replace(signature, signature + "00"),
            self.url.replace(signature, "0" * 64),
            self.url.replace(signature, ""),
            self.url.replace(signature, "zz" * 32),
            f"{base}?expires={expires + 9}&{query}",
            base,
            f"{base}?",
            # A URL of one segment opens no other, nor anything else.
            self.urls[1].split("?")[0] + "?" + query,
            re.sub(r"/sessions/mfocus_[0-9a-f]*", "/sessions/mfocus_000000000000", self.url),
            re.sub(r"/0\?", "/00?", self.url),
            re.sub(r"/0\?", "/%30?", self.url),
            re.sub(r"/0\?", "/9?", self.url),
            re.sub(r"/sessions/mfocus_([0-9a-f]*)/0", r"/tracks/mtrack_\1", self.url),
        ]
        self.assertEqual(len(set(changed)), len(changed))
        for url in changed:
            with self.subTest(url=url.partition("/v1")[2]):
                self.assertNotEqual(url, self.url)
                self.assert_refused(self.alice.audio(url), 403)
                head = self.alice.audio(url, "HEAD")
                self.assertEqual((head.status, head.body), (403, b""))

    def test_a_key_is_no_signature(self):
        bare = self.url.split("?")[0]
        self.assert_refused(self.alice.audio(bare, headers={"X-API-Key": self.alice.key}), 403)

    def test_only_get_and_head_are_covered(self):
        for method in ("POST", "PUT", "DELETE"):
            self.assertEqual(self.alice.audio(self.url, method).status, 405)

    def test_a_url_expires(self):
        alice = world.client(world.ALICE, world.start_service("--url-life", "1"))
        session_id = alice.start(**world.SHORT).json()["session_id"]
        alice.ready(session_id)
        track = alice.promote(session_id, 0).json()
        urls = [
            alice.fetch(session_id).json()["segments"][0]["playback_url"],
            track["playback_url"],
        ]
        fresh = alice.fetch(session_id).json()["segments"][0]["playback_url"]
        self.assertEqual(alice.audio(fresh, "HEAD").status, 200)
        expires = max(int(re.search(r"expires=(\d+)", url).group(1)) for url in urls)
        time.sleep(max(0.0, expires - time.time()) + 0.05)
        for url in urls:
            for method in ("GET", "HEAD"):
                self.assertEqual(alice.audio(url, method).status, 403)
        renewed = alice.fetch(session_id).json()["segments"][0]["playback_url"]
        self.assertNotEqual(renewed, urls[0])
        self.assertEqual(alice.audio(renewed).status, 200)

    def test_paths_that_try_to_get_out(self):
        query = self.url.partition("?")[2]
        session = f"/v1/audio/sessions/{self.session_id}"
        for path in (
            f"{session}/../{self.session_id}/0",
            f"{session}/%2e%2e/{self.session_id}/0",
            f"{session}/./0",
            f"{session}//0",
            f"{session}/0/",
            f"{session}/0%00",
            f"{session}/%00",
            f"{session}%2f0",
            f"{session}%2F..%2F..%2Fkeys.json",
            f"{session}/..",
            f"{session}/%2e%2e",
            f"{session}/%2e%2e%2f%2e%2e%2fkeys.json",
            "/v1/audio/sessions/..%2f..%2fetc%2fpasswd/0",
            "/v1/audio/sessions/%2e%2e/0",
            "/v1/audio/tracks/..%2f..%2fcatalogue.db",
            "/v1/audio/tracks/%2e%2e",
            "/v1/audio/tracks/%00",
            "/v1/audio/../../etc/passwd",
            "/../../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "//etc/passwd",
            "/etc/passwd",
            f"/{session}/0",
            f"{session}/0;x=1",
            f"{session}\\0",
            f"{session}/\\..\\0",
            f"{session}/%5c..%5c0",
            f"{session}/%",
            f"{session}/%f",
            f"{session}/%zz",
            f"{session}/%c0%ae%c0%ae",
            f"{session}/" + "0" * 4000,
            "/v1/audio/sessions/" + "a" * 6000 + "/0",
            "/" + "a/" * 2000,
            f"{session}/" + "%2e" * 1500,
        ):
            with self.subTest(path=path[:100]):
                for method, target in (
                    ("GET", path),
                    ("GET", f"{path}?{query}"),
                    ("HEAD", f"{path}?{query}"),
                ):
                    answer = self.alice.request(method, target, headers={})
                    self.assertIn(answer.status, (403, 404), str(answer))


class RangeTest(AudioCase):
    def test_ranges_of_all_kinds(self):
        n = self.size
        for asked, first, last in (
            ("bytes=0-0", 0, 0),
            ("bytes=0-99", 0, 99),
            ("bytes=1000-1999", 1000, 1999),
            (f"bytes={n - 1}-", n - 1, n - 1),
            ("bytes=500-", 500, n - 1),
            ("bytes=-1", n - 1, n - 1),
            ("bytes=-500", n - 500, n - 1),
            (f"bytes=-{n + 10}", 0, n - 1),
            (f"bytes=0-{n * 2}", 0, n - 1),
            ("bytes=0-99,100-199", 0, 199),
            ("bytes=50-149, 0-99", 0, 149),
            (f"bytes=10-19, {n}-", 10, 19),
            ("bytes=, 3-4 ,", 3, 4),
            ("bytes=7-99999999999999999999999", 7, n - 1),
            ("BYTES=3-4", 3, 4),
        ):
            with self.subTest(range=asked):
                answer = self.ask(Range=asked)
                self.assertEqual(answer.status, 206, str(answer.headers))
                self.assertEqual(answer.header("Content-Range"), f"bytes {first}-{last}/{n}")
                self.assertEqual(answer.body, self.whole.body[first : last + 1])
                self.assertEqual(answer.header("ETag"), self.etag)
                # Ranges are defined for GET alone (RFC 9110, 14.2).
                head = self.ask("HEAD", Range=asked)
                self.assertEqual(
                    (head.status, head.header("Content-Length"), head.body), (200, str(n), b"")
                )
                self.assertIsNone(head.header("Content-Range"))

    def test_ranges_that_lie_outside(self):
        for asked in (
            f"bytes={self.size}-",
            f"bytes={self.size}-{self.size + 5}",
            "bytes=99999999999999999999-",
            "bytes=-0",
            f"bytes={self.size}-, -0",
        ):
            with self.subTest(range=asked):
                answer = self.ask(Range=asked)
                self.assert_refused(answer, 416)
                self.assertEqual(answer.header("Content-Range"), f"bytes */{self.size}")

    def test_what_is_no_range_means_all(self):
        for asked in (
            "bytes=0-1,5-6",
            "bytes=0-1, -1",
            "bytes=0-1, x",
            "bytes=,",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=5-4",
            "bytes=1",
            "items=0-1",
            "0-1",
            "bytes 0-1",
            "bytes=0x0-0x9",
            "bytes=+0-1",
            "bytes=--1",
            "",
            "bytes=1-2-3",
        ):
            with self.subTest(range=asked):
                answer = self.ask(Range=asked)
                self.assertEqual(
                    (answer.status, len(answer.body)), (200, self.size), str(answer.headers)
                )

    def test_all_ranges_together_are_the_whole(self):
        step = self.size // 7 + 1
        parts = [
            self.ask(Range=f"bytes={start}-{start + step - 1}").body
            for start in range(0, self.size, step)
        ]
        self.assertEqual(b"".join(parts), self.whole.body)


class ConditionTest(AudioCase):
    def test_what_is_known_is_not_sent_again(self):
        self.assertEqual(
            self.alice.audio(
                self.alice.fetch(self.session_id).json()["segments"][0]["playback_url"],
                headers={"If-None-Match": self.etag},
            ).status,
            304,
        )
        for known in (self.etag, f"W/{self.etag}", f'"other", {self.etag}', "*"):
            with self.subTest(known=known):
                answer = self.ask(If_None_Match=known)
                self.assertEqual(
                    (answer.status, answer.body, answer.header("ETag")), (304, b"", self.etag)
                )
                self.assertEqual(self.ask("HEAD", If_None_Match=known).status, 304)
                self.assertEqual(self.ask(If_None_Match=known, Range="bytes=0-9").status, 304)
        for other in ('"other"', self.etag.strip('"'), "", f'"{self.etag}"'):
            with self.subTest(other=other):
                self.assertEqual(self.ask(If_None_Match=other).status, 200)

    def test_a_range_of_the_same_audio(self):
        self.assertEqual(self.ask(Range="bytes=0-9", If_Range=self.etag).status, 206)
        for other in ('"other"', f"W/{self.etag}", "Thu, 26 Nov 2026 08:00:00 GMT"):
            answer = self.ask(Range="bytes=0-9", If_Range=other)
            self.assertEqual((answer.status, len(answer.body)), (200, self.size))
        # Where the audio is another, a range that lies outside of it means nothing.
        self.assertEqual(self.ask(Range=f"bytes={self.size}-", If_Range='"other"').status, 200)

    def test_only_if_it_is_the_same(self):
        for same in (self.etag, "*", f'"other", {self.etag}'):
            self.assertEqual(self.ask(If_Match=same).status, 200)
        for other in ('"other"', f"W/{self.etag}"):
            self.assert_refused(self.ask(If_Match=other), 412)
            self.assertEqual(self.ask("HEAD", If_Match=other).status, 412)
        self.assertEqual(self.ask("HEAD", Range=f"bytes={self.size}-").body, b"")

    def test_each_segment_has_a_tag_of_its_own(self):
        tags = [self.alice.audio(url, "HEAD").header("ETag") for url in self.urls]
        self.assertEqual(len(set(tags)), len(tags))
