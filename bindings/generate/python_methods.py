# SPDX-License-Identifier: MIT
"""The methods of the Python package whose arguments are the fields of a struct.

A class of the package inherits them. Each fills in the struct and passes it to a method that is
written by hand.
"""
import dataclasses
import re
from typing import Any, Dict, Tuple

from .header import HeaderError
from .python_enums import python_spoken
from .python_values import SCALARS
from .shape import Shape
from .text import enum_name, listed, said_of_absence, short_names, wrapped


@dataclasses.dataclass(frozen=True)
class Method(Shape):
    """`name` is that of the method, `doc` what it does."""

    #: the local variable that holds the struct
    variable: str = "options"
    returns: str = "None"
    #: the parameter before the keywords, and its comment
    positional: str = ""
    positional_doc: str = ""
    #: keywords that belong to no field: {name: (annotation and default, comment)}
    keywords: Dict[str, Tuple[str, str]] = dataclasses.field(default_factory=dict)
    #: {field: the keyword that comes before it}; others come last
    before: Dict[str, str] = dataclasses.field(default_factory=dict)
    #: keywords without a default
    required: Tuple[str, ...] = ()
    #: the expression from which a field is set, where the rules give another
    conversions: Dict[str, str] = dataclasses.field(default_factory=dict)
    #: statements before the struct is made, and after it
    first_lines: str = ""
    last_lines: str = ""
    #: the end of the docstring
    tail: str = ""


@dataclasses.dataclass(frozen=True)
class Argument:
    name: str
    signature: str
    value: str
    doc: str


def stands_for_a_default(field):
    """Whether 0 has a meaning of its own, which the comment tells: None stands for it in Python."""
    return re.search(r"(^|; )0: ", field.doc) is not None


def _enum_argument(header, method, field):
    kind = enum_name(field.enum)
    found = header.enumerator(field.enum, header.number(field.initial))
    value = f'choice("{field.name}", {kind}, {field.name})'
    if found is None or method.may_lack(field):
        return f"Optional[{kind}Like] = None", f"None if {field.name} is None else {value}"
    members = header.enums[field.enum]
    return f"{kind}Like = {kind}.{short_names(members)[members.index(found)]}", value


def _plain_argument(header, method, field):
    kind = method.types.get(field.name) or SCALARS.get(field.type)
    if kind is None:
        raise HeaderError(f"{method.struct}.{field.name}: python_methods.py has no rule for its type; "
                          "python_method_shapes.py may say one")
    number = header.number(field.initial)
    if field.name in method.required:
        return kind, field.name
    if field.name in method.defaults:
        return f"{kind} = {method.defaults[field.name]}", field.name
    if (kind == "str" or method.may_lack(field) or stands_for_a_default(field)
            or method.presence(header, method.struct, field)
            or (number and field.initial in header.constants)):
        return f"Optional[{kind}] = None", field.name
    return f"{kind} = {float(number) if kind == 'float' else int(number)}", field.name


def _argument(header, method, field):
    name = field.name
    if field.enum:
        signature, value = _enum_argument(header, method, field)
    elif field.is_flag:
        signature, value = "bool = False", f"bool({name})"
    else:
        signature, value = _plain_argument(header, method, field)
    doc = method.words.get(name)
    if doc is None:
        doc = python_spoken(header, field.doc)
        if field.enum and not doc:
            names = [f'"{short.lower()}"' for short in short_names(header.enums[field.enum])]
            doc = " or ".join([", ".join(names[:-1]), names[-1]])
        if signature.endswith("= None"):
            doc = said_of_absence(doc, "None")
    return Argument(name, f"{name}: {signature}", method.conversions.get(name, value), doc)


def arguments(header, method):
    """The arguments in their order, with the keywords that belong to no field."""
    flags = {method.presence(header, method.struct, field) for field in header.fields(method.struct)}
    found = []

    def keyword(name):
        signature, doc = method.keywords[name]
        return Argument(name, f"{name}: {signature}", "", doc)

    for field in method.fields(header):
        if field.name in method.before:
            found.append(keyword(method.before[field.name]))
        if field.name in flags:
            found.append(Argument(field.name, "", method.conversions.get(
                field.name, f"int({field.name[4:]} is not None)"), ""))
        elif field.name in method.conversions and field.name in method.before:  # the keyword replaces it
            found.append(Argument(field.name, "", method.conversions[field.name], ""))
        else:
            found.append(_argument(header, method, field))
    placed = set(method.before.values())
    return found + [keyword(name) for name in method.keywords if name not in placed]


def method_lines(header, method):
    found = arguments(header, method)
    begin = f"    def {method.name}("
    signature = ["self", *([method.positional] if method.positional else []), "*",
                 *(one.signature for one in found if one.signature)]
    lines = listed(signature, begin, " " * len(begin), f")\0->\0{method.returns}:".replace(
        "Dict[str, Any]", "Dict[str,\0Any]")).split("\n")
    lines.append(wrapped(f'"""{method.doc}', "        ", "        "))
    documented = [one for one in found if one.doc]
    lines += ["", "        Args:"]
    if method.positional_doc:
        lines.append(wrapped(f"{method.positional.split(':')[0]}: {method.positional_doc}",
                             " " * 12, " " * 16))
    lines += [wrapped(f"{method.names.get(one.name, one.name)}: {one.doc.rstrip('.')}.",
                      " " * 12, " " * 16) for one in documented]
    lines += ([""] + [f"        {line}".rstrip() for line in method.tail.strip().split("\n")]
              if method.tail else [])
    lines.append('        """')
    lines += [f"        {line}" for line in method.first_lines.strip().split("\n") if line]
    lines.append(f"        {method.variable} = _abi.{method.struct}(")
    lines.append(listed([f"{one.name}={one.value}" for one in found if one.value], " " * 12, " " * 12, ")"))
    return lines + [f"        {line}" for line in method.last_lines.strip().split("\n")]


def attribute_lines(header, shape, signatures: Dict[str, Any]):
    """The attributes by which an engine says what it is."""
    lines = []
    for field in shape.fields(header):
        doc = shape.words.get(field.name)
        if field.name in signatures:
            signature = signatures[field.name]
        elif field.enum:
            signature = _enum_argument(header, shape, field)[0]
        elif field.is_flag:
            signature = "bool = False"
        elif field.type == "const char *":
            signature = "Optional[str] = None"
        else:
            kind = SCALARS[field.type]
            zero = "0.0" if kind == "float" else "0"
            signature = f"Optional[{kind}] = None" if stands_for_a_default(field) else f"{kind} = {zero}"
        if doc is None:
            doc = python_spoken(header, field.doc)
            doc = said_of_absence(doc, "None") if signature.endswith("= None") else doc
        if doc:
            lines.append(wrapped(doc, "    #: ", "    #: "))
        lines.append(f"    {field.name}: {signature}")
    return lines
