# SPDX-License-Identifier: MIT
"""The report as one static page, to be looked at."""
from __future__ import annotations

from html import escape
from pathlib import Path

from examine import Result
from verdict import Finding, Row, number, tables

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 1400px; padding: 0 1em;
       color: #222; }
table { border-collapse: collapse; margin-bottom: 2em; }
th, td { padding: .15em .9em .15em 0; text-align: left; vertical-align: top; }
th { border-bottom: 1px solid #999; }
img { width: 100%; border: 1px solid #ddd; }
.missed { color: #a3150b; }
"""


def _table(head: Row, rows: list[Row], names: set[str]) -> str:
    def cell(text: str) -> str:
        return f'<a href="#{escape(text)}">{escape(text)}</a>' if text in names else escape(text)

    lines = ["".join(f"<td>{cell(text)}</td>" for text in row) for row in rows]
    return ("<table><tr>" + "".join(f"<th>{escape(text)}</th>" for text in head) + "</tr>" +
            "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>\n")


def _render(result: Result, found: list[Finding]) -> str:
    name = result.job.name
    own = [f for f in found if f.render == name]
    judged = {f.measure for f in own}
    missed = [f"{f.measure} {number(f.value)} ({f.range})" for f in own if f.missed]
    rows = [(f.measure, number(f.value), str(f.range)) for f in own]
    rows += [(measure, number(value), "") for measure, value in result.figures.items()
             if measure not in judged]
    verdict = f'<p class="missed">{escape("; ".join(missed))}</p>' if missed else ""
    heading = result.job.prompt or name
    shown = "".join(f'<a href="{escape(file)}"><img loading="lazy" src="{escape(file)}" '
                    f'alt="{escape(name)}: {escape(what)}"></a>\n'
                    for file, what in result.pictures.items())
    return (f'<h2 id="{escape(name)}">{escape(heading)}</h2>\n{verdict}{shown}'
            f"<details><summary>All figures</summary>"
            f"{_table(('measure', 'value', 'range'), rows, set())}</details>\n")


def write(path: Path, found: list[Finding], results: list[Result]) -> None:
    """Writes the page next to its pictures."""
    shown = [r for r in results if r.pictures]
    names = {r.job.name for r in shown}
    body = "".join(f"<h2>{escape(title)}</h2>\n{_table(head, rows, names)}"
                   for title, head, rows in tables(found, results))
    body += "".join(_render(result, found) for result in shown)
    path.write_text('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
                    f"<title>How it sounds</title><style>{_STYLE}</style></head>\n"
                    f"<body><h1>How it sounds</h1>\n{body}</body></html>\n", encoding="utf-8")
