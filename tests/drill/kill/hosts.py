# SPDX-License-Identifier: MIT
"""The hosts that the kill drill kills: `serve`, `play`, `render`, and a program in C."""
import array
import hashlib
import http.client
import json
import math
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import wave

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
# pylint: disable=wrong-import-position
import leftovers
from serving import Key, Serving, ask, write_keys
from told import Money, Told, digest_of

KEY = Key("drill", "drill", ["org_drill"])
PRICE = 60_000_000  # micro-units a minute
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


class CHost(Host):
    name = "host"

    def play_round(self, draw):
        process = self.place.start(self.place.host, "work", self.data, draw.getrandbits(31),
                                   stdout=subprocess.PIPE, text=True)
        wrong = []

        def read():
            for line in process.stdout:
                if line.endswith("\n"):
                    name, index, path = line.rstrip("\n").split(" ", 3)[1:]
                    wrong.extend(self.record.note(name, int(index), path))

        reader = threading.Thread(target=read)
        reader.start()
        self.wait_to_kill(draw, process)
        ended = process.poll()
        self.kill(process)
        reader.join()
        if ended is not None:
            wrong.append(f"the host in C ended by itself, with {ended}")
        return wrong


class Play(Host):
    name = "play"

    def play_round(self, draw):
        options = ["--device", "none", "--speed", "20", "--minutes", "3", "--data", self.data]
        how = draw.choice([None, "quick", "slow"])
        if how is not None:
            options += ["--engine-command", self.place.engines[how], "--engine-price", PRICE,
                        "--engine-concurrency", "2"]
        process = self.place.start(self.place.tool, "play", *options, stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wrong = []
        self.wait_to_kill(draw, process, lambda: wrong.extend(self.note_catalogue()))
        self.kill(process)
        process.stdin.close()
        return wrong


class Serve(Host):
    name = "serve"

    def start(self, how):
        options = [] if how is None else ["--engine-command", self.place.engines[how], "--engine-key",
                                          "drill", "--engine-price", PRICE]
        keys = self.place.root / "keys.json"
        write_keys(keys, [KEY])
        return Serving(self.place.tool, "--data", self.data, "--keys", keys, *options,
                       env=self.place.environment, start_new_session=True)

    def ask(self, address, method, target, body=None):
        return ask(address, KEY.text, method, target, body)

    def listen(self, address, draw, until):
        """Starts sessions and fetches what is ready, until the server is gone."""
        wrong = []
        engine = "drill" if self.how is not None else "studio"
        sessions = []
        while time.monotonic() < until:
            if len(sessions) < 3:
                status, body = self.ask(
                    address, "POST", "/v1/music/org_drill/focus/sessions",
                    {"goal": "focus", "target_minutes": 1, "engine": engine,
                     "options": {"segment_seconds": 20, "seed": draw.getrandbits(31)}})
                if status not in (200, 201, 202):
                    return wrong + [f"a session was refused: {status} {body!r}"]
                sessions.append(body)
            for known in sessions:
                wrong += self.fetch(address, known["session_id"], draw)
            time.sleep(0.05)
        return wrong

    def fetch(self, address, session, draw):
        status, body = self.ask(address, "GET", f"/v1/music/org_drill/focus/sessions/{session}")
        if status != 200:
            return [f"{session} is answered with {status}"]
        wrong = []
        for segment in body["segments"]:
            url = segment.get("playback_url")
            name, index = session, segment["segment_index"]
            if not url or (name, index) in self.record.files:
                continue
            status, audio = self.ask(address, "GET", re.sub(r"^http://[^/]+", "", url))
            if status != 200:
                wrong.append(f"{name} {index} is told ready, and answered with {status}")
                continue
            path = self.data / "sessions" / session / f"{index:03}.flac"
            digest = hashlib.blake2b(audio, digest_size=16).hexdigest()
            wrong += self.record.note(name, index, path, digest)
            if draw.random() < 0.3:
                wrong += self.promote(address, session, index)
        return wrong

    def promote(self, address, session, index):
        target = f"/v1/music/org_drill/focus/sessions/{session}/segments/{index}/promote"
        status, body = self.ask(address, "POST", target, {"title": "Kept"})
        if status not in (200, 201, 202):
            return [f"{session} {index} is not promoted: {status} {body!r}"]
        track = body["id"]
        return self.record.note(track, index, self.data / "tracks" / f"{track}.flac")

    def play_round(self, draw):
        self.how = draw.choice([None, "quick", "slow"])
        serving = self.start(self.how)
        wrong = []
        chance = random.Random(draw.getrandbits(32))  # of the listener's thread alone

        def listen():
            try:
                wrong.extend(self.listen(serving.address, chance, time.monotonic() + 2 * WAIT))
            except (OSError, http.client.HTTPException):
                pass  # it was killed

        listener = threading.Thread(target=listen)
        listener.start()
        self.wait_to_kill(draw, serving.process)
        ended = serving.process.poll()
        self.kill(serving.process)
        listener.join()
        if ended is not None:
            wrong.append(f"serve ended by itself, with {ended}")
        return wrong


class Render(Host):
    """Here a file is told ready when the command ends with 0, or when it stands under its name."""

    name = "render"

    def __init__(self, place):
        super().__init__(place)
        self.out = place.root / "out"
        self.out.mkdir()

    def play_round(self, draw):
        seed = draw.choice([7, 8])
        out = self.out / f"{seed}.flac"
        options = ["--minutes", "1", "--seed", seed, "--quiet"]
        if draw.random() < 0.3:
            options += ["--segments", self.out / f"segments-{seed}"]
        if draw.random() < 0.3:
            options += ["--engine-command", self.place.engines["slow"]]
            out = self.out / "engine.flac"
        process = self.place.start(self.place.tool, "render", out, *options, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(draw.uniform(0.05, 4.0))
        except subprocess.TimeoutExpired:
            pass
        if process.poll() is None:
            self.kill(process)
        elif process.returncode != 0:
            return [f"render ended by itself, with {process.returncode}"]
        return self.note_files()

    def note_files(self):
        wrong = []
        for seed in (7, 8):
            out = self.out / f"{seed}.flac"
            if out.exists():
                # The same seed gives the same bytes, whenever it was made.
                wrong += self.record.note(out.name, 0, out)
        return wrong

    def finish(self):
        """The same commands to their ends: what was killed before is swept."""
        wrong = []
        for seed in (7, 8):
            done = self.place.run(self.place.tool, "render", self.out / f"{seed}.flac", "--minutes", "1",
                                  "--seed", seed, "--quiet")
            if done.returncode != 0:
                wrong.append(f"render ended with {done.returncode}: {done.stderr}")
        wrong += self.note_files()
        wrong += leftovers.processes_left(self.place.mark)
        # A memory store has no folder: a service with a temporary one sweeps those of the killed.
        trial = self.place.run(self.place.tool, "render", self.out / "trial.wav", "--minutes", "1",
                               "--quiet", "--segments", self.out / "trial")
        if trial.returncode != 0:
            wrong.append(f"render ended with {trial.returncode}: {trial.stderr}")
        wrong += leftovers.temporary_folders(self.place.temporary)
        # A partial file goes with the next render of the same name.
        return wrong + [left for seed in (7, 8)
                        for left in leftovers.partial_files(self.out) if f"/.{seed}" in left]


HOSTS = {"serve": Serve, "play": Play, "render": Render, "host": CHost}
