#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the modules that repeat the C header, so that nobody has to.

    write_abi.py HEADER PACKAGE [--check]

PACKAGE/_abi.py: constants, structs with the defaults of their _INIT macros, callbacks, functions.
PACKAGE/enums.py: the enumerations as Python has them, with the header's comments.
With --check nothing is written; the status says whether the files are as they should be.
"""
import argparse
import pathlib
import re
import sys
import textwrap

NOTICE = "Written by tools/write_abi.py from focus_session.h: change that one, not this."

SCALARS = {"int32_t": "c_int32", "uint32_t": "c_uint32", "int64_t": "c_int64",
           "uint64_t": "c_uint64", "double": "c_double", "float": "c_float"}

# What the header has no sentence for, or another name.
ENUM_NAMES = {"focus_result": "ErrorCode"}
ARGUMENTS = {"focus_storage", "focus_log_level", "focus_licence_class", "focus_goal",
             "focus_intensity", "focus_format", "focus_player_mode"}
ENUM_DOCS = {
    "focus_result": "Why a call failed.",
    "focus_log_level": "How important a line of the log is.",
    "focus_goal": "What the music is for.",
    "focus_intensity": "How busy the music is.",
    "focus_session_status": "How a session stands.",
    "focus_event_type": "What has happened.",
    "focus_player_mode": "Whether a player may wait.",
    "focus_player_state": "What a player does now.",
    "focus_http_body": "Where the body of an answer is.",
    "focus_check_verdict": "What a check says of one thing that was tried.",
}


def plain(comment):
    """The text of a comment, without its stars, @since and @return."""
    text = re.sub(r"\s*\n\s*\*? ?", " ", comment).strip().lstrip("<").strip()
    return re.sub(r"\s*@since [\d.]+", "", text).strip()


class Header:
    """The declarations of focus_session.h, in their order."""

    def __init__(self, path):
        self.text = path.read_text("utf-8")
        bare = re.sub(r"/\*.*?\*/", "", self.text, flags=re.DOTALL)
        self.bare = re.sub(r"\\\n", " ", bare)
        version = (path.parent / "version.h").read_text("utf-8")
        self.version = [int(re.search(rf"VERSION_{part} (\d+)", version)[1])
                        for part in ("MAJOR", "MINOR", "PATCH")]
        self.constants = self._constants()
        self.enums = self._enums()
        for members in self.enums.values():
            self.constants.update({name: number for name, (number, _) in members.items()})
        self.structs = self._structs()
        self.inits = self._inits()

    def _constants(self):
        found = re.findall(r'^#define (FOCUS_\w+) (\(?-?\d+\)?|"[^"]*")$', self.bare, re.MULTILINE)
        return {name: value.strip("()") if value[0] == '"' else int(value.strip("()"))
                for name, value in found}

    def _enums(self):
        enums = {}
        for name, body in re.findall(r"^enum (\w+) \{(.*?)^\};", self.text, re.MULTILINE | re.DOTALL):
            members = re.findall(r"(FOCUS_\w+) = (-?\d+),?[ ]*(?:/\*\*<(.*?)\*/)?", body, re.DOTALL)
            enums[name] = {member: (int(number), plain(doc)) for member, number, doc in members}
        return enums

    def enum_doc(self, name):
        above = re.search(rf"/\*\*((?:[^*]|\*(?!/))*)\*/\nenum {name} \{{", self.text)
        return ENUM_DOCS.get(name) or plain(above[1])

    def _structs(self):
        structs = {}
        found = re.findall(r"typedef struct (\w+) \{(.*?)^\}\s*\1;", self.bare,
                           re.MULTILINE | re.DOTALL)
        for name, body in found:
            structs[name] = [" ".join(line.split()) for line in body.split(";") if line.strip()]
        return structs

    def _inits(self):
        inits = {}
        for body in re.findall(r"^#define FOCUS_\w+_INIT\s+\{(.*?)\}$", self.bare,
                               re.MULTILINE):
            first, *values = re.sub(r"\{0", "0", body).replace("}", "").split(",")
            struct = re.search(r"sizeof\((\w+)\)", first)[1]
            inits[struct] = [value.strip() for value in values]
        return inits

    def callbacks(self):
        """{name: (result, parameters)} of typedefs."""
        return {name: (result, parameters) for result, name, parameters in re.findall(
            r"^typedef (\w+) \(\*(\w+)\)\(([^;]*)\);", self.bare, re.MULTILINE)}

    def functions(self):
        return {name: parameters for name, parameters in re.findall(
            r"^FOCUS_API int32_t (\w+)\(([^;]*?)\)\s*FOCUS_NOEXCEPT;", self.bare, re.MULTILINE)}

    # -- types

    def c_type(self, declaration, field=False):
        """The ctypes type of a parameter or field."""
        declaration = " ".join(declaration.split())
        if match := re.fullmatch(r"(\w+) \(\*(\w+)\)\((.*)\)", declaration):
            return self.prototype(match[1], match[3])
        if match := re.fullmatch(r"char \w+\[(\w+)\]", declaration):
            return f"c_char * {self.constants.get(match[1], match[1])}"
        kind, stars = re.match(r"(?:const )?(\w+) ?([*a-z ]*?)\w*$", declaration).groups()
        depth = stars.count("*")
        if kind in SCALARS and depth == 0:
            return f"{SCALARS[kind]}"
        if depth == 0:
            return kind  # a callback
        if kind == "char":
            return ["c_char_p", "POINTER(c_char_p)"][depth - 1]
        if kind == "void":
            return "c_void_p"
        if kind in SCALARS:
            if kind == "float" and not field and depth == 1:
                return "c_void_p"
            if "const *" in stars:
                return "POINTER(c_void_p)"
            inner = f"{SCALARS[kind]}"
            return f"POINTER({inner})" if depth == 1 else f"POINTER(POINTER({inner}))"
        if kind in self.structs:
            return f"POINTER({kind})"
        return "c_void_p" if depth == 1 else "POINTER(c_void_p)"

    def prototype(self, result, parameters):
        types = [self.c_type(one) for one in parameters.split(",")]
        returned = "None" if result == "void" else f"{SCALARS[result]}"
        return f"CFUNCTYPE({', '.join([returned, *types])})"

    def fields(self, struct):
        for declaration in self.structs[struct]:
            name = re.search(r"\(\*(\w+)\)|(\w+)(?:\[\w+\])?$", declaration)
            yield name[1] or name[2], self.c_type(declaration, field=True)

    def defaults(self, struct):
        """What the _INIT macro sets to something other than 0 and NULL."""
        names = [name for name, _ in self.fields(struct)][1:]
        kinds = dict(self.fields(struct))
        values = self.inits.get(struct, ["0"] * len(names))  # what only the library fills has none
        if len(names) != len(values):
            sys.exit(f"{struct}: {len(names)} fields, but _INIT has {len(values)} values")
        for name, value in zip(names, values):
            number = 0 if value == "NULL" else self.constants.get(value)
            number = float(value) if number is None else number
            if number:
                yield name, number if kinds[name] == "c_double" else int(number)


def wrapped(words, first, rest):
    return textwrap.fill(words, 100, initial_indent=first, subsequent_indent=rest,
                         break_long_words=False, break_on_hyphens=False)


def abi_module(header):
    lines = ["# SPDX-License-Identifier: MIT", '"""The binary interface, as the C header declares it.', "",
             NOTICE, '"""', "from ctypes import (CFUNCTYPE, POINTER, c_char, c_char_p, c_double, c_float, c_int32, c_int64,",
             "                    c_uint32, c_uint64, c_void_p)", "from typing import Any, ClassVar, Dict, Tuple", "",
             "from ._struct import Struct", "",
             f"VERSION = ({', '.join(map(str, header.version))})", ""]
    enumerators = {name for members in header.enums.values() for name in members}
    for name, value in header.constants.items():
        if name not in enumerators and name != "FOCUS_API":
            lines.append(f"{name[6:]} = {value}")
    callbacks = header.callbacks()
    waiting = dict(callbacks)
    for struct in header.structs:
        for name, (result, parameters) in list(waiting.items()):
            used = {word for word in re.findall(r"focus_\w+", parameters) if word in header.structs}
            done = set(list(header.structs)[:list(header.structs).index(struct)])
            if used <= done:
                lines += ["", "", wrapped(f"{name} = {header.prototype(result, parameters)}", "", "    ")]
                del waiting[name]
        lines += ["", "", f"class {struct}(Struct):", "    _fields_ = ["]
        for name, kind in header.fields(struct):
            lines.append(wrapped(f'("{name}", {kind}),', "        ", "         "))
        lines.append("    ]")
        defaults = dict(header.defaults(struct))
        if defaults:
            lines.append(f"    _defaults_: ClassVar[Dict[str, Any]] = {defaults}".replace("'", '"'))
    lines += ["", "", "FUNCTIONS: Dict[str, Tuple[Any, ...]] = {"]
    for name, parameters in header.functions().items():
        types = [] if parameters == "void" else [header.c_type(one) for one in parameters.split(",")]
        listed = ", ".join(types) + ("," if len(types) == 1 else "")
        lines.append(wrapped(f'"{name}": ({listed}),', "    ", "        "))
    return "\n".join([*lines, "}", ""])


def python_name(enum):
    return ENUM_NAMES.get(enum, "".join(word.title() for word in enum.split("_")[1:]))


def short_names(members):
    """The enumerators without what they have in common."""
    names = [re.sub("^FOCUS_(ERROR_)?", "", name) for name in members]
    while len({name.split("_")[0] for name in names}) == 1 and all("_" in name for name in names):
        names = [name.split("_", 1)[1] for name in names]
    return names


def enums_module(header):
    lines = ["# SPDX-License-Identifier: MIT", '"""The enumerations of the library: each member is its own name as a string.', "",
             '    Goal.FOCUS == "focus"', "", NOTICE, '"""', "from typing import Literal, Union", "",
             "from ._choice import Choice", ""]
    exported = []
    numbered = []
    aliases = []
    for enum, members in header.enums.items():
        name = python_name(enum)
        exported.append(name)
        lines += ["", f"class {name}(Choice):", wrapped(f'"""{header.enum_doc(enum)}"""', "    ", "    "), ""]
        shorts = short_names(members)
        numbers = ", ".join(str(number) for number, _ in members.values())
        numbered.append(wrapped(f"{name}._set_numbers({numbers})", "", "    "))
        for short, (_, doc) in zip(shorts, members.values()):
            if doc:
                lines.append(wrapped(doc, "    #: ", "    #: "))
            lines.append(f'    {short} = "{short.lower()}"')
        lines.append("")
        if enum not in ARGUMENTS:
            continue
        words = ", ".join(f'"{short.lower()}"' for short in shorts)
        aliases.append(wrapped(f"{name}Like = Union[{name}, Literal[{words}]]", "", "    "))
    lines += ["", "# What the C interface calls them, in their order.", *numbered]
    lines += ["", "# What a caller may write: a member, or its name.", *aliases, "", "__all__ = ["]
    lines += [f'    "{name}",' for name in exported] + ["]", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("header", type=pathlib.Path)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    header = Header(arguments.header)
    stale = []
    for name, text in {"_abi.py": abi_module(header), "enums.py": enums_module(header)}.items():
        path = arguments.package / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not arguments.check:
            path.write_text(text, "utf-8")
    if arguments.check and stale:
        sys.exit(f"{' and '.join(stale)}: not what the header says; run {parser.prog} without --check")


if __name__ == "__main__":
    main()
