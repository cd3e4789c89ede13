#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a program beside an object storage that speaks the protocol of S3.

    with_storage.py PROGRAM [ARGUMENT...]

The program finds the storage by FOCUS_TEST_S3_URL, FOCUS_TEST_S3_BUCKET, FOCUS_OBJECTS_KEY and
FOCUS_OBJECTS_SECRET. FOCUS_TEST_STORAGE_CONTROL names two descriptors: into the first the program
writes a line, "kill", "restart", "hold" or "go_on", and reads one from the second when that was
done to the storage. Ends with the program's status, or with 77 where there is no Swift.
"""
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples" / "cluster"))

import cluster  # noqa: E402
import swift  # noqa: E402

SKIPPED = 77


def run(command, environment, storage):
    """Runs the program, and does to the storage what it asks for, until it has ended."""
    orders, giving = os.pipe()
    hearing, answers = os.pipe()
    environment["FOCUS_TEST_STORAGE_CONTROL"] = f"{giving} {hearing}"
    program = subprocess.Popen(command, env=environment, pass_fds=(giving, hearing))
    os.close(giving)
    os.close(hearing)
    with open(orders) as lines, open(answers, "w") as done:
        for line in lines:
            getattr(storage, line.strip())()
            print("done", file=done, flush=True)
    return program.wait()


def main():
    if not swift.is_installed():
        print("skipped: Swift is not installed; ./dev cluster installs it")
        return SKIPPED
    folder = pathlib.Path(cluster.make_folder())
    folder.chmod(0o711)
    storage = swift.Swift(folder)
    try:
        storage.start()
        storage.make_bucket(cluster.BUCKET)
        environment = {"FOCUS_TEST_S3_URL": storage.url, "FOCUS_TEST_S3_BUCKET": cluster.BUCKET,
                       **storage.client_environment}
        return run(sys.argv[1:], {**os.environ, **environment}, storage)
    finally:
        storage.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
