# SPDX-License-Identifier: MIT
"""What a library has told ready, and whether it is there still, byte by byte."""
import hashlib
import pathlib
import shutil
import sqlite3
import tempfile


def digest_of(path):
    """The BLAKE2b hash of a file, or None where there is none."""
    try:
        return hashlib.blake2b(pathlib.Path(path).read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return None


class Told:
    """All that one data folder was ever told to have: {(session or track, index): (path, digest)}."""

    def __init__(self):
        self.files = {}
        self.compared = 0

    def note(self, name, index, path, digest=None):
        """Keeps what was told first; what is told again is compared. Returns what is wrong."""
        digest = digest or digest_of(path)
        known = self.files.get((name, index))
        if known is None:
            if digest is None:
                return [f"{name} {index} was told ready, and {path} can not be read"]
            self.files[(name, index)] = (str(path), digest)
            return []
        self.compared += 1
        if digest != known[1]:
            return [f"{name} {index} is other bytes than before: {path}"]
        return []

    def missing_from(self, listed):
        """What was told ready once and is not in a list of (name, index)."""
        return [f"{name} {index} was told ready, and is listed no more" for name, index in self.files
                if (name, index) not in listed]

    def changed_on_disk(self):
        """Files that are gone, or are other bytes."""
        wrong = []
        for (name, index), (path, digest) in self.files.items():
            self.compared += 1
            now = digest_of(path)
            if now is None:
                wrong.append(f"{name} {index} was told ready, and {path} is gone")
            elif now != digest:
                wrong.append(f"{name} {index} was told ready, and {path} is other bytes")
        return wrong


class Money:
    """The ledger of a data folder, read from a copy of its catalogue."""

    def __init__(self, folder):
        self.held, self.settled, self.by_day, self.whole = 0, {}, 0, "ok"
        catalogue = pathlib.Path(folder) / "catalogue.sqlite"
        if not catalogue.exists():
            return
        with tempfile.TemporaryDirectory() as copy:
            for ending in ("", "-wal"):
                if pathlib.Path(f"{catalogue}{ending}").exists():
                    shutil.copy(f"{catalogue}{ending}", f"{copy}/c{ending}")
            database = sqlite3.connect(f"{copy}/c")
            try:
                if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'hold'").fetchone():
                    return
                self.whole = database.execute("PRAGMA integrity_check").fetchone()[0]
                self.held = database.execute("SELECT COALESCE(SUM(micros), 0) FROM hold").fetchone()[0]
                self.settled = dict(
                    database.execute("SELECT session_id, micros FROM settled_by_session").fetchall())
                self.by_day = database.execute(
                    "SELECT COALESCE(SUM(micros), 0) FROM settled_on_day").fetchone()[0]
            finally:
                database.close()

    def faults_since(self, before):
        """What can not be, when `before` was the ledger earlier."""
        wrong = [] if self.whole == "ok" else [f"the catalogue is damaged: {self.whole}"]
        for session, micros in before.settled.items():
            if self.settled.get(session, 0) < micros:
                wrong.append(f"{session} had spent {micros}, and now {self.settled.get(session, 0)}")
        if sum(self.settled.values()) != self.by_day:
            wrong.append(f"spent by sessions: {sum(self.settled.values())}, by days: {self.by_day}")
        return wrong
