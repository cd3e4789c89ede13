#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles the Java and Kotlin of docs/mobile.md that is marked so, and runs what has a main. What is not
marked so says why it is not tested. Other languages than Swift are none of this test's business.

    mobile_test.py DOCUMENT JAVA JAVAC NATIVE_LIBRARY CLASSES_JAR [KOTLINC KOTLIN_CLASSPATH]
"""
import pathlib
import re
import subprocess
import sys
import tempfile

document, java, javac, library, jar, *kotlin = sys.argv[1:]
stubs = pathlib.Path(__file__).resolve().parent / "android_stubs"
text = pathlib.Path(document).read_text("utf-8")
blocks = re.findall(r"^(?:<!-- sample: ([^\n]*) -->\n)?```(\w+)\n(.*?)^```$", text,
                    re.MULTILINE | re.DOTALL)
HERE = "not run, the test mobile_document compiles it"
samples = {"java": [], "kotlin": []}
failed = []

for mark, language, block in blocks:
    if mark == HERE:
        samples[language].append(block)
    elif language in ("java", "kotlin", "swift") and not re.fullmatch(r"not run, \S.*", mark):
        failed.append(f"This {language} is neither tested nor does it say why:\n{block}")
if text.count("\n```") != 2 * len(blocks):
    failed.append("a block has no language")
for language, found in samples.items():
    if not found:
        failed.append(f"there is no {language}")


def run(command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, timeout=240)
    if done.returncode != 0:
        failed.append(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    classes = folder / "classes"
    sources = list(stubs.rglob("*.java"))
    mains = []
    for block in samples["java"]:
        class_name = re.search(r"^public .*?class (\w+)", block, re.MULTILINE).group(1)
        source = folder / f"{class_name}.java"
        source.write_text(block, "utf-8")
        sources.append(source)
        if "static void main" in block:
            mains.append(class_name)
    run([javac, "--release", "8", "-Xlint:all", "-Xlint:-options", "-Werror", "-cp", jar, "-d",
         classes, *sources])
    if not mains:
        failed.append("no sample can be run")
    for class_name in mains:
        output = run([java, f"-Dorg.focussession.library={library}", "-cp", f"{classes}:{jar}",
                      class_name])
        if not re.search(r"^[1-9]\d* frames", output):
            failed.append(f"{class_name} has printed: {output}")
    if kotlin:
        kotlinc, kotlin_classpath = kotlin
        files = []
        for number, block in enumerate(samples["kotlin"]):
            files.append(folder / f"sample{number}.kt")
            files[-1].write_text(block, "utf-8")
        run([kotlinc, "-Werror", "-jvm-target", "1.8", "-no-reflect", "-no-stdlib", "-cp",
             f"{jar}:{classes}:{kotlin_classpath}", "-d", folder / "kotlin", *files])

print("\n".join(failed))
sys.exit(1 if failed else 0)
