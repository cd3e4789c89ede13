# SPDX-License-Identifier: MIT
"""values.py of the Python package: a frozen dataclass for each struct that the library fills in."""
import re

from .header import HeaderError
from .python_enums import python_spoken
from .python_shapes import TOLD
from .text import NOTICE, enum_name, wrapped

SCALARS = {"int32_t": "int", "uint32_t": "int", "int64_t": "int", "uint64_t": "int", "double": "float",
           "const char *": "str"}

HEAD = '''\
# SPDX-License-Identifier: MIT
"""What the library tells: plain values, each made of a struct of the C interface.

A field is called as in the header; units are in the names. Where the header has a value that means
"none" (a path of "", a time of 0, a moment of -1), there is None here.

{notice}
"""
import dataclasses
import datetime
import pathlib
from typing import Optional

from .enums import (
{enums}
)
'''

SPEND = '''

@dataclasses.dataclass(frozen=True)
class Spend:
    """What an organization has spent today, in micro-units."""

    settled_micros: int
    held_micros: int
'''


def _type(shape, field):
    if field.name in shape.types:
        return shape.types[field.name]
    if field.enum:
        return enum_name(field.enum)
    if field.is_flag:
        return "bool"
    if re.match(r"seconds since 1970", field.doc):
        return "datetime.datetime"
    if field.type == "const char *" and re.search(r"(^|_)path$", field.name):
        return "Optional[pathlib.Path]"
    if field.declaration.startswith("char ") and "[" in field.declaration:
        return "str"
    if field.type not in SCALARS:
        raise HeaderError(f"{shape.struct}.{field.name}: python_values.py has no rule for its type; "
                          "python_shapes.py may say one")
    return SCALARS[field.type]


def module(header):
    used = set()
    body = ""
    for shape in TOLD:
        body += f'\n\n@dataclasses.dataclass(frozen=True)\nclass {shape.name}:\n    """{shape.doc}"""\n\n'
        for field in shape.fields(header):
            doc = shape.words.get(field.name, python_spoken(header, field.doc))
            if doc:
                body += wrapped(doc, "    #: ", "    #: ") + "\n"
            kind = _type(shape, field)
            used.update([kind] if field.enum else [])
            body += f"    {field.name}: {kind}\n"
    return HEAD.format(notice=NOTICE,
                       enums="\n".join(f"    {name}," for name in sorted(used))) + body + SPEND
