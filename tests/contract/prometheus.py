# SPDX-License-Identifier: MIT
"""Prometheus' text format, version 0.0.4, read line by line."""
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+|Inf|NaN)"
SAMPLE = re.compile(rf"({NAME})(?:\{{((?:{LABEL}(?:,{LABEL})*)?,?)\}})? ({NUMBER})(?: -?[0-9]+)?")
COMMENT = re.compile(rf"# (HELP|TYPE) ({NAME}) (.+)")
TYPES = {"counter", "gauge", "histogram", "summary", "untyped"}


def parse(text):
    """{(name, labels): value} of all samples; ValueError with the line that is wrong."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    samples, types, helped, family, closed = {}, {}, set(), None, set()
    for line in text.splitlines():
        comment, sample = COMMENT.fullmatch(line), SAMPLE.fullmatch(line)
        if not comment and not sample:
            raise ValueError(f"neither a comment nor a sample: {line!r}")
        name = comment.group(2) if comment else family_of(sample.group(1), types)
        if name != family:
            if name in closed:
                raise ValueError(f"{name} comes in two places")
            closed.add(family)
            family = name
        if comment:
            _note(comment, types, helped)
            continue
        if name not in types:
            raise ValueError(f"no TYPE before {line!r}")
        if types[name] == "counter" and not name.endswith("_total"):
            raise ValueError(f"a counter's name ends with _total: {name}")
        key = (sample.group(1), tuple(sorted(re.findall(LABEL, sample.group(2) or ""))))
        if key in samples:
            raise ValueError(f"twice: {line!r}")
        samples[key] = float(sample.group(3))
    return samples


def _note(comment, types, helped):
    kind, name, text = comment.groups()
    if kind == "HELP":
        if name in helped:
            raise ValueError(f"HELP for {name} comes twice")
        helped.add(name)
        return
    if name in types or text not in TYPES:
        raise ValueError(f"no TYPE, or a second one: {comment.group()!r}")
    types[name] = text


def family_of(name, types):
    for suffix in ("_bucket", "_sum", "_count"):
        base = name[: -len(suffix)]
        if name.endswith(suffix) and types.get(base) in ("histogram", "summary"):
            return base
    return name


def total(samples, name, **labels):
    """The sum of all samples of a name that have these labels."""
    wanted = {f'{label}="{value}"' for label, value in labels.items()}
    found = [
        value for (given, own), value in samples.items() if given == name and wanted <= set(own)
    ]
    if not found:
        raise KeyError(name)
    return sum(found)
