#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lays out an Android archive and holds it against the formats of AAR and prefab.

There is no NDK here: libraries of this machine (x86-64, Linux) stand in for those of Android's x86_64.
What is tested is the layout and that C compiles and links against it, nothing that runs on a phone.

    aar_test.py LIBRARY JNI_LIBRARY CLASSES_JAR C_COMPILER
"""
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
import zipfile

import jsonschema

library, jni_library, classes, compiler = sys.argv[1:5]
del sys.argv[1:5]
ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULE = "prefab/modules/focus_session"


def exactly(properties):
    return {"type": "object", "required": list(properties), "additionalProperties": False,
            "properties": properties}


PACKAGE_SCHEMA = exactly({
    "schema_version": {"const": 2},
    "name": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
    "version": {"type": "string", "pattern": r"^\d+(\.\d+(\.\d+(\.\d+)?)?)?$"},  # as CMake has it
    "dependencies": {"type": "array", "items": {"type": "string"}}})
MODULE_SCHEMA = exactly({
    "export_libraries": {"type": "array", "items": {"type": "string"}},
    "library_name": {"type": "string", "pattern": "^lib"},
    "android": {"type": "object"}})
ABI_SCHEMA = exactly({
    "abi": {"enum": ["armeabi-v7a", "arm64-v8a", "x86", "x86_64"]},
    "api": {"type": "integer", "minimum": 16},
    "ndk": {"type": "integer", "minimum": 14},
    "stl": {"enum": ["c++_shared", "c++_static", "none", "system"]},
    "static": {"type": "boolean"}})


class Archive(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.stripped = pathlib.Path(folder.name)
        for path, name in [(library, "libfocus_session.so"), (jni_library, "libfocus_session_jni.so")]:
            subprocess.run(["strip", "-o", cls.stripped / name, path], check=True, timeout=60)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.build = self.folder / "build"
        shutil.copytree(self.stripped, self.build)

    def make(self, name, *abis):
        out = self.folder / name
        options = [option for abi in abis for option in ("--abi", f"{abi}={self.build}")]
        done = subprocess.run(
            [sys.executable, "-B", ROOT / "bindings/android/make_aar.py", out, *options, "--classes",
             classes], capture_output=True, text=True, check=False, timeout=60)
        return out, done

    def archive(self):
        out, done = self.make("focus-session.aar", "x86_64")
        self.assertEqual(done.returncode, 0, done.stderr)
        return zipfile.ZipFile(out)

    def validated(self, archive, name, schema):
        value = json.loads(archive.read(name))
        jsonschema.validate(value, schema)
        return value

    def test_prefab_finds_package_module_and_abi(self):
        with self.archive() as archive:
            package = self.validated(archive, "prefab/prefab.json", PACKAGE_SCHEMA)
            self.assertEqual(package["name"], "focus_session")
            module = self.validated(archive, f"{MODULE}/module.json", MODULE_SCHEMA)
            abi = self.validated(archive, f"{MODULE}/libs/android.x86_64/abi.json", ABI_SCHEMA)
            self.assertEqual(abi["abi"], "x86_64")
            archive.getinfo(f"{MODULE}/libs/android.x86_64/{module['library_name']}.so")
            headers = {f"{MODULE}/include/focus_session/{path.name}"
                       for path in (ROOT / "include/focus_session").iterdir()}
            self.assertLessEqual(headers, set(archive.namelist()))

    def test_an_app_finds_manifest_classes_and_libraries(self):
        with self.archive() as archive:
            manifest = xml.etree.ElementTree.fromstring(archive.read("AndroidManifest.xml"))
            self.assertEqual(manifest.get("package"), "org.focussession")
            for name in ["libfocus_session.so", "libfocus_session_jni.so"]:
                self.assertEqual(archive.read(f"jni/x86_64/{name}")[:4], b"\x7fELF")
            with zipfile.ZipFile(io.BytesIO(archive.read("classes.jar"))) as jar:
                content = jar.read("org/focussession/Service.class")
            self.assertEqual(int.from_bytes(content[6:8], "big"), 52)  # Java 8
            self.assertIn("org.focussession.**", archive.read("proguard.txt").decode())

    def test_c_links_against_the_module(self):
        with self.archive() as archive:
            archive.extractall(self.folder)
        module = self.folder / MODULE
        program = self.folder / "program"
        source = ("#include <focus_session/focus_session.h>\n"
                  "int main(void) { return focus_version_number() != FOCUS_VERSION_NUMBER; }\n")
        subprocess.run([compiler, "-std=c99", "-Werror", "-xc", "-", f"-I{module}/include",
                        f"-L{module}/libs/android.x86_64", "-lfocus_session", "-o", program],
                       input=source, text=True, check=True, timeout=60)
        where = {**os.environ, "LD_LIBRARY_PATH": str(pathlib.Path(library).parent)}
        subprocess.run([program], env=where, check=True, timeout=60)

    def test_the_same_input_gives_the_same_bytes(self):
        first, second = (self.make(name, "x86_64")[0].read_bytes() for name in ["a.aar", "b.aar"])
        self.assertEqual(first, second)

    def test_a_library_for_another_machine_is_refused(self):
        out, done = self.make("wrong.aar", "x86_64", "arm64-v8a")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("is not for arm64-v8a", done.stderr)
        self.assertFalse(out.exists())

    def test_a_build_tree_without_the_library_is_refused(self):
        (self.build / "libfocus_session_jni.so").unlink()
        done = self.make("lacking.aar", "x86_64")[1]
        self.assertIn("has 0 files libfocus_session_jni.so", done.stderr)


if __name__ == "__main__":
    unittest.main()
