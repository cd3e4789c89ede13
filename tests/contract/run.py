#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the running service against the document of its contract.

Usage: run.py [--cluster] TOOL TONE SOURCE_FOLDER [TEST...]

With --cluster each service is three nodes behind haproxy. TOOL is focus-session, TONE the command of the tests' own engine. A TEST is a module or a part of one:
`audio_test`, `audio_test.AudioTest`.
Ends with 77 where a Debian package is missing that it needs (see `contract` in cmake/packages.txt).
"""
import importlib.util
import pathlib
import shutil
import sys
import time
import unittest

# In this order: what is wrong in the document or the checker is told first, coverage last.
MODULES = [
    "document_test",
    "checker_test",
    "access_test",
    "validation_test",
    "mutation_test",
    "session_test",
    "steer_test",
    "prompt_test",
    "track_test",
    "audio_test",
    "stream_test",
    "events_test",
    "own_sessions_test",
    "idempotency_test",
    "webhook_test",
    "spending_test",
    "slow_listener_test",
    "operation_test",
    "example_test",
    "coverage_test",
]


def main(arguments):
    is_cluster = arguments[:1] == ["--cluster"]
    arguments = arguments[1:] if is_cluster else arguments
    missing = [
        name for name in ("jsonschema", "requests") if importlib.util.find_spec(name) is None
    ]
    missing += [name for name in ("curl", "node") if shutil.which(name) is None]
    if missing:
        print("skipped; missing here:", *missing)
        return 77
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    import world

    if is_cluster:
        import cluster_service

        if cluster_service.missing():
            print("skipped:", cluster_service.missing())
            return 77
        world.make_service = cluster_service.ClusterService
    world.tool, world.tone, world.source = (
        pathlib.Path(argument).resolve() for argument in arguments[:3]
    )
    chosen = arguments[3:] or MODULES
    began = time.monotonic()
    tests = unittest.defaultTestLoader.loadTestsFromNames(chosen)
    result = unittest.TextTestRunner(verbosity=2 if arguments[3:] else 1).run(tests)
    problems = world.stop_services()
    if is_cluster:
        cluster_service.stop_ground()
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{world.ledger().count} exchanges in {time.monotonic() - began:.1f} s")
    return 0 if result.wasSuccessful() and not problems else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
