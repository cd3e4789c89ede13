# SPDX-License-Identifier: MIT
"""Results held against ranges, and the tables of what was found."""
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import form_ranges
import prompts
import ranges
from examine import Result
from ranges import Range


@dataclass(frozen=True)
class Finding:
    """One measure of one render. A value of None could not be measured, which is a miss."""

    render: str
    measure: str
    value: float | None
    range: Range

    @property
    def misfit(self) -> float:
        return 1.0 if self.value is None else self.range.misfit(self.value)

    @property
    def missed(self) -> bool:
        return self.misfit > 1e-9


def judge(results: list[Result]) -> list[Finding]:
    """Every finding, the worst first."""
    plain = {r.job.seed: r.figures for r in results if r.job.name.startswith("focus-medium")}
    found = []
    for result in (r for r in results if not r.error):
        name, figures = result.job.name, result.figures
        found += [Finding(name, measure, figures.get(measure), wanted)
                  for measure, wanted in result.job.ranges.items()
                  if measure in figures or measure in form_ranges.NEEDED]
        for word in result.job.expectations:
            value, wanted = prompts.expectation(word, figures, plain.get(result.job.seed, {}))
            found.append(Finding(name, word, value, wanted))
    found += _growth(results)
    return sorted(found, key=lambda finding: -finding.misfit)


def _growth(results: list[Result]) -> list[Finding]:
    """More divergence is more distance."""
    by_seed = defaultdict(list)
    for result in results:
        if result.job.divergence is not None and not result.error:
            by_seed[result.job.seed].append(result)
    found = []
    for group in by_seed.values():
        group.sort(key=lambda r: r.job.divergence)
        found += [Finding(more.job.name, "growth",
                          more.figures["distance"] - less.figures["distance"], ranges.GROWTH)
                  for less, more in zip(group, group[1:])]
    return found


Row = tuple[str, ...]


def number(value: float | None) -> str:
    return "none" if value is None else f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def misses(found: list[Finding]) -> list[Row]:
    """How far outside, in widths of the range, is the last column."""
    return [(f.render, f.measure, number(f.value), str(f.range), f"{f.misfit:.2f}")
            for f in found if f.missed]


def by_measure(found: list[Finding]) -> list[Row]:
    """The measures that are missed, those missed most often first."""
    groups = defaultdict(list)
    for finding in found:
        groups[finding.measure].append(finding)
    rows = []
    for name, group in groups.items():
        missed = [f for f in group if f.missed]
        if missed:
            values = [f.value for f in missed if f.value is not None]
            span = f"{number(min(values))} to {number(max(values))}" if values else "none"
            rows.append((len(missed), (name, f"{len(missed)} of {len(group)}", span)))
    return [row for _, row in sorted(rows, key=lambda pair: -pair[0])]


def by_render(found: list[Finding], results: list[Result]) -> list[Row]:
    """A row a render, the worst first: what it misses, or where it is nearest to an edge."""
    rows = [(99.0, (r.job.name, "failed", r.error)) for r in results if r.error]
    for result in (r for r in results if not r.error):
        own = [f for f in found if f.render == result.job.name]
        if not own:
            continue
        missed = [f.measure for f in own if f.missed]
        told = ", ".join(missed) if missed else f"nearest to an edge: {own[0].measure}"
        rows.append((own[0].misfit, (result.job.name, f"{len(own) - len(missed)} of {len(own)}",
                                     told)))
    return [row for _, row in sorted(rows, key=lambda pair: -pair[0])]


def divergences(results: list[Result]) -> list[Row]:
    """Mean distance of neighbours, its extremes and its parts."""
    return [(r.job.name, number(r.figures["distance"]), str(r.job.ranges["distance"]),
             f"{number(r.figures['distance_least'])} to {number(r.figures['distance_most'])}",
             *(number(value) for value in r.parts.values()))
            for r in results if r.job.divergence is not None and not r.error]


DIVERGENCE_HEAD = ("render", "distance", "range", "least to most", "chroma", "timbre", "tempo",
                   "density", "brightness")
MISSES_HEAD = ("render", "measure", "value", "range", "outside")
MEASURE_HEAD = ("measure", "missed", "where missed")
RENDER_HEAD = ("render", "within", "missed, worst first")


def tables(found: list[Finding], results: list[Result]) -> list[tuple[str, Row, list[Row]]]:
    """Title, head and rows of all tables that have rows."""
    every = [("Outside of their range (1: by its whole width)", MISSES_HEAD, misses(found)),
             ("Divergence: distance of neighbouring segments", DIVERGENCE_HEAD,
              divergences(results)),
             ("By measure", MEASURE_HEAD, by_measure(found)),
             ("By render", RENDER_HEAD, by_render(found, results))]
    return [table for table in every if table[2]]


def as_text(title: str, head: Row, rows: list[Row]) -> str:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
             for row in [head, *rows]]
    return "\n".join([title, "", *(f"  {line}" for line in lines), ""])
