#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks at the Debian packages in a folder, and uses them as a host would, without installing them.

    try_debs.py FOLDER
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from try_package import by_cmake, by_pkg_config, run

PACKAGES = ["libfocus-session0", "libfocus-session-dev", "focus-session-cluster",
            "focus-session-library", "focus-session"]


def found(folder):
    """The one package of each name: {name: path}."""
    packages = {}
    for name in PACKAGES:
        files = list(folder.glob(f"{name}_*.deb"))
        if len(files) != 1:
            sys.exit(f"{folder}: wanted one {name}_*.deb, found {[path.name for path in files]}")
        packages[name] = files[0]
    return packages


def check_metadata(packages):
    """What lintian can not know to be missing."""
    def field(package, name):
        return run("dpkg-deb", "--field", packages[package], name)

    def control(package, file):
        return run("dpkg-deb", "--info", packages[package], file)

    version = field("libfocus-session0", "Version")
    for library in ("libc6", "libabsl", "libsndfile1", "libflac12", "libmpg123-0", "libmp3lame0",
                    "libopusenc0", "libsqlite3-0", "libsodium23", "libebur128-1"):
        assert library in field("libfocus-session0", "Depends"), library
    assert field("libfocus-session-dev", "Depends") == f"libfocus-session0 (= {version})"
    assert "libfocus-session0" in field("focus-session", "Depends")
    assert "libc6" in field("focus-session", "Depends")
    assert f"libfocus-session0 (= {version})" in field("focus-session-cluster", "Depends")
    assert f"libfocus-session0 (= {version})" in field("focus-session-library", "Depends")
    assert "libtag1v5" in field("focus-session-library", "Depends")
    for library in ("libpq5", "libcurl4"):
        assert library in field("focus-session-cluster", "Depends"), library
        assert library not in field("libfocus-session0", "Depends"), library
    symbols = control("libfocus-session0", "symbols")
    assert symbols.startswith("libfocus_session.so.0 libfocus-session0 #MINVER#\n")
    assert re.search(r"^ focus_session_start@FOCUS_0.1 0.1$", symbols, re.MULTILINE), symbols
    assert "libfocus_session 0 libfocus-session0 (>=" in control("libfocus-session0", "shlibs")
    assert "activate-noawait ldconfig" in control("libfocus-session0", "triggers")
    for package in packages:
        assert f"usr/share/doc/{package}/copyright" in control(package, "md5sums")


def exported(library):
    lines = run("nm", "-D", "--defined-only", "--with-symbol-versions", library).splitlines()
    return {line.split()[-1].replace("@@", "@") for line in lines if line.split()[-2] != "A"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    packages = found(parser.parse_args().folder)
    check_metadata(packages)
    run("lintian", "--fail-on", "error,warning", "--allow-root", *packages.values())

    with tempfile.TemporaryDirectory() as folder:
        prefix = pathlib.Path(folder, "usr")
        for package in packages.values():
            run("dpkg-deb", "--extract", package, folder)
        triplet = run("dpkg-architecture", "-qDEB_HOST_MULTIARCH")
        libdir = prefix / "lib" / triplet
        listed = run("dpkg-deb", "--info", packages["libfocus-session0"], "symbols")
        missing = exported(libdir / "libfocus_session.so.0") - set(
            re.findall(r"^ (\S+) ", listed, re.MULTILINE))
        if missing:
            sys.exit(f"exported, but not in the symbols file: {sorted(missing)}")

        programs = by_cmake(prefix, pathlib.Path(folder, "by-cmake"), "shared")
        programs += by_pkg_config(libdir, pathlib.Path(folder, "by-pkg-config"), static=False)
        environment = {**os.environ, "LD_LIBRARY_PATH": str(libdir)}
        for program in programs:
            print(f"{program.name}:", run(program, environment=environment))
        engines = run(prefix / "bin/focus-session", "engines", environment=environment)
        assert "studio" in engines, engines
    for name, path in packages.items():
        print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
