#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The document of cmake/sbom.py names all that the binaries of a build need, each with a licence.

    sbom_test.py BUILD_DIR
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def write(build, out):
    subprocess.run([sys.executable, "-B", ROOT / "cmake" / "sbom.py", build, out], check=True,
                   env=os.environ | {"SOURCE_DATE_EPOCH": "1000000000"})
    return pathlib.Path(out).read_text("utf-8")


with tempfile.TemporaryDirectory() as folder:
    text = write(sys.argv[1], f"{folder}/one.json")
    assert text == write(sys.argv[1], f"{folder}/two.json"), "the same build gives another document"
document = json.loads(text)
assert document["spdxVersion"] == "SPDX-2.3"
assert document["creationInfo"]["created"] == "2001-09-09T01:46:40Z"
packages = {package["SPDXID"]: package for package in document["packages"]}
names = {package["name"] for package in packages.values()}
assert {"focus-session", "libabsl-dev", "libsndfile1", "libebur128-1", "libsodium23", "libc6"} <= names, names
for package in packages.values():
    assert package["licenseDeclared"] not in ("", "NOASSERTION"), package
for relation in document["relationships"]:
    assert relation["relatedSpdxElement"] in packages, relation
print(f"{len(packages)} packages, {len(document['relationships'])} relations")
