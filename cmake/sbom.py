#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what the binaries of a build contain and need, as SPDX 2.3 in JSON.

    sbom.py BUILD_DIR [OUT]        (OUT: BUILD_DIR/focus-session.spdx.json)

What is linked is read from the binaries; cmake/components.txt says which package and licence each is.
A library without a row there is an error, so that nothing goes in unnoticed. With SOURCE_DATE_EPOCH
set, the same build gives the same document.
"""
import datetime
import fnmatch
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARIES = ("capi/libfocus_session.so", "capi/libfocus_session_cluster.so",
            "capi/libfocus_session_library.so", "tool/focus-session")


def rows():
    """The rows of components.txt: (how, name, package, licence, purpose)."""
    for line in (ROOT / "cmake" / "components.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield re.split(r"\s{2,}", line.strip(), maxsplit=4)


def needed_by(binary):
    text = subprocess.run(["readelf", "-dW", binary], check=True, text=True, stdout=subprocess.PIPE,
                          env={**os.environ, "LC_ALL": "C"}).stdout
    return re.findall(r"\(NEEDED\).*\[(.+)\]", text)


def row_of(library):
    name = library.split(".so")[0]
    for row in rows():
        if row[0] == "linked" and fnmatch.fnmatchcase(name, row[1]):
            return row
    sys.exit(f"{library}: no row in cmake/components.txt says what it is; please add one")


def installed_version(package):
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], text=True, capture_output=True)
    return found.stdout if found.returncode == 0 else "NOASSERTION"


def package(name, version, licence, comment):
    return {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]", "-", name),
        "name": name,
        "versionInfo": version,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": licence,
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
        "comment": comment,
    }


def document(build):
    version = re.search(r"VERSION (\d+\.\d+\.\d+)", (ROOT / "CMakeLists.txt").read_text("utf-8"))[1]
    when = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or
                                           datetime.datetime.now().timestamp(), datetime.timezone.utc)
    packages = {"focus-session": package("focus-session", version, "MIT", "this project")}
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", packages["focus-session"]["SPDXID"])]
    checksums = hashlib.sha256()
    for relative in BINARIES:
        binary = build / relative
        if not binary.exists():
            continue
        checksums.update(binary.read_bytes())
        for library in needed_by(binary):
            if library.startswith("libfocus_session"):
                continue
            _, _, name, licence, purpose = row_of(library)
            packages.setdefault(name, package(name, installed_version(name), licence, purpose))
            relations.append((packages["focus-session"]["SPDXID"], "DYNAMIC_LINK", packages[name]["SPDXID"]))
    for how, _, name, licence, purpose in rows():
        if how == "included":
            packages.setdefault(name, package(name, installed_version(name), licence, purpose))
            relations.append((packages["focus-session"]["SPDXID"], "CONTAINS", packages[name]["SPDXID"]))
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"focus-session-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/focus-session-{version}-{checksums.hexdigest()[:32]}",
        "creationInfo": {"created": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: cmake/sbom.py"]},
        "packages": [packages[name] for name in sorted(packages)],
        "relationships": [
            {"spdxElementId": source, "relationshipType": kind, "relatedSpdxElement": target}
            for source, kind, target in sorted(set(relations))
        ],
    }


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1])
    out = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else build / "focus-session.spdx.json"
    out.write_text(json.dumps(document(build), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
