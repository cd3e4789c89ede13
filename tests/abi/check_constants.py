#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is compiled into a host and no debug information tells: constants, and how structs begin.

    check_constants.py HEADER C_COMPILER TABLE [--update [--accept-breaks]]

Compares enumerators, macros and the value each _INIT macro gives each field with a kept table.
Also holds every struct to the rules that let it grow: it begins with `uint32_t struct_size`, has an
_INIT macro, and no hidden padding (a field put into padding at the end would not change struct_size,
and nobody could tell the old struct from the new).
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import c_header

# Made by the library alone, so that a host has nothing to initialise.
HANDED_OUT = {"focus_brief"}
# The room that a callback gets for a struct it fills in, with whatever header it was built.
LONGEST = 4096


def run_c(header, compiler, statements):
    """The lines that a program of these statements prints."""
    text = "\n".join(["#include <stdio.h>", f'#include "{header}"', "int main(void) {", *statements,
                      "  return 0;", "}", ""])
    with tempfile.TemporaryDirectory() as folder:
        source, program = pathlib.Path(folder, "constants.c"), pathlib.Path(folder, "constants")
        source.write_text(text, "utf-8")
        subprocess.run([compiler, "-std=c99", str(source), "-o", str(program)], check=True)
        return subprocess.run([str(program)], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.splitlines()


def shown(label, value, declaration):
    """A statement that prints a value of the declared type."""
    if "*" in declaration or "_callback " in declaration:
        return f'  printf("{label} %s\\n", {value} ? "not NULL" : "NULL");'
    if declaration.startswith(("double ", "float ")):
        return f'  printf("{label} %.17g\\n", (double){value});'
    if declaration.startswith("char "):
        return f'  printf("{label} \\"%s\\"\\n", {value});'
    return f'  printf("{label} %lld\\n", (long long){value});'


def in_table(text):
    """Statements that print the table."""
    statements = []
    for enum, names in c_header.enumerators(text):
        statements += [shown(f"{enum} {name}", name, "int32_t ") for name in names]
    for name in c_header.constants(text):
        statements.append(f'  printf("macro {name} %s\\n", ""{name});'
                          if f'{name} "' in text else shown(f"macro {name}", name, "int32_t "))
    for struct, fields in c_header.structs(text).items():
        if struct in HANDED_OUT:
            continue
        statements.append(f"  {{ {struct} value = {struct.upper()}_INIT;")
        statements += [shown(f"{struct} {field}", f"value.{field}", declaration)
                       for field, declaration in fields.items() if field != "struct_size"]
        statements.append("  (void)value; }")
    return statements


def faults_of_text(text):
    """What breaks the rules of structs, as far as the header shows it, a line each."""
    for struct, fields in c_header.structs(text).items():
        if list(fields.values())[0] != "uint32_t struct_size":
            yield f"{struct}: does not begin with `uint32_t struct_size`"
        if struct not in HANDED_OUT and f"#define {struct.upper()}_INIT" not in text:
            yield f"{struct}: has no _INIT macro"


def in_layout(text):
    """Statements that print where each field lies."""
    statements = []
    for struct, fields in c_header.structs(text).items():
        for field in fields:
            statements.append(f'  printf("{struct} {field} %d %d\\n", '
                              f"(int)offsetof({struct}, {field}), "
                              f"(int)sizeof((({struct} *)0)->{field}));")
        statements.append(f'  printf("{struct} its-end %d 0\\n", (int)sizeof({struct}));')
    return statements


def faults_of_layout(lines):
    """What breaks the rules of structs in memory, a line each."""
    end = 0
    for line in lines:
        struct, field, offset, size = line.split()
        if int(offset) > end:
            yield f"{struct}: {int(offset) - end} bytes of hidden padding before {field}"
        if field == "its-end" and int(offset) > LONGEST:
            yield f"{struct}: is longer than {LONGEST} bytes"
        end = 0 if field == "its-end" else int(offset) + int(size)


def compared(kept, now):
    """What is broken, and what is new: two lists of lines."""
    def named(lines):
        return {" ".join(line.split()[:2]): line for line in lines}
    before, after = named(kept), named(now)
    breaks = []
    for name, line in before.items():
        if after.get(name) != line and not name.split()[1].startswith("reserved"):
            what = f"{after[name].split(maxsplit=2)[2]} now" if name in after else "gone"
            breaks.append(f"{line}: {what}")
    grown = {name.split()[0] for name in before}
    added = [line for name, line in after.items() if name not in before]
    for line in added:
        owner, _, value = line.split(maxsplit=2)
        if owner.startswith("focus_") and owner in grown and " FOCUS_" not in line and \
                value not in ("0", "NULL", '""'):
            breaks.append(f"{line}: a field that came later has to begin at 0, or an older "
                          "library would refuse the struct")
    return breaks, added


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("header", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("compiler")
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="keep the constants of now")
    parser.add_argument("--accept-breaks", action="store_true",
                        help="even if hosts break: only for what was never released")
    arguments = parser.parse_args()

    text = c_header.without_comments(arguments.header)
    against_rules = list(faults_of_text(text))
    if against_rules:
        sys.exit("\n".join(against_rules))
    table, layout = in_table(text), in_layout(text)
    mark = "-- layout"
    lines = run_c(arguments.header, arguments.compiler, [*table, f'  puts("{mark}");', *layout])
    against_rules = list(faults_of_layout(lines[lines.index(mark) + 1:]))
    if against_rules:
        sys.exit("\n".join(against_rules))
    now = lines[:lines.index(mark)]
    kept = arguments.table.read_text("utf-8").splitlines() if arguments.table.exists() else []
    breaks, additions = compared(kept, now)
    for line in breaks:
        print("BREAK", line)
    for line in additions:
        print("ADDED", line)
    if breaks and not arguments.accept_breaks:
        print("\nThese are compiled into hosts: see docs/abi.md for what may change.")
        sys.exit(1)
    if arguments.update:
        arguments.table.write_text("\n".join(now) + "\n", "utf-8")
        print(f"kept in {arguments.table}")
    elif breaks or kept != now:
        print("\nNothing breaks. Review what is new (docs/abi.md says what to look for): it stays "
              "for ever. Then keep it: ./dev abi --update")
        sys.exit(1)
    else:
        print(f"{len(now)} constants and initial values: as ever")


if __name__ == "__main__":
    main()
