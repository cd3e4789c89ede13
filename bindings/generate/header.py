# SPDX-License-Identifier: MIT
"""Reads the declarations of focus_session.h.

This is no C parser. The header keeps to a few forms, which this module knows; a struct whose _INIT
macro does not fit its fields, or a default that is no number, ends the run.
"""
import dataclasses
import re


class HeaderError(Exception):
    """The header is not written as this module expects."""


@dataclasses.dataclass(frozen=True)
class Enumerator:
    name: str
    number: int
    doc: str


@dataclasses.dataclass(frozen=True)
class Field:
    """A member of a struct. `type` is its declaration without its name, e.g. "const char *"."""

    name: str
    declaration: str
    type: str
    doc: str
    initial: str  # what the _INIT macro says; "0" where the struct has none

    @property
    def enum(self):
        """The enum that an int32_t holds, or None. The comment says it, or the table below."""
        found = re.match(r"enum (focus_\w+)", self.doc)
        return found[1] if found else ENUMS.get(self.name)

    @property
    def is_flag(self):
        """Whether an int32_t is 0 or 1. The comment says it, or the table below."""
        return self.type == "int32_t" and (
            self.name in FLAGS or re.match(r"0 or 1\b|1: |1 (if|where|exactly|once)\b", self.doc) is not None)


# Flags and enumerators whose comments in the header do not say so. A new flag is not listed here: its
# comment begins with "0 or 1" or "1: ". That of a new enumerator begins with "enum NAME".
FLAGS = {"has_seed", "vocals", "stems", "commercial_use", "requires_attribution", "has_score"}
ENUMS = {"log_level": "focus_log_level", "character": "focus_goal"}

# Fields that no binding shows.
HIDDEN = {"struct_size", "reserved"}


def plain(comment):
    """The text of a comment in one line, without its stars and its @since."""
    text = re.sub(r"\s*\n\s*\*? ?", " ", comment).strip().lstrip("<").strip()
    return re.sub(r"\s*@since [\d.]+", "", text).strip()


class Header:
    """The declarations of the header, each kind in its order."""

    def __init__(self, path):
        self.text = path.read_text("utf-8")
        self.bare = re.sub(r"\\\n", " ", re.sub(r"/\*.*?\*/", "", self.text, flags=re.DOTALL))
        version = (path.parent / "version.h").read_text("utf-8")
        self.version = [int(re.search(rf"VERSION_{part} (\d+)", version)[1])
                        for part in ("MAJOR", "MINOR", "PATCH")]
        self.constants = self._constants()
        self.enums = self._enums()
        for enumerators in self.enums.values():
            self.constants.update({one.name: one.number for one in enumerators})
        self.inits = self._inits()
        self.structs = self._structs()
        self.callbacks = {name: (result, parameters) for result, name, parameters in re.findall(
            r"^typedef (\w+) \(\*(\w+)\)\(([^;]*)\);", self.bare, re.MULTILINE)}
        self.functions = dict(re.findall(
            r"^FOCUS_API int32_t (\w+)\(([^;]*?)\)\s*FOCUS_NOEXCEPT;", self.bare, re.MULTILINE))

    def _constants(self):
        found = re.findall(r'^#define (FOCUS_\w+) (\(?-?\d+\)?|"[^"]*")$', self.bare, re.MULTILINE)
        return {name: value if value[0] == '"' else int(value.strip("()")) for name, value in found}

    def _enums(self):
        enums = {}
        for name, body in re.findall(r"^enum (\w+) \{(.*?)^\};", self.text, re.MULTILINE | re.DOTALL):
            found = re.findall(r"(FOCUS_\w+) = (-?\d+),?[ ]*(?:/\*\*<(.*?)\*/)?", body, re.DOTALL)
            enums[name] = [Enumerator(one, int(number), plain(doc)) for one, number, doc in found]
        return enums

    def enum_doc(self, name):
        """The comment above an enum, or ""."""
        above = re.search(rf"/\*\*((?:[^*]|\*(?!/))*)\*/\nenum {name} \{{", self.text)
        return plain(above[1]) if above else ""

    def _inits(self):
        inits = {}
        for body in re.findall(r"^#define FOCUS_\w+_INIT\s+\{(.*?)\}$", self.bare, re.MULTILINE):
            first, *values = re.sub(r"\{0", "0", body).replace("}", "").split(",")
            inits[re.search(r"sizeof\((\w+)\)", first)[1]] = [value.strip() for value in values]
        return inits

    def _structs(self):
        structs = {}
        for name, body in re.findall(r"typedef struct (\w+) \{(.*?)^\}\s*\1;", self.text,
                                     re.MULTILINE | re.DOTALL):
            body = re.sub(r"/\*\*(?!<).*?\*/", "", body, flags=re.DOTALL)
            members = re.findall(r"([^;]+);[ ]*(?:/\*\*<(.*?)\*/)?", body, re.DOTALL)
            values = ["", *self.inits.get(name, ["0"] * (len(members) - 1))]
            if len(members) != len(values):
                raise HeaderError(f"{name}: {len(members) - 1} fields, but its _INIT has "
                                  f"{len(values) - 1} values")
            structs[name] = [self._field(declaration, doc, value)
                             for (declaration, doc), value in zip(members, values)]
        return structs

    @staticmethod
    def _field(declaration, doc, value):
        declaration = " ".join(declaration.split())
        name = re.search(r"\(\*(\w+)\)|(\w+)(?:\[\w+\])?$", declaration)
        name = name[1] or name[2]
        return Field(name, declaration, re.sub(rf"\b{name}\b", "", declaration, count=1).strip(),
                     plain(doc), value)

    def fields(self, struct):
        """The fields of a struct that a binding shows."""
        return [field for field in self.structs[struct] if field.name not in HIDDEN]

    def number(self, value):
        """What a value of an _INIT macro is."""
        if value == "NULL":
            return 0
        return self.constants[value] if value in self.constants else float(value)

    def enumerator(self, enum, number):
        """The enumerator of that number, or None."""
        return next((one for one in self.enums[enum] if one.number == number), None)
