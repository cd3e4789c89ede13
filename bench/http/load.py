#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many requests a second `focus-session serve` answers, beside a bare Boost.Beast that answers the
same bytes from memory; what open streams and slow readers cost, and how long a fair client waits beside
them; and what ten thousand sessions in one process cost.

    load.py BUILD_FOLDER [--seconds N] [--rounds N] [--sessions N]
            [--events N] [--listeners N] [--slow N]

Client (wrk) and server share the machine. The answers are those of "get a focus session" for a session
of thirty ready segments, each with a newly signed URL."""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "support"))
import listeners  # pylint: disable=wrong-import-position
from serving import Serving, ask  # pylint: disable=wrong-import-position

CONNECTIONS = 16
BOUNDS = ("--requests-per-minute", "-1", "--streams-per-key", "-1", "--streams-per-organization", "-1",
          "--streams", "16384", "--unread-bytes-per-key", "1G")


class Served:
    """focus-session serve with a session of thirty segments that are ready."""

    def __init__(self, tool, folder):
        self.server = Serving(tool, "--data", folder, *BOUNDS)
        self.base = f"http://{self.server.address}"
        self.key = self.server.wait_for(r"fsk_[0-9a-f]{64}").group()
        request = {"goal": "focus", "target_minutes": 10, "options": {"segment_seconds": 20}}
        sessions = "/v1/music/org_local/focus/sessions"
        session = self.ask("POST", sessions, request)
        self.path = f"{sessions}/{session['session_id']}"
        while session["status"] == "active":
            time.sleep(0.2)
            session = self.ask("GET", self.path)
        assert session["ready_count"] == 30, session

    def ask(self, method, target, body=None):
        status, content = ask(self.server.address, self.key, method, target, body)
        assert status in (200, 202), (status, content)
        return content

    def audio_target(self):
        """Path and query of the first segment's audio."""
        url = self.ask("GET", self.path)["segments"][0]["playback_url"]
        return url.removeprefix(self.base)

    def bytes_of_session(self):
        request = urllib.request.Request(self.base + self.path, None, {"X-API-Key": self.key})
        with urllib.request.urlopen(request) as answer:
            return answer.read()


def measure(url, key, seconds):
    """wrk's requests a second and its 99th percentile in ms."""
    report = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-H", f"X-API-Key: {key}", url],
        check=True, text=True, stdout=subprocess.PIPE).stdout
    if "Non-2xx" in report or "Socket errors" in report:
        sys.exit(report)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", report).group(1))
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", report).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def load(build, seconds, rounds):
    with tempfile.TemporaryDirectory() as folder:
        served = Served(build / "tool/focus-session", folder)
        answer = pathlib.Path(folder) / "answer.json"
        answer.write_bytes(served.bytes_of_session())
        bare = subprocess.Popen([build / "bench/focus_bench_bare", answer], stdout=subprocess.PIPE,
                                text=True)
        bare_url = f"http://127.0.0.1:{int(bare.stdout.readline())}/"
        size = answer.stat().st_size
        ours, theirs = [], []
        for _ in range(rounds):  # in turn, so that a machine that slows down does so for both
            ours.append(measure(served.base + served.path, served.key, seconds))
            theirs.append(measure(bare_url, served.key, seconds))
        bare.kill()
        served.server.stop()
    return size, ours, theirs


def crowds(build, seconds, counts):
    with tempfile.TemporaryDirectory() as folder:
        served = Served(build / "tool/focus-session", folder)
        listeners.print_table(listeners.compare(served, counts, seconds))
        served.server.stop()


def median(figures, column):
    return statistics.median(figure[column] for figure in figures)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=10000)
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--listeners", type=int, default=500)
    parser.add_argument("--slow", type=int, default=200)
    options = parser.parse_args()

    size, ours, theirs = load(options.build, options.seconds, options.rounds)
    print(f"get a session of 30 segments, {size} bytes, {CONNECTIONS} connections, "
          f"median of {options.rounds}")
    print(f"{'':34}{'requests/s':>12}{'p99 ms':>10}")
    print(f"{'focus-session serve':34}{median(ours, 0):12.0f}{median(ours, 1):10.2f}")
    print(f"{'bare Beast, the bytes from memory':34}{median(theirs, 0):12.0f}{median(theirs, 1):10.2f}")
    print(f"{'ratio':34}{median(ours, 0) / median(theirs, 0):12.2f}")

    print("\nopen streams and slow readers, beside one client that asks fifty times a second")
    crowds(options.build, options.seconds, (options.events, options.listeners, options.slow))

    crowd = json.loads(subprocess.run(
        [options.build / "bench/focus_bench_crowd", str(options.sessions)], check=True, text=True,
        stdout=subprocess.PIPE).stdout)
    print(f"\n{crowd['sessions']} active sessions of 30 segments (look-ahead 0), every worker busy")
    print(f"memory of each, beyond audio  {crowd['kib_each']:10.2f} KiB")
    print(f"start, median                 {crowd['start_p50_ms']:10.3f} ms")
    print(f"start, 99th percentile        {crowd['start_p99_ms']:10.3f} ms")
    print(f"idle work of 0.2 ms, likewise {crowd['idle_p99_ms']:10.3f} ms")


if __name__ == "__main__":
    main()
