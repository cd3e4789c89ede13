# SPDX-License-Identifier: MIT
"""From a job to everything that is known of what it made."""
from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile

import arc
import distance
import faults
import form
import loudness
import measures
import midi
import motion
import piece
import pictures
import roll
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
    pictures: dict[str, str] = field(default_factory=dict)  # file: what it shows
    error: str = ""


def run(job: Job, binary: Path, out: Path) -> Result:
    """Renders, measures and draws one job; what fails is told in the result."""
    with tempfile.TemporaryDirectory(prefix="focus-sound-") as folder:
        try:
            made = session(binary, job, Path(folder))
            return _examined(job, made, Path(folder) / "mix.wav", out)
        except (RuntimeError, OSError, ValueError) as error:
            return Result(job, error=str(error))


def _examined(job: Job, made: list[Part], mix: Path, out: Path) -> Result:
    result, title = Result(job), _title(job, made)
    if not job.hour:
        found = _segment(job, made, mix) if job.divergence is None else _session(made)
        result.figures, result.parts, strips = found
        result.pictures[f"{job.name}.png"] = "spectrogram, loudness and score"
        pictures.draw(strips, title, made[0].target_lufs, out / f"{job.name}.png")
    if job.divergence is None:
        whole = piece.join(made)
        if job.whole:
            result.figures |= form.measure(whole, mix)
        if job.hour:
            powers = np.concatenate([loudness.step_powers(s) for s in motion.blocks(mix)])
            result.pictures[f"{job.name}.png"] = "tension, movements and loudness"
            arc.draw(made, powers, title, out / f"{job.name}.png")
        result.pictures[f"{job.name}-roll.png"] = "piano roll of the whole session"
        roll.draw(whole, title, out / f"{job.name}-roll.png")
    return result


def _title(job: Job, made: list[Part]) -> str:
    keys = list(dict.fromkeys(part.key for part in made))
    what = f"“{job.prompt}”" if job.prompt else job.name
    return f"{what}   seed {job.seed}   {', '.join(keys[:6])}"


Found = tuple[dict[str, float], dict[str, float], list[pictures.Strip]]


def _segment(job: Job, made: list[Part], mix: Path) -> Found:
    """A segment from the middle, away from the opening and the ending, and the seams beside it."""
    place = len(made) // 2
    part = made[place]
    sound, notes = Sound.read(part.audio), midi.read(part.midi)
    figures = measures.portrait(sound).figures | score.measure(notes) | _seams(made, place, mix)
    figures["off_target"] = figures["loudness"] - part.target_lufs
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
        sound, notes = Sound.read(part.audio), midi.read(part.midi)
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
