#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A crowd of slow, silent and greedy clients beside a fair one, whose latency is measured.

Usage: crowd.py [--minutes N] [--seed S] BUILD_DIR

The fair client starts short sessions, waits for their first segments, fetches audio and opens event
streams: first alone, then beside a crowd of another organization's keys and of clients without any.
What it had to wait in the crowd is compared with what it had to wait alone, as a ratio. The drill
fails where the fair client was refused anything, had to wait too long, or the server did not hold
out. The same seed gives the same crowd.
"""
import argparse
import collections
import http.client
import pathlib
import random
import re
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from serving import Key, Serving, ask, write_keys  # pylint: disable=wrong-import-position

# How much longer things may take in the crowd (the crowd itself takes half of a small machine).
MOST_RATIO = {"first segment": 6.0, "request": 12.0, "audio": 12.0, "stream": 12.0}
# What is always fast enough, in seconds: a ratio of two small figures says little.
FAST_ENOUGH = {"first segment": 4.0, "request": 0.25, "audio": 0.75, "stream": 0.5}
MOST_MEMORY_MB = 3000
MOST_THREADS = 1200


FAIR = Key("fair-s-key", "fair", ["org_fair"], requests_per_minute=0)
GREEDY = Key("greedy-s-key", "greedy", ["org_crowd"], requests_per_minute=0)
READER = Key("reader-s-key", "greedy", ["org_crowd"], [], requests_per_minute=0)


def memory_and_threads(process):
    """In MB, and how many."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    number = lambda name: int(re.search(rf"{name}:\s+(\d+)", status).group(1))
    return number("VmRSS") // 1024, number("Threads")


class Client:
    """One that keeps to the protocol. What it was answered is counted."""

    def __init__(self, address, key):
        self.address, self.key = address, key.text
        self.sessions = f"/v1/music/{key.organizations[0]}/focus/sessions"
        self.answers = collections.Counter()

    def ask(self, method, target, body=None):
        status, content = ask(self.address, self.key, method, target, body)
        self.answers[status] += 1
        return status, content

    def connect(self, timeout):
        host, port = self.address.split(":")
        return socket.create_connection((host, int(port)), timeout=timeout)

    def events(self, session_id):
        """Opens the stream and waits for its first event."""
        with self.connect(timeout=60) as connection:
            connection.sendall(
                f"GET {self.sessions}/{session_id}/events HTTP/1.1\r\nHost: x\r\n"
                f"X-API-Key: {self.key}\r\n\r\n".encode())
            text = b""
            while b"event: session" not in text:
                block = connection.recv(65536)
                if not block:
                    break
                text += block
            status = int(text.split(b" ", 2)[1]) if text else 0
            self.answers[status] += 1


class Fair:
    def __init__(self, client):
        self.client = client
        self.refused = []

    def round(self, waits):
        def timed(name, act):
            begin = time.monotonic()
            result = act()
            waits[name].append(time.monotonic() - begin)
            return result

        client = self.client
        request = {"goal": "focus", "target_minutes": 1, "options": {"segment_seconds": 30}}
        begin = time.monotonic()
        status, session = timed("request", lambda: client.ask("POST", client.sessions, request))
        if status != 202:
            self.refused.append((status, session))
            return
        path = f"{client.sessions}/{session['session_id']}"
        while not session["segments"] and time.monotonic() - begin < 120:
            time.sleep(0.05)
            status, session = timed("request", lambda: client.ask("GET", path))
            if status != 200:
                self.refused.append((status, session))
                return
        waits["first segment"].append(time.monotonic() - begin)
        if session["segments"]:
            url = session["segments"][0]["playback_url"].split(client.address, 1)[1]
            status, audio = timed("audio", lambda: client.ask("GET", url))
            if status != 200:
                self.refused.append((status, audio))
        timed("stream", lambda: client.events(session["session_id"]))
        timed("request", lambda: client.ask("POST", path + "/end"))

    def rounds(self, until, waits):
        while True:
            self.round(waits)
            if time.monotonic() >= until:
                return


class Crowd:
    """Starts clients of every bad kind, and keeps them going until it is told to stop."""

    def __init__(self, address, seed):
        self.random = random.Random(seed)
        self.stopping = threading.Event()
        self.open = collections.deque()
        self.counts = collections.Counter()
        self.greedy = Client(address, GREEDY)
        self.reader = Client(address, READER)
        self.session = self.audio = None

    def prepare(self):
        """A session whose audio can be fetched and whose events can be listened to."""
        status, session = self.greedy.ask("POST", self.greedy.sessions, {
            "goal": "focus", "target_minutes": 5, "options": {"format": "wav"}})
        assert status == 202, session
        self.session = session["session_id"]
        until = time.monotonic() + 180
        while not session["segments"] and time.monotonic() < until:
            time.sleep(0.2)
            session = self.greedy.ask("GET", f"{self.greedy.sessions}/{self.session}")[1]
        self.audio = session["segments"][0]["playback_url"].split(self.greedy.address, 1)[1]

    def leave_open(self, text):
        try:
            connection = self.greedy.connect(timeout=5)
            connection.sendall(text.encode())
            self.open.append(connection)
        except OSError:
            self.counts["turned away"] += 1
        while len(self.open) > 900:
            self.open.popleft().close()

    # ---- the kinds

    def silent(self):
        self.leave_open("")

    def half_a_head(self):
        self.leave_open(f"POST {self.greedy.sessions} HTTP/1.1\r\nHost: x\r\nX-A: "
                        + "a" * self.random.randrange(2000))

    def half_a_body(self):
        self.leave_open(f"POST {self.greedy.sessions} HTTP/1.1\r\nHost: x\r\n"
                        "Content-Length: 60000\r\n\r\n{")

    def half_a_chunk(self):
        key = self.random.choice(["", f"X-API-Key: {self.greedy.key}\r\n"])
        self.leave_open(f"POST {self.greedy.sessions} HTTP/1.1\r\nHost: x\r\n{key}"
                        "Transfer-Encoding: chunked\r\n\r\n5\r\nab")

    def never_reads(self):
        self.leave_open(f"GET {self.audio} HTTP/1.1\r\nHost: x\r\n\r\n")

    def hoards_streams(self):
        self.leave_open(f"GET {self.reader.sessions}/{self.session}/events HTTP/1.1\r\n"
                        f"Host: x\r\nX-API-Key: {self.reader.key}\r\n\r\n")

    def starts_days(self):
        self.greedy.ask("POST", self.greedy.sessions, {"goal": "focus", "target_minutes": 1440})

    def long_prompt(self):
        letters = "abcdefghijklmnopqrstuvwxyz"
        words = ["".join(self.random.choices(letters, k=self.random.randrange(1, 10)))
                 for _ in range(9000)]
        self.greedy.ask("POST", self.greedy.sessions, {
            "goal": "custom_prompt", "target_minutes": 1,
            "custom_prompt": " ".join(words)[:60000]})

    def steers(self):
        self.greedy.ask("POST", f"{self.greedy.sessions}/{self.session}/steer",
                        {"divergence": self.random.random()})

    def asks_metrics(self):
        self.reader.ask("GET", "/metrics")

    KINDS = [(silent, 6), (half_a_head, 6), (half_a_body, 6), (half_a_chunk, 6), (never_reads, 8),
             (hoards_streams, 6), (starts_days, 6), (long_prompt, 1), (steers, 1),
             (asks_metrics, 2)]

    def run(self):
        kinds, weights = zip(*self.KINDS)
        while not self.stopping.is_set():
            kind = self.random.choices(kinds, weights)[0]
            self.counts[kind.__name__] += 1
            try:
                kind(self)
            except (OSError, http.client.HTTPException):
                self.counts["cut off"] += 1

    def stop(self):
        self.stopping.set()
        for connection in self.open:
            connection.close()


def judge(alone, beside):
    problems = []
    print(f"{'':14}  {'alone':>9}  {'in the crowd':>12}  ratio")
    for name in MOST_RATIO:
        if not alone[name] or not beside[name]:
            problems.append(f"{name}: was not measured")
            continue
        before, after = statistics.median(alone[name]), statistics.median(beside[name])
        ratio = after / max(before, 1e-6)
        print(f"{name:14}  {before:8.3f}s  {after:11.3f}s  {ratio:5.1f}  "
              f"({len(alone[name])}, {len(beside[name])} times; worst {max(beside[name]):.2f} s)")
        if ratio > MOST_RATIO[name] and after > FAST_ENOUGH[name]:
            problems.append(f"{name}: {ratio:.1f} times as long as alone")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("build", type=pathlib.Path)
    options = parser.parse_args()
    tool = options.build / "tool" / "focus-session"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="focus-crowd-"))
    seconds = 60 * options.minutes
    problems = []
    write_keys(folder / "keys.json", [FAIR, GREEDY, READER])
    server = Serving(tool, "--jobs", "2", "--data", folder / "data", "--keys", folder / "keys.json")
    try:
        fair = Fair(Client(server.address, FAIR))
        crowd = Crowd(server.address, options.seed)
        alone, beside = (collections.defaultdict(list) for _ in range(2))
        fair.rounds(time.monotonic() + 0.25 * seconds, alone)
        crowd.prepare()
        worker = threading.Thread(target=crowd.run, daemon=True)
        worker.start()
        time.sleep(min(0.15 * seconds, 15))  # until the crowd is there
        until = time.monotonic() + 0.6 * seconds
        fair.rounds(until, beside)
        memory, threads = memory_and_threads(server.process)
        crowd.stop()
        worker.join(30)
        print(f"seed {options.seed}; the crowd: {dict(crowd.counts)}; "
              f"its answers: {dict(crowd.greedy.answers + crowd.reader.answers)}; "
              f"the fair one's: {dict(fair.client.answers)}; {memory} MB, {threads} threads")
        problems += judge(alone, beside)
        problems += [f"the fair client was answered {status}: {why}"
                     for status, why in fair.refused[:5]]
        if memory > MOST_MEMORY_MB:
            problems.append(f"the server took {memory} MB")
        if threads > MOST_THREADS:
            problems.append(f"the server took {threads} threads")
        if server.process.poll() is not None:
            problems.append("the server ended by itself")
    finally:
        problems += server.stop()[:7]
        shutil.rmtree(folder, ignore_errors=True)
    for problem in problems:
        print("crowd:", problem)
    print("crowd:", "FAILED" if problems else "held", f"(repeat with --seed {options.seed})")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
