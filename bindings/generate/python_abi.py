# SPDX-License-Identifier: MIT
"""_abi.py of the Python package: constants, structs, callbacks and functions, for ctypes."""
import re

from .text import NOTICE, wrapped

SCALARS = {"int32_t": "c_int32", "uint32_t": "c_uint32", "int64_t": "c_int64",
           "uint64_t": "c_uint64", "double": "c_double", "float": "c_float"}


def c_type(header, declaration, field=False):
    """The ctypes type of a parameter or field."""
    declaration = " ".join(declaration.split())
    if match := re.fullmatch(r"(\w+) \(\*(\w+)\)\((.*)\)", declaration):
        return prototype(header, match[1], match[3])
    if match := re.fullmatch(r"char \w+\[(\w+)\]", declaration):
        return f"c_char * {header.constants.get(match[1], match[1])}"
    kind, stars = re.match(r"(?:const )?(\w+) ?([*a-z ]*?)\w*$", declaration).groups()
    depth = stars.count("*")
    if depth == 0:
        return SCALARS.get(kind, kind)  # others are callbacks
    if kind == "char":
        return ["c_char_p", "POINTER(c_char_p)"][depth - 1]
    if kind == "void":
        return "c_void_p"
    if kind in SCALARS:
        if kind == "float" and not field and depth == 1:
            return "c_void_p"
        if "const *" in stars:
            return "POINTER(c_void_p)"
        inner = SCALARS[kind]
        return f"POINTER({inner})" if depth == 1 else f"POINTER(POINTER({inner}))"
    if kind in header.structs:
        return f"POINTER({kind})"
    return "c_void_p" if depth == 1 else "POINTER(c_void_p)"


def prototype(header, result, parameters):
    types = [c_type(header, one) for one in parameters.split(",")]
    returned = "None" if result == "void" else SCALARS[result]
    return f"CFUNCTYPE({', '.join([returned, *types])})"


def _callbacks(header, structs, waiting):
    """The callbacks that need no other structs than these, taken out of those that wait."""
    lines = []
    for name, (result, parameters) in list(waiting.items()):
        used = {word for word in re.findall(r"focus_\w+", parameters) if word in header.structs}
        if used <= structs:
            lines += ["", "", wrapped(f"{name} = {prototype(header, result, parameters)}", "", "    ")]
            del waiting[name]
    return lines


def _struct(header, name):
    lines = ["", "", f"class {name}(Struct):", "    _fields_ = ["]
    defaults = {}
    for field in header.structs[name]:
        kind = c_type(header, field.declaration, field=True)
        lines.append(wrapped(f'("{field.name}", {kind}),', "        ", "         "))
        number = header.number(field.initial) if field.initial else 0
        if number:
            defaults[field.name] = float(number) if kind == "c_double" else int(number)
    lines.append("    ]")
    if defaults:
        told = ", ".join(f'"{key}": {value}' for key, value in defaults.items())
        lines.append(f"    _defaults_: ClassVar[Dict[str, Any]] = {{{told}}}")
    return lines


def module(header):
    lines = ["# SPDX-License-Identifier: MIT", '"""The binary interface, as the C header declares it.', "",
             NOTICE, '"""',
             "from ctypes import (CFUNCTYPE, POINTER, c_char, c_char_p, c_double, c_float, c_int32, c_int64,",
             "                    c_uint32, c_uint64, c_void_p)", "from typing import Any, ClassVar, Dict, Tuple", "",
             "from ._struct import Struct", "", f"VERSION = ({', '.join(map(str, header.version))})", ""]
    enumerators = {one.name for members in header.enums.values() for one in members}
    for name, value in header.constants.items():
        if name not in enumerators:
            lines.append(f"{name[6:]} = {value}")
    waiting = dict(header.callbacks)
    written = set()
    for name in header.structs:
        lines += _callbacks(header, written, waiting) + _struct(header, name)
        written.add(name)
    lines += _callbacks(header, written, waiting)
    lines += ["", "", "FUNCTIONS: Dict[str, Tuple[Any, ...]] = {"]
    for name, parameters in header.functions.items():
        types = [] if parameters == "void" else [c_type(header, one) for one in parameters.split(",")]
        listed = ", ".join(types) + ("," if len(types) == 1 else "")
        lines.append(wrapped(f'"{name}": ({listed}),', "    ", "        "))
    return "\n".join([*lines, "}", ""])
