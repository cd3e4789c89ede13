#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The kill drill notices what it is for: a file that is lost or changed, money that is held, a process
and a folder that are left.

    kill_test.py BUILD_DIR
"""
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

import leftovers
from host import Place
from hosts import CHost
from told import Money, Told

build = None


class Comparing(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)

    def test_a_file_that_is_lost_or_changed_or_not_listed(self):
        told = Told()
        for index in range(3):
            (self.root / str(index)).write_bytes(b"music %d" % index)
            self.assertEqual(told.note("s", index, self.root / str(index)), [])
        self.assertEqual(told.changed_on_disk(), [])
        (self.root / "0").unlink()
        (self.root / "1").write_bytes(b"noise")
        self.assertEqual(len(told.changed_on_disk()), 2)
        self.assertEqual(len(told.missing_from({("s", 0), ("s", 1)})), 1)
        self.assertEqual(len(told.note("s", 1, self.root / "1")), 1)
        self.assertEqual(len(told.note("s", 9, self.root / "none")), 1)

    def test_money_that_is_lost_or_held(self):
        def write(held, by_session, by_day):
            database = sqlite3.connect(self.root / "catalogue.sqlite")
            database.executescript(f"""
              CREATE TABLE IF NOT EXISTS hold (micros); DELETE FROM hold;
              CREATE TABLE IF NOT EXISTS settled_by_session (session_id, micros);
              DELETE FROM settled_by_session;
              CREATE TABLE IF NOT EXISTS settled_on_day (micros); DELETE FROM settled_on_day;
              INSERT INTO hold VALUES ({held}); INSERT INTO settled_by_session VALUES ('a', {by_session});
              INSERT INTO settled_on_day VALUES ({by_day});""")
            database.close()
            return Money(self.root)

        before = write(5, 10, 10)
        self.assertEqual(before.held, 5)
        self.assertEqual(before.faults_since(Money(self.root / "none")), [])
        self.assertEqual(len(write(0, 9, 9).faults_since(before)), 1)
        self.assertEqual(len(write(0, 20, 10).faults_since(before)), 1)

    def test_a_process_and_a_folder_that_are_left(self):
        mark = "FOCUS_DRILL=kill_test"
        left = subprocess.Popen(["sleep", "60"], env={"FOCUS_DRILL": "kill_test"})
        try:
            self.assertEqual(len(leftovers.processes_left(mark, 0.1)), 1)
        finally:
            left.kill()
            left.wait()
        self.assertEqual(leftovers.processes_left(mark, 0.1), [])
        (self.root / "focus-command-x").mkdir()
        self.assertEqual(len(leftovers.temporary_folders(self.root)), 1)

    def test_a_store_that_has_lost_a_segment_and_holds_money(self):
        place = Place(build, self.root, "FOCUS_DRILL=kill_test_store")
        host = CHost(place)
        process = place.start(place.host, "work", host.data, 5, stdout=subprocess.PIPE, text=True)
        line = process.stdout.readline()
        name, index, path = line.rstrip("\n").split(" ", 3)[1:]
        self.assertEqual(host.record.note(name, int(index), path), [])
        host.kill(process)
        process.stdout.close()
        self.assertEqual(host.checked(quick=True) + host.reopened(), [])
        pathlib.Path(path).unlink()
        self.assertEqual(len(host.record.changed_on_disk()), 1)
        self.assertIn("there is no such file", " ".join(host.checked(quick=True)))
        self.assertIn("listed no more", " ".join(host.reopened()))


if __name__ == "__main__":
    build = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
