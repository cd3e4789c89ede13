# SPDX-License-Identifier: MIT
"""From a job to everything that is known of what it made."""
from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile

import distance
import faults
import loudness
import measures
import pictures
import score
from audio import RATE, Sound
from prompts import MINOR_MODES
from render import Job, Part, session

SEAM_SECONDS = 12.0


@dataclass
class Result:
    """What came of a job; where `error` is set there is nothing else."""

    job: Job
    figures: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)  # of the distance
    picture: str = ""
    error: str = ""


def run(job: Job, binary: Path, out: Path) -> Result:
    """Renders, measures and draws one job; what fails is told in the result."""
    with tempfile.TemporaryDirectory(prefix="focus-sound-") as folder:
        try:
            made = session(binary, job, Path(folder))
            if job.divergence is None:
                figures, parts, strips = _segment(job, made, Path(folder) / "mix.wav")
            else:
                figures, parts, strips = _session(made)
            picture = f"{job.name}.png"
            pictures.draw(strips, _title(job, made), made[0].target_lufs, out / picture)
        except (RuntimeError, OSError, ValueError) as error:
            return Result(job, error=str(error))
    return Result(job, figures, parts, picture)


def _title(job: Job, made: list[Part]) -> str:
    keys = list(dict.fromkeys(part.key for part in made))
    what = f"“{job.prompt}”" if job.prompt else job.name
    return f"{what}   seed {job.seed}   {', '.join(keys[:6])}"


Found = tuple[dict[str, float], dict[str, float], list[pictures.Strip]]


def _segment(job: Job, made: list[Part], mix: Path) -> Found:
    """A segment from the middle, away from the opening and the ending, and the seams beside it."""
    place = len(made) // 2
    part = made[place]
    sound, notes = Sound.read(part.audio), score.read(part.midi)
    figures = measures.portrait(sound).figures | score.measure(notes) | _seams(made, place, mix)
    figures["minor"] = float(any(mode in part.key for mode in MINOR_MODES))
    return figures, {}, [pictures.strip(sound, notes, 0.0)]


def _seams(made: list[Part], place: int, mix: Path) -> dict[str, float]:
    clicks, jump = 0, 0.0
    for first, second in zip(made, made[1:]):
        if made[place] not in (first, second):
            continue
        middle = second.start + first.overlap / 2
        frames, wave = round(2 * SEAM_SECONDS * RATE), round((middle - SEAM_SECONDS) * RATE)
        samples, _ = soundfile.read(mix, frames=frames, start=max(0, wave), always_2d=True)
        sound = Sound(samples)
        clicks += len(faults.click_times(sound))
        jump = max(jump, loudness.largest_jump(loudness.curve(loudness.step_powers(sound), 3.0)))
    return {"seam_clicks": float(clicks), "seam_jump": jump}


def _session(made: list[Part]) -> Found:
    """All segments, and how far neighbours are apart."""
    portraits, strips = [], []
    for part in made:
        sound, notes = Sound.read(part.audio), score.read(part.midi)
        known = measures.essence(sound)
        known.figures["bpm"] = notes.bpm
        portraits.append(known)
        strips.append(pictures.strip(sound, notes, part.start, 16384))
    pairs = list(zip(portraits, portraits[1:]))
    apart = [distance.between(one, other) for one, other in pairs]
    parts = [distance.parts(one, other) for one, other in pairs]
    figures = {"distance": float(np.mean(apart)), "distance_least": min(apart),
               "distance_most": max(apart)}
    return figures, {name: float(np.mean([p[name] for p in parts])) for name in parts[0]}, strips
