# SPDX-License-Identifier: MIT
"""What a service tells a receiver of webhooks, also after it was killed."""
import base64
import hashlib
import hmac
import http.server
import json
import threading
import time

import world
from case import ContractCase
from world import SHORT

PATIENCE = 120  # seconds; what was being sent at a kill is sent again after a minute


class Receiver:
    """Listens on a free port, and answers each request with the next of `statuses`, then with 204."""

    def __init__(self, statuses=()):
        self.received = []  # (headers, body, status), in the order of their arrival
        self._statuses = list(statuses)
        self._news = threading.Condition()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # pylint: disable=invalid-name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.take(dict(self.headers), body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook?token=hush"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def take(self, headers, body):
        with self._news:
            status = self._statuses.pop(0) if self._statuses else 204
            self.received.append((headers, body, status))
            self._news.notify_all()
            return status

    def wait_for(self, types):
        """Until something of each type was received."""
        with self._news:
            if not self._news.wait_for(lambda: set(types) <= set(self.types()), PATIENCE):
                raise AssertionError(f"received no more than {self.types()}")

    def types(self):
        return [json.loads(body)["type"] for _, body, status in self.received if status < 300]

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def signature_of(secret, headers, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


class WebhookTest(ContractCase):
    def setUp(self):
        super().setUp()
        self.operation = world.document().content["webhooks"]["event"]["post"]

    def receiver(self, statuses=()):
        receiver = Receiver(statuses)
        self.addCleanup(receiver.close)
        return receiver

    def check(self, receiver, secret):
        """Each request is signed, and is what the document says."""
        document = world.document()
        schema = self.operation["requestBody"]["content"]["application/json"]["schema"]
        for headers, body, _ in receiver.received:
            self.assertEqual(headers["webhook-signature"], signature_of(secret, headers, body))
            self.assertLess(abs(int(headers["webhook-timestamp"]) - time.time()), 300)
            self.assertEqual(headers["Content-Type"], "application/json")
            self.assertEqual([], document.problems(json.loads(body), schema))
            for parameter in self.operation["parameters"]:
                value = headers[parameter["name"]]
                self.assertEqual([], document.problems(value, parameter["schema"]))

    def test_a_session_is_told_of_from_its_start_to_its_end(self):
        receiver = self.receiver()
        service = world.start_service("--webhook", receiver.url)
        secret = service.wait_for(r": (whsec_\S+)").group(1)
        alice = world.client(world.ALICE, service)
        session_id = alice.start(**{**SHORT, "target_minutes": 2}).json()["session_id"]
        alice.ready(session_id)
        session = alice.session(session_id)
        self.assertEqual(alice.request("POST", session + "/segments/0/promote").status, 201)
        self.assertEqual(alice.request("DELETE", session).status, 204)
        receiver.wait_for(["session.started", "segment.ready", "session.complete", "track.kept",
                           "session.deleted"])
        self.check(receiver, secret)
        ready = [json.loads(body)["data"] for _, body, _ in receiver.received
                 if json.loads(body)["type"] == "segment.ready"]
        self.assertEqual(sorted(data["segment_index"] for data in ready), [0, 1, 2, 3, 4, 5])
        self.assertEqual({data["session_id"] for data in ready}, {session_id})
        self.assertNotIn("hush", service.output())

    def test_nothing_is_lost_when_a_receiver_fails_and_the_service_is_killed(self):
        receiver = self.receiver(statuses=[500, 503, 302])
        with world.lasting_folder() as data:
            options = ("--webhook", receiver.url, "--log")
            service = world.start_service(*options, data=data)
            secret = service.wait_for(r": (whsec_\S+)").group(1)
            alice = world.client(world.ALICE, service)
            session_id = alice.start(**SHORT).json()["session_id"]
            alice.ready(session_id)
            service.kill()
            again = world.start_service(*options, data=data)
            receiver.wait_for(["session.started", "segment.ready", "session.complete"])
            told = {}
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                told = {headers["webhook-id"]: json.loads(body)
                        for headers, body, status in list(receiver.received) if status < 300}
                if len(told) == 5:
                    break
                time.sleep(0.1)
            self.assertEqual(
                sorted(body["type"] for body in told.values()),
                ["segment.ready"] * 3 + ["session.complete", "session.started"])
            self.check(receiver, secret)  # the secret is the same after the restart
            self.assertNotIn("whsec_", again.output())
            self.assertEqual((data / "webhook.secret").stat().st_mode & 0o777, 0o600)
            bodies = {}
            for headers, body, _ in receiver.received:
                self.assertEqual(bodies.setdefault(headers["webhook-id"], body), body)

    def test_a_wrong_address_and_a_wrong_secret_end_the_start(self):
        for options, pattern in (
            (("--webhook", "ftp://127.0.0.1/"), "--webhook: must begin with https://"),
            (("--webhook", "http://127.0.0.1/", "--webhook-secret", "/dev/null"), "has no secret"),
        ):
            with self.subTest(options=options), self.assertRaisesRegex(RuntimeError, pattern):
                world.start_service(*options)
