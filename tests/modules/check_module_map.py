#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles the headers as the modules that module.modulemap makes of them, in C, Objective-C and C++.

Each header must be part of a module: an #include of it has to become an import. That this can fail is
shown with maps that lack a header.

    check_module_map.py INCLUDE_DIR CLANG CLANGXX
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

include_dir, clang, clangxx = pathlib.Path(sys.argv.pop(1)), sys.argv.pop(1), sys.argv.pop(1)
headers = sorted(path.name for path in (include_dir / "focus_session").glob("*.h*"))
c_headers = [name for name in headers if name.endswith(".h")]
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"]
C = [clang, "-x", "c", "-std=c99"]
OBJECTIVE_C = [clang, "-x", "objective-c", "-std=c11"]
CXX = [clangxx, "-x", "c++", "-std=c++17"]
OBJECTIVE_CXX = [clangxx, "-x", "objective-c++", "-std=c++20"]


class ModuleMap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)

    def run_clang(self, compiler, source, *options, include=include_dir):
        """With modules, and with no other headers of the library than those of `include`."""
        return subprocess.run(
            [*compiler, "-fmodules", f"-fmodules-cache-path={self.folder}/cache",
             f"-fmodule-map-file={include}/focus_session/module.modulemap", f"-I{include}",
             *STRICT, *options, "-"],
            input=source, capture_output=True, text=True, check=False, timeout=120)

    def compiles(self, compiler, source):
        done = self.run_clang(compiler, source, "-fsyntax-only")
        self.assertEqual(done.returncode, 0, done.stderr)

    def is_imported(self, compiler, header, include=include_dir):
        done = self.run_clang(compiler, f"#include <focus_session/{header}>\n", "-E",
                              include=include)
        self.assertEqual(done.returncode, 0, done.stderr)
        taken_as_text = re.search(rf'^# 1 ".*/focus_session/{re.escape(header)}"', done.stdout,
                                  re.MULTILINE)
        return "#pragma clang module import" in done.stdout and taken_as_text is None

    def test_c_includes_the_module(self):
        self.compiles(C, "#include <focus_session/focus_session.h>\n"
                         "int main(void) { return FOCUS_OK + focus_version_number() * 0; }\n")

    def test_objective_c_imports_the_module(self):
        self.compiles(OBJECTIVE_C,
                      "@import CFocusSession;\n"
                      "int main(void) {\n"
                      "  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;\n"
                      "  return request.goal + FOCUS_VERSION_MAJOR;\n"
                      "}\n")

    def test_cxx_includes_the_modules(self):
        self.compiles(CXX, "#include <focus_session/focus_session.hpp>\n"
                           "int main() { return focus::Request().target_minutes * 0; }\n")

    def test_objective_cxx_imports_the_modules(self):
        self.compiles(OBJECTIVE_CXX,
                      "@import FocusSession;\n"
                      "int main() { focus::Service service; return service ? 0 : 1; }\n")

    def test_the_module_of_the_swift_package_passes_it_on(self):
        swift = include_dir.parent / "bindings/swift/Sources/CFocus/module.modulemap"
        done = self.run_clang(OBJECTIVE_C,
                              "@import CFocus;\nint main(void) { return FOCUS_OK; }\n",
                              "-fsyntax-only", f"-fmodule-map-file={swift}")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_every_header_is_part_of_a_module(self):
        for header in headers:
            with self.subTest(header):
                compiler = C if header in c_headers else CXX
                self.assertTrue(self.is_imported(compiler, header),
                                f"{header} is missing from module.modulemap")

    def test_a_map_that_lacks_a_header_would_be_noticed(self):
        for header in ["version.h", "player.hpp"]:
            with self.subTest(header):
                copy = self.folder / header
                shutil.copytree(include_dir, copy)
                map_file = copy / "focus_session" / "module.modulemap"
                whole = map_file.read_text("utf-8")
                lacking = re.sub(rf'  header "{re.escape(header)}"\n', "", whole)
                self.assertNotEqual(whole, lacking)
                map_file.write_text(lacking, "utf-8")
                compiler = C if header in c_headers else CXX
                self.assertFalse(self.is_imported(compiler, header, include=copy))


if __name__ == "__main__":
    unittest.main()
