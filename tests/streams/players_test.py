#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ffmpeg, mpv, Chromium and hls.js play the streams of a running server.

Usage: players_test.py TOOL FOLDER

What they decode is held against what the tool renders of the same request. Ends with 77 where ffmpeg
or numpy is missing; without mpv, Chromium, or hls.js (which npm brings) their part is left out, and
that is said.
"""
import contextlib
import functools
import http.server
import importlib.util
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from serving import Key, Serving, ask, write_keys  # pylint: disable=wrong-import-position

RATE = 48000
SECONDS = 12  # of each stream: what comes at once, and a little that comes as time passes
MP3_DELAY = 1105  # frames, of an encoder and a decoder of MP3 together
STEPS = 2.0 / 32768
# As short as holds a stream and two segments that meet: each test renders it anew, to be heard from its beginning.
REQUEST = {"goal": "focus", "target_minutes": 1, "options": {"seed": 11, "segment_seconds": 30}}
ANNA = Key("annas-key", "anna")
HLS_JS = "hls.js@1.5.20"

tool = None
folder = None


@functools.lru_cache(maxsize=None)
def server():
    data = pathlib.Path(tempfile.mkdtemp(prefix="focus-streams-"))
    write_keys(data / "keys.json", [ANNA])
    running = Serving(tool, "--data", data / "data", "--keys", data / "keys.json",
                      "--allow-origin", "*")
    unittest.addModuleCleanup(shutil.rmtree, data, ignore_errors=True)
    unittest.addModuleCleanup(running.stop)
    return running


def links():
    """The URLs of a new session's streams: from now is from its beginning. It is all made: what is
    late is joined late."""
    sessions = "/v1/music/org_abc123/focus/sessions"
    status, session = ask(server().address, ANNA.text, "POST", sessions, REQUEST)
    assert status == 202, session
    target = f"{sessions}/{session['session_id']}?include=analysis"
    while session["status"] == "active":
        time.sleep(0.1)
        session = ask(server().address, ANNA.text, "GET", target)[1]
    return session["analysis"]


def decode(source, seconds=SECONDS, start=0):
    """What ffmpeg hears, as an array of frames."""
    import numpy

    command = ["ffmpeg", "-v", "error", "-i", source, "-t", str(seconds), "-f", "f32le", "-ac", "2",
               "-ar", str(RATE), "-"]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return numpy.frombuffer(done.stdout, dtype="<f4").reshape(-1, 2)[start:]


@functools.lru_cache(maxsize=None)
def rendered():
    """What the tool renders of the same request."""
    path = folder / "rendered.wav"
    subprocess.run([tool, "render", path, "--quiet", "--goal", REQUEST["goal"], "--minutes",
                    str(REQUEST["target_minutes"]), "--seed", str(REQUEST["options"]["seed"]),
                    "--segment-seconds", str(REQUEST["options"]["segment_seconds"])],
                   check=True, timeout=200)
    return decode(path, seconds=60 * REQUEST["target_minutes"])


def difference(heard, wanted):
    """Energy of the difference against that of the music, in dB."""
    import numpy

    frames = min(len(heard), len(wanted))
    apart = numpy.square(heard[:frames].astype(float) - wanted[:frames]).sum()
    whole = numpy.square(wanted[:frames].astype(float)).sum()
    return 10 * numpy.log10(apart / whole + 1e-20)


class FfmpegTest(unittest.TestCase):
    def test_streams_without_losses_are_what_is_rendered(self):
        for name in ("stream_flac_url", "stream_wav_url", "hls_flac_url"):
            with self.subTest(name):
                heard = decode(links()[name])
                self.assertEqual(len(heard), SECONDS * RATE)
                self.assertLess(abs(heard - rendered()[: len(heard)]).max(), STEPS)

    def test_streams_with_losses_have_the_music_in_its_place(self):
        self.assertLess(difference(decode(links()["stream_opus_url"]), rendered()), -12)
        for name in ("stream_url", "hls_url"):
            with self.subTest(name):
                heard = decode(links()[name], start=MP3_DELAY)
                self.assertGreaterEqual(len(heard), SECONDS * RATE - MP3_DELAY - 2 * 1152)
                self.assertLess(difference(heard, rendered()), -20)

    def test_a_stream_begins_where_it_is_asked_to(self):
        heard = decode(links()["stream_flac_url"] + "&start=25.5")  # two segments meet
        first = int(25.5 * RATE)
        # The dither of both, which is another at another place.
        self.assertLess(abs(heard - rendered()[first : first + len(heard)]).max(), 2 * STEPS)

    def test_titles_are_told(self):
        command = ["ffprobe", "-v", "error", "-show_entries", "format_tags", "-of", "json",
                   links()["stream_url"]]
        done = subprocess.run(command, capture_output=True, timeout=60, check=True)
        tags = json.loads(done.stdout)["format"]["tags"]
        self.assertEqual(tags["icy-name"], "Focus")
        self.assertRegex(tags["StreamTitle"], r"^Focus, part 1 of \d+: .+, \d+ bpm$")


@unittest.skipUnless(shutil.which("mpv"), "mpv is not installed")
class MpvTest(unittest.TestCase):
    def test_it_plays_a_stream_and_a_playlist(self):
        urls = links()
        for name in ("stream_url", "hls_url"):
            with self.subTest(name):
                command = ["mpv", "--no-config", "--ao=null", "--length=3", "--msg-level=all=warn",
                           urls[name]]
                done = subprocess.run(command, capture_output=True, timeout=60, text=True)
                self.assertEqual((done.returncode, done.stderr.strip()), (0, ""), done.stdout)


def hls_js():
    """The player as npm has it; None where it can not be had."""
    kept = folder / "hls.js"
    if not kept.exists():
        if not shutil.which("npm"):
            return None
        done = subprocess.run(["npm", "pack", "--silent", HLS_JS], cwd=folder, timeout=120,
                              capture_output=True, text=True)
        if done.returncode != 0:
            return None
        with tarfile.open(folder / done.stdout.strip()) as packed:
            kept.write_bytes(packed.extractfile("package/dist/hls.min.js").read())
    return kept


@contextlib.contextmanager
def page_of_another_origin():
    """A page beside hls.js, from a server that is not ours."""
    with tempfile.TemporaryDirectory() as root:
        shutil.copy(HERE / "page.html", pathlib.Path(root) / "page.html")
        script = hls_js()
        (pathlib.Path(root) / "hls.js").write_bytes(script.read_bytes() if script else b"")
        handler = functools.partial(_Silent, directory=root)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
            threading.Thread(target=other.serve_forever, daemon=True).start()
            try:
                yield f"http://127.0.0.1:{other.server_port}/page.html", script is not None
            finally:
                other.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@unittest.skipUnless(
    importlib.util.find_spec("selenium") and shutil.which("chromium")
    and shutil.which("chromedriver"), "Chromium or selenium is not installed")
class ChromiumTest(unittest.TestCase):
    def heard(self, browser, player):
        """Waits until the player has played for three seconds. Returns what was measured."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            told = browser.execute_script("return told(arguments[0])", player)
            self.assertIsNone(told["error"])
            played = [one for one in told["heard"] if one["power"] > 1e-9]
            if played and told["time"] - played[0]["at"] > 3:
                return played
            time.sleep(0.2)
        self.fail(f"nothing is heard: {told['time']} {told['heard'][-3:]}")

    def check_steady(self, played):
        """From where the music begins, no measurement finds silence."""
        first = played[0]["at"]
        times = [one["at"] for one in played]
        self.assertGreater(len(played), 20)
        self.assertEqual(times, sorted(times))
        self.assertGreater(times[-1] - first, 2.5)

    def test_a_page_of_another_origin_plays_the_stream_and_hls(self):
        sys.path.insert(0, str(HERE.parent / "browser"))
        from running import browsing

        urls = links()
        with page_of_another_origin() as (page, has_hls_js), browsing(
            shutil.which("chromium"), shutil.which("chromedriver")) as browser:
            browser.get(page)
            browser.execute_script("playPlain(arguments[0])", urls["stream_url"])
            self.check_steady(self.heard(browser, "plain"))
            if not has_hls_js:
                self.skipTest("npm did not bring hls.js")
            browser.execute_script("playHls(arguments[0])", urls["hls_url"])
            self.check_steady(self.heard(browser, "hls"))
            self.assertEqual(browser.execute_script("return hlsErrors"), [])


def main():
    global tool, folder
    if not shutil.which("ffmpeg") or importlib.util.find_spec("numpy") is None:
        print("skipped; ffmpeg or numpy is missing here")
        return 77
    tool, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    program = unittest.main(argv=[sys.argv[0], "-v", *sys.argv[3:]], exit=False)
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
