#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs JUnit 4 classes with JNI checked by the virtual machine, which must have nothing to say.

    run.py JAVA NATIVE_LIBRARY CLASSPATH CLASS...
"""
import re
import subprocess
import sys

java, library, classpath, *classes = sys.argv[1:]
done = subprocess.run(
    [java, "-Xcheck:jni", "-Xmx256m", "-XX:+UseSerialGC", f"-Dorg.focussession.library={library}",
     "-cp", classpath, "org.junit.runner.JUnitCore", *classes],
    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False, timeout=240)
print(done.stdout)
complaint = re.search(r"^.*(WARNING in native method|FATAL ERROR in native|JNI local refs|"
                      r"Warning: calling JNI).*$", done.stdout, re.MULTILINE)
if complaint:
    sys.exit(f"JNI was used wrongly: {complaint.group(0)}")
if not re.search(r"^OK \(\d+ tests?\)$", done.stdout, re.MULTILINE):
    sys.exit("the tests did not come to their end")
sys.exit(done.returncode)
