#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The binary interface as a C compiler sees it on a 64-bit machine.

    check_layout.py HEADER C_COMPILER TABLE [--update]

Compares structs, enumerators and functions with a kept table, and holds every struct to the rules
that let it grow: it begins with `uint32_t struct_size`, has an _INIT macro, and no hidden padding
(a field put into padding at the end would not change struct_size, and nobody could tell the old
struct from the new).
"""
import argparse
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile


# What hosts only read needs no macro to be initialised with.
MADE_BY_THE_LIBRARY = {"focus_brief"}


def structs_of(text):
    """The transparent structs of the header: {name: {field: declaration}}."""
    structs = {}
    for body, name in re.findall(r"typedef struct \w+ \{(.*?)\}\s*(\w+);", text, flags=re.DOTALL):
        declarations = [" ".join(line.split()) for line in body.split(";") if line.strip()]
        structs[name] = {field_of(line): line for line in declarations}
    return structs


def field_of(declaration):
    """The name of a field: a number, an array or a pointer to a function."""
    function = re.search(r"\(\*(\w+)\)\(", declaration)
    return (function or re.search(r"(\w+)(?:\[\w+\])?$", declaration))[1]


def functions_of(text):
    """The declarations of all functions and callbacks, a line each."""
    found = re.findall(r"^(?:FOCUS_API|typedef) (\w+ (?:\(\*)?\w+\)?\([^;]*\))", text,
                       flags=re.MULTILINE)
    return [" ".join(declaration.split()) for declaration in found]


def table_of(header, text, compiler, structs):
    """The table: structs, their fields with offset and size, enumerators, functions."""
    lines = ["#include <stdio.h>", f'#include "{header}"', "int main(void) {"]
    for struct, fields in structs.items():
        lines.append(f'  printf("{struct}: %d\\n", (int)sizeof({struct}));')
        for field, declaration in fields.items():
            lines.append(f'  printf("  %d %d {declaration}\\n", (int)offsetof({struct}, {field}), '
                         f"(int)sizeof((({struct} *)0)->{field}));")
    for enum, body in re.findall(r"^enum (\w+) \{(.*?)\};", text, flags=re.DOTALL | re.MULTILINE):
        lines.append(f'  puts("enum {enum}:");')
        for enumerator in re.findall(r"\bFOCUS_\w+", body):
            lines.append(f'  printf("  {enumerator} %d\\n", (int){enumerator});')
    for function in functions_of(text):
        lines.append(f'  puts("{function}");')
    lines.append("  return 0;\n}\n")
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "layout.c")
        source.write_text("\n".join(lines), "utf-8")
        program = str(pathlib.Path(folder, "layout"))
        subprocess.run([compiler, "-std=c99", str(source), "-o", program], check=True)
        return subprocess.run([program], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.splitlines()


def faults(text, structs, table):
    """What breaks the rules, a line each."""
    for struct, fields in structs.items():
        if fields.get("struct_size") != "uint32_t struct_size" or list(fields)[0] != "struct_size":
            yield f"{struct}: does not begin with `uint32_t struct_size`"
        if struct in MADE_BY_THE_LIBRARY:
            continue
        if not re.search(rf"_INIT\s*\\?\s*\{{\s*sizeof\({struct}\)", text):
            yield f"{struct}: has no _INIT macro"
    struct, size, end = "", 0, 0
    for line in [*table, "end: 0"]:
        if match := re.fullmatch(r"  (\d+) (\d+) (.*)", line):
            if int(match[1]) != end:
                yield f"{struct}: {int(match[1]) - end} bytes of hidden padding before {match[3]}"
            end = int(match[1]) + int(match[2])
        elif match := re.fullmatch(r"(\w+): (\d+)", line):
            if end != size:
                yield f"{struct}: {size - end} bytes of hidden padding at its end"
            struct, size, end = match[1], int(match[2]), 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("header", type=pathlib.Path)
    parser.add_argument("compiler")
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="keep the interface of now")
    arguments = parser.parse_args()

    text = re.sub(r"/\*.*?\*/", "", arguments.header.read_text("utf-8"), flags=re.DOTALL)
    structs = structs_of(text)
    if not structs:
        sys.exit(f"no struct was found in {arguments.header}")
    table = table_of(arguments.header.resolve(), text, arguments.compiler, structs)
    broken = list(faults(text, structs, table))
    print("\n".join(broken))
    if arguments.update:
        arguments.table.write_text("\n".join(table) + "\n", "utf-8")
    kept = arguments.table.read_text("utf-8").splitlines()
    changes = list(difflib.unified_diff(kept, table, "kept", "now", lineterm=""))
    if changes:
        print("The interface has changed. A struct may only grow at its end, enumerators and "
              "functions may only be added; if that is all, keep the new one with --update.")
        print("\n".join(changes))
    if not broken and not changes:
        print(f"{len(structs)} structs, {len(functions_of(text))} functions and callbacks: as ever")
    sys.exit(bool(broken or changes))


if __name__ == "__main__":
    main()
