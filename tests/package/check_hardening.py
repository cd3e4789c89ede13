#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that binaries are hardened as SECURITY.md says.

    check_hardening.py BINARY...                 fails, and tells what is missing
    check_hardening.py --self-check COMPILER     the checks find what a bare program lacks
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def readelf(binary, *options):
    return subprocess.run(["readelf", "-W", *options, binary], check=True, text=True, stdout=subprocess.PIPE,
                          env={**os.environ, "LC_ALL": "C"}).stdout


def missing_in(binary):
    """What a binary lacks, in words."""
    headers = readelf(binary, "-l")
    dynamic = readelf(binary, "-d")
    symbols = readelf(binary, "--dyn-syms")
    missing = []
    if "GNU_RELRO" not in headers:
        missing.append("read-only relocations")
    if not re.search(r"\(FLAGS(_1)?\).*(BIND_NOW|NOW)", dynamic):
        missing.append("immediate binding")
    if re.search(r"GNU_STACK.*RWE", headers) or "GNU_STACK" not in headers:
        missing.append("a stack that cannot be executed")
    if "TEXTREL" in dynamic:
        missing.append("code without relocations")
    if not re.search(r"Type:\s+DYN", readelf(binary, "-h")):
        missing.append("a position of its own at each start")
    if "__stack_chk_fail" not in symbols:
        missing.append("protected stacks")
    if ".so" in str(binary) and not re.search(r"\b__\w+_chk\b", symbols.replace("__stack_chk_fail", "")):
        missing.append("fortified functions")
    return missing


def self_check(compiler):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "bare.c")
        source.write_text("int main(void) { return 0; }\n", "ascii")
        bare = pathlib.Path(folder, "bare")
        subprocess.run([compiler, "-no-pie", "-Wl,-z,norelro", "-Wl,-z,lazy", "-o", bare,
                        source], check=True)
        missing = missing_in(bare)
        print("a bare program lacks:", ", ".join(missing))
        sys.exit(len(missing) < 4)


def main():
    if sys.argv[1] == "--self-check":
        self_check(sys.argv[2])
    failed = False
    for binary in sys.argv[1:]:
        missing = missing_in(binary)
        failed |= bool(missing)
        print(f"{binary}: {'lacks ' + ', '.join(missing) if missing else 'hardened'}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
