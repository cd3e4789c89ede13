# SPDX-License-Identifier: MIT
"""A client of which every exchange is recorded and held against the document."""
import contextlib
import http.client
import json
import threading
import time

from exchange import Exchange, check, strict_json

TIMEOUT = 60  # seconds; never waited for where the service is well


class Ledger:
    """All exchanges of a run, and what was wrong with them."""

    def __init__(self, document):
        self.document = document
        self.problems = []
        self.seen = set()  # (path template, method, status)
        self.count = 0
        self.trace_ids = []
        self._lock = threading.Lock()

    def record(self, exchange):
        problems = check(self.document, exchange)
        template = self.document.template_of(exchange.target)
        with self._lock:
            self.count += 1
            is_again = exchange.header("Idempotent-Replayed")
            if exchange.status >= 400 and exchange.body and not is_again:
                self.trace_ids.append(exchange.error["trace_id"])
            self.seen.add((template, exchange.method, exchange.status))
            self.problems += [f"{exchange}\n    {problem}" for problem in problems]

    def add_problems(self, what, problems):
        with self._lock:
            self.problems += [f"{what}\n    {problem}" for problem in problems]

    def take_problems(self):
        with self._lock:
            problems, self.problems = self.problems, []
        return problems


class Client:
    def __init__(self, ledger, address, key=None, organization="org_abc123"):
        self.ledger = ledger
        self.address = address
        self.key = key
        self.music = f"/v1/music/{organization}"

    def request(self, method, target, body=None, headers=None):
        """One exchange. `body` is bytes, or becomes JSON; `headers` take the place of the key."""
        connection, exchange, response = self._open(method, target, body, headers)
        try:
            exchange.body = response.read()
        finally:
            connection.close()
        self.ledger.record(exchange)
        return exchange

    def _open(self, method, target, body, headers):
        if headers is None:
            headers = {"X-API-Key": self.key} if self.key else {}
        headers = list(headers.items() if isinstance(headers, dict) else headers)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            headers += [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        elif method in ("POST", "PUT", "PATCH"):
            headers += [("Content-Length", "0")]
        connection = http.client.HTTPConnection(self.address, timeout=TIMEOUT)
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        exchange = Exchange(
            method, target, headers, body, response.status, response.getheaders(), b""
        )
        return connection, exchange, response

    def get(self, target, **more):
        return self.request("GET", target, **more)

    # ---- the calls

    def sessions(self):
        return f"{self.music}/focus/sessions"

    def session(self, session_id):
        return f"{self.sessions()}/{session_id}"

    def start(self, query="", **members):
        return self.request("POST", self.sessions() + query, members)

    def fetch(self, session_id, query=""):
        return self.get(self.session(session_id) + query)

    def end(self, session_id):
        return self.request("POST", self.session(session_id) + "/end")

    def steer(self, session_id, **members):
        return self.request("POST", self.session(session_id) + "/steer", members)

    def promote(self, session_id, index, body=None):
        return self.request("POST", f"{self.session(session_id)}/segments/{index}/promote", body)

    def ready(self, session_id, count=None):
        """The session once `count` of its segments are ready, by default all of them."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            session = self.fetch(session_id).json()
            if session["ready_count"] >= (session["total_segments"] if count is None else count):
                return session
            if not session["more_pending"]:
                break
            time.sleep(0.02)
        raise AssertionError(f"waited in vain for {count} segments: {session}")

    def audio(self, playback_url, method="GET", headers=None):
        """What a playback URL gives; no key goes with it."""
        target = playback_url.removeprefix(f"http://{self.address}")
        assert target.startswith("/"), playback_url
        return self.request(method, target, headers=headers or {})

    def listen(self, target, count, headers=None):
        """The first `count` bytes of an answer that may have no end."""
        with self.hold(target, headers, count) as exchange:
            return exchange

    @contextlib.contextmanager
    def hold(self, target, headers=None, count=1):
        """The same, and the connection stays open as long as this does."""
        connection, exchange, response = self._open("GET", target, None, headers)
        try:
            exchange.complete = exchange.status != 200
            exchange.body = response.read() if exchange.complete else response.read(count)
            self.ledger.record(exchange)
            yield exchange
        finally:
            connection.close()
            response.close()

    def events(self, session_id, headers=None):
        return EventStream(self, f"{self.session(session_id)}/events", headers)


class EventStream:
    """Server-Sent Events: iterate over (id, event, data)."""

    def __init__(self, client, target, headers):
        given = {"X-API-Key": client.key, **(headers or {})}
        self._ledger = client.ledger
        self._connection, self.exchange, self._response = client._open("GET", target, None, given)
        self.exchange.complete = self.exchange.status != 200
        if self.exchange.complete:
            self.exchange.body = self._response.read()
        self._ledger.record(self.exchange)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()
        self._response.close()

    def __iter__(self):
        fields = {}
        while True:
            line = self._response.readline()
            if not line:
                return
            text = line.decode().rstrip("\r\n")
            if text.startswith(":"):
                continue
            if text:
                name, _, value = text.partition(":")
                fields[name] = value.removeprefix(" ")
            elif fields:
                yield self._event(fields)
                fields = {}

    def _event(self, fields):
        document = self._ledger.document
        content = document.content["components"]["responses"]["Events"]["content"][
            "text/event-stream"
        ]
        kind = fields.get("event")
        problems = (
            [] if set(fields) == {"id", "event", "data"} else [f"its fields are {sorted(fields)}"]
        )
        data = strict_json(fields["data"])
        kinds = content["schema"]["$defs"]
        if kind in kinds:
            problems += document.problems(data, kinds[kind])
        else:
            problems.append(f"the event {kind!r} is not documented")
        self._ledger.add_problems(f"event {fields}", problems)
        return fields.get("id"), kind, data

    def until(self, wanted):
        """All events up to the first that `wanted(event, data)` takes."""
        events = []
        for number, kind, data in self:
            events.append((number, kind, data))
            if wanted(kind, data):
                return events
        raise AssertionError(f"the stream has ended after {events}")
