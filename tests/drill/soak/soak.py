# SPDX-License-Identifier: MIT
"""The soak drill: plays for long, steered at random, and says whether anything was heard or has grown.

On simulated time, the default, six listeners play sessions of up to a day, and steer, seek, skip, pause,
sleep and change their sound device all the time. Nobody may hear a click or a hole; what the player tells
of its place has to be what was heard, to the frame; memory must not grow with the hours.

With --real, one listener plays at 48 kHz in real time, while other programs take every core. Nothing may be
missing in what it hears.
"""

import argparse
import json
import os
import subprocess
import sys

# What the last quarter of a run may hold more than the second one: six listeners hold now more, now fewer
# segments, and the longer ones of their sessions have a longer history.
KB_ALLOWED = 12 * 1024
BLOCKS_ALLOWED = 400
PART_ALLOWED = 0.1
SHORTEST_MINUTES = 0.5  # of a run whose memory is judged: caches fill at first


def median(values):
    return sorted(values)[len(values) // 2]


def growth(samples, column, allowed):
    """What the last quarter holds more than the second one, where that is more than is allowed."""
    quarter = len(samples) // 4
    if quarter < 5:
        return None
    before = median([sample[column] for sample in samples[quarter : 2 * quarter]])
    after = median([sample[column] for sample in samples[-quarter:]])
    return after - before if after > before * (1 + PART_ALLOWED) + allowed else None


def judge(found, minutes):
    """The faults of a simulated run, its own and those of memory."""
    faults = list(found["faults"])
    if found["callbacks"] == 0 or found["simulated_hours"] <= 0:
        faults.append("nothing was played")
    if minutes < SHORTEST_MINUTES:
        return faults
    samples = found["memory"]
    resident = growth(samples, 1, KB_ALLOWED)
    if resident is not None:
        faults.append(f"the program has grown by {resident} KB")
    blocks = growth(samples, 2, BLOCKS_ALLOWED)
    if blocks is not None:
        faults.append(f"{blocks} more blocks of memory are held")
    return faults


def run(program, mode, seconds, seed):
    """What the program tells; as a fault, where it dies or hangs."""
    limit = seconds * 2 + 600
    # Large blocks go back to the system when they are freed, so that what is resident is what is held, and
    # not what the C library keeps for later.
    environment = os.environ | {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_ARENA_MAX": "2"}
    try:
        ended = subprocess.run(
            [program, mode, str(seconds), str(seed)],
            stdout=subprocess.PIPE,
            text=True,
            timeout=limit,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return {"faults": [f"hangs: not done after {limit:.0f} s"]}
    if ended.returncode != 0:
        return {"faults": [f"the program ends with status {ended.returncode}"]}
    return json.loads(ended.stdout)


class Load:
    """Programs that take all time they get, two for each core."""

    def __enter__(self):
        busy = [sys.executable, "-c", "while True: pass"]
        self.programs = [subprocess.Popen(busy) for _ in range(2 * (os.cpu_count() or 1))]

    def __exit__(self, *_):
        for program in self.programs:
            program.kill()
            program.wait()


def simulated(program, minutes, seed):
    found = run(program, "simulated", minutes * 60, seed)
    faults = judge(found, minutes) if "memory" in found else found["faults"]
    if "memory" in found:
        samples = found["memory"]
        actions = ", ".join(f"{count} {name}" for name, count in found["actions"].items())
        print(f"soak: {found['simulated_hours']:.1f} hours in {found['sessions']} sessions, {found['callbacks']} callbacks")
        print(f"soak: {actions}")
        print(
            f"soak: steepest fourth difference {found['worst_click']:.5f}, longest hole "
            f"{found['longest_hole_ms']:.2f} ms, place within {found['worst_place_frames']:.2f} frames"
        )
        if samples:
            print(
                f"soak: memory from {samples[0][1]} KB in {samples[0][2]} blocks, by way of "
                f"{samples[len(samples) // 2][1]} KB in {samples[len(samples) // 2][2]}, to "
                f"{samples[-1][1]} KB in {samples[-1][2]}"
            )
    return faults


def real(program, minutes, seed):
    with Load():
        found = run(program, "real", minutes * 60, seed)
    if "callbacks" in found:
        print(
            f"soak: {found['seconds']:.0f} s in real time, {found['callbacks']} callbacks, "
            f"{found['late_callbacks']} of them called late (by {found['worst_late_ms']:.1f} ms at worst)"
        )
        print(
            f"soak: {found['steers']} steerings, {found['seeks']} seeks; worst callback "
            f"{found['worst_callback_cpu_us']:.0f} us of {found['budget_us']:.0f}"
        )
        print(f"soak: {found['underruns']} underruns, {found['missing_seconds']:.2f} s without music")
    return found["faults"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", metavar="BUILD_DIR", help="where the library and its tests are built")
    parser.add_argument("--minutes", type=float, help="how long, on the machine's clock; 1, or with --real 10")
    parser.add_argument("--seed", type=int, default=1, help="decides what the listeners do (1)")
    parser.add_argument("--real", action="store_true", help="in real time, beside programs that take every core")
    options = parser.parse_args()
    program = os.path.join(options.build, "tests", "drill", "soak", "soak_player")
    if not os.access(program, os.X_OK):
        parser.error(f"{program} is missing; build the target soak_player")
    minutes = options.minutes or (10.0 if options.real else 1.0)
    print(f"soak: seed {options.seed}", flush=True)
    faults = (real if options.real else simulated)(program, minutes, options.seed)
    for fault in faults:
        print(f"soak: FAULT: {fault}")
    print(f"soak: {len(faults)} faults (seed {options.seed})")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
