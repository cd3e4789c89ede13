#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that errors are made and told apart by base/error.h alone.

An error is an absl::Status with a Fault of our own. Outside src/base and its tests nothing makes a
status by a code of Abseil's, and nothing looks at that code: it would say something else.

    check_errors.py ROOT                  checks a tree
    check_errors.py ROOT --expect FILE    finds exactly the lines FILE lists (a self-check)
"""
import re

from checker import run

SOURCES = {".cpp", ".h", ".hpp", ".inl", ".mm"}
TOPS = ("src", "capi", "tests", "bench")
FREE = (("src", "base"), ("tests", "base"), ("tests", "include_order"))
REFUSED = {
    re.compile(r"\babsl::\w+Error\b"): "make it with a function of base/error.h",
    re.compile(r"\babsl::Is[A-Z]\w*\s*\("): "ask has_fault() or fault_of() of base/error.h",
    re.compile(r"\babsl::StatusCode\b"): "use a Fault of base/error.h",
    re.compile(r"\bstatus(\(\))?\.(raw_)?code\(\)"): "ask fault_of() of base/error.h",
}


def check(root):
    """Yields every line below root that is refused as "path:line: text: the remedy"."""
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            shown = path.relative_to(root)
            if shown.parts[:2] in FREE or path.suffix not in SOURCES or not path.is_file():
                continue
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                for pattern, remedy in REFUSED.items():
                    for match in pattern.finditer(line):
                        yield f"{shown}:{number}: {match[0]}: {remedy}"


if __name__ == "__main__":
    run(check, "every error is made by base/error.h")
