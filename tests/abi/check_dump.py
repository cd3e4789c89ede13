#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the binary interface of now with the one that is kept.

    check_dump.py HEADER C_COMPILER VERSION_SCRIPT DUMP [--update [--accept-breaks]]

The interface is read by libabigail from a small library that is the header itself, each function with
an empty body: that the real one exports the same names is for check_symbols.py to see, and that it
gives them the same types, for the compiler. Fails on what would break a host that is built already, and
on additions too, until someone has looked at them and kept them with --update.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

DUMP = ["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed",
        "--no-architecture", "--no-parameter-names", "--type-id-style", "hash"]


def make_dump(header, compiler, version_script, dump):
    """Writes what libabigail sees of the header to the file `dump`."""
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder, "interface.so")
        text = header.read_text("utf-8").replace(" FOCUS_NOEXCEPT;", " { return 0; }")
        pathlib.Path(folder, "interface.c").write_text(text, "utf-8")
        for neighbour in header.parent.glob("*.h"):
            shutil.copy(neighbour, folder)
        # A relative name and no folder, so that the dump is the same wherever it is made.
        subprocess.run([compiler, "-std=c99", "-g", f"-fdebug-prefix-map={folder}=.", "-O0", "-fPIC",
                        "-shared", "interface.c", "-Wl,-soname,libfocus_session.so.0",
                        f"-Wl,--version-script={version_script}", "-o", str(library)],
                       cwd=folder, check=True)
        subprocess.run([*DUMP, "--out-file", str(dump), str(library)], check=True)


class Interface:
    """A dump, as far as it decides whether a host goes on working."""

    def __init__(self, dump):
        self.root = xml.etree.ElementTree.parse(dump).getroot()
        self.types = {element.get("id"): element for element in self.root.iter()
                      if element.get("id")}
        self.functions = {element.get("name"): self.signature(element)
                          for element in self.root.iter("function-decl")}
        self.symbols = {element.get("name") for element in self.root.iter("elf-symbol")}
        self.structs = {}
        for element in self.root.iter("class-decl"):
            if element.get("is-declaration-only") != "yes":
                self.structs[element.get("name")] = [
                    (int(member.get("layout-offset-in-bits")) // 8, field.get("name"),
                     self.spelled(field.get("type-id")))
                    for member in element.iter("data-member")
                    for field in member.iter("var-decl")]

    def signature(self, function):
        parameters = ["..." if element.get("is-variadic") else self.spelled(element.get("type-id"))
                      for element in function.iter("parameter")]
        return f"{self.spelled(function.find('return').get('type-id'))} ({', '.join(parameters)})"

    def spelled(self, identity):
        """The type, with our own typedefs looked through: a callback is what it is called with."""
        element = self.types[identity]
        name, inner = element.get("name"), element.get("type-id")
        if element.tag == "pointer-type-def":
            return f"{self.spelled(inner)} *"
        if element.tag == "qualified-type-def":
            kind = "".join(f" {word}" for word in ("const", "volatile")
                           if element.get(word) == "yes")
            return self.spelled(inner) + kind
        if element.tag == "typedef-decl" and name.startswith("focus_"):
            return self.spelled(inner)
        if element.tag == "function-type":
            return self.signature(element)
        if element.tag == "array-type-def":
            sizes = "".join(f"[{part.get('length')}]" for part in element.iter("subrange"))
            return self.spelled(inner or element.get("type-id")) + sizes
        return name


def same_field(kept, now):
    """A field that was reserved may be given a name and a meaning."""
    return kept == now or (kept[1].startswith("reserved")
                           and (kept[0], kept[2]) == (now[0], now[2]))


def compared(kept, now):
    """What is broken, and what is new: two lists of lines."""
    breaks, additions = [], []
    if kept.root.get("soname") != now.root.get("soname"):
        breaks.append(f"the soname was {kept.root.get('soname')}, is {now.root.get('soname')}")
    breaks += [f"{name}: is exported no more" for name in sorted(kept.symbols - now.symbols)]
    for name, signature in kept.functions.items():
        if now.functions.get(name, signature) != signature:
            breaks.append(f"{name}: was {signature}, is {now.functions[name]}")
    additions += [f"{name}: a new function, {now.functions[name]}"
                  for name in sorted(set(now.functions) - set(kept.functions))]
    for name, fields in kept.structs.items():
        fields_now = now.structs.get(name)
        if fields_now is None:
            breaks.append(f"{name}: is there no more")
            continue
        for place, field in enumerate(fields):
            if place >= len(fields_now) or not same_field(field, fields_now[place]):
                found = fields_now[place] if place < len(fields_now) else "nothing"
                breaks.append(f"{name}: had {field}, has {found} in its place")
            elif field != fields_now[place]:
                additions.append(f"{name}: {field[1]} is {fields_now[place][1]} now")
        additions += [f"{name}: grew by {field}" for field in fields_now[len(fields):]]
    additions += [f"{name}: a new struct" for name in sorted(set(now.structs) - set(kept.structs))]
    return breaks, additions


def abidiff(kept, now):
    """Whether libabigail sees no difference, and its report."""
    done = subprocess.run(["abidiff", str(kept), str(now)], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0, done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("header", type=pathlib.Path)
    parser.add_argument("compiler")
    parser.add_argument("version_script", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("dump", type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="keep the interface of now")
    parser.add_argument("--accept-breaks", action="store_true",
                        help="even if hosts break: only for what was never released")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        dump = pathlib.Path(folder, "now.abi")
        make_dump(arguments.header, arguments.compiler, arguments.version_script, dump)
        if arguments.update and not arguments.dump.exists():
            shutil.copy(dump, arguments.dump)
        kept, now = Interface(arguments.dump), Interface(dump)
        breaks, additions = compared(kept, now)
        same, report = abidiff(arguments.dump, dump)
        if not same and not breaks and not additions:
            breaks.append("libabigail sees a change:\n" + report)
        for line in breaks:
            print("BREAK", line)
        for line in additions:
            print("ADDED", line)
        if breaks and not arguments.accept_breaks:
            print("\nHosts that are built already would break: see docs/abi.md for what may change.")
            sys.exit(1)
        if arguments.update:
            shutil.copy(dump, arguments.dump)
            print(f"kept in {arguments.dump}")
        elif additions or breaks:
            print("\nNothing breaks. Review these additions (docs/abi.md says what to look for): "
                  "they stay for ever. Then keep them: ./dev abi --update\n\n" + report)
            sys.exit(1)
        else:
            print(f"{len(now.structs)} structs and {len(now.functions)} functions: as ever")


if __name__ == "__main__":
    main()
