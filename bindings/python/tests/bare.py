# SPDX-License-Identifier: MIT
"""The wheel where nothing else is: no NumPy, no library of the system's but what every Linux has.

    bare.py ENVIRONMENT        run by the interpreter of that environment
"""
import array
import pathlib
import random
import re
import sys
import tempfile
import unittest

import focus_session

HERE = pathlib.Path(sys.argv.pop(1)).resolve()


class Bare(unittest.TestCase):
    def test_nothing_is_loaded_but_the_wheel_and_what_every_linux_has(self):
        self.assertNotIn("numpy", sys.modules)
        with self.assertRaises(ImportError):
            import numpy  # noqa: F401
        focus_session.library_version()
        lines = pathlib.Path("/proc/self/maps").read_text().splitlines()
        loaded = {line.split()[-1] for line in lines if ".so" in line}
        ours = {path for path in loaded if path.startswith(str(HERE))}
        self.assertTrue(any("libsndfile-" in path for path in ours), ours)
        theirs = re.compile(r"/(libc|libm|libgcc_s|libstdc\+\+|ld-linux[^/]*|libpython.*|libffi|lib(z|expat|dl|pthread|rt|crypt"
                            r"|util|bz2|lzma|uuid|crypto|ssl)|_\w+\.cpython.*|[a-z]\w*\.cpython.*)[-.\d]*so")
        self.assertEqual([path for path in loaded - ours if not theirs.search(path)], [])

    def test_what_the_wheel_carries_is_named_with_its_licence(self):
        package = pathlib.Path(focus_session.__file__).parent
        self.assertTrue((package / "py.typed").exists())
        folder = package / "_native"
        notice = (folder / "NOTICE").read_text()
        for path in folder.glob("*.so*"):
            if path.name != "libfocus_session.so":
                self.assertIn(path.name, notice)
        self.assertIn("LGPL", (folder / "licences" / "libsndfile.txt").read_text())
        self.assertTrue((folder / "licences" / "LGPL-2.1.txt").exists())

    def test_samples_are_memoryviews_of_the_same_shape(self):
        with focus_session.Service() as service:
            session = service.start(goal="focus", target_minutes=1, segment_seconds=20, seed=7)
            for segment in session:
                samples = segment.read(frames=1000)
                self.assertEqual((samples.shape, samples.format), ((1000, 2), "f"))
            self.assertEqual(session[0].read(first_frame=session[0].frames - 3, frames=100).shape, (3, 2))
            self.assertEqual(len(session[0].read(first_frame=session[0].frames)), 0)
            with session.play(offline=True) as player:
                first = player.read(500)
                self.assertEqual(first.shape, (500, 2))
                self.assertEqual(first.tolist(), session[0].read(frames=500).tolist())
                room = array.array("f", bytes(800))
                self.assertEqual(len(player.read(out=room)), 100)
                self.assertTrue(any(room))
                self.assertEqual(player.read_planar(10).shape, (2, 10))
                self.assertEqual(sum(map(len, player.blocks(48000))), 60 * 48000 - 610)
            with tempfile.TemporaryDirectory() as folder:
                session.write(pathlib.Path(folder, "all.flac"))
                measured = focus_session.measure(pathlib.Path(folder, "all.flac"))
                self.assertEqual(measured.duration_seconds, 60.0)
                self.assertEqual(len(measured.momentary_lufs), measured.curve_count)
            self.assertIn("<audio", session.audio(0.0, 2.0)._repr_html_())

    def test_an_engine_needs_no_numpy(self):
        with focus_session.Service() as service:
            @service.engine("noise", retries=0)
            def noise(brief):
                source = random.Random(brief.seed)
                block = array.array("f", [source.uniform(-0.2, 0.2) for _ in range(4800)])
                forms = [block, list(block), (block, block), memoryview(block), array.array("d", block),
                         [block, block], memoryview(block).cast("B").cast("f", [2400, 2]),
                         memoryview(block).cast("B").cast("f", [2, 2400])]
                for turn in range(brief.frames // 2400 + 1):
                    yield forms[turn % len(forms)]

            session = service.start(goal="relax", target_minutes=1, segment_seconds=20, engine="noise")
            self.assertEqual([(one.engine, one.fallback) for one in session], [("noise", False)] * len(session),
                             [event.message for event in session.events()])

    def test_whole_numbers_are_no_samples(self):
        with tempfile.TemporaryDirectory() as folder:
            with focus_session.AudioFile(pathlib.Path(folder, "a.wav"), sample_rate=8000) as file:
                with self.assertRaisesRegex(TypeError, "divide them"):
                    file.write(array.array("h", [1, 2, 3, 4]))
                with self.assertRaises(ValueError):
                    file.write(([0.0, 0.1, 0.2], [0.0]))
                file.write([(0.0, 0.1), (0.2, 0.3), (0.4, 0.5)])


if __name__ == "__main__":
    unittest.main()
