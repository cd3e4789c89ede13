# SPDX-License-Identifier: MIT
"""What a killed process has left: child processes, temporary folders, partial files."""
import os
import pathlib
import time


def processes_with(mark):
    """The command lines of all living processes whose environment has `mark`, but for this one."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if mark.encode() not in (entry / "environ").read_bytes():
                continue
            state = (entry / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()[0]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if state not in "ZX":
            found[int(entry.name)] = command.strip()
    return found


def processes_left(mark, seconds=10.0):
    """Those that are still alive after a while."""
    deadline = time.monotonic() + seconds
    while True:
        found = processes_with(mark)
        if not found or time.monotonic() > deadline:
            return [f"process {number} goes on: {command}" for number, command in found.items()]
        time.sleep(0.02)


def temporary_folders(base):
    return [f"{path} is left" for path in sorted(pathlib.Path(base).glob("focus-*"))]


def partial_files(folder):
    return [f"{path} is left" for path in sorted(pathlib.Path(folder).rglob(".*partial*"))]
