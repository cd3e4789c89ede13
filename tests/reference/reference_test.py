# SPDX-License-Identifier: MIT
"""The API reference is made without a warning, and says what a reader looks for.

    reference_test.py SOURCE_FOLDER
"""
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop()).resolve()


class ReferenceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for part in "docs", "include":
            shutil.copytree(ROOT / part, self.folder / part)
        self.header = self.folder / "include/focus_session/focus_session.h"

    def doxygen(self):
        (self.folder / "build").mkdir()
        return subprocess.run(["doxygen", "docs/Doxyfile"], cwd=self.folder, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def page(self, name):
        text = (self.folder / "build/docs/html" / name).read_text("utf-8")
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())

    def test_the_reference_is_made_without_a_warning_and_in_sections(self):
        done = self.doxygen()
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        sections = re.findall(r"^/\* ---- ", self.header.read_text("utf-8"), flags=re.MULTILINE)
        groups = list((self.folder / "build/docs/html").glob("group__*.html"))
        self.assertEqual(len(groups), len(sections))
        player = self.page("group__player.html")
        self.assertIn("Threads audio-thread (offline mode: main-thread, waits) Since 0.1", player)
        self.assertNotIn("[any-thread]", player)
        self.assertIn("focus_engine_register", self.page("group__a__host__s__own__engine.html"))

    def test_a_parameter_that_is_not_there_is_an_error(self):
        text = self.header.read_text("utf-8")
        self.assertIn("@param frames_read", text)
        self.header.write_text(text.replace("@param frames_read", "@param frames_red"), "utf-8")
        done = self.doxygen()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("frames_red", done.stdout)


if __name__ == "__main__":
    unittest.main()
