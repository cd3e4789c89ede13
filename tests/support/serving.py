# SPDX-License-Identifier: MIT
"""`focus-session serve` as a child process, and the keys of its clients."""
import dataclasses
import hashlib
import http.client
import json
import re
import signal
import subprocess
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
    requests_per_minute: int = -1  # no limit; 0: that of the server

    def entry(self):
        return {
            "hash": hashlib.blake2b(self.text.encode(), digest_size=32).hexdigest(),
            "caller": self.caller,
            "organizations": self.organizations,
            "capabilities": self.capabilities,
            "requests_per_minute": self.requests_per_minute,
        }


def write_keys(path, keys):
    """Writes a key file as `serve --keys` reads it."""
    path.write_text(json.dumps({"keys": [key.entry() for key in keys]}))
    path.chmod(0o600)


def ask(address, key, method, target, body=None):
    """Sends one request, with `body` as JSON. Returns the status, and the content: JSON is read."""
    connection = http.client.HTTPConnection(address, timeout=60)
    try:
        headers = {"X-API-Key": key}
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        connection.request(method, target, body, headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    is_json = "json" in (answer.getheader("Content-Type") or "")
    return answer.status, json.loads(content) if is_json else content


class Serving:
    """A running `focus-session serve` at a free port of this machine. What it prints is kept."""

    def __init__(self, tool, *options, **popen):
        self.lines = []
        self._has_ended = False
        self._was_killed = False
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            [str(part) for part in (tool, "serve", "--port", "0", *options)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            **popen)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self.address = self.wait_for(r"listening on http://(127\.0\.0\.1:[1-9]\d*)").group(1)
        except RuntimeError:
            self.stop()
            raise

    def _read(self):
        with self.process.stdout as output:
            for line in output:
                with self._news:
                    self.lines.append(line.rstrip("\n"))
                    self._news.notify_all()
        with self._news:
            self._has_ended = True
            self._news.notify_all()

    def output(self):
        return "\n".join(self.lines)

    def wait_for(self, pattern):
        """The first match in what it has printed, or prints within START_SECONDS."""
        with self._news:
            self._news.wait_for(lambda: self._has_ended or re.search(pattern, self.output()),
                                START_SECONDS)
            found = re.search(pattern, self.output())
            if not found:
                raise RuntimeError(f"focus-session serve has not said {pattern}: {self.output()}")
            return found

    @property
    def addresses(self):
        """Of every process that serves."""
        return [self.address]

    @property
    def processes(self):
        return [self.process]

    def kill(self):
        """Ends it as a crash of the machine would."""
        self._was_killed = True
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def stop(self):
        """Ends it as a person at a terminal would. Returns what is wrong: that it did not end, that
        it ended badly, and what it has logged (faults of its own, warnings)."""
        problems = []
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                problems.append("the service did not stop when it was told to")
                self.process.kill()
                self.process.wait()
        self._reader.join(STOP_SECONDS)
        code = self.process.returncode
        if code != 0 and not self._was_killed:
            problems.append(f"the service ended with {code}: {self.output()[-2000:]}")
        return problems + [line for line in self.lines if line.startswith("focus-session: ")]
