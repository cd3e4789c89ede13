#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Renders the scenes of `soundscape`, tells them apart by measures, draws them, and looks for loops."""
from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
from concurrent.futures import ThreadPoolExecutor  # noqa: E402
from pathlib import Path  # noqa: E402

import scene_loops  # noqa: E402
import scene_measures  # noqa: E402
import scene_pictures  # noqa: E402
from audio import RATE, Sound  # noqa: E402

TOOL = Path("build/release/tool/focus-session")
SCENES = ("rain rain_window rain_forest rain_tent storm sea stream waterfall wind fire night birds "
          "cafe train fan heartbeat white pink brown blue violet grey binaural isochronic").split()
EPILOG = """
examples:
  ./dev sound scenes                        every scene: OUT/scenes.png and a table
  ./dev sound scenes --only rain fire       two of them
  ./dev sound scenes --loops 8              looks through eight hours of the scenes that live

Two scenes are told apart by the distance of their measures in units of how far each measure is
spread over all scenes. A loop is an excerpt of ten seconds whose levels in 16 bands come again.
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=SCENES, default=SCENES, metavar="SCENE",
                        help="of the scenes, these: " + " ".join(SCENES))
    parser.add_argument("--minutes", type=int, default=3, metavar="N",
                        help="length of each render (3)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of all renders (1)")
    parser.add_argument("--loops", type=float, default=0.0, metavar="HOURS",
                        help="look for what comes again in so many hours (0: not at all)")
    parser.add_argument("--out", type=Path, default=Path("out/scenes"), metavar="FOLDER",
                        help="where sounds, pictures and the table go (out/scenes)")
    parser.add_argument("--binary", type=Path, default=TOOL, metavar="FILE",
                        help=f"the tool to render with ({TOOL})")
    return parser.parse_args()


def command(options: argparse.Namespace, scene: str, out: str, minutes: int) -> list[str]:
    return [str(options.binary), "render", out, "--engine", "soundscape", "--scene", scene,
            "--minutes", str(minutes), "--seed", str(options.seed)]


def render(options: argparse.Namespace, scene: str) -> Sound:
    path = options.out / f"{scene}.wav"
    subprocess.run(command(options, scene, str(path), options.minutes), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sound = Sound.read(path)
    return Sound(sound.samples[5 * RATE:-10 * RATE])  # neither the rise nor the last fade


def compare(options: argparse.Namespace) -> None:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        sounds = dict(zip(options.only, pool.map(lambda s: render(options, s), options.only)))
    measured = {scene: scene_measures.measure(sound) for scene, sound in sounds.items()}
    table = scene_measures.table(measured)
    (options.out / "scenes.md").write_text(table, encoding="utf-8")
    print(table)
    scene_pictures.draw(sounds, options.out / "scenes.png")
    print(f"{options.out / 'scenes.png'}")


def look_for_loops(options: argparse.Namespace) -> bool:
    found = False
    for scene in options.only:
        if scene in ("binaural", "isochronic"):
            continue  # beats are periodic by their nature
        made = subprocess.Popen(command(options, scene, "-", round(60 * options.loops)),
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        levels = scene_loops.levels(made.stdout)
        if made.wait() != 0:
            raise SystemExit(f"{scene}: could not be rendered")
        likeness, place, again = scene_loops.most_alike(levels)
        is_loop = likeness > scene_loops.LOOP
        found = found or is_loop
        print(f"{scene:12} most alike {likeness:.2f}, at {place:.0f} s and {again:.0f} s"
              + ("  A LOOP" if is_loop else ""), flush=True)
    return found


def main() -> int:
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.loops > 0.0:
        return 1 if look_for_loops(options) else 0
    compare(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
