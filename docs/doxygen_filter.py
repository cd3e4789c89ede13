# SPDX-License-Identifier: MIT
"""What Doxygen reads in place of a header: the header's own conventions in Doxygen's words.

    doxygen_filter.py HEADER

Sections (`/* ---- Engines ---- */`) become groups, `[any-thread]` becomes a paragraph of its own, and
the comment at the top that of the file. Lines stay where they are, so that warnings name the right one.
"""
import pathlib
import re
import sys

THREADS = re.compile(r"((?:\[\w+-thread\](?:, but [^.]*\.| \([^()]*\))?\s?(?:\* )?)+)")
SECTION = re.compile(r"^/\* ---- (.*?) -+ \*/\n$", re.MULTILINE)


def with_threads(comment):
    def paragraph(match):
        lines = match[0].count("\n")
        words = " ".join(re.sub(r"[\[\]*]", "", match[0]).split())
        return f"@threads{{{words}}}" + ("\n * " * lines if lines else " ")
    return THREADS.sub(paragraph, comment[0])


def c_header(text):
    text = re.sub(r"/\*\*.*?\*/", with_threads, text, flags=re.DOTALL)
    top, end, rest = text.partition("*/")
    top = top.replace("/* SPDX-License-Identifier: MIT\n *\n", "/**\n * @file\n")
    top = re.sub(r"^ \* (\d\.) (\w+)$", r" * \1 **\2**<br>", top, flags=re.MULTILINE)
    top = re.sub(r"^ \*    \[(\w+-thread)\] +", r" *    <br>*\1* ", top, flags=re.MULTILINE)
    text = top + end + rest
    sections = 0

    def group(match):
        nonlocal sections
        sections += 1
        name, _, more = match[1].partition(": ")
        title = f"{name}, {more}" if more else name
        slug = re.sub(r"\W+", "_", name.lower())
        return f"{'/** @} */ ' if sections > 1 else ''}/** @defgroup {slug} {title} */\n/** @{{ */"
    text = SECTION.sub(group, text)
    if sections:
        before, end, after = text.rpartition("#ifdef __cplusplus\n}")
        text = f"{before[:-1]}/** @}} */\n{end}{after}"
    return text


def cpp_header(text):
    top = re.match(r"// SPDX-License-Identifier: MIT\n((?://.*\n)*)", text)
    if top:
        text = "/// @file\n" + re.sub("^//", "///", top[1], flags=re.MULTILINE) + text[top.end():]
    return re.sub(r"^// ---- .*$", "//", text, flags=re.MULTILINE)


if __name__ == "__main__":
    path = pathlib.Path(sys.argv[1])
    source = path.read_text("utf-8")
    sys.stdout.write({".h": c_header, ".hpp": cpp_header}.get(path.suffix, str)(source))
