# SPDX-License-Identifier: MIT
"""What the README files and the examples show is run."""
import array
import os
import pathlib
import re
import subprocess
import sys

import pytest

import focus_session

ROOT = pathlib.Path(__file__).resolve().parents[3]

# Stands for the sound card: takes a block whenever it likes, until there are no more.
SOUND_CARD = '''
import threading, time, array
class OutputStream:
    def __init__(self, samplerate, channels, dtype, callback):
        assert (samplerate, channels, dtype) == (48000, 2, "float32")
        self.callback, self.blocks = callback, 0
    def __enter__(self):
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
    def run(self):
        import numpy
        while not self.over:
            self.callback(numpy.empty((24000, 2), numpy.float32), 24000, None, None)
            self.blocks += 1
            time.sleep(0.001)
    over = False
    def __exit__(self, *_):
        self.over = True
        self.thread.join()
        print("blocks", self.blocks)
'''


def blocks_of(path):
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / path).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [block for block in blocks if "import focus_session" in block]


def run(folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(folder / "stand-ins")}
    if os.environ.get("PYTHONPATH"):
        environment["PYTHONPATH"] += os.pathsep + str(pathlib.Path(focus_session.__file__).parent.parent)
    done = subprocess.run([sys.executable, *map(str, arguments)], text=True, capture_output=True, cwd=folder,
                          env=environment, timeout=90)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the blocks run, one after another: some read what one before has written."""
    made = tmp_path_factory.mktemp("readme")
    (made / "stand-ins").mkdir()
    return made


@pytest.mark.parametrize("path", ["bindings/python/README.md", "README.md"])
def test_the_blocks_of_the_readme_run(folder, path):
    blocks = blocks_of(path)
    assert blocks, f"{path} shows no Python"
    (folder / "stand-ins" / "sounddevice.py").write_text(SOUND_CARD)
    for block in blocks:
        shorter = re.sub(r"target_minutes=\d+", "target_minutes=1", block).replace("time.sleep(1)", "time.sleep(0.01)")
        printed = run(folder, "-c", shorter)
        if "sounddevice" in block:
            assert int(printed.split()[-1]) >= 120


def test_an_hour_is_played_by_ten_lines():
    (block,) = [one for one in blocks_of("README.md") if "sounddevice" in one]
    lines = [line for line in block.splitlines() if line.strip()]
    assert len(lines) <= 10 and "target_minutes=60" in block


def test_the_examples_run(tmp_path):
    (tmp_path / "stand-ins").mkdir()
    printed = run(tmp_path, ROOT / "examples/python/numpy_engine.py", "bells.flac", "1")
    assert "bells" in printed and "studio" not in printed
    assert focus_session.measure(tmp_path / "bells.flac").duration_seconds == 60.0
    assert "focus.ogg: 1 minutes of focus" in run(tmp_path, ROOT / "examples/python/play_an_hour.py", "1", "focus.ogg")
    assert focus_session.measure(tmp_path / "focus.ogg").duration_seconds == pytest.approx(60.0, abs=0.1)


def test_the_engine_of_the_example_follows_its_brief():
    sys.path.insert(0, str(ROOT / "examples/python"))
    import numpy
    from numpy_engine import Bells, hertz, scale_of

    assert hertz(scale_of("A aeolian"), 0) == pytest.approx(220.0)
    assert hertz(scale_of("D dorian"), 7) == pytest.approx(2 * hertz(scale_of("D dorian"), 0))
    with focus_session.Service() as service:
        service.add_engine(Bells())
        session = service.start(goal="relax", target_minutes=1, segment_seconds=20, engine="bells", seed=3)
        session.wait(60)
        first, second = session[0], session[1]
        overlap = first.fade_out_ms * 48
        old = first.read()[-overlap:] / 10 ** (first.gain_db / 20)
        new = second.read(frames=overlap) / 10 ** (second.gain_db / 20)
        if first.key == second.key and first.tempo_bpm == second.tempo_bpm:
            assert numpy.corrcoef(old[:, 0], new[:, 0])[0, 1] > 0.99  # they play the same there
        assert not first.fallback


def test_what_the_readme_points_to_is_there():
    folder = ROOT / "bindings/python"
    for target in re.findall(r"\]\(([^)#]+)\)", (folder / "README.md").read_text("utf-8")):
        assert "://" in target or (folder / target).exists(), target
