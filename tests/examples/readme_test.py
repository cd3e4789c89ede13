# SPDX-License-Identifier: MIT
"""Compiles the C and C++ that the README shows, and looks whether the files it points to are there.

Usage: readme_test.py SOURCE_FOLDER C_COMPILER CXX_COMPILER
"""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
compilers = {"c": [sys.argv[2], "-std=c99", "-xc"], "cpp": [sys.argv[3], "-std=c++20", "-xc++"]}
warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"]
text = (root / "README.md").read_text(encoding="utf-8")
failed = []

for language, command in compilers.items():
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if not blocks:
        failed.append(f"README.md has no block of {language}")
    for block in blocks:
        done = subprocess.run(
            [*command, *warnings, "-fsyntax-only", f"-I{root / 'include'}", "-"],
            input=block, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            failed.append(f"README.md: this {language} does not compile:\n{block}\n{done.stderr}")

for target in re.findall(r"\]\(([^)#]+)\)", text):
    if "://" not in target and not (root / target).exists():
        failed.append(f"README.md points to {target}, which is not there")

print("\n".join(failed))
sys.exit(1 if failed else 0)
