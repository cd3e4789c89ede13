#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Renders, measures and draws what the library plays, and tells where it is out of range."""
from __future__ import annotations

import os

# One process a core does the work; a pool of threads inside each would only be in its way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: E402
from pathlib import Path  # noqa: E402

import examine  # noqa: E402
import form_ranges  # noqa: E402
import page  # noqa: E402
import prompts  # noqa: E402
import ranges  # noqa: E402
import verdict  # noqa: E402
from render import Job, can  # noqa: E402

HERE = Path(__file__).resolve().parent
TOOL = Path("build/release/tool/focus-session")
EPILOG = """
examples:
  report.py                                      everything, a few minutes on two cores
  report.py --sets goals --goals sleep           three nights
  report.py --only prompt-dark                   one prompt, and the plain focus it is compared to
  report.py --sets goals --seeds 1 2 3           is it the seed, or is it the music?
  report.py --sets goals --hour                  an hour of each goal, too
  report.py --strict                             ends with 1 when anything is out of range

Look at OUT/index.html. Each picture shows a segment from the middle of its session (for divergence
all segments): the spectrum from 40 Hz to 16 kHz with a dot for each onset that is heard, loudness
with its target, and the notes that were written. A piano roll shows the whole session with its
movements, and an hour has its tension, movements and loudness. Ranges are in ranges.py and
form_ranges.py, with what they are for; what a measure means is said in its module.
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", choices=("goals", "divergence", "prompts"),
                        default=["goals", "divergence", "prompts"],
                        help="which renders (all): each goal at each intensity; divergence from 0 "
                             "to 1; the lines of prompts.txt")
    parser.add_argument("--goals", nargs="+", choices=ranges.GOALS, default=list(ranges.GOALS),
                        metavar="GOAL", help="of the goals, these: " + " ".join(ranges.GOALS))
    parser.add_argument("--intensities", nargs="+", choices=ranges.INTENSITIES, metavar="LEVEL",
                        default=list(ranges.INTENSITIES),
                        help="of the intensities, these: " + " ".join(ranges.INTENSITIES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1], metavar="N",
                        help="each render with each of these seeds (1)")
    parser.add_argument("--only", default="", metavar="TEXT",
                        help="only renders whose name has this in it")
    parser.add_argument("--minutes", type=int, default=6, metavar="N",
                        help="length of a session; from 6 a middle segment is no ending (6)")
    parser.add_argument("--hour", action="store_true",
                        help="also an hour of each goal at medium intensity: does it go anywhere?")
    parser.add_argument("--prompts", type=Path, default=HERE / "prompts.txt", metavar="FILE",
                        help="prompts with what is expected of them (prompts.txt beside this)")
    parser.add_argument("--out", type=Path, default=Path("out/sound"), metavar="FOLDER",
                        help="where pictures, index.html and report.json go (out/sound)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
                        help="renders at the same time (one a core)")
    parser.add_argument("--binary", type=Path, default=TOOL, metavar="FILE",
                        help=f"the tool to render with ({TOOL})")
    parser.add_argument("--strict", action="store_true",
                        help="end with 1 when a measure is out of range, not only when a render "
                             "fails")
    return parser.parse_args()


def jobs_of(options: argparse.Namespace) -> list[Job]:
    """All renders that were asked for."""
    jobs = []
    for seed in options.seeds:
        suffix = f"-{seed}" if len(options.seeds) > 1 else ""
        plain = None
        for goal in ranges.GOALS:
            for intensity in ranges.INTENSITIES:
                job = Job(f"{goal}-{intensity}{suffix}", ["--goal", goal, "--intensity", intensity],
                          options.minutes, seed, ranges.of(goal, intensity) |
                          form_ranges.of_piece(goal, intensity), whole=True)
                if (goal, intensity) == ("focus", "medium"):
                    plain = job
                if "goals" in options.sets and goal in options.goals and \
                        intensity in options.intensities and options.only in job.name:
                    jobs.append(job)
        if options.hour:
            jobs += [job for job in _hours(options, seed, suffix) if options.only in job.name]
        if "divergence" in options.sets:
            jobs += [job for job in _divergences(options, seed, suffix) if options.only in job.name]
        if "prompts" in options.sets:
            asked = [Job(f"prompt-{prompt.name}{suffix}", ["--prompt", prompt.text],
                         options.minutes, seed, ranges.of_any(), prompt=prompt.text,
                         expectations=prompt.expectations)
                     for prompt in prompts.read(options.prompts)]
            asked = [job for job in asked if options.only in job.name]
            jobs += [plain] if asked and plain not in jobs else []
            jobs += asked
    return jobs


def _hours(options: argparse.Namespace, seed: int, suffix: str) -> list[Job]:
    return [Job(f"hour-{goal}{suffix}", ["--goal", goal, "--intensity", "medium"], 60, seed,
                form_ranges.of_hour(goal, "medium"), whole=True) for goal in options.goals]


def _divergences(options: argparse.Namespace, seed: int, suffix: str) -> list[Job]:
    """Sessions of seven segments, short ones if the tool can make them."""
    length = ["--segment-seconds", "50"] if can(options.binary, "--segment-seconds") else []
    return [Job(f"divergence-{value:g}{suffix}", ["--divergence", str(value), *length],
                6 if length else 14, seed, {"distance": wanted}, divergence=value)
            for value, wanted in ranges.DIVERGENCE.items()]


def run_all(jobs: list[Job], options: argparse.Namespace) -> list[examine.Result]:
    """Longest first, one process a job; progress goes to stderr."""
    began, done = time.monotonic(), {}
    with ProcessPoolExecutor(max(1, options.jobs)) as pool:
        waiting = {pool.submit(examine.run, job, options.binary.resolve(), options.out): job
                   for job in sorted(jobs, key=lambda job: -job.minutes)}
        try:
            for future in as_completed(waiting):
                done[waiting[future].name] = future.result()
                print(f"sound: {len(done)} of {len(jobs)}, {time.monotonic() - began:.0f} s: "
                      f"{waiting[future].name}", file=sys.stderr, flush=True)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [done[job.name] for job in jobs]


def as_json(found: list[verdict.Finding], results: list[examine.Result]) -> dict:
    """All figures, for other programs."""
    return {
        "renders": [{"name": r.job.name, "seed": r.job.seed, "options": r.job.options,
                     "error": r.error or None, "figures": r.figures, "distance_parts": r.parts}
                    for r in results],
        "findings": [{"render": f.render, "measure": f.measure, "value": f.value,
                      "low": f.range.low, "high": f.range.high, "misfit": f.misfit,
                      "missed": f.missed} for f in found],
    }


def main() -> int:
    options = arguments()
    if not options.binary.exists():
        print(f"sound: there is no tool at {options.binary}; ./dev sound builds it",
              file=sys.stderr)
        return 1
    jobs = jobs_of(options)
    if not jobs:
        print(f"sound: no render has '{options.only}' in its name", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    results = run_all(jobs, options)
    found = verdict.judge(results)
    page.write(options.out / "index.html", found, results)
    (options.out / "report.json").write_text(
        json.dumps(as_json(found, results), indent=1) + "\n", encoding="utf-8")

    for table in verdict.tables(found, results):
        print(verdict.as_text(*table))
    missed = sum(finding.missed for finding in found)
    failed = sum(bool(result.error) for result in results)
    print(f"{len(results)} renders, {failed} failed; {missed} of {len(found)} measures out of "
          f"range; pictures: {options.out / 'index.html'}")
    return 1 if failed or (options.strict and missed) else 0


if __name__ == "__main__":
    sys.exit(main())
