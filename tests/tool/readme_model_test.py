# SPDX-License-Identifier: MIT
"""Runs the model server and its command as the README shows them: a session is played by them alone.

Usage: readme_model_test.py TOOL SOURCE_FOLDER
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time
import unittest

TOOL, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
WAIT = 30.0


def program(name):
    """The block of Python that begins with a comment that names it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```python\n(# {re.escape(name)} .*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1, f"README.md shows {len(blocks)} programs {name}"
    return blocks[0]


class ReadmeModelTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name in ("model_server.py", "ask_model.py"):
            (self.folder / name).write_text(program(name), encoding="utf-8")
        self.socket = self.folder / "model.sock"
        self.command = "python3 {} {} {{brief}} {{out}}".format(
            shlex.quote(str(self.folder / "ask_model.py")), shlex.quote(str(self.socket)))

    def serve(self):
        server = subprocess.Popen([sys.executable, self.folder / "model_server.py", self.socket])
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        deadline = time.monotonic() + WAIT
        while not self.socket.exists():
            self.assertIsNone(server.poll(), "the server has ended")
            self.assertLess(time.monotonic(), deadline, "the server does not listen")
            time.sleep(0.01)

    def render(self):
        return subprocess.run(
            [TOOL, "render", self.folder / "out.wav", "--minutes", "1", "--rate", "8000",
             "--engine-command", self.command, "--engine-key", "mine", "--engine-retries", "0",
             "--engine-max-seconds", "180", "--engine-licence", "personal_only"],
            capture_output=True, text=True, timeout=WAIT * 2, check=False)

    def test_the_model_plays_and_nobody_stands_in_for_it(self):
        self.serve()
        done = self.render()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 segment by mine", done.stdout)
        self.assertNotIn("failed", done.stderr)  # with which the fallback would be told

    def test_a_server_that_is_not_there_is_an_error_of_the_command(self):
        check = subprocess.run(
            [TOOL, "check-engine", "--quick", "--engine-command", self.command, "--engine-retries", "0"],
            capture_output=True, text=True, timeout=WAIT, check=False)
        self.assertEqual(check.returncode, 1, check.stdout)
        self.assertIn("FileNotFoundError", check.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
