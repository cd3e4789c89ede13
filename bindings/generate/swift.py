# SPDX-License-Identifier: MIT
"""Enums.swift and Values.swift of the Swift package."""
import re

from .header import HeaderError
from .swift_shapes import BRIEF, CASES, ENUMS, EVENT, LEFT_OUT, REQUEST, SEGMENT, STEERING
from .text import NOTICE, camel, said_of_absence, sentence, short_names, spoken, wrapped

TYPES = {"int32_t": "Int", "int64_t": "Int", "uint64_t": "UInt64", "double": "Double",
         "const char *": "String"}

HEAD = f"""\
// SPDX-License-Identifier: MIT
{wrapped(NOTICE, "// ", "// ")}
#if canImport(CFocus)
import CFocus
#else
import CFocusSession
#endif
"""


def _case(enum, short, header):
    member = header.enums[enum][short_names(header.enums[enum]).index(short)]
    return CASES.get(member.name, camel(short))


def _comment(words, indent):
    return wrapped(sentence(words), f"{indent}/// ", f"{indent}/// ") + "\n" if words else ""


def _words(header, shape, field):
    if field.name in shape.words:
        return shape.words[field.name]
    doc = spoken(header, field.doc, "nil", lambda enum, short: _case(enum, short, header))
    doc = re.sub(r"`(\w+)`", lambda found: f"`{camel(found[1])}`", doc)
    doc = re.sub(r"[;,]? ?(nil|-?\d+|\w+): unchanged$", "", doc)
    return said_of_absence(doc, "nil") if shape.may_lack(field) else doc


def enums(header):
    text = HEAD
    for enum, (outer, name, protocols) in ENUMS.items():
        indent = "    " if outer else ""
        text += f"\nextension {outer} {{\n" if outer else "\n"
        text += _comment(header.enum_doc(enum), indent)
        text += f"{indent}public enum {name}: {protocols} {{\n"
        for member, short in zip(header.enums[enum], short_names(header.enums[enum])):
            if member.name not in LEFT_OUT:
                text += f"{indent}    case {_case(enum, short, header)} = {member.number}\n"
        text += f"{indent}}}\n" + ("}\n" if outer else "")
    return text


def _enum_type(field):
    outer, name, _ = ENUMS[field.enum]
    return f"{outer}.{name}" if outer else name


def _type(shape, field):
    if field.name in shape.types:
        return shape.types[field.name]
    if field.enum:
        return _enum_type(field)
    if field.is_flag:
        return "Bool"
    if field.declaration.startswith("char ") and "[" in field.declaration:
        return "String"
    if field.type not in TYPES:
        raise HeaderError(f"{shape.struct}.{field.name}: swift.py has no rule for its type")
    return TYPES[field.type]


def _is_optional(header, shape, field):
    return (shape.may_lack(field) or field.type == "const char *"
            or shape.presence(header, shape.struct, field) is not None
            or (not field.enum and field.initial in header.constants))


def _asked_property(header, shape, field, required):
    kind = _type(shape, field)
    if field.name in required:
        value = f": {kind}"
    elif _is_optional(header, shape, field):
        value = f": {kind}?"
    elif field.enum:
        first = header.enumerator(field.enum, header.number(field.initial))
        short = short_names(header.enums[field.enum])[header.enums[field.enum].index(first)]
        value = f" = {kind}.{_case(field.enum, short, header)}"
    elif field.is_flag:
        value = " = false"
    else:
        number = header.number(field.initial)
        value = f" = {float(number)}" if kind == "Double" else f" = {int(number)}"
    return f"{_comment(_words(header, shape, field), '    ')}    public var {camel(field.name)}{value}\n"


def _c_value(header, shape, field):
    name = camel(field.name)
    if field.name in shape.defaults:
        return shape.defaults[field.name]
    number = header.number(field.initial)
    absent = f"{int(number)}" if number == int(number) else f"{number}"
    if field.type == "const char *":
        return f"{name}Text"
    if field.enum:
        return f"{name}?.rawValue ?? {absent}" if shape.may_lack(field) else f"{name}.rawValue"
    if field.is_flag:
        return f"{name} ? 1 : 0"
    optional = _is_optional(header, shape, field)
    if field.type == "int32_t":
        return (f"{name}.map {{ Int32(clamping: $0) }} ?? {absent}" if optional
                else f"Int32(clamping: {name})")
    return f"{name} ?? {absent}" if optional else name


def _asked(header, shape, required=()):
    flags = {f"has_{field.name}": field for field in header.fields(shape.struct)}
    fields = shape.fields(header)
    shown = [field for field in fields if field.name not in flags]
    text = f"\n{_comment(shape.doc, '')}public struct {shape.name} {{\n"
    text += "".join(_asked_property(header, shape, field, required) for field in shown)
    text += f"\n{shape.extra}\n    func withC<Result>(\n"
    text += (f"        _ body: (UnsafePointer<{shape.struct}>) throws -> Result\n"
             "    ) rethrows -> Result {\n")
    strings = [field for field in fields if field.type == "const char *"]
    indent = "        "
    for field in strings:
        text += f"{indent}try withText({camel(field.name)}) {{ {camel(field.name)}Text in\n"
        indent += "    "
    text += f"{indent}var c = {shape.struct}()\n{indent}c.struct_size = sizeOf(c)\n"
    for field in fields:
        value = (f"{camel(flags[field.name].name)} == nil ? 0 : 1" if field.name in flags
                 else _c_value(header, shape, field))
        text += f"{indent}c.{field.name} = {value}\n"
    text += f"{indent}return try body(&c)\n"
    for _ in strings:
        indent = indent[4:]
        text += f"{indent}}}\n"
    return text + "    }\n}\n"


def _told_value(shape, field, source):
    value = f"{source}.{field.name}"
    kind = _type(shape, field)
    if field.enum:
        made = f"{kind}(rawValue: {value})"
        return made if shape.may_lack(field) else f"{made} ?? {shape.defaults[field.name]}"
    if field.is_flag:
        return f"{value} != 0"
    if field.declaration.startswith("char ") and "[" in field.declaration:
        return f"text(of: {value})"
    if kind == "String":
        return f"text({value})"
    if shape.may_lack(field):
        return f"{value} < 0 ? nil : Int({value})"
    return f"Int({value})" if kind == "Int" else value


def _told_name(shape, field):
    name = shape.names.get(field.name)
    return name or (f"is{camel(field.name)[:1].upper()}{camel(field.name)[1:]}" if field.is_flag
                    else camel(field.name))


def _told_kind(shape, field):
    return _type(shape, field) + ("?" if shape.may_lack(field) else "")


def _told(header, shape, variable):
    text = f"\n{_comment(shape.doc, '')}public struct {shape.name}: Sendable {{\n"
    for field in shape.fields(header):
        text += (f"{_comment(_words(header, shape, field), '    ')}    public let "
                 f"{_told_name(shape, field)}: {_told_kind(shape, field)}\n")
    text += f"\n    init(_ {variable}: {shape.struct}) {{\n"
    for field in shape.fields(header):
        text += f"        {_told_name(shape, field)} = {_told_value(shape, field, variable)}\n"
    return text + "    }\n}\n"


def _brief(header):
    text = "\nextension Brief {\n"
    for field in BRIEF.fields(header):
        text += (f"{_comment(_words(header, BRIEF, field), '    ')}    public var {_told_name(BRIEF, field)}: "
                 f"{_told_kind(BRIEF, field)} {{ {_told_value(BRIEF, field, 'raw.pointee')} }}\n")
    return text + "}\n"


def values(header):
    return (HEAD + _asked(header, REQUEST, required=("goal", "target_minutes")) + _asked(header, STEERING)
            + _told(header, SEGMENT, "info") + _told(header, EVENT, "event") + _brief(header))
