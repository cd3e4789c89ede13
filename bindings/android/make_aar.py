#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lays out an Android archive with a prefab package, for one build tree or more.

An app gets the classes and both native libraries, and its own C and C++ finds the library by
`find_package(focus_session CONFIG)`. The same input gives the same bytes.

    make_aar.py OUT.aar --abi arm64-v8a=BUILD_DIR [--abi ...] --classes focus-session.jar
"""
import argparse
import json
import pathlib
import re
import struct
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARY, JNI_LIBRARY = "libfocus_session.so", "libfocus_session_jni.so"
# What ELF calls the machine: class (1: 32 bit, 2: 64 bit) and e_machine.
MACHINES = {"arm64-v8a": (2, 183), "armeabi-v7a": (1, 40), "x86_64": (2, 62), "x86": (1, 3)}
MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.focussession">
  <uses-sdk android:minSdkVersion="{api}" />
</manifest>
"""


def version():
    text = (ROOT / "include/focus_session/version.h").read_text("utf-8")
    return ".".join(re.search(rf"FOCUS_VERSION_{part} (\d+)", text).group(1)
                    for part in ["MAJOR", "MINOR", "PATCH"])


def native_library(build_dir, name, abi):
    """The bytes of that library in a build tree; ends the program where it is not for `abi`."""
    found = [path for path in pathlib.Path(build_dir).rglob(name) if path.is_file()]
    if len(found) != 1:
        sys.exit(f"make_aar: {build_dir} has {len(found)} files {name}, not one.")
    content = found[0].read_bytes()
    elf = content[:4] == b"\x7fELF"
    if not elf or (content[4], struct.unpack_from("<H", content, 18)[0]) != MACHINES[abi]:
        sys.exit(f"make_aar: {found[0]} is not for {abi}.")
    return content


def to_json(value):
    return (json.dumps(value, indent=2) + "\n").encode()


def contents(arguments):
    """Each file of the archive: its name and its bytes."""
    yield "AndroidManifest.xml", MANIFEST.format(api=arguments.api).encode()
    yield "classes.jar", arguments.classes.read_bytes()
    yield "proguard.txt", (ROOT / "bindings/android/proguard.txt").read_bytes()
    yield "R.txt", b""
    yield ("META-INF/com/android/build/gradle/aar-metadata.properties",
           b"aarFormatVersion=1.0\naarMetadataVersion=1.0\n")
    yield "META-INF/LICENSE", (ROOT / "LICENSE").read_bytes()
    yield "prefab/prefab.json", to_json({"schema_version": 2, "name": "focus_session",
                                         "version": version(), "dependencies": []})
    module = "prefab/modules/focus_session"
    yield f"{module}/module.json", to_json({"export_libraries": [],
                                            "library_name": "libfocus_session", "android": {}})
    for header in sorted((ROOT / "include/focus_session").iterdir()):
        yield f"{module}/include/focus_session/{header.name}", header.read_bytes()
    for abi, build_dir in arguments.abi:
        library = native_library(build_dir, LIBRARY, abi)
        yield f"jni/{abi}/{LIBRARY}", library
        yield f"jni/{abi}/{JNI_LIBRARY}", native_library(build_dir, JNI_LIBRARY, abi)
        yield f"{module}/libs/android.{abi}/{LIBRARY}", library
        yield (f"{module}/libs/android.{abi}/abi.json",
               to_json({"abi": abi, "api": arguments.api, "ndk": arguments.ndk,
                        "stl": arguments.stl, "static": False}))


def abi_and_folder(text):
    abi, _, folder = text.partition("=")
    if abi not in MACHINES or not pathlib.Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"{text} is not ABI=BUILD_DIR, ABI being one of "
                                         + ", ".join(MACHINES))
    return abi, folder


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--abi", action="append", required=True, type=abi_and_folder,
                        metavar="ABI=BUILD_DIR")
    parser.add_argument("--classes", required=True, type=pathlib.Path)
    parser.add_argument("--api", type=int, default=24, help="what it was built for (default 24)")
    parser.add_argument("--ndk", type=int, default=27, help="major version it was built with (27)")
    parser.add_argument("--stl", default="none", choices=["none", "c++_shared"],
                        help="of C++ that has to be in the app; none (the default) where both "
                             "libraries were built with c++_static, which no caller sees: they "
                             "speak C and JNI")
    arguments = parser.parse_args()
    files = list(contents(arguments))
    with zipfile.ZipFile(arguments.out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content,
                             zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
