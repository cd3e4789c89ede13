# SPDX-License-Identifier: MIT
"""The page drill: the page plays at ten times the speed for as long as it is given.

Nothing may be said in the browser's console, the music may not stop, and neither the page nor the browser
may grow. A listener looks at panels, pauses and skips now and then.
"""

import argparse
import pathlib
import random
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "browser"), str(HERE.parent / "soak")]
from soak import growth  # pylint: disable=wrong-import-position

TEMPO = 10
SAMPLE_SECONDS = 4
HEAP_KB_ALLOWED = 8 * 1024
RESIDENT_KB_ALLOWED = 64 * 1024  # decoded segments come and go
QUIETEST_DB = -70
LONGEST_WAIT = 15  # seconds without music: the machine may be busy, and a segment late


def resident_kb(root):
    """Of a process and all below it."""
    parents, sizes = {}, {}
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # it has ended
        process = int(lines["Pid"])
        parents[process] = int(lines["PPid"])
        sizes[process] = int(lines.get("VmRSS", "0 kB").split()[0])

    def is_below(process):
        while process > 1:
            if process == root:
                return True
            process = parents.get(process, 0)
        return False

    return sum(size for process, size in sizes.items() if is_below(process))


class Listener:
    def __init__(self, page, seed):
        self.page = page
        self.random = random.Random(seed)

    def do_something(self):
        page = self.page
        what = self.random.choice(("look", "look", "skip", "pause", "details", "volume"))
        if what == "look":
            page.open(self.random.choice(("change", "sound", "timer", "more")))
        elif what == "details":
            page.open("more")
            page.unfold("#details")
        elif what == "volume":
            page.move("#volume", str(self.random.choice((0.6, 0.8, 1))))
        elif what == "skip":
            page.click("#next")
        else:
            page.click("#play")
            page.wait("silence", lambda: not page.playing())
            page.click("#play")


def play(page, driver, minutes, seed):
    """The faults of a run."""
    faults, samples = [], []
    listener = Listener(page, seed)
    heard_at = began = time.monotonic()
    position, played = page.seconds(), 0
    while time.monotonic() < began + 60 * minutes:
        time.sleep(SAMPLE_SECONDS)
        played += max(0, page.seconds() - position)
        position = page.seconds()
        if page.level() > QUIETEST_DB:
            heard_at = time.monotonic()
        if time.monotonic() - heard_at > LONGEST_WAIT:
            faults.append(f"nothing is heard at {position} s: {page.text('#mood')}")
            heard_at = time.monotonic()
        page.browser.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        heap = page.run("return performance.memory.usedJSHeapSize") // 1024
        samples.append((position, resident_kb(driver), heap))
        if len(samples) % 5 == 0:
            listener.do_something()
    wall = time.monotonic() - began
    print(f"{played / 60:.1f} minutes were played in {wall / 60:.1f}; heap {samples[0][2]} to {samples[-1][2]} KB, "
          f"browser {samples[0][1]} to {samples[-1][1]} KB")
    if played < wall * TEMPO / 2:
        faults.append(f"only {played:.0f} s were played in {wall:.0f} s")
    for column, what, allowed in ((2, "page", HEAP_KB_ALLOWED), (1, "browser", RESIDENT_KB_ALLOWED)):
        more = growth(samples, column, allowed)
        if more is not None:
            faults.append(f"the {what} has grown by {more} KB: {[sample[column] for sample in samples]}")
    return faults + [f"the console: {entry['message']}" for entry in page.complaints()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("build", type=pathlib.Path, help="with tool/focus-session in it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="focus-page-drill-") as pictures:
        sys.argv = [sys.argv[0], str(arguments.build / "tool" / "focus-session"), pictures]
        import stage  # ends with 77 where there is no browser

        with stage.closing:
            page = stage.page()
            script = (HERE / "faster.js").read_text(encoding="utf-8").replace("TEMPO", str(TEMPO))
            page.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
            page.emulate("light", motion="no-preference")
            page.sign_in(stage.link())
            page.unfold("#options")
            page.fill("#minutes", str(min(1440, round(arguments.minutes * TEMPO) + 30)))
            page.click("[data-goal=focus]")
            page.wait("music", lambda: page.level() > QUIETEST_DB)
            faults = play(page, page.browser.service.process.pid, arguments.minutes, arguments.seed)
    for fault in faults:
        print("fault:", fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
