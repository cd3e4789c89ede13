#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles each public header alone, in every language standard a host may use, without a warning.

The C header is compiled together with one variable per _INIT macro, so that none of them falls
behind its struct.

    check_headers.py INCLUDE_DIR C_COMPILER CXX_COMPILER
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

STRICT = ["-pedantic", "-Wall", "-Wextra", "-Werror", "-Wshadow", "-fsyntax-only"]
C_STANDARDS = ["-std=c99", "-std=c11", "-std=c17"]
CXX_STANDARDS = ["-std=c++11", "-std=c++17", "-std=c++20"]
WRAPPER_OPTIONS = [
    ["-std=c++17"],
    ["-std=c++20"],
    ["-std=c++17", "-fno-exceptions", "-DFOCUS_NO_EXCEPTIONS"],
    ["-std=c++20", "-fno-exceptions", "-fno-rtti", "-DFOCUS_NO_EXCEPTIONS"],
]


def c_probe(include_dir):
    """A translation unit that uses the C header and nothing else."""
    header = (include_dir / "focus_session" / "focus_session.h").read_text("utf-8")
    inits = re.findall(r"#define (FOCUS_\w+_INIT)\s*\\?\s*\{\s*sizeof\((\w+)\)", header)
    if not inits:
        sys.exit("no _INIT macro was found in focus_session.h")
    lines = ["#include <focus_session/focus_session.h>", "int main(void) {"]
    for number, (macro, struct) in enumerate(inits):
        lines.append(f"  {struct} probe_{number} = {macro};")
    total = " + ".join(f"probe_{number}.struct_size" for number in range(len(inits)))
    lines += [f"  return {total} == 0;", "}", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("include_dir", type=pathlib.Path)
    parser.add_argument("c_compiler")
    parser.add_argument("cxx_compiler")
    arguments = parser.parse_args()
    include = f"-I{arguments.include_dir}"
    failures = 0

    with tempfile.TemporaryDirectory() as folder:
        probe = pathlib.Path(folder, "probe.c")
        probe.write_text(c_probe(arguments.include_dir), "utf-8")
        wrapper = pathlib.Path(folder, "wrapper.cpp")
        wrapper.write_text("#include <focus_session/focus_session.hpp>\nint main() { return 0; }\n",
                           "utf-8")
        cases = [[arguments.c_compiler, "-x", "c", standard, probe] for standard in C_STANDARDS]
        cases += [[arguments.cxx_compiler, "-x", "c++", standard, probe]
                  for standard in CXX_STANDARDS]
        if (arguments.include_dir / "focus_session" / "focus_session.hpp").exists():
            cases += [[arguments.cxx_compiler, *options, wrapper] for options in WRAPPER_OPTIONS]
        for case in cases:
            command = [str(part) for part in [*case, *STRICT, include]]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            print("ok    " if result.returncode == 0 else "FAILED", " ".join(command))
            if result.returncode != 0:
                failures += 1
                print(result.stdout + result.stderr)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
