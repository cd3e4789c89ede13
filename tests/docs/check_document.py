#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles, runs or parses every sample of a Markdown document, and follows its links.

The samples of a document are run in their order, in one empty folder: what one has made the next
can use. By language:

  c, cpp    compiled, warnings being errors; linked and run where there is a main
  python    run, with the package importable
  sh        run by bash, with `focus-session` on the path and the source tree as $ROOT
  console   likewise, each line after "$ "; what it shows as output is not compared
  cmake     configured, as the end of a project that has a program `your_program`
  json      parsed

Commands that ask for many minutes of music get LONGEST. A line before a block tells what else there is
to know of it:

  <!-- sample: not run, REASON -->   it can not be run here
  <!-- sample: with server -->       `focus-session serve` answers on port 8080, and $KEY opens it
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from typing import Dict, List

from document import DocumentError, Sample, broken_links, samples

TIMEOUT = 120.0
LONGEST = 3  # minutes: two segments, of which more would show no more
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"]
STANDARDS = {"c": "-std=c99", "cpp": "-std=c++20"}


class Failure(Exception):
    """A sample does not do what a reader would expect."""


class Bench:
    """Where the samples of one document are tried."""

    def __init__(self, options: argparse.Namespace, folder: pathlib.Path):
        self._options = options
        self._folder = folder
        self._programs = 0
        self._server = None
        tools = folder / ".tools"
        tools.mkdir()
        (tools / "focus-session").symlink_to(options.tool.resolve())
        (tools / "python3").symlink_to(shutil.which(str(options.python)))
        self._environment: Dict[str, str] = {
            **os.environ,
            "PATH": f"{tools}:{os.environ['PATH']}",
            "ROOT": str(options.root.resolve()),
            "HOME": str(folder),
            "TMPDIR": str(tools),
            "LD_LIBRARY_PATH": str(options.library.resolve().parent),
            "FOCUS_SESSION_LIBRARY": str(options.library.resolve()),
            "PYTHONPATH": os.pathsep.join(str(path.resolve()) for path in options.python_path),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def close(self) -> None:
        if self._server is not None:
            self._server.stop()

    def run(self, sample: Sample) -> None:
        text = self._at_server(sample.text) if sample.with_server else sample.text
        if sample.language in ("sh", "console"):
            text = shortened(text)
        if sample.language in STANDARDS:
            self._compile(sample.language, text)
        elif sample.language == "python":
            self._command([str(self._options.python), "-"], text)
        elif sample.language == "sh":
            if "pkg-config" in text:
                found = sorted(self._installed().glob("**/pkgconfig"))
                self._environment["PKG_CONFIG_PATH"] = os.pathsep.join(map(str, found))
            self._command(["bash", "-euo", "pipefail"], text)
        elif sample.language == "console":
            commands = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
            if not commands:
                raise Failure("no line begins with '$ '")
            self._command(["bash", "-euo", "pipefail"], "\n".join(commands) + "\n")
        elif sample.language == "cmake":
            self._configure(text)
        elif sample.language == "json":
            json.loads(text)
        else:
            raise Failure(f"no way is known to try '{sample.language}'; say 'not run' and why")

    def _command(self, command: List[str], given: str = "") -> None:
        try:
            done = subprocess.run(
                command, input=given, text=True, cwd=self._folder, env=self._environment,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            raise Failure(f"it did not end within {TIMEOUT:.0f} s") from None
        if done.returncode != 0:
            raise Failure(f"it ended with {done.returncode}:\n{done.stdout[-4000:]}")

    def _compile(self, language: str, text: str) -> None:
        compiler = str(self._options.cc if language == "c" else self._options.cxx)
        self._programs += 1
        source = self._folder / f".tools/sample{self._programs}.{language}"
        source.write_text(text, encoding="utf-8")
        command = [compiler, STANDARDS[language], *WARNINGS, f"-I{self._options.root.resolve()}/include"]
        if not re.search(r"\bmain\s*\(", text):
            self._command([*command, "-fsyntax-only", str(source)])
            return
        program = source.with_suffix("")
        self._command([*command, str(source), "-o", str(program), str(self._options.library.resolve()), "-lm"])
        self._command([str(program)])

    def _configure(self, text: str) -> None:
        project = self._folder / ".tools/project"
        project.mkdir(exist_ok=True)
        (project / "empty.c").write_text("int main(void) { return 0; }\n", encoding="utf-8")
        (project / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(sample C CXX)\n"
            f"add_executable(your_program empty.c)\n{text}", encoding="utf-8")
        self._command(["cmake", "-G", "Ninja", "-S", str(project), "-B", str(project / "build"),
                       f"-DCMAKE_PREFIX_PATH={self._installed()}"])

    def _installed(self) -> pathlib.Path:
        """A prefix into which the build is installed, with the first sample that wants it."""
        prefix = self._folder / ".tools/prefix"
        if not prefix.exists():
            self._command(["cmake", "--install", str(self._options.build.resolve()),
                           "--prefix", str(prefix)])
        return prefix

    def _at_server(self, text: str) -> str:
        sys.path.insert(0, str(self._options.root / "tests/contract"))
        from service import Key, Service  # pylint: disable=import-outside-toplevel

        if self._server is None:
            key = Key("fsk_" + "5a" * 32, "reader", ["org_local"])
            self._server = Service(self._options.tool, [key])
            self._environment["KEY"] = key.text
        return text.replace("http://127.0.0.1:8080", self._server.address)


def shortened(text: str) -> str:
    """Commands, with sessions of LONGEST at most."""
    return re.sub(r'(--minutes |"target_minutes": ?)(\d+)',
                  lambda found: f"{found[1]}{min(int(found[2]), LONGEST)}", text)


def check(options: argparse.Namespace) -> List[str]:
    """What is wrong with the document."""
    name = options.document.name
    text = options.document.read_text(encoding="utf-8")
    wrong = [f"{name}: {link}" for link in broken_links(options.document, text)]
    with tempfile.TemporaryDirectory(prefix="focus-samples-") as folder:
        bench = Bench(options, pathlib.Path(folder))
        try:
            for sample in samples(text):
                if not sample.language:
                    continue
                where = f"{name}:{sample.line} ({sample.language})"
                if sample.not_run:
                    print(f"{where}: not run, {sample.not_run}")
                    continue
                try:
                    bench.run(sample)
                    print(f"{where}: holds")
                except (Failure, ValueError) as failure:
                    wrong.append(f"{where}: {failure}\n{sample.text}")
        except DocumentError as error:
            wrong.append(f"{name}: {error}")
        finally:
            bench.close()
    return wrong


def parse(arguments: List[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", type=pathlib.Path)
    parser.add_argument("--root", type=pathlib.Path, required=True, help="of the source tree")
    parser.add_argument("--build", type=pathlib.Path, required=True, help="its build folder")
    parser.add_argument("--tool", type=pathlib.Path, required=True, help="focus-session")
    parser.add_argument("--library", type=pathlib.Path, required=True, help="the shared library")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--cxx", default="c++")
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--python-path", type=pathlib.Path, action="append", default=[])
    return parser.parse_args(arguments)


if __name__ == "__main__":
    problems = check(parse(sys.argv[1:]))
    print("\n".join(problems), file=sys.stderr)
    sys.exit(1 if problems else 0)
