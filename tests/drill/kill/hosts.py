# SPDX-License-Identifier: MIT
"""The hosts that the kill drill kills: `serve`, `play`, `render`, and a program in C."""
import hashlib
import http.client
import pathlib
import random
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
# pylint: disable=wrong-import-position
import leftovers
from host import WAIT, Host
from serving import Key, Serving, ask, write_keys

KEY = Key("drill", "drill", ["org_drill"])
PRICE = 60_000_000  # micro-units a minute


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

        return self.kill_while_heard(draw, process, read) + wrong


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

        return self.kill_while_heard(draw, serving.process, listen) + wrong


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
