#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The shared library, stripped, must not be larger than a limit, and must need what is kept and no more.

    check_size.py LIBRARY LIMITS [STRIP]

LIMITS has the most bytes in its first line. Then it lists shared libraries by the name that goes before
`.so`, one a line; one with a question mark is needed in some builds only.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def stripped_size(library, strip):
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "stripped.so")
        subprocess.run([strip, "-o", copy, library], check=True)
        return os.path.getsize(copy)


def needed_by(library):
    text = subprocess.run(["readelf", "-dW", library], check=True, text=True,
                          env={**os.environ, "LC_ALL": "C"}, stdout=subprocess.PIPE).stdout
    names = {name.split(".so")[0] for name in re.findall(r"\(NEEDED\).*\[(.+)\]", text)}
    return {name for name in names if not name.startswith("ld-linux")}


def main():
    library, limits = sys.argv[1], pathlib.Path(sys.argv[2])
    strip = sys.argv[3] if len(sys.argv) > 3 else "strip"
    most, *kept = limits.read_text("utf-8").split()
    most = int(most)
    may_need = {name.rstrip("?") for name in kept}
    must_need = {name for name in kept if not name.endswith("?")}
    needs = needed_by(library)
    size = stripped_size(library, strip)
    print(f"{size} bytes stripped, of {most}; needs {len(needs)} libraries")
    faults = []
    if size > most:
        faults.append(f"over the limit by {size - most} bytes")
    for name in sorted(needs - may_need):
        faults.append(f"needs {name}, which is not in {limits.name}")
    for name in sorted(must_need - needs):
        faults.append(f"no longer needs {name}: take it out of {limits.name}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
