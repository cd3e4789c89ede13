# SPDX-License-Identifier: MIT
"""The real `focus-session serve`, with the keys of the tests and a folder."""
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from serving import Key, Serving, write_keys  # pylint: disable=wrong-import-position

__all__ = ["Key", "Service"]


class Service(Serving):
    """A running service. Without `data` its folder is its own and goes with it."""

    def __init__(self, tool, keys, options=(), data=None):
        self._own = pathlib.Path(tempfile.mkdtemp(prefix="focus-contract-"))
        self.data = data or self._own / "data"
        key_file = self._own / "keys.json"
        write_keys(key_file, keys)
        super().__init__(tool, "--data", self.data, "--keys", key_file, *options)

    def stop(self):
        problems = super().stop()
        shutil.rmtree(self._own, ignore_errors=True)
        return problems
