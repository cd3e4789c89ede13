#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is new in the C header arrives in every language without an edit by hand.

    generate_test.py SOURCE_FOLDER --cxx COMPILER [--javac COMPILER --jni FOLDER...]

The header is copied with an option more at the end of focus_session_request, and with other things that
may come. The bindings are generated from the copy, looked at, and compiled as far as the compilers are
here.
"""
import argparse
import ast
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

parser = argparse.ArgumentParser()
parser.add_argument("root", type=pathlib.Path)
parser.add_argument("--cxx", required=True)
parser.add_argument("--javac")
parser.add_argument("--jni", action="append", default=[])
arguments, unittest_arguments = parser.parse_known_args()
root = arguments.root.resolve()

INCLUDE = "include/focus_session"
PYTHON = "bindings/python/src/focus_session"
JAVA = "bindings/jvm/java/org/focussession"
SWIFT = "bindings/swift/Sources/FocusSession"


def generate(folder, *options):
    return subprocess.run([sys.executable, "-B", "-m", "bindings.generate", "--root", str(folder), *options],
                          cwd=root, text=True, capture_output=True, check=False)


def with_field(header, struct, declaration, initial):
    """The header with a field more at the end of a struct."""
    changed, fields = re.subn(rf"^\}} {struct};", f"  {declaration}\n}} {struct};", header, flags=re.MULTILINE)
    changed, inits = re.subn(rf"(#define {struct.upper()}_INIT(?:[^\n]*\\\n)*[^\n]*)\}}$",
                             rf"\1, {initial}}}", changed, flags=re.MULTILINE)
    assert fields == 1 and inits == 1, f"{struct} is not laid out as this test expects"
    return changed


class Tree(unittest.TestCase):
    """A copy of the sources, whose header may be changed."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.plant(holder.name)

    def plant(self, folder):
        self.folder = pathlib.Path(folder, "tree")
        for part in (INCLUDE, PYTHON, "bindings/jvm/java", "bindings/jvm/native", "bindings/swift"):
            shutil.copytree(root / part, self.folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        (self.folder / "capi").mkdir()
        shutil.copy(root / "capi" / "member_ends.h", self.folder / "capi")
        self.header = self.folder / INCLUDE / "focus_session.h"

    def read(self, name):
        return (self.folder / name).read_text("utf-8")

    def generate(self, header):
        self.header.write_text(header, "utf-8")
        done = generate(self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return set(done.stdout.split())

    def python_arguments(self, method):
        tree = ast.parse(self.read(f"{PYTHON}/_service_methods.py"))
        found = next(node for node in ast.walk(tree)
                     if isinstance(node, ast.FunctionDef) and node.name == method)
        return {argument.arg: (ast.unparse(argument.annotation), default and ast.unparse(default))
                for argument, default in zip(found.args.kwonlyargs, found.args.kw_defaults)}

    def compile(self, text):
        source = self.folder / "host.cpp"
        source.write_text("#include <focus_session/focus_session.hpp>\n" + text, "utf-8")
        done = subprocess.run([arguments.cxx, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                               f"-I{self.folder / 'include'}", str(source)], text=True, capture_output=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stderr)


class Flags(unittest.TestCase):
    """An int32_t whose comment says when it is 1 is a flag of every language, never a number."""

    def test_the_fields_of_a_segment_and_of_a_steering(self):
        def text(name):
            return (root / name).read_text("utf-8")

        self.assertIn("  bool fallback = false;", text(f"{INCLUDE}/values.hpp"))
        self.assertIn("public boolean isFallback()", text(f"{JAVA}/SegmentInfo.java"))
        self.assertIn("    limited: bool", text(f"{PYTHON}/values.py"))


class NewOption(Tree):
    """All look at the same tree: it is generated once."""

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        tree = cls()
        tree.plant(holder.name)
        cls.folder, cls.header = tree.folder, tree.header
        cls.written = tree.generate(with_field(
            tree.read(f"{INCLUDE}/focus_session.h"), "focus_session_request",
            "double swing_percent; /**< how late off-beats come, 50 to 75; 0: 50 */", "0.0"))

    def setUp(self):
        pass

    def test_nothing_else_changes(self):
        self.assertEqual(self.written, {
            f"{INCLUDE}/options.hpp", f"{INCLUDE}/convert.hpp", f"{PYTHON}/_abi.py",
            f"{PYTHON}/_service_methods.py", f"{JAVA}/Request.java", "bindings/jvm/native/mirrors.cpp",
            f"{SWIFT}/Values.swift", "capi/member_ends.h"})

    def test_cpp(self):
        self.compile("""
constexpr double swing(const focus::Request& request) { return request.swing_percent; }
int main() {
  const focus::Request request{.goal = focus::Goal::focus, .fallback_after_seconds = 1.0,
                               .swing_percent = 60.0};
  focus::Request chained = focus::Request{}.with_swing_percent(60.0);
  const focus_session_request c = focus::detail::to_c(request);
  return swing(chained) == c.swing_percent ? 0 : 1;
}
""")
        self.assertIn("  /// How late off-beats come, 50 to 75; 0: 50.\n  double swing_percent = 0.0;\n",
                      self.read(f"{INCLUDE}/options.hpp"))

    def test_python(self):
        self.assertEqual(self.python_arguments("start")["swing_percent"], ("Optional[float]", "None"))
        methods = self.read(f"{PYTHON}/_service_methods.py")
        self.assertIn("swing_percent: how late off-beats come, 50 to 75; None: 50.", methods)
        self.assertIn("swing_percent=swing_percent", methods)
        self.assertIn('("swing_percent", c_double),', self.read(f"{PYTHON}/_abi.py"))

    def test_java(self):
        text = self.read(f"{JAVA}/Request.java")
        self.assertIn("  double swingPercent;\n", text)
        self.assertIn("  /** How late off-beats come, 50 to 75; 0: 50. */\n"
                      "  public Request swingPercent(double swingPercent) {\n"
                      "    this.swingPercent = swingPercent;\n", text)
        self.assertIn("M(swing_percent)", self.read("bindings/jvm/native/mirrors.cpp"))
        if arguments.javac:
            sources = sorted(map(str, (self.folder / JAVA).glob("*.java")))
            done = subprocess.run([arguments.javac, "--release", "8", "-Xlint:all", "-Xlint:-options",
                                   "-Werror", "-d", str(self.folder / "classes"), *sources], text=True,
                                  capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
        if arguments.jni:
            done = subprocess.run([arguments.cxx, "-std=c++17", "-fsyntax-only",
                                   f"-I{self.folder / 'include'}", *(f"-I{one}" for one in arguments.jni),
                                   str(self.folder / "bindings/jvm/native/mirrors.cpp")], text=True,
                                  capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_swift(self):
        text = self.read(f"{SWIFT}/Values.swift")
        self.assertIn("    /// How late off-beats come, 50 to 75; 0: 50.\n"
                      "    public var swingPercent = 0.0\n", text)
        self.assertIn("c.swing_percent = swingPercent\n", text)


class OtherNews(Tree):
    def test_a_flag_an_enumerator_and_a_string_are_what_their_comments_say(self):
        header = self.read(f"{INCLUDE}/focus_session.h")
        for declaration, initial in (("int32_t mono; /**< 1: one channel alone */", "0"),
                                     ("int32_t phase_hint; /**< enum focus_phase */", "0"),
                                     ("const char *tuning; /**< NULL: equal temperament */", "NULL")):
            header = with_field(header, "focus_session_request", declaration, initial)
        self.generate(header)
        options = self.read(f"{INCLUDE}/options.hpp")
        self.assertIn("  bool mono = false;\n", options)
        self.assertIn("  Phase phase_hint = Phase::none;\n", options)
        self.assertIn("  std::string tuning = {};\n", options)
        found = self.python_arguments("start")
        self.assertEqual(found["mono"], ("bool", "False"))
        self.assertEqual(found["tuning"], ("Optional[str]", "None"))
        request = self.read(f"{JAVA}/Request.java")
        for setter in ("mono(boolean mono)", "phaseHint(Phase phaseHint)", "tuning(String tuning)"):
            self.assertIn(f"public Request {setter} {{", request)
        swift = self.read(f"{SWIFT}/Values.swift")
        for line in ("public var mono = false", "c.mono = mono ? 1 : 0", "public var tuning: String?",
                     "c.tuning = tuningText"):
            self.assertIn(line, swift)
        self.compile("""
int main() {
  const focus_session_request c = focus::detail::to_c(
      focus::Request{}.with_mono().with_phase_hint(focus::Phase::work).with_tuning("just"));
  return c.mono;
}
""")

    def test_a_new_enumerator_is_in_every_language(self):
        header = self.read(f"{INCLUDE}/focus_session.h")
        changed = header.replace("FOCUS_GOAL_CUSTOM_PROMPT = 5\n",
                                 "FOCUS_GOAL_CUSTOM_PROMPT = 5,\n  FOCUS_GOAL_LATE_NIGHT = 6\n")
        self.assertNotEqual(header, changed)
        self.generate(changed)
        for name, line in ((f"{INCLUDE}/enums.hpp", "  late_night = FOCUS_GOAL_LATE_NIGHT,"),
                           (f"{PYTHON}/enums.py", '    LATE_NIGHT = "late_night"'),
                           (f"{JAVA}/Goal.java", "  LATE_NIGHT(6);"),
                           (f"{SWIFT}/Enums.swift", "    case lateNight = 6")):
            self.assertIn(line + "\n", self.read(name))

    def test_what_the_library_tells_is_told_in_every_language(self):
        self.generate(with_field(self.read(f"{INCLUDE}/focus_session.h"), "focus_segment_info",
                                 "double swing_percent; /**< how late off-beats come */", "0.0"))
        self.assertIn("value.swing_percent = c.swing_percent;", self.read(f"{INCLUDE}/convert.hpp"))
        self.assertIn("    swing_percent: float\n", self.read(f"{PYTHON}/values.py"))
        self.assertIn("public double getSwingPercent() {", self.read(f"{JAVA}/SegmentInfo.java"))
        self.assertIn("swingPercent = info.swing_percent", self.read(f"{SWIFT}/Values.swift"))


class Check(Tree):
    def test_a_file_that_was_edited_is_named(self):
        self.assertEqual(generate(self.folder, "--check").returncode, 0)
        for name in (f"{INCLUDE}/values.hpp", f"{PYTHON}/enums.py", f"{JAVA}/Goal.java",
                     f"{SWIFT}/Enums.swift"):
            text = self.read(name)
            (self.folder / name).write_text(text + "\n", "utf-8")
            done = generate(self.folder, "--check")
            self.assertEqual((done.returncode, done.stderr.strip()),
                             (1, f"{name}: is not what ./dev bindings writes"))
            (self.folder / name).write_text(text, "utf-8")
        (self.folder / JAVA / "Goal.java").unlink()
        self.assertIn("Goal.java", generate(self.folder, "--check").stderr)

    def test_an_initial_value_too_few_is_refused(self):
        header = self.read(f"{INCLUDE}/focus_session.h")
        self.header.write_text(header.replace("} focus_session_request;",
                                              "  double swing_percent;\n} focus_session_request;"), "utf-8")
        done = generate(self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"focus_session_request: \d+ fields, but its _INIT has \d+ values")

    def test_a_type_without_a_rule_is_refused_by_its_name(self):
        header = with_field(self.read(f"{INCLUDE}/focus_session.h"), "focus_mix_info", "void *more;", "NULL")
        self.header.write_text(header, "utf-8")
        done = generate(self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("focus_mix_info.more", done.stderr)

    def test_each_file_says_that_it_is_generated_and_by_what(self):
        sys.path.insert(0, str(root))
        from bindings.generate import targets
        from bindings.generate.header import Header

        for name, text in targets.files(Header(self.header)).items():
            with self.subTest(name):
                self.assertIn("Generated by ./dev bindings", text[:900])
                self.assertIn("SPDX-License-Identifier: MIT", text.split("\n")[0])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *unittest_arguments])
