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


def output_of(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE,
                          env={**os.environ, "LC_ALL": "C"}).stdout


def readelf(binary, *options):
    return output_of("readelf", "-W", *options, binary)


def has_landing_pads(library):
    """Whether each function that it exports begins as a target of indirect calls has to (x86-64)."""
    code = output_of("objdump", "-d", "--no-show-raw-insn", library)
    first_instructions = re.findall(r"<focus_\w+>:\n\s*[0-9a-f]+:\s*(\w+)", code)
    return bool(first_instructions) and set(first_instructions) == {"endbr64"}


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
    if ".so" in str(binary):
        if not re.search(r"\b__\w+_chk\b", symbols.replace("__stack_chk_fail", "")):
            missing.append("fortified functions")
        if "X86-64" in readelf(binary, "-h") and not has_landing_pads(binary):
            missing.append("control-flow protection")
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
        source.write_text("int focus_bare(void) { return 0; }\n", "ascii")
        library = pathlib.Path(folder, "bare.so")
        subprocess.run([compiler, "-shared", "-fPIC", "-fcf-protection=none", "-o", library, source], check=True)
        missing_in_library = missing_in(library)
        print("a bare library lacks:", ", ".join(missing_in_library))
        wanted = {"fortified functions"}
        if "X86-64" in readelf(library, "-h"):
            wanted.add("control-flow protection")
        sys.exit(len(missing) < 4 or not wanted <= set(missing_in_library))


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
