# SPDX-License-Identifier: MIT
"""What all tests of a run share: the document, the record of exchanges, the service, callers."""
import contextlib
import functools
import json
import pathlib
import shlex
import subprocess
import tempfile

from client import Client, Ledger
from document import Document
from service import Key, Service

# Of what the tests' own engine plays where the music is not what a test is about: cheap to make.
QUICK = {"segment_seconds": 20, "sample_rate": 8000}
# A minute in three segments.
SHORT = {"goal": "focus", "target_minutes": 1, "engine": "tone", "options": {**QUICK, "seed": 7}}

tool = None  # set by run.py, as are the command of that engine and the folder of the sources
tone = None
source = None
make_service = Service  # set by run.py where a service is a cluster
_services = []

ALICE = Key("alice-s-key", "alice")
ALICE_TOO = Key("another-key-of-alice", "alice")
BOB = Key("bob-s-key", "bob")
STRANGER = Key("stranger-s-key", "stranger", organizations=["org_elsewhere"])
LISTENER = Key("listener-s-key", "listener", capabilities=[])
KEEPER = Key("keeper-s-key", "keeper")
HASTY = Key("hasty-s-key", "hasty", requests_per_minute=3)
WATCHER = Key("watcher-s-key", "prometheus", ["org_ops"], ["READ_METRICS"])
KEYS = [WATCHER, ALICE, ALICE_TOO, BOB, STRANGER, LISTENER, KEEPER, HASTY]


def document_path():
    return source / "src" / "rest" / "openapi.json"


@functools.lru_cache(maxsize=None)
def document():
    return Document(json.loads(document_path().read_text(encoding="utf-8")))


@functools.lru_cache(maxsize=None)
def ledger():
    return Ledger(document())


def start_service(*options, keys=None, data=None):
    """A service of a test's own. It is stopped at the end of the run, if not before."""
    options = (
        *("--engine-key", "tone", "--engine-command", f"{shlex.quote(str(tone))} {{brief}} {{out}}"),
        *("--engine-licence", "commercial_cleared", "--engine-concurrency", "8"),
        *options,
    )
    service = make_service(tool, keys or KEYS, options, data)
    _services.append(service)
    return service


@functools.lru_cache(maxsize=None)
def service():
    """The one that most tests talk to."""
    return start_service()


def client(key, at=None, organization="org_abc123"):
    return Client(ledger(), (at or service()).address, key.text if key else None, organization)


def metrics(key, at=None):
    """The text of each process that serves."""
    return [Client(ledger(), address, key.text).get("/metrics").body.decode()
            for address in (at or service()).addresses]


@functools.lru_cache(maxsize=None)
def ready_session():
    """A session of Alice's that is ready, for tests that change nothing of it."""
    alice = client(ALICE)
    return alice.ready(alice.start(**SHORT).json()["session_id"])["session_id"]


@contextlib.contextmanager
def lasting_folder():
    """For data that more than one service is to see, one after the other."""
    with tempfile.TemporaryDirectory(prefix="focus-contract-data-") as folder:
        try:
            yield pathlib.Path(folder)
        finally:
            for service in _services:
                if service.data == pathlib.Path(folder):
                    service.stop()


def stop_services():
    return [problem for service in _services for problem in service.stop()]


def measure(paths):
    """Integrated loudness of files, as the tool measures it."""
    done = subprocess.run(
        [str(tool), "measure", "--json", *[str(path) for path in paths]],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return [file["integrated_lufs"] for file in json.loads(done.stdout)["files"]]
