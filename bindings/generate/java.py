# SPDX-License-Identifier: MIT
"""The enums and values of the Java classes; native code copies the fields, see jni.py."""
import re

from .header import HeaderError
from .java_shapes import ASKED, ENUMS, FOCUS_EXCEPTION, HTTP, LEFT_OUT, TOLD, UNKNOWN
from .text import NOTICE, camel, enum_name, pascal, said_of_absence, sentence, short_names, spoken, wrapped

TYPES = {"int32_t": "int", "int64_t": "long", "uint64_t": "long", "double": "double",
         "const char *": "String"}


def _file(doc, declaration, body):
    return (f"// SPDX-License-Identifier: MIT\n{wrapped(NOTICE, '// ', '// ')}\npackage org.focussession;\n\n"
            f"{_comment(doc, '')}{declaration} {{\n{body}}}\n")


def _comment(words, indent):
    if not words:
        return ""
    line = f"{indent}/** {words} */"
    if len(line) <= 104:
        return line + "\n"
    return f"{indent}/**\n{wrapped(words, f'{indent} * ', f'{indent} * ')}\n{indent} */\n"


def _words(header, shape, field):
    doc = shape.words.get(field.name)
    if doc is None:
        doc = spoken(header, field.doc, "null",
                     lambda enum, short: f"{{@link {enum_name(enum)}#{short}}}" if enum in ENUMS else short,
                     quote="{{@code {}}}")
        doc = re.sub(r"\{@code (\w+)\}", lambda found: f"{{@code {camel(found[1])}}}", doc)
        doc = re.sub(r"[;,]? ?(null|-?\d+|\{@link [\w#]+\}): unchanged$", "", doc)
        doc = said_of_absence(doc, "null") if field.type == "const char *" and doc.startswith('""') else doc
    return sentence(doc)


def _type(shape, field):
    if field.declaration.startswith("char ") and "[" in field.declaration:
        return "String"
    if field.type not in TYPES:
        raise HeaderError(f"{shape.struct}.{field.name}: java.py has no rule for its type; java_shapes.py "
                          "may leave it out")
    return TYPES[field.type]


def _enum_body(members, name, other, indent=""):
    lines = []
    for member, short in zip(members, short_names(members)):
        if member.name not in LEFT_OUT:
            lines.append(f"  {short}({member.number}),")
    if other:
        lines += [f"  /** {other} */", "  OTHER(Integer.MIN_VALUE),"]
    lines[-1] = lines[-1][:-1] + ";"
    lines += ["", "  private final int code;", "", f"  {name}(int code) {{", "    this.code = code;", "  }",
              "", "  @Override", "  public int code() {", "    return code;", "  }"]
    return "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)


def _enum(header, enum):
    doc, unknown = ENUMS[enum]
    name = enum_name(enum)
    other = "One that this class does not know: the library is newer." if unknown is None else ""
    return _file(doc, f"public enum {name} implements Coded", _enum_body(header.enums[enum], name, other))


def _exception(header):
    codes = ("  /** What went wrong, as the C header has it. */\n  public enum Code implements Coded {\n"
             + _enum_body(header.enums["focus_result"], "Code", "A code that this class does not know.", "  ")
             + "  }\n")
    return _file("What the library refuses or can not do: a code, the field or path it is about, and one "
                 "line.", "public final class FocusException extends RuntimeException",
                 FOCUS_EXCEPTION.format(codes=codes))


def _members(header, shape, asked):
    text = ""
    for field in shape.fields(header):
        initial = header.number(field.initial) if asked else 0
        kind = _type(shape, field)
        value = f" = {int(initial) if initial == int(initial) else initial}" if initial else ""
        text += f"  {kind} {camel(field.name)}{value};\n"
    return text


def _setter(header, shape, field):
    flags = [f"has_{one.name}" for one in header.fields(shape.struct)]
    if field.name in shape.setters or field.name in flags:
        return ""
    name = camel(field.name)
    kind, value = _type(shape, field), name
    if field.enum:
        kind, value = enum_name(field.enum), f"{name}.code()"
    elif field.is_flag:
        kind, value = "boolean", f"{name} ? 1 : 0"
    presence = shape.presence(header, shape.struct, field)
    also = f"    this.{camel(presence)} = 1;\n" if presence else ""
    return (f"\n{_comment(_words(header, shape, field), '  ')}"
            f"  public {shape.name} {name}({kind} {name}) {{\n    this.{name} = {value};\n{also}"
            "    return this;\n  }\n")


def _getter(header, shape, field):
    name = camel(field.name)
    kind, value = _type(shape, field), name
    getter = shape.names.get(field.name, f"get{pascal(field.name)}")
    if field.enum == "focus_result":
        kind = "FocusException.Code"
        value = (f"{name} == 0\n        ? null\n        : Coded.of({kind}.values(), {name}, "
                 f"{kind}.OTHER)")
    elif field.enum:
        kind = enum_name(field.enum)
        unknown = UNKNOWN.get((shape.struct, field.name), ENUMS[field.enum][1]) or "OTHER"
        value = f"Coded.of({kind}.values(), {name}, {kind}.{unknown})"
    elif field.is_flag:
        kind, value = "boolean", f"{name} != 0"
        getter = shape.names.get(field.name, f"is{pascal(field.name)}")
    return (f"\n{_comment(_words(header, shape, field), '  ')}  public {kind} {getter}() {{\n"
            f"    return {value};\n  }}\n")


def _class(header, shape, accessor, asked):
    """Members first, then what is written by hand, then the accessors."""
    extra = shape.extra if re.match(r"  (private )?[\w\[\]]+ \w+;", shape.extra) else f"\n{shape.extra}"
    body = _members(header, shape, asked) + (extra if shape.extra else "")
    body += "".join(accessor(header, shape, field) for field in shape.fields(header))
    return _file(shape.doc, f"public final class {shape.name}", body)


def files(header):
    """{name: text} of the Java sources."""
    found = {f"{enum_name(enum)}.java": _enum(header, enum) for enum in ENUMS}
    found["FocusException.java"] = _exception(header)
    found.update({f"{shape.name}.java": _class(header, shape, _setter, True) for shape in ASKED})
    found.update({f"{shape.name}.java": _class(header, shape, _getter, False) for shape in TOLD})
    found[f"{HTTP.name}.java"] = _file(HTTP.doc, f"class {HTTP.name}", _members(header, HTTP, False))
    return found
