#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The drill of faults: each allocation, thread, file and SQLite call, and each call of an engine, fails in turn.

    tests/drill/faults/faults.py --minutes N --seed S [--class C] BUILD_DIR

A host (host.c) opens a service, plays a session to its end, keeps a segment, asks over HTTP and comes back to
its folder. A preloaded library (shim.c) makes the n-th call of one class fail, once or five times in a row. It
is tried for one n after another, in an order that the seed decides, until the minutes are over or each n was tried. What
may not be: a process that ends or hangs, music that ends too early, an error without words, and a segment that was told
ready and is not there. What a line of the report names is tried again with

    tests/drill/faults/faults.py --again CLASS/WAY/N/TIMES BUILD_DIR

which also shows the stack of each failing call. Exits 0 where nothing was wrong.
"""
import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# The class of calls, and the ways to play it: the store, the player's mode, the engine.
MEMORY_WAYS = ["memory-live-tone", "memory-live-studio", "folder-live-tone", "folder-offline-studio"]
FOLDER_WAYS = ["folder-live-tone", "folder-offline-studio"]
CLASSES = {
    "memory": MEMORY_WAYS,
    "thread": MEMORY_WAYS,
    "open": FOLDER_WAYS,
    "read": FOLDER_WAYS,
    "write": FOLDER_WAYS,
    "sync": FOLDER_WAYS,
    "name": FOLDER_WAYS,
    "sqlite": FOLDER_WAYS,
    "engine": ["memory-live-tone", "folder-live-tone"],
}
TIMES = [1, 5]
PATIENCE = 90.0  # seconds that a host may take, on a machine that does other things too


class Drill:
    def __init__(self, build):
        here = os.path.join(os.path.abspath(build), "tests", "drill", "faults")
        self.host = os.path.join(here, "faults_host")
        self.shim = os.path.join(here, "libfaults_shim.so")
        for path in (self.host, self.shim):
            if not os.path.exists(path):
                sys.exit(f"{path} is missing; build the targets faults_host and faults_shim")

    def run(self, kind, way, first, times, trace=False, plant=None):
        """Returns what was wrong, as lines, and how many calls of each class were counted."""
        folder = tempfile.mkdtemp(prefix="focus-drill-")
        environment = dict(os.environ, LD_PRELOAD=self.shim, FOCUS_FAULT_CLASS=kind, FOCUS_FAULT_AT=str(first),
                           FOCUS_FAULT_TIMES=str(times), FOCUS_FAULT_PATH=folder)
        if trace:
            environment["FOCUS_FAULT_TRACE"] = "1"
        if plant:
            environment["FOCUS_DRILL_PLANT"] = plant
        # Not in the current folder, and with no core file: a host that ends badly leaves nothing behind.
        process = subprocess.Popen([self.host, os.path.join(folder, "data"), *way.split("-")], env=environment,
                                   stdout=subprocess.PIPE, stderr=None if trace else subprocess.PIPE, text=True,
                                   errors="replace", cwd=folder, preexec_fn=no_core)
        try:
            out, err = process.communicate(timeout=5 if plant == "hang" else PATIENCE)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)
            process.communicate()
            return ["hangs"], {}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        found = [line for line in out.splitlines() if line.startswith("WRONG")]
        if process.returncode < 0:
            words = (err or "").strip().splitlines()
            found.append(f"ended by {signal.Signals(-process.returncode).name}: {' '.join(words[-2:])[:200]}")
        elif process.returncode != 0 and not found:
            found.append(f"exit status {process.returncode}")
        return found, {kind: int(count) for kind, count in re.findall(r"^CALLS (\w+) (\d+)$", out, re.MULTILINE)}


def no_core():
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def prove(drill):
    """The drill finds what is planted: a process that ends, hangs, or says that something is wrong."""
    for plant in ("abort", "hang", "wrong"):
        found, _ = drill.run("memory", "memory-live-tone", 0, 1, plant=plant)
        if not found and plant != "wrong":
            sys.exit(f"the drill does not find a host that was told to {plant}")
        if plant == "wrong" and not any("as planted" in line for line in found):
            sys.exit(f"the drill does not read the host's words: {found}")
    print("what was planted was found")


def turns(drill, kinds, seed):
    """Yields (class, way, n, times), class by class in turn, each in an order of its own."""
    chance = random.Random(seed)
    counted = {}
    for way in sorted({way for kind in kinds for way in CLASSES[kind]}):
        found, counted[way] = drill.run("none", way, 0, 1)
        if found:
            sys.exit(f"without any fault, {way} is wrong: {found}")
        print(f"{way}: " + ", ".join(f"{kind} {counted[way][kind]}" for kind in kinds) + " calls", flush=True)
    queues = []
    for kind in kinds:
        queue = [(kind, way, n, times) for way in CLASSES[kind] for n in range(1, counted[way][kind] + 1)
                 for times in TIMES]
        chance.shuffle(queue)
        queues.append(queue)
    while any(queues):
        for queue in queues:
            if queue:
                yield queue.pop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0, help="how long (1)")
    parser.add_argument("--seed", type=int, default=1, help="decides the order (1)")
    parser.add_argument("--class", dest="kind", choices=list(CLASSES), help="of calls; all of them if not given")
    parser.add_argument("--again", metavar="CLASS/WAY/N/TIMES", help="one fault of a report, with the stacks")
    parser.add_argument("--prove", action="store_true", help="whether the drill finds what is planted")
    parser.add_argument("build", metavar="BUILD_DIR")
    options = parser.parse_args()
    drill = Drill(options.build)
    if options.prove:
        return prove(drill)
    if options.again:
        kind, way, first, times = options.again.split("/")
        found, _ = drill.run(kind, way, int(first), int(times), trace=True)
        print("\n".join(found) or "nothing is wrong")
        sys.exit(1 if found else 0)
    kinds = [options.kind] if options.kind else list(CLASSES)
    end = time.monotonic() + options.minutes * 60.0
    tried = dict.fromkeys(kinds, 0)
    wrong = 0
    for kind, way, first, times in turns(drill, kinds, options.seed):
        if time.monotonic() >= end:
            break
        found, _ = drill.run(kind, way, first, times)
        tried[kind] += 1
        if found:
            wrong += 1
            print(f"{kind}/{way}/{first}/{times}: {'; '.join(found)}", flush=True)
    print(f"seed {options.seed}: " + ", ".join(f"{kind} {count}" for kind, count in tried.items())
          + f"; {sum(tried.values())} faults, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
