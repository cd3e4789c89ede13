#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a cluster costs, beside one machine's server in the same run.

    measure.py BUILD [--sessions N]

One, two and three nodes on this machine's cores, with PostgreSQL and Swift on the same cores, make the
same sessions as `focus-session serve` alone. Prints ratios first: seconds of a busy machine mean
little.
"""
import argparse
import http.client
import json
import os
import pathlib
import statistics
import sys
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "cluster"))
sys.path.insert(0, str(ROOT / "tests" / "support"))

import cluster  # noqa: E402
from processes import wait_until  # noqa: E402
from serving import Serving, ask  # noqa: E402

SESSIONS = "/v1/music/org_local/focus/sessions"
STARTS = 200
GETS = 1000
STEERINGS = 40


def request(seed):
    return {"goal": "focus", "target_minutes": 6,
            "options": {"segment_seconds": 60, "seed": seed}}


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make(address, key, sessions):
    """Starts sessions and waits until all are ready. Returns segments and seconds."""
    began = time.monotonic()
    ids = []
    for seed in range(sessions):
        status, session = ask(address, key, "POST", SESSIONS, request(seed))
        assert status == 202, session
        ids.append(session["session_id"])

    def ready():
        answers = [ask(address, key, "GET", f"{SESSIONS}/{one}")[1] for one in ids]
        return all(one["ready_count"] == one["total_segments"] for one in answers) and answers
    answers = wait_until(ready, "the sessions are not ready", 600)
    return sum(one["total_segments"] for one in answers), time.monotonic() - began


def alone(tool, sessions):
    service = Serving(tool)
    try:
        key = service.wait_for(r": (fsk_\w+)").group(1)
        before = cpu_seconds(service.process.pid)
        segments, seconds = make(service.address, key, sessions)
        return segments / seconds, segments / (cpu_seconds(service.process.pid) - before)
    finally:
        service.stop()


def timed(call, count):
    taken = []
    for number in range(count):
        began = time.perf_counter()
        call(number)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def tell_latency(name, taken):
    print(f"{name}: median {statistics.median(taken):.1f} ms, 99 % within "
          f"{percentile(taken, 0.99):.1f} ms, of {len(taken)}")


class Keeping:
    """A connection that stays open."""

    def __init__(self, address, key):
        self.connection = http.client.HTTPConnection(address, timeout=60)
        self.headers = {"X-API-Key": key, "Content-Type": "application/json"}

    def ask(self, method, target, body=None):
        self.connection.request(method, target, json.dumps(body) if body else None, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        return answer.status, json.loads(content) if content else None


def starts(keeping):
    """Each session is removed before the next, so that what is composed does not disturb: an idle
    cluster answers."""
    taken = []
    for number in range(STARTS):
        began = time.perf_counter()
        status, session = keeping.ask("POST", SESSIONS, request(number))
        taken.append((time.perf_counter() - began) * 1000)
        assert status == 202, session
        keeping.ask("DELETE", f"{SESSIONS}/{session['session_id']}")
    return taken


def notices(nodes, key):
    """From the answer to a steering on one node until an event stream of another tells it."""
    _, session = ask(nodes[0], key, "POST", SESSIONS, request(9))
    path = f"{SESSIONS}/{session['session_id']}"
    wait_until(lambda: ask(nodes[0], key, "GET", path)[1]["status"] == "ended", "not ready")
    connection = http.client.HTTPConnection(nodes[1], timeout=60)
    connection.request("GET", path + "/events", headers={"X-API-Key": key})
    events = connection.getresponse()
    told = []
    news = threading.Condition()

    def read():
        try:
            for line in events:
                if line == b"event: steer\n":
                    with news:
                        told.append(time.perf_counter())
                        news.notify()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass
    threading.Thread(target=read, daemon=True).start()
    time.sleep(1)
    taken = []
    for number in range(STEERINGS):
        status, _ = ask(nodes[0], key, "POST", path + "/steer", {"divergence": number / 100})
        answered = time.perf_counter()
        assert status == 200, status
        with news:
            assert news.wait_for(lambda: len(told) > len(taken), 30), "a steering was not told"
            taken.append(max(0.0, told[-1] - answered) * 1000)
    connection.close()
    return taken


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--sessions", type=int, default=10)
    arguments = parser.parse_args()
    if cluster.missing():
        sys.exit(cluster.missing())
    tool = (arguments.build / "tool" / "focus-session").resolve()
    single_wall, single_cpu = alone(tool, arguments.sessions)
    print(f"one machine: {single_cpu:.2f} segments a CPU second")
    for count in (1, 2, 3):
        with cluster.Cluster(tool=tool, nodes=count,
                             node_options=("--requests-per-minute", "-1")) as parts:
            address = urllib.parse.urlsplit(parts.url).netloc
            nodes = [urllib.parse.urlsplit(node.url).netloc for node in parts.nodes]
            processes = [node.process.pid for node in parts.nodes]
            before = sum(map(cpu_seconds, processes))
            segments, seconds = make(address, parts.key, arguments.sessions)
            spent = sum(map(cpu_seconds, processes)) - before
            claims = int(parts.database.query(
                "select last_value - (not is_called)::int from focus_session.epoch"))
            print(f"{count} nodes: {segments / spent / single_cpu:.2f} of its segments a CPU second of "
                  f"the nodes, {segments / seconds / single_wall:.2f} of its segments a second with "
                  f"database and storage on the same cores; {claims - segments} of {segments} segments "
                  "claimed more than once", flush=True)
            if count < 3:
                continue
            keeping = Keeping(nodes[0], parts.key)
            tell_latency("start", starts(keeping))
            _, session = keeping.ask("POST", SESSIONS, request(1))
            path = f"{SESSIONS}/{session['session_id']}"
            wait_until(lambda: keeping.ask("GET", path)[1]["status"] == "ended",
                       "the session is not ready", 600)
            tell_latency("get", timed(lambda n: keeping.ask("GET", path), GETS))
            tell_latency("notice", notices(nodes, parts.key))


if __name__ == "__main__":
    main()
