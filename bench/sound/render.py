# SPDX-License-Identifier: MIT
"""Runs the tool and finds what it made."""
from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from ranges import Range


@dataclass(frozen=True)
class Job:
    """One session to render and how to judge it."""

    name: str
    options: list[str]
    minutes: int
    seed: int
    ranges: dict[str, Range] = field(default_factory=dict)
    divergence: float | None = None  # its neighbouring segments are compared
    prompt: str | None = None
    expectations: list[str] = field(default_factory=list)
    whole: bool = False  # the form of the session is judged, too

    @property
    def hour(self) -> bool:
        """Only the form of it is judged."""
        return self.whole and self.minutes >= 30


@dataclass(frozen=True)
class Part:
    """A segment of a session as it lies on the disk."""

    audio: Path
    midi: Path
    start: float  # seconds into the session
    seconds: float
    overlap: float  # seconds that it shares with the next
    key: str
    target_lufs: float
    bpm: float = 0.0
    lufs: float = 0.0      # as it was measured by the library
    movement: str = ""     # of its beginning: A, B, A', ...
    section: str = ""
    tension: float = 0.0   # 0 still, 1 the climax
    fade: float = 0.0      # seconds of the session's last fade

    @property
    def end(self) -> float:
        return self.start + self.seconds


def can(binary: Path, option: str) -> bool:
    """Whether the tool's `render` has an option."""
    done = subprocess.run([binary, "render", "--help"], capture_output=True, text=True, check=True)
    return option in done.stdout


def session(binary: Path, job: Job, folder: Path) -> list[Part]:
    """Renders a session into the folder, with one thread, and reads what its segments are.

    Raises RuntimeError with the tool's own words when it fails.
    """
    command = [binary, "render", folder / "mix.wav", "--segments", folder / "parts", "--quiet",
               "--jobs", "1", "--seed", job.seed, "--minutes", job.minutes, *job.options]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"{binary} ended with {done.returncode}")
    told = json.loads((folder / "parts" / "session.json").read_text(encoding="utf-8"))
    parts = []
    for segment in told["segments"]:
        audio = folder / "parts" / segment["playback_url"]
        analysis = segment["analysis"]
        parts.append(Part(audio, audio.with_suffix(".mid"), analysis["start_seconds"],
                          segment["measured_duration_seconds"], segment["fade_out_ms"] / 1000.0,
                          analysis.get("key", ""), segment["target_lufs"],
                          analysis.get("tempo_bpm", 0.0), analysis["integrated_lufs"],
                          analysis.get("movement", ""), analysis.get("section", ""),
                          analysis.get("tension", 0.0), analysis.get("ending_fade_seconds", 0.0)))
    return parts
