# SPDX-License-Identifier: MIT
"""What operators of the service look at; and what is not HTTP at all."""
import socket
import threading
import unittest

import prometheus
import world
from case import ContractCase
from world import SHORT
from exchange import Exchange, strict_json


class ServiceTest(ContractCase):
    def test_the_document_is_served_as_it_stands(self):
        answer = self.alice.get("/openapi.json", headers={})
        self.assertEqual(answer.json(), world.document().content)

    def test_health(self):
        self.assertEqual(self.alice.get("/healthz", headers={}).body, b'{"status":"ok"}')

    def test_metrics_are_what_prometheus_reads(self):
        self.assertEqual(self.alice.request("HEAD", "/metrics").status, 200)
        self.alice.ready(self.start())
        before = [prometheus.parse(text) for text in world.metrics(world.ALICE)]
        for samples in before:
            self.assertTrue(all(name.startswith("focus_") for name, _ in samples), samples)
        self.alice.get("/healthz", headers={})
        after = [prometheus.parse(text) for text in world.metrics(world.ALICE)]
        total = [sum(sum(samples.values()) for samples in texts) for texts in (before, after)]
        self.assertGreater(total[1], total[0])

    def test_metrics_tell_no_secrets(self):
        session_id = self.start()
        text = self.alice.get("/metrics").body.decode()
        for secret in (session_id, world.ALICE.text, world.ALICE.entry()["hash"]):
            self.assertNotIn(secret, text)


class PrometheusTest(unittest.TestCase):
    def test_the_reader_finds_what_is_wrong(self):
        good = (
            '# HELP a_total x\n# TYPE a_total counter\na_total{b="c\\"d",e="f"} 1\na_total 2.5e3\n'
        )
        self.assertEqual(prometheus.total(prometheus.parse(good), "a_total"), 2501)
        for bad in (
            good[:-1],
            "a_total 1\n",
            "# TYPE a counter\na 1\n",
            good + "a_total 3\n",
            good + "b\n",
            good + "# TYPE c gauge\nc{d=e} 1\n",
            good + "# TYPE c bar\nc 1\n",
            good + "\n",
            good + '# TYPE c gauge\nc 1\na_total{z="1"} 1\n',
            good + "# HELP a_total y\n",
        ):
            with self.subTest(text=bad):
                self.assertRaises(ValueError, prometheus.parse, bad)


class StopTest(ContractCase):
    def test_it_stops_while_somebody_listens(self):
        service = world.start_service()
        alice = world.client(world.ALICE, service)
        session_id = alice.start(**{**SHORT, "target_minutes": 60}).json()["session_id"]
        with alice.events(session_id) as stream:
            self.assertEqual(next(iter(stream))[1], "session")
            stopping = threading.Thread(target=lambda: self.assertEqual(service.stop(), []))
            stopping.start()
            for _ in stream:
                pass
            stopping.join()


class UnreadableTest(ContractCase):
    """What the web server refuses before there is a request."""

    def send(self, data):
        # To the server itself: a proxy before it refuses these in words of its own.
        host, _, port = world.service().addresses[0].partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(data)
            answer = b""
            while block := connection.recv(65536):
                answer += block
        head, _, body = answer.partition(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        headers = [tuple(line.split(": ", 1)) for line in lines]
        return Exchange("GET", "", [], data, int(status.split()[1]), headers, body)

    def test_it_is_refused_with_the_same_envelope(self):
        schema = world.document().schema("UnreadableRefusal")
        host = b"Host: here\r\n"
        for data, status in (
            (b"hello\r\n\r\n", 400),
            (b"GET / HTTP/3\r\n" + host + b"\r\n", 400),
            (b"GET /v1/\x00 HTTP/1.1\r\n" + host + b"\r\n", 400),
            (b"GET / HTTP/1.1\r\n\r\n", 400),
            (b"GET / HTTP/1.1\r\n" + host + host + b"\r\n", 400),
            (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + host + b"\r\n", 414),
            (b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 100000 + b"\r\n\r\n", 431),
            (b"POST / HTTP/1.1\r\n" + host + b"Transfer-Encoding: gzip\r\n\r\n", 501),
        ):
            with self.subTest(request=data[:60]):
                answer = self.send(data)
                self.assertEqual(answer.status, status, str(answer))
                self.assertEqual([], world.document().problems(strict_json(answer.body), schema))
                self.assertEqual(answer.json()["error"]["status"], status)
                self.assertEqual(answer.header("Cache-Control"), "no-store")
