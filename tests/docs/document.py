# SPDX-License-Identifier: MIT
"""The samples of a Markdown document, and what its author says of each."""
import dataclasses
import pathlib
import re
from typing import List, Optional

NOTE = re.compile(r"^<!-- sample: (?P<note>.+) -->$")
FENCE = re.compile(r"^(?P<fence>```+)(?P<language>[\w+-]*)$")
NOT_RUN = re.compile(r"^not run, (?P<reason>\S.+)$")
WITH_SERVER = "with server"


class DocumentError(Exception):
    """The document is not laid out as the test understands it."""


@dataclasses.dataclass(frozen=True)
class Sample:
    """A fenced block."""

    language: str
    text: str
    line: int  # of its fence, from 1
    note: str = ""

    @property
    def not_run(self) -> Optional[str]:
        """Why it can not be run; None where it is."""
        found = NOT_RUN.match(self.note)
        return found["reason"] if found else None

    @property
    def with_server(self) -> bool:
        return self.note == WITH_SERVER


def samples(text: str) -> List[Sample]:
    """All fenced blocks, in their order."""
    found: List[Sample] = []
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        opening = FENCE.match(lines[position])
        if not opening:
            if lines[position].lstrip().startswith("```"):
                raise DocumentError(f"line {position + 1}: a fence that is not at the line's start")
            if NOTE.match(lines[position]) and not FENCE.match(_line(lines, position + 1)):
                raise DocumentError(f"line {position + 1}: a note without a block after it")
            position += 1
            continue
        noted = NOTE.match(_line(lines, position - 1))
        note = noted["note"] if noted else ""
        if note and note != WITH_SERVER and not NOT_RUN.match(note):
            raise DocumentError(f"line {position}: '{note}' is no note this test knows")
        try:
            end = lines.index(opening["fence"], position + 1)
        except ValueError:
            raise DocumentError(f"line {position + 1}: a block without an end") from None
        body = "\n".join(lines[position + 1 : end]) + "\n"
        found.append(Sample(opening["language"], body, position + 1, note))
        position = end + 1
    return found


def _line(lines: List[str], position: int) -> str:
    return lines[position] if 0 <= position < len(lines) else ""


def without_samples(text: str) -> str:
    """The prose alone."""
    kept, fence = [], None
    for line in text.splitlines():
        opening = FENCE.match(line)
        if fence is None and opening:
            fence = opening["fence"]
        elif line == fence:
            fence = None
        elif fence is None:
            kept.append(line)
    return "\n".join(kept)


def broken_links(path: pathlib.Path, text: str) -> List[str]:
    """Links to files that are not there, or to headings that no document has."""
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_samples(text)):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, heading = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists():
            missing.append(f"{target}: there is no such file")
        elif heading and file.suffix == ".md" and heading not in headings(file):
            missing.append(f"{target}: there is no such heading")
    return missing


def headings(path: pathlib.Path) -> List[str]:
    """The names under which headings can be linked to."""
    found = re.findall(r"^#+ (.+)$", without_samples(path.read_text(encoding="utf-8")), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in found]
