# SPDX-License-Identifier: MIT
"""A server of its own and a browser of its own, both gone afterwards."""

import contextlib
import pathlib
import shutil
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from serving import Serving  # pylint: disable=wrong-import-position

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required", "--hide-scrollbars",
    "--enable-precise-memory-info",
]
LINK = r"http://\S+#\S*key=\S+"


@contextlib.contextmanager
def serving(tool, *options):
    """Starts the tool's server and answers the link that it prints."""
    folder = tempfile.mkdtemp(prefix="focus-page-")
    server = Serving(tool, "--data", folder, *options)
    try:
        yield server.wait_for(LINK).group()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Restartable:
    """The tool's server on a folder that lasts, wherever it listens just now."""

    def __init__(self, tool, *options):
        self.folder = tempfile.mkdtemp(prefix="focus-page-")
        self.command = (tool, "--data", self.folder, *options)
        self.server = Serving(*self.command)
        self.key = self.server.wait_for(LINK).group().split("#")[1]

    @property
    def address(self):
        return self.server.address

    def stop(self):
        self.server.stop()

    def start(self):
        self.server = Serving(*self.command)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def browsing(chromium, driver):
    profile = tempfile.mkdtemp(prefix="focus-browser-")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in FLAGS + [f"--user-data-dir={profile}", "--window-size=1280,900"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(service=Service(driver), options=options)
    try:
        browser.set_script_timeout(60)
        # What reaches the loudspeaker can be measured, whatever the page believes to play.
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument",
                                {"source": (HERE / "listen.js").read_text(encoding="utf-8")})
        yield browser
    finally:
        browser.quit()
        shutil.rmtree(profile, ignore_errors=True)
