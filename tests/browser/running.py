# SPDX-License-Identifier: MIT
"""A server of its own and a browser of its own, both gone afterwards."""

import contextlib
import queue
import re
import shutil
import signal
import subprocess
import tempfile
import threading

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required", "--hide-scrollbars",
]


@contextlib.contextmanager
def serving(tool):
    """Starts the tool's server and answers the link that it prints."""
    folder = tempfile.mkdtemp(prefix="focus-page-")
    server = subprocess.Popen(
        [tool, "serve", "--port", "0", "--data", folder],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = queue.Queue()

    def read():
        for line in server.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    try:
        told = ""
        while True:
            line = lines.get(timeout=30)
            if line is None:
                raise AssertionError(f"the server ended: {told}")
            told += line
            link = re.search(r"http://\S+#\S*key=\S+", line)
            if link:
                yield link.group()
                return
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()
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
