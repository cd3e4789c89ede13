#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Spoils the OpenAPI document and looks whether openapi_options names the field and mends it.

Usage: openapi_options_can_fail.py OPENAPI_OPTIONS DOCUMENT
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def text_of(document):
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def spoil(document, change):
    copy = json.loads(text_of(document))
    change(copy["components"]["schemas"])
    return copy


def without(schemas, name):
    del schemas["Options"]["properties"][name]


CHANGES = {
    "sample_rate": lambda s: s["Options"]["properties"]["sample_rate"].update(maximum=96000),
    "ending_seconds": lambda s: s["Options"]["properties"]["ending_seconds"].pop("anyOf"),
    "segment_seconds": lambda s: s["Options"]["properties"]["segment_seconds"].update(default=60),
    "pads_db": lambda s: s["Options"]["properties"]["pads_db"].update(description="Pads."),
    "tempo_bpm": lambda s: without(s, "tempo_bpm"),
    "target_minutes": lambda s: s["TargetMinutes"].update(maximum=1441),
    "format": lambda s: without(s, "format"),
    "sead": lambda s: s["Options"]["properties"].update(sead={"type": "integer"}),
}
BY_HAND = {"format", "sead"}


def main(tool, path):
    document = json.loads(pathlib.Path(path).read_text("utf-8"))
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "openapi.json"
        for field, change in CHANGES.items():
            copy.write_text(text_of(spoil(document, change)), "utf-8")
            told = subprocess.run([tool, copy], text=True, stdout=subprocess.PIPE)
            if told.returncode != 1 or f"{field}: " not in told.stdout:
                problems.append(f"{field}: not found: {told.stdout!r}")
            if field in BY_HAND:
                continue
            subprocess.run([tool, copy, "--update"], check=True, stdout=subprocess.DEVNULL)
            if json.loads(copy.read_text("utf-8")) != document:
                problems.append(f"{field}: not mended")
            if subprocess.run([tool, copy]).returncode != 0:
                problems.append(f"{field}: still told after it was mended")
        copy.write_text(text_of(document), "utf-8")
        subprocess.run([tool, copy, "--update"], check=True)
        if copy.read_text("utf-8") != text_of(document):
            problems.append("a document that is right is written in another way")
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
