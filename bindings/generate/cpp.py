# SPDX-License-Identifier: MIT
"""The values of the C++ wrapper: enums.hpp, options.hpp, values.hpp and convert.hpp.

The text is as clang-format leaves it.
"""
from .cpp_shapes import ASKED, ENUM_DOCS, ENUMERATORS, FROM_C, TOLD
from .header import HeaderError
from .text import NOTICE, enum_name, said_of_absence, sentence, short_names, spoken, wrapped

TYPES = {"int32_t": "std::int32_t", "int64_t": "std::int64_t", "uint64_t": "std::uint64_t",
         "uint32_t": "std::uint32_t", "double": "double", "const char *": "std::string",
         "const float *": "const float*"}

HEAD = """\
// SPDX-License-Identifier: MIT
//
{notice}
//
{doc}
#ifndef FOCUS_SESSION_{guard}_HPP
#define FOCUS_SESSION_{guard}_HPP

{includes}
{before}namespace focus {{
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {{
#else
inline namespace with_exceptions {{
#endif
"""

TAIL = """
}}  // namespace with_exceptions or without_exceptions
}}  // namespace focus

#endif  // FOCUS_SESSION_{guard}_HPP
"""

NO_EXCEPTIONS = """\
#if !defined(FOCUS_NO_EXCEPTIONS) && !defined(__cpp_exceptions)
#define FOCUS_NO_EXCEPTIONS
#endif

// Code with and code without exceptions may meet in one program: their inline functions must not.
"""


def _file(guard, doc, includes, body, before=""):
    head = HEAD.format(guard=guard, includes=includes, before=before,
                       notice=wrapped(NOTICE, "// ", "// "), doc=wrapped(doc, "// ", "// "))
    return head + body + TAIL.format(guard=guard)


def _includes(*names):
    return "".join(f"#include <{name}>\n" for name in names)


def enumerator(enum, short):
    return ENUMERATORS.get((enum, short), short.lower())


def _spoken(header, doc):
    return spoken(header, doc, '""', lambda enum, short: f"{enum_name(enum)}::{enumerator(enum, short)}")


def enums(header):
    body = ""
    for enum, members in header.enums.items():
        doc = ENUM_DOCS.get(enum) or header.enum_doc(enum) or f"See {enum}."
        body += "\n" + wrapped(doc, "/// ", "/// ") + f"\nenum class {enum_name(enum)} : std::int32_t {{\n"
        for member, short in zip(members, short_names(members)):
            if member.doc:
                body += wrapped(sentence(_spoken(header, member.doc)), "  /// ", "  /// ") + "\n"
            body += f"  {enumerator(enum, short)} = {member.name},\n"
        body += "};\n"
    return _file("ENUMS", "The enumerations of the C++ wrapper. Included by focus_session.hpp; a program "
                          "includes that.",
                 _includes("cstdint") + '\n#include "focus_session.h"\n', body, NO_EXCEPTIONS)


class _Member:
    """A field of a struct as a member of its class."""

    def __init__(self, header, shape, field):
        self.header = header
        self.shape = shape
        self.field = field
        self.name = field.name
        self.presence = shape.presence(header, shape.struct, field)
        self.is_optional = bool(shape.may_lack(field) or self.presence)
        self.bare = self._bare()
        self.type = f"std::optional<{self.bare}>" if self.is_optional else self.bare

    def _bare(self):
        field = self.field
        if field.name in self.shape.lines:
            return ""
        if field.name in self.shape.types:
            return self.shape.types[field.name]
        if field.enum:
            return enum_name(field.enum)
        if field.is_flag:
            return "bool"
        if field.declaration.startswith("char ") and "[" in field.declaration:
            return "std::string"
        if field.type not in TYPES:
            raise HeaderError(f"{self.shape.struct}.{field.name}: cpp.py has no rule for its type; "
                              "cpp_shapes.py may say one")
        return TYPES[field.type]

    def initial(self, asked):
        """What stands behind the name of the member in its declaration."""
        if self.name in self.shape.defaults:
            return f" = {self.shape.defaults[self.name]}"
        if self.is_optional:
            return " = std::nullopt"
        if self.bare.startswith("std::string"):
            return " = {}" if asked else ""
        number = self.header.number(self.field.initial)
        if self.field.enum:
            found = self.header.enumerator(self.field.enum, number)
            if found is None:
                return " = {}"
            members = self.header.enums[self.field.enum]
            short = short_names(members)[members.index(found)]
            return f" = {self.bare}::{enumerator(self.field.enum, short)}"
        if self.bare == "bool":
            return " = true" if number else " = false"
        if self.bare.endswith("*"):
            return " = nullptr"
        if self.bare == "double":
            return f" = {float(number)}"
        return f" = {self.field.initial if self.field.initial in self.header.constants else int(number)}"

    def doc(self):
        if self.name in self.shape.words:
            return sentence(self.shape.words[self.name])
        doc = _spoken(self.header, self.field.doc)
        return sentence(said_of_absence(doc, "absent") if self.is_optional else doc)

    def declaration(self, asked):
        if self.name in self.shape.lines:
            return self.shape.lines[self.name]
        doc = self.doc()
        comment = wrapped(doc, "  /// ", "  /// ") + "\n" if doc else ""
        return f"{comment}  {self.type} {self.name}{self.initial(asked)};\n"

    def setter(self):
        if self.name in self.shape.setters:
            return self.shape.setters[self.name] or ""
        if self.name in self.shape.lines:
            return ""
        moved = "std::move(value)" if self.bare == "std::string" else "value"
        default = " = true" if self.bare == "bool" else ""
        begin = (f"  {self.shape.name}& with_{self.shape.names.get(self.name, self.name)}"
                 f"({self.bare} value{default}) {{")
        body = f"return {self.name} = {moved}, *this;"
        line = f"{begin} {body} }}\n"
        return line if len(line) <= 101 else f"{begin}\n    {body}\n  }}\n"

    def to_c(self):
        if self.name in self.shape.lines:
            return ""
        value = f"value.{self.name}"
        if self.is_optional:
            present = f"  if ({value}) c.{self.name} = {self._c_value('*' + value)};\n"
            if len(present) > 101:
                present = f"  if ({value}) {{\n    c.{self.name} = {self._c_value('*' + value)};\n  }}\n"
            return present + (f"  c.{self.presence} = {value} ? 1 : 0;\n" if self.presence else "")
        return f"  c.{self.name} = {self._c_value(value)};\n"

    def _c_value(self, value):
        if self.bare == "std::string":
            if self.name == "custom_prompt":
                return f"words({value})" if value.startswith("*") else f"words_or_null({value})"
            if value.startswith("*"):
                return f"{value[1:]}->c_str()"
            return f"text_or_null({value})"
        if self.field.enum:
            return f"static_cast<std::int32_t>({value})"
        return f"{value} ? 1 : 0" if self.bare == "bool" else value

    def from_c(self):
        name = self.name
        if name in self.shape.lines:
            return ""
        if (self.shape.struct, name) in FROM_C:
            return FROM_C[self.shape.struct, name]
        if self.field.enum:
            return f"  value.{name} = static_cast<{self.bare}>(c.{name});\n"
        if self.bare == "bool":
            return f"  value.{name} = c.{name} != 0;\n"
        if self.field.type == "const char *":
            return f"  value.{name} = text(c.{name});\n"
        return f"  value.{name} = c.{name};\n"


def members(header, shape):
    flags = {shape.presence(header, shape.struct, field) for field in header.fields(shape.struct)}
    return [_Member(header, shape, field) for field in shape.fields(header) if field.name not in flags]


def _struct(header, shape, asked):
    found = members(header, shape)
    text = "\n" + wrapped(shape.doc, "/// ", "/// ") + f"\nstruct {shape.name} {{\n"
    text += "".join(one.declaration(asked) for one in found)
    if shape.extra:
        text += "\n" + shape.extra
    if asked:
        text += "\n" + "".join(one.setter() for one in found)
    return text + "};\n"


def options(header):
    return _file("OPTIONS", "What a host asks for, in the C++ wrapper. Included by focus_session.hpp; a "
                            "program includes that.",
                 _includes("cstdint", "functional", "optional", "string", "string_view", "utility")
                 + '\n#include "enums.hpp"\n#include "focus_session.h"\n',
                 "".join(_struct(header, shape, True) for shape in ASKED))


def values(header):
    return _file("VALUES", "What the library tells, in the C++ wrapper. Included by focus_session.hpp; a "
                           "program includes that.",
                 _includes("cstdint", "string", "string_view")
                 + '\n#include "enums.hpp"\n#include "focus_session.h"\n',
                 "".join(_struct(header, shape, False) for shape in TOLD))


def convert(header):
    body = "\nnamespace detail {\n"
    for shape in ASKED:
        body += (f"\n/// Borrows the strings of the value.\ninline {shape.struct} to_c(const {shape.name}& value) {{\n"
                 f"  {shape.struct} c = {shape.struct.upper()}_INIT;\n")
        body += "".join(one.to_c() for one in members(header, shape)) + "  return c;\n}\n"
    for shape in TOLD:
        body += (f"\ninline {shape.name} from_c(const {shape.struct}& c) {{\n  {shape.name} value;\n")
        body += "".join(one.from_c() for one in members(header, shape)) + "  return value;\n}\n"
    return _file("CONVERT", "Between the structs of C and the values of the C++ wrapper. Included by "
                            "focus_session.hpp; a program includes that.",
                 _includes("cstddef", "cstdint")
                 + '\n#include "enums.hpp"\n#include "focus_session.h"\n#include "handle.hpp"\n'
                   '#include "options.hpp"\n#include "values.hpp"\n',
                 body + "\n}  // namespace detail\n")
