#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks which way the includes of this house run.

A room of src/ includes only itself and the rooms before it in ROOMS; capi/ may include all of them.
tool/, examples/ and bindings/ see nothing but include/. What is POSIX stays in src/base and
src/store. The installed headers ask for nothing beyond the standard library.

    check_includes.py ROOT                  checks a tree
    check_includes.py ROOT --expect FILE    finds exactly the faults FILE lists (a self-check)
"""
import re

from checker import run

ROOMS = ["base", "audio", "dsp", "plan", "mastering", "mix", "engines", "store", "session",
         "delivery", "player", "broadcast", "rest"]
POSIX_ROOMS = {"base", "store"}
POSIX = re.compile(
    r"(sys|net|netinet|arpa)/.+\.h|(aio|dirent|dlfcn|fcntl|ftw|glob|grp|libgen|netdb|poll|pthread"
    r"|pwd|sched|semaphore|signal|spawn|strings|syslog|termios|ucontext|unistd|utime|wordexp)\.h"
    r"|csignal")
HOSTS = ("tool", "examples", "bindings")
SOURCES = {".c", ".h", ".cpp", ".hpp", ".inl", ".m", ".mm"}
INCLUDE = re.compile(r'^\s*#\s*(?:include|import)\s*([<"])([^>"]+)[>"]')
C_HEADERS = {"stddef.h", "stdint.h"}


def room_of(path, root):
    """The room a file is in: one of ROOMS, "capi", "include", one of HOSTS, or None."""
    parts = path.relative_to(root).parts
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 else None
    return parts[0]


def target_of(root, includer, quote, name):
    """The room that an include leads to, or None for a header that is not ours."""
    places = [root / "src", root / "include", root]
    if quote == '"':
        places.insert(0, includer.parent)
    for place in places:
        found = (place / name).resolve()
        if found.is_file() and root in found.parents:
            return room_of(found, root)
    first = name.split("/")[0]
    return first if "/" in name and first in ROOMS else None


def fault(root, path, quote, name):
    """What is wrong with one include, or None."""
    room = room_of(path, root)
    target = target_of(root, path, quote, name)
    if room in HOSTS:
        if target in ROOMS or target in ("src", "capi"):
            return f"{room}/ may include only what is in include/"
        return None
    if room == "include":
        own = target == "include"
        standard = "/" not in name and (not name.endswith(".h") or name in C_HEADERS)
        if not own and not standard:
            return "an installed header may include only the standard library"
        return None
    if POSIX.fullmatch(name) and room not in POSIX_ROOMS:
        return "POSIX belongs into src/base and src/store"
    if target is None or target == "include" or room == "capi":
        return None
    if target not in ROOMS:
        return f"src/{room} may not include {target}/"
    if room not in ROOMS:
        return f"src/{room} is not in the list of rooms (ROOMS of check_includes.py)"
    if ROOMS.index(target) > ROOMS.index(room):
        return f"the room {target} comes after {room}"
    return None


def check(root):
    """Yields every fault below root as "path:line: include <name>: what is wrong"."""
    for top in ("include", "src", "capi", *HOSTS):
        for path in sorted((root / top).rglob("*")):
            shown = path.relative_to(root)
            if path.name == "CMakeLists.txt" and top in HOSTS:
                for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                    if re.search(r"\broom_\w+|\$\{PROJECT_SOURCE_DIR\}/(src|capi)\b", line):
                        yield f"{shown}:{number}: {top}/ may not be built with parts of src/"
            if path.suffix not in SOURCES or not path.is_file():
                continue
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if match := INCLUDE.match(line):
                    if problem := fault(root, path, *match.groups()):
                        yield f"{shown}:{number}: include of {match[2]}: {problem}"


if __name__ == "__main__":
    run(check, "every include runs the right way")
