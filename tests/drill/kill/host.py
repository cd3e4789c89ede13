# SPDX-License-Identifier: MIT
"""Where the kill drill works, and what it looks at after it has killed a host of the library."""
import array
import json
import math
import os
import pathlib
import signal
import sqlite3
import subprocess
import threading
import time
import wave

import leftovers
from told import Money, Told, digest_of

WAIT = 60.0  # seconds; never waited for where the machine is well
# What a kill may leave in a folder for the next opening, besides what is no problem at all.
HARMLESS = {"segment_without_row"}

ENGINE = """#!/bin/sh
# {how}: an engine with a child of its own, that no signal but SIGKILL ends.
(trap '' HUP INT TERM; sleep 300) &
{wait}
cp '{tone}' "$2"
kill -KILL $!
"""


class Place:
    """Where a drill works, and with what."""

    def __init__(self, build, root, mark):
        self.tool = build / "tool" / "focus-session"
        self.host = build / "tests" / "drill" / "kill" / "kill_host"
        self.root = root
        self.mark = mark
        self.temporary = root / "tmp"
        self.temporary.mkdir()
        name, value = mark.split("=")
        self.environment = {**os.environ, name: value, "TMPDIR": str(self.temporary)}
        tone = root / "tone.wav"
        self._write_tone(tone)
        self.engines = {}
        for how, wait in (("quick", "sleep 0.1"), ("slow", "sleep 120")):
            script = root / f"{how}.sh"
            script.write_text(ENGINE.format(how=how, wait=wait, tone=tone))
            script.chmod(0o755)
            self.engines[how] = f"{script} {{brief}} {{out}}"

    @staticmethod
    def _write_tone(path):
        samples = array.array("h")
        for frame in range(48000 * 40):
            loud = 8000 * math.sin(frame * 0.03) * (0.6 + 0.4 * math.sin(frame * 0.0001))
            samples.extend((int(loud), int(loud)))
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(48000)
            file.writeframes(samples.tobytes())

    def start(self, *command, **more):
        return subprocess.Popen([str(part) for part in command], env=self.environment,
                                start_new_session=True, **more)

    def run(self, *command):
        return subprocess.run([str(part) for part in command], env=self.environment, check=False,
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=WAIT * 5)


class Host:
    """One kind of host with a data folder of its own."""

    name = ""

    def __init__(self, place):
        self.place = place
        self.data = place.root / f"data-{self.name}"
        self.record = Told()
        self.money = Money(self.data)
        self.kills = 0
        self.kills_of_round = 0

    @property
    def told(self):
        return len(self.record.files)

    @property
    def compared(self):
        return self.record.compared

    def kill(self, process):
        """The host alone: what it has started has to end by itself."""
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.kills += 1
        self.kills_of_round += 1

    def wait_to_kill(self, draw, process, meanwhile=lambda: None):
        """Waits for the moment: some time after the start, or after something new was told ready."""
        begun = begun_told = time.monotonic()
        told = self.told
        after_told = draw.random() < 0.5
        wait = draw.uniform(0.05, 1.5 if after_told else 4.0)
        while process.poll() is None:
            meanwhile()
            now = time.monotonic()
            if after_told and self.told == told and now < begun + WAIT:
                begun_told = now
            elif now >= (begun_told if after_told else begun) + wait:
                return
            time.sleep(0.05)

    def kill_while_heard(self, draw, process, listen):
        """Kills it at some moment, while a thread runs `listen`. Tells it where the process had ended by itself."""
        listener = threading.Thread(target=listen)
        listener.start()
        self.wait_to_kill(draw, process)
        ended = process.poll()
        self.kill(process)
        listener.join()
        return [] if ended is None else [f"{self.name} ended by itself, with {ended}"]

    def after_kill(self, draw):
        """What is looked at before anybody opens the folder again."""
        wrong = leftovers.processes_left(self.place.mark)
        wrong += self.record.changed_on_disk()
        if self.data.exists():
            wrong += self.checked(quick=draw.random() < 0.8)
            now = Money(self.data)
            wrong += now.faults_since(self.money)
            self.money = now
        return wrong

    def checked(self, quick):
        if not any((self.data / part).exists() for part in ("catalogue.sqlite", "sessions", "tracks")):
            return []
        done = self.place.run(self.place.tool, "store", "check", self.data, "--json",
                              *(["--quick"] if quick else []))
        try:
            report = json.loads(done.stdout)
        except ValueError:
            return [f"store check: {done.returncode}: {done.stdout}{done.stderr}"]
        return [f"store check: {finding['path']}: {finding['message']}"
                for finding in report["findings"]
                if finding["state"] == "problem" and finding["kind"] not in HARMLESS]

    def reopened(self):
        """Opens and closes the folder by the program in C, and compares what that lists."""
        done = self.place.run(self.place.host, "list", self.data)
        if done.returncode != 0 or not done.stdout.endswith("end\n"):
            return [f"the folder can not be opened: {done.stderr}"]
        listed = set()
        wrong = []
        for line in done.stdout.splitlines()[:-1]:
            name, index, path = line.split(" ", 3)[1:]
            listed.add((name, int(index)))
            wrong += self.record.note(name, int(index), path)
        wrong += self.record.missing_from(listed)
        now = Money(self.data)
        wrong += now.faults_since(self.money)
        if now.held:
            wrong.append(f"{now.held} micro-units are held, and nobody is at work")
        self.money = now
        return wrong + self.left()

    def left(self):
        wrong = leftovers.processes_left(self.place.mark)
        wrong += leftovers.temporary_folders(self.place.temporary)
        return wrong + leftovers.partial_files(self.data)

    def note_catalogue(self):
        """What the catalogue of a running process says is ready is told ready."""
        wrong = []
        try:
            database = sqlite3.connect(f"file:{self.data}/catalogue.sqlite?mode=ro", uri=True, timeout=1)
            rows = database.execute(
                "SELECT session_id, number, format FROM segment JOIN session ON id = session_id")
            for session, number, form in rows.fetchall():
                ending = "flac" if form.startswith("flac") else form
                path = self.data / "sessions" / session / f"{number:03}.{ending}"
                if (session, number) not in self.record.files and digest_of(path) is not None:
                    wrong += self.record.note(session, number, path)
            database.close()
        except sqlite3.Error:
            pass  # it is being made
        return wrong

    def round(self, draw):
        self.kills_of_round = 0
        wrong = self.play_round(draw)
        wrong += self.after_kill(draw)
        if not wrong and draw.random() < 0.5 and self.data.exists():
            wrong += self.reopened()
        return wrong

    def finish(self):
        return self.reopened() if self.data.exists() else []

    def play_round(self, draw):
        raise NotImplementedError
