#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the shared library exports must be what the header declares, by the version that brought it.

    check_symbols.py LIBRARY HEADER

Also looks at what the library needs: an entry nobody knows of is a dependency that crept in.
"""
import argparse
import os
import re
import subprocess
import sys

import c_header

# What the library is built on, and what every C++ program needs.
MAY_NEED = re.compile(
    r"lib(absl_\w+|sndfile|FLAC|mpg123|mp3lame|opusenc|samplerate|ebur128|sqlite3|sodium)\.so\b.*"
    r"|lib(stdc\+\+|m|gcc_s|c|pthread)\.so\b.*"
    r"|ld-linux.*\.so\..*")


def run(*command):
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, check=True, text=True, env=environment,
                          stdout=subprocess.PIPE).stdout


def exported(library):
    """All defined dynamic symbols: {name: the node of the version script it is in}."""
    lines = run("nm", "-D", "--defined-only", "--with-symbol-versions", library).splitlines()
    symbols = [line.split()[-1] for line in lines if line and line.split()[-2] != "A"]
    return {symbol.partition("@")[0]: symbol.partition("@")[2].lstrip("@") for symbol in symbols}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("header")
    arguments = parser.parse_args()

    nodes = exported(arguments.library)
    since = c_header.functions(arguments.header)
    dynamic = run("readelf", "-dW", arguments.library)
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic))
    complaints = [
        ("exported, but not a focus_ name", {n for n in nodes if not n.startswith("focus_")}),
        ("declared in the header, but not exported", set(since) - set(nodes)),
        ("exported, but not declared in the header", set(nodes) - set(since)),
        ("has no @since in the header", {n for n in since if since[n] is None}),
        ("its @since is not the node of capi/focus_session.map it is in",
         {n for n in since if since[n] and n in nodes and nodes[n] != f"FOCUS_{since[n]}"}),
        ("is not the soname of every version", set(re.findall(r"\(SONAME\).*\[(.+)\]", dynamic))
         ^ {"libfocus_session.so.0"}),
        ("needed by the library, but nobody asked for it",
         {n for n in needed if not MAY_NEED.fullmatch(n)}),
        ("has no place in a library that can be moved",
         set(re.findall(r"RPATH|RUNPATH|TEXTREL", dynamic)))]

    for complaint, found in complaints:
        for name in sorted(found):
            print(f"{name}: {complaint}")
    if not any(found for _, found in complaints):
        print(f"{len(nodes)} functions exported, as declared; {len(needed)} libraries needed")
    sys.exit(any(found for _, found in complaints))


if __name__ == "__main__":
    main()
