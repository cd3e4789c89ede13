# SPDX-License-Identifier: MIT
"""The package and the header can not drift apart."""
import ctypes
import dataclasses
import pathlib
import re
import subprocess
import sys

import pytest

import focus_session
from focus_session import _abi, enums, values

PACKAGE = pathlib.Path(focus_session.__file__).parent


@pytest.fixture(scope="module")
def bare(header):
    text = re.sub(r"/\*.*?\*/", "", header.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\\\n", " ", text)


def output_of(folder, header, name, text, *compiler):
    """What a program prints that sees the header."""
    source = folder / name
    source.write_text(text, "utf-8")
    program = folder / "program"
    subprocess.run([*compiler, f"-I{header.parent.parent}", str(source), "-o", str(program)], check=True)
    return subprocess.run([program], check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()


def structs():
    return {name: kind for name, kind in vars(_abi).items()
            if isinstance(kind, type) and issubclass(kind, _abi.Struct) and kind is not _abi.Struct}


def test_what_is_generated_from_the_header_is_what_the_header_says(root):
    sys.path.insert(0, str(root))
    from bindings.generate import targets
    from bindings.generate.header import Header

    files = targets.files(Header(root / "include/focus_session/focus_session.h"))
    written = {pathlib.Path(name).name: text for name, text in files.items() if name.endswith(".py")}
    assert {"_abi.py", "enums.py", "values.py", "_service_methods.py"} <= set(written)
    for name, text in written.items():
        assert (PACKAGE / name).read_text("utf-8") == text, name


def test_structs_lie_in_memory_as_a_c_compiler_lays_them_out(tmp_path, header, bare):
    declared = set(re.findall(r"typedef struct (focus_\w+) \{", bare))
    assert set(structs()) == declared
    lines = ["#include <stdio.h>", "#include <focus_session/focus_session.h>",
             "static void bytes(const void *data, int size) {",
             "  const unsigned char *at = data;",
             '  while (size-- > 0) printf("%02x", *at++);', '  puts("");', "}", "int main(void) {"]
    expected = []
    for name, kind in structs().items():
        lines.append(f'  printf("{name} %d\\n", (int)sizeof({name}));')
        expected.append(f"{name} {ctypes.sizeof(kind)}")
        for field, _ in kind._fields_:
            place = getattr(kind, field)
            lines.append(f'  printf("{field} %d %d\\n", (int)offsetof({name}, {field}), '
                         f"(int)sizeof((({name} *)0)->{field}));")
            expected.append(f"{field} {place.offset} {place.size}")
        macro = name.upper() + "_INIT"
        if f"#define {macro}" in bare:
            lines.append(f"  {{ {name} value = {macro}; bytes(&value, sizeof value); }}")
            expected.append(bytes(kind()).hex())
    lines.append("  return 0;\n}")
    assert output_of(tmp_path, header, "layout.c", "\n".join(lines), "cc", "-std=c99") == expected


def test_functions_take_what_the_header_says(tmp_path, header, bare):
    declared = re.findall(r"^FOCUS_API int32_t (\w+)\(", bare, re.MULTILINE)
    assert list(_abi.FUNCTIONS) == declared and len(declared) > 80
    lines = ["#include <cstdio>", "#include <type_traits>", "#include <focus_session/focus_session.h>",
             "template <typename A> void one() {",
             '  std::printf(" %c%d", std::is_pointer_v<A> ? \'p\' : std::is_floating_point_v<A> ? \'f\' :'
             " std::is_signed_v<A> ? 'i' : 'u', (int)sizeof(A)); }",
             "template <typename... A> void all(const char *name, int32_t (*)(A...) noexcept) {",
             '  std::printf("%s", name); (one<A>(), ...); std::puts(""); }', "int main() {"]
    lines += [f'  all("{name}", decltype(&{name})(nullptr));' for name in declared]
    kinds = {ctypes.c_int32: "i4", ctypes.c_int64: "i8", ctypes.c_double: "f8"}
    expected = [" ".join([name, *(kinds.get(one, "p8") for one in _abi.FUNCTIONS[name])])
                for name in declared]
    assert output_of(tmp_path, header, "functions.cpp", "\n".join([*lines, "}"]), "c++", "-std=c++17") == expected


def test_callbacks_take_what_the_header_says(tmp_path, header):
    """Of a callback a wrong type would not be seen before it is called."""
    callbacks = {"focus_log_callback": _abi.focus_log_callback,
                 "focus_check_callback": _abi.focus_check_callback}
    for field in ("describe", "generate", "release"):
        callbacks[f"decltype(focus_engine_vtable::{field})"] = _abi.focus_engine_vtable._kinds()[field]
    lines = ["#include <cstdio>", "#include <type_traits>", "#include <focus_session/focus_session.h>",
             "template <typename R, typename... A> void all(R (*)(A...)) {",
             '  std::printf("%d", std::is_void_v<R> ? 0 : 4);',
             '  ((std::printf(" %d", std::is_pointer_v<A> ? 8 : (int)sizeof(A))), ...);',
             '  std::puts(""); }', "int main() {"]
    lines += [f"  all({name}(nullptr));" for name in callbacks]
    expected = []
    for kind in callbacks.values():
        result = 0 if kind._restype_ is None else ctypes.sizeof(kind._restype_)
        expected.append(" ".join(map(str, [result, *(ctypes.sizeof(one) for one in kind._argtypes_)])))
    assert output_of(tmp_path, header, "callbacks.cpp", "\n".join([*lines, "}"]), "c++", "-std=c++17") == expected


def test_enumerators_have_the_numbers_of_the_header(tmp_path, header):
    members = [member for name in enums.__all__ for member in getattr(enums, name)]
    text = header.read_text("utf-8")
    declared = [name for body in re.findall(r"^enum \w+ \{(.*?)^\};", text, re.MULTILINE | re.DOTALL)
                for name in re.findall(r"(FOCUS_\w+) =", body)]
    lines = ["#include <stdio.h>", "#include <focus_session/focus_session.h>", "int main(void) {"]
    lines += [f'  printf("%d\\n", (int){name});' for name in declared]
    printed = output_of(tmp_path, header, "enums.c", "\n".join([*lines, "  return 0;\n}"]), "cc", "-std=c99")
    assert [member.number for member in members] == [int(line) for line in printed]
    for member, name in zip(members, declared):
        assert name.endswith(member.value.upper()) and name.endswith(member.name)


@pytest.mark.parametrize("struct, value, left_out", [
    ("focus_engine_info", values.EngineInfo, []),
    ("focus_session_info", values.SessionInfo, []),
    ("focus_segment_info", values.SegmentInfo, []),
    ("focus_event", values.Event, []),
    ("focus_player_info", values.PlayerInfo, []),
    ("focus_track_info", values.TrackInfo, []),
    ("focus_measurement_info", values.MeasurementInfo, []),
    ("focus_mix_info", values.MixInfo, []),
    ("focus_mix_file_info", values.MixFile, []),
    ("focus_mix_transition_info", values.MixTransition, []),
    ("focus_check_result", values.CheckResult, []),
    ("focus_http_response_info", values.HttpInfo, ["body"]),
    ("focus_brief", values.BriefInfo, ["previous_samples"]),
])
def test_values_tell_all_that_their_struct_holds(struct, value, left_out):
    told = {field.name for field in dataclasses.fields(value)}
    held = {name for name, _ in getattr(_abi, struct)._fields_}
    assert told == held - {"struct_size", "reserved", *left_out}


@pytest.mark.parametrize("struct, function, left_out", [
    ("focus_session_request", focus_session.Service.start, ["has_seed"]),
    ("focus_steering", focus_session.Session.steer,
     [f"has_{layer}_db" for layer in ("pads", "bass", "melody", "percussion", "ambience")]),
    ("focus_mix_options", focus_session.Mix.__init__, []),
    ("focus_http_options", focus_session.Service.set_http_options, []),
    ("focus_service_options", focus_session.Service.__init__, ["log", "log_user_data"]),
    ("focus_json_options", focus_session.Session.json, []),
])
def test_every_option_is_an_argument(struct, function, left_out):
    names = set(function.__code__.co_varnames[:function.__code__.co_argcount
                                              + function.__code__.co_kwonlyargcount])
    held = {name for name, _ in getattr(_abi, struct)._fields_} - {"struct_size", "reserved", *left_out}
    assert held <= names, held - names


def test_what_an_engine_may_say_of_itself_is_an_attribute():
    held = set(_abi.focus_engine_description._kinds()) - {"struct_size", "reserved"}
    assert held <= set(dir(focus_session.Engine))


def test_every_function_of_the_header_is_used():
    text = "".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py") if path.name != "_abi.py")
    generic = {f"focus_{noun}_list_{verb}" for noun in ("session", "track", "engine")
               for verb in ("create", "count", "get", "destroy")}
    unused = [name for name in _abi.FUNCTIONS if name not in text and name not in generic]
    assert unused == []
