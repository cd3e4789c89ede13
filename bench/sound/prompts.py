# SPDX-License-Identifier: MIT
"""Prompts and what is expected of them, as measures with ranges."""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ranges import Range, at_least, at_most, exactly, within

MINOR_MODES = ("minor", "dorian", "aeolian", "phrygian")

# A measure over that of plain focus; at least a listener's just noticeable difference away.
_COMPARED = {
    "darker": ("brightness", at_most(0.93, 0.5)),
    "brighter": ("brightness", at_least(1.07, 0.5)),
    "sparser": ("notes_per_minute", at_most(0.8, 0.5)),
    "busier": ("notes_per_minute", at_least(1.2, 0.5)),
    "calmer": ("onset_rate", at_most(0.85, 0.5)),
    "slower": ("bpm", at_most(0.95, 0.2)),
    "faster": ("bpm", at_least(1.05, 0.2)),
    "hissier": ("hiss", at_least(1.25, 0.5)),
}
# A measure by itself.
_ABSOLUTE = {
    "no drums": ("percussion_notes", exactly(0, 60)),
    "drums": ("percussion_notes", at_least(10, 10)),
    "no melody": ("lead_notes", exactly(0, 20)),
    "melody": ("lead_notes", at_least(2, 2)),
    "no bass": ("bass_notes", exactly(0, 20)),
    "swing": ("swing", within(0.55, 0.72)),
    "minor": ("minor", at_least(1, 1)),
    "major": ("minor", at_most(0, 1)),
}


@dataclass(frozen=True)
class Prompt:
    text: str
    expectations: list[str]

    @property
    def name(self) -> str:
        """The first words, for files and tables."""
        words = re.sub(r"[^a-z0-9]+", " ", self.text.lower()).split()
        while len("-".join(words)) > 36:
            words.pop()
        return "-".join(words)


def read(path: Path) -> list[Prompt]:
    """The prompts of a file; ValueError names the line that can not be understood."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        text, _, expected = line.partition("->")
        prompt = Prompt(text.strip(), [word.strip() for word in expected.split(",")])
        for word in prompt.expectations:
            if not (word in _COMPARED or word in _ABSOLUTE or re.fullmatch(r"\d+ bpm", word)):
                raise ValueError(f"{path}:{number}: there is no expectation '{word}'")
        if prompt.name in {other.name for other in found}:
            raise ValueError(f"{path}:{number}: another prompt begins with the same words")
        found.append(prompt)
    return found


def expectation(word: str, figures: dict[str, float], plain: dict[str, float],
                ) -> tuple[float | None, Range]:
    """The value that an expectation is judged by (None: not to be had), and its range."""
    if word in _COMPARED:
        measure, wanted = _COMPARED[word]
        if measure not in figures or not plain.get(measure):
            return None, wanted
        return figures[measure] / plain[measure], wanted
    if word in _ABSOLUTE:
        measure, wanted = _ABSOLUTE[word]
        return figures.get(measure), wanted
    bpm = float(word.split()[0])
    return figures.get("bpm"), within(bpm - 2, bpm + 2)
