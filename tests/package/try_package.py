#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Installs a build into an empty folder and uses it from there, as a host would.

    try_package.py BUILD_DIR LIBDIR WAY

WAY is one of shared, static, static-c (a project without C++), both (these by find_package),
pkg-config, pkg-config-static.
"""
import argparse
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def run(*command, environment=None):
    """Runs a command; shows what it said only when it fails."""
    result = subprocess.run([str(part) for part in command], env=environment, text=True,
                            check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        print(f"failed ({result.returncode}):", shlex.join(str(part) for part in command))
        sys.exit(result.stdout)
    return result.stdout.strip()


def by_cmake(prefix, build, host):
    run("cmake", "-G", "Ninja", "-S", HERE / host, "-B", build,
        f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_BUILD_TYPE=Debug")
    run("cmake", "--build", build)
    return [path for path in (build / name for name in ("hear", "hear_static", "version"))
            if path.exists()]


def by_pkg_config(libdir, build, static):
    build.mkdir()
    environment = {**os.environ, "PKG_CONFIG_PATH": str(libdir / "pkgconfig")}
    options = ["--static"] if static else []

    def flags(kind):
        return shlex.split(run("pkg-config", *options, kind, "focus_session",
                               environment=environment))

    # The linker takes a shared library where it finds both, and the host does not say -static.
    libraries = ["-l:libfocus_session.a" if static and flag == "-lfocus_session" else flag
                 for flag in flags("--libs")]
    run("cc", "-std=c99", *flags("--cflags"), HERE / "hear.c", "-o", build / "hear", *libraries)
    run("c++", "-std=c++11", *flags("--cflags"), HERE / "version.cpp", "-o", build / "version",
        *libraries)
    return [build / "hear", build / "version"]


def look_at_documents(prefix):
    """The manual page, the completions and the examples are where they are looked for."""
    share = prefix / "share"
    if (prefix / "bin/focus-session").exists() and any(share.glob("man/**/*")):
        page = (share / "man/man1/focus-session.1").read_text("utf-8")
        assert ".SH COMMANDS" in page and r"\-\-minutes" in page
        for file in ("bash-completion/completions/focus-session", "zsh/*/_focus-session",
                     "fish/vendor_completions.d/focus-session.fish"):
            found = list(share.glob(file))
            assert len(found) == 1 and "check-engine" in found[0].read_text("utf-8"), file
    examples = list(share.glob("doc/*/examples/*/*"))
    assert {"play_to_file.c", "play_to_file.cpp", "play_an_hour.py",
            "drone_engine.py"} <= {path.name for path in examples}, examples


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build_dir", type=pathlib.Path)
    parser.add_argument("libdir", help="CMAKE_INSTALL_LIBDIR of the build")
    parser.add_argument("way", choices=["shared", "static", "static-c", "both", "pkg-config",
                                        "pkg-config-static"])
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        # Moved after it was installed: nothing in it may remember where it was.
        first = pathlib.Path(folder, "first")
        prefix = pathlib.Path(folder, "moved here")
        run("cmake", "--install", arguments.build_dir, "--prefix", first)
        first.rename(prefix)
        libdir = prefix / arguments.libdir
        build = pathlib.Path(folder, "build")
        look_at_documents(prefix)
        if not arguments.way.startswith("pkg-config"):
            programs = by_cmake(prefix, build, arguments.way)
        else:
            programs = by_pkg_config(libdir, build, arguments.way == "pkg-config-static")

        environment = {**os.environ, "TMPDIR": folder}
        if "static" in arguments.way:
            for library in libdir.glob("libfocus_session.so*"):  # it must do without
                library.unlink()
        else:
            environment["LD_LIBRARY_PATH"] = str(libdir)
        for program in programs:
            print(f"{program.name}:", run(program, environment=environment))
        left = [path.name for path in pathlib.Path(folder).iterdir()
                if path not in (prefix, build)]
        if left:
            sys.exit(f"left behind in the temporary folder: {left}")


if __name__ == "__main__":
    main()
