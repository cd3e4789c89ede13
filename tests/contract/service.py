# SPDX-License-Identifier: MIT
"""The real `focus-session serve`, run as a child of the tests."""
import dataclasses
import hashlib
import json
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from typing import List

GENERATE = "USE_MUSIC_GENERATION"
START_SECONDS = 60
STOP_SECONDS = 60


@dataclasses.dataclass(frozen=True)
class Key:
    """A key as its owner knows it, and what it may do."""

    text: str
    caller: str
    organizations: List[str] = dataclasses.field(default_factory=lambda: ["org_abc123"])
    capabilities: List[str] = dataclasses.field(default_factory=lambda: [GENERATE])
    requests_per_minute: int = -1  # no limit

    def entry(self):
        digest = hashlib.blake2b(self.text.encode(), digest_size=32).hexdigest()
        return {
            "hash": digest,
            "caller": self.caller,
            "organizations": self.organizations,
            "capabilities": self.capabilities,
            "requests_per_minute": self.requests_per_minute,
        }


class Service:
    """A running service. Without `data` its folder is its own and goes with it."""

    def __init__(self, tool, keys, options=(), data=None):
        self._own = pathlib.Path(tempfile.mkdtemp(prefix="focus-contract-"))
        self.data = data or self._own / "data"
        self._keys = self._own / "keys.json"
        self._keys.write_text(json.dumps({"keys": [key.entry() for key in keys]}))
        self._keys.chmod(0o600)
        self._output = []
        self._ready = threading.Event()
        self._process = subprocess.Popen(
            [
                str(tool),
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--data",
                str(self.data),
                "--keys",
                str(self._keys),
                *options,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.address = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._ready.wait(START_SECONDS) or self.address is None:
            self.stop()
            raise RuntimeError(f"focus-session serve did not start: {self.output()}")

    def _read(self):
        for line in self._process.stdout:
            self._output.append(line)
            found = re.search(r"listening on http://(127\.0\.0\.1:[1-9]\d*)", line)
            if found and self.address is None:
                self.address = found.group(1)
                self._ready.set()
        self._ready.set()

    def output(self):
        return "".join(self._output)

    def stop(self):
        """Ends it as a person at a terminal would. Returns what is wrong with how it went."""
        problems = []
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                problems.append("the service did not stop when it was told to")
                self._process.kill()
                self._process.wait()
        self._reader.join(STOP_SECONDS)
        shutil.rmtree(self._own, ignore_errors=True)
        return problems + self._unwell()

    def _unwell(self):
        """An end that was none, and what the service has logged: faults of its own, warnings."""
        code = self._process.returncode
        problems = [] if code == 0 else [f"the service ended with {code}: {self.output()[-2000:]}"]
        return problems + [line for line in self._output if line.startswith("focus-session: ")]
