# SPDX-License-Identifier: MIT
"""A server of its own and a browser of its own, both gone afterwards."""

import contextlib
import pathlib
import shutil
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from serving import Serving  # pylint: disable=wrong-import-position

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required", "--hide-scrollbars",
]


@contextlib.contextmanager
def serving(tool):
    """Starts the tool's server and answers the link that it prints."""
    folder = tempfile.mkdtemp(prefix="focus-page-")
    server = Serving(tool, "--data", folder)
    try:
        yield server.wait_for(r"http://\S+#\S*key=\S+").group()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


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
        yield browser
    finally:
        browser.quit()
        shutil.rmtree(profile, ignore_errors=True)
