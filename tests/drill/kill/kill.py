#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The kill drill: hosts of the library are killed at random moments and started again, and everything
that was ever told ready is compared byte by byte, as are the ledger, the catalogue and what was left.

    kill.py [--minutes N] [--seed S] [--only serve,play,render,host] BUILD_DIR

The seed decides which host is started with which options, and when it is killed; a slower machine is
further or less far by then. Exits with 0 when nothing was lost, changed, held or left.
"""
import argparse
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid

from host import Place
from hosts import HOSTS


def drill(arguments, root):
    place = Place(pathlib.Path(arguments.build_dir).resolve(), root,
                  f"FOCUS_DRILL={uuid.uuid4().hex}")
    draw = random.Random(arguments.seed)
    hosts = [HOSTS[name](place) for name in arguments.only.split(",")]
    deadline = time.monotonic() + arguments.minutes * 60.0
    kills = 0
    wrong = []
    while not wrong and (kills == 0 or time.monotonic() < deadline):
        host = draw.choice(hosts)
        number = draw.getrandbits(32)
        wrong = host.round(random.Random(number))
        kills += host.kills_of_round
        if wrong:
            print(f"after {kills} kills, {host.name} (round {number}):")
    if not wrong:
        for host in hosts:
            wrong += host.finish()
    told = sum(host.told for host in hosts)
    if not wrong and told == 0:
        wrong.append("nothing was ever told ready, so that nothing was compared: give it more minutes")
    compared = sum(host.compared for host in hosts)
    rounds = ", ".join(f"{host.name} {host.kills}" for host in hosts)
    print(f"kill drill, seed {arguments.seed}: {kills} kills ({rounds}); {told} files told ready, "
          f"compared {compared} times; {len(wrong)} faults")
    for fault in wrong:
        print("  " + fault)
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="serve,play,render,host")
    parser.add_argument("--keep", action="store_true", help="keep the folders, to look at them")
    parser.add_argument("build_dir")
    arguments = parser.parse_args()
    unknown = set(arguments.only.split(",")) - set(HOSTS)
    if unknown:
        parser.error(f"--only: {', '.join(sorted(unknown))}: must be of {', '.join(HOSTS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="kill-drill-") as folder:
        wrong = drill(arguments, pathlib.Path(folder))
        if arguments.keep:
            kept = pathlib.Path(tempfile.mkdtemp(prefix="kill-drill-kept-"))
            subprocess.run(["cp", "-a", folder, kept], check=False)
            print(f"kept in {kept}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    os.environ.pop("FOCUS_DRILL", None)
    main()
