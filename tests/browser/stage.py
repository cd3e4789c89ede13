# SPDX-License-Identifier: MIT
"""What all cases of a run share: one browser, and one server, which the page is also used with from elsewhere."""

import contextlib
import functools

import running
import web_server
from page import CHROMIUM, DRIVER, TOOL, Page

closing = contextlib.ExitStack()  # run.py closes it


@functools.lru_cache(maxsize=None)
def _page():
    return Page(closing.enter_context(running.browsing(CHROMIUM, DRIVER)))


def page(width=1280, height=900):
    """The page, gone from where it was, and without what was logged there."""
    here = _page()
    here.browser.get("about:blank")
    here.browser.get_log("browser")
    here.emulate("light", width, height)
    return here


@functools.lru_cache(maxsize=None)
def another_origin():
    """A server with the page's files, whose API is that of link()."""
    front = web_server.AnotherOrigin(lambda: link().split("#")[0])
    closing.callback(front.stop)
    return front


@functools.lru_cache(maxsize=None)
def link():
    """The link of a server that lets another origin use it."""
    return closing.enter_context(running.serving(TOOL, "--allow-origin", another_origin().origin))
