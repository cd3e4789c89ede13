# SPDX-License-Identifier: MIT
"""How every state of the page looks, on a phone, a tablet and a desk, by day and by night.

The server behind is the real one; what would take long to come about it is told by the front.
"""

import threading
import unittest

import stage
import web_server
from selenium.webdriver.common.keys import Keys

SESSIONS = "v1/music/org_local/focus/sessions"
TRACKS = "v1/music/org_local/tracks"
LONG_WORDS = "slow warm felt piano, gentle rain on a window, soft distant ocean waves, no drums, zorb"


def refusal(status, message, field=None):
    return lambda *_: (status, {"error": {"system_message": message, "details": {"field": field} if field else {}}})


class Looks(unittest.TestCase):
    """One visit below a path: each test goes on where the one before it ended."""

    @classmethod
    def setUpClass(cls):
        address, key = stage.link().removeprefix("http://").split("/#")
        cls.front = web_server.BelowAPath("/focus/", lambda: address)
        cls.addClassCleanup(cls.front.stop)
        cls.page = stage.page()
        cls.link = f"{cls.front.origin}/focus/#{key}"

    def look(self, name, ready=lambda: None):
        self.page.audit(self, name, ready)

    def in_view(self, selector):
        return self.page.run("""
            const { top, bottom } = document.querySelector(arguments[0]).getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;""", selector)

    def test_01_the_door(self):
        page = self.page
        page.browser.get(self.link.split("#")[0])
        page.wait("the form", lambda: page.seen("#door"))
        self.look("door")
        page.fill("#key", "fsk_wrong")
        page.find("#key").send_keys(Keys.ENTER)
        page.wait("the refusal", lambda: page.text("#door [data-field=key]") != "")
        self.look("door-refused")

    def test_02_the_first_visit(self):
        page = self.page
        empty = {"sessions": [], "next_before": None}
        self.front.answers = {("GET", SESSIONS): lambda *_: (200, empty),
                              ("GET", TRACKS): lambda *_: (200, {"tracks": []})}
        page.sign_in(self.link)
        self.look("home-first")
        self.assertFalse(page.seen("#earlier"))
        self.front.answers = {}

    def test_03_choices_and_what_is_wrong_with_them(self):
        page = self.page
        page.unfold("#options")
        page.unfold("#options details")
        page.click("[data-goal=custom_prompt]")
        page.fill("#prompt", LONG_WORDS)
        page.wait("how it is understood", lambda: "zorb" in page.text("#prompt-reading"))
        words = lambda: page.run("document.querySelector('#words').scrollIntoView()")
        self.look("choices", words)
        self.front.answers[("POST", "v1/music/org_local/focus/prompts")] = refusal(
            422, "custom_prompt: must be at most 60000 bytes long", "custom_prompt")
        page.find("#prompt").send_keys(" and more")
        page.wait("the refusal", lambda: page.text("#words .error") != "")
        self.look("prompt-refused", words)
        self.front.answers = {}
        page.fill("#minutes", "0")
        page.click("[data-goal=focus]")
        page.wait("the refusal", lambda: page.text("#wish [data-field=target_minutes]") != "")
        self.look("field-refused", lambda: page.run("document.querySelector('#options').scrollIntoView()"))
        page.fill("#minutes", "1")
        self.front.answers[("POST", SESSIONS)] = refusal(
            429, "sessions_per_key: the caller has 200 active sessions, which is the most; end one first")
        page.click("[data-goal=focus]")
        page.wait("the refusal", lambda: page.text("#wish > .error") != "")
        self.assertTrue(self.in_view("#wish > .error"), "it is seen, wherever the tile was")
        self.look("too-many", lambda: page.run("document.querySelector('#wish > .error').scrollIntoView()"))
        self.front.answers = {}

    def test_04_waiting_and_playing(self):
        page = self.page
        held = {}

        def not_made(_, body):
            held.update(self.front.ask("POST", SESSIONS + "?include=analysis", body)[1])
            return 202, {**held, "segments": [], "ready_count": 0, "status": "active", "more_pending": True}

        self.front.answers[("POST", SESSIONS)] = not_made
        page.start_short()
        target = f"{SESSIONS}/{held['session_id']}"
        waiting = {**held, "segments": [], "ready_count": 0, "status": "active", "more_pending": True}
        self.front.answers[("GET", target)] = lambda *_: (200, waiting)
        page.wait("what it says", lambda: "being made" in page.text("#mood"))
        self.look("making")
        self.front.answers = {}
        page.wait("all segments", lambda: page.session()["ready_count"] == 3)
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        page.click("#play")
        page.wait("music", page.playing)
        self.look("playing")
        page.click("#play")
        page.wait("silence", lambda: not page.playing())
        self.look("paused")

    def test_05_the_panels(self):
        page = self.page
        page.open("change")
        page.choose("#panel-change", "custom_prompt")
        page.fill("#steer-prompt", LONG_WORDS)
        page.wait("how it is understood", lambda: "zorb" in page.text("#steer-reading"))
        self.look("change")
        page.open("sound")
        self.look("sound")
        page.open("timer")
        self.look("timer")
        page.click("#timer-times [value='45']")
        self.look("timer-set")
        page.click("#timer-times [value='']")
        page.open("more")
        self.look("more")
        page.unfold("#details")
        page.wait("its figures", lambda: "LUFS" in page.text("#figures"))
        self.look("details")
        page.run("document.querySelector('#details').open = false")
        page.unfold("#keys")
        self.look("keys")
        page.run("document.querySelector('#keys').open = false")

    def test_06_sharing_keeping_and_saving(self):
        page = self.page
        page.browser.execute_cdp_cmd("Browser.grantPermissions", {
            "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": self.front.origin})
        page.open("more")

        def share():
            page.click("#share")
            page.wait("the copy", lambda: "copied" in page.text("#say"))

        self.look("shared", share)
        page.click("#keep")
        page.wait("the track", lambda: "Kept" in page.text("#say"))
        page.run("delete window.showSaveFilePicker; delete Window.prototype.showSaveFilePicker")
        release = threading.Event()
        audio = f"v1/audio/sessions/{page.session()['session_id']}/2"
        self.front.answers[("GET", audio)] = lambda *_: (release.wait(60), (503, {}))[1]
        page.click("#save")
        page.wait("progress", lambda: float(page.run("return document.querySelector('progress').value")) > 0.5)
        self.look("saving")
        page.click("#save-stop")
        release.set()
        page.wait("the end of it", lambda: page.seen("#save"))
        self.front.answers = {}
        page.press(Keys.ESCAPE)

    def test_07_a_server_that_is_away(self):
        page = self.page
        session = page.session()["session_id"]
        away = refusal(503, "away")

        def no_events(*_):
            self.front.answers[("GET", f"{SESSIONS}/{session}")] = away
            return away()

        self.front.answers[("GET", f"{SESSIONS}/{session}/events")] = no_events
        page.browser.refresh()
        page.wait("the loss", lambda: page.seen("#link"))
        self.look("away")
        self.front.answers = {("GET", "v1/music/org_local/engines"): away}
        page.browser.refresh()
        page.wait("what is wrong", lambda: page.text("#door [data-field=key]") != "")
        self.look("door-away")
        self.front.answers = {}

    def test_08_a_visit_with_a_history(self):
        page = self.page
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        row = {"goal": "sleep", "target_minutes": 480, "created_at": "2026-06-28T22:30:00Z"}
        rows = [dict(row, session_id=f"mfocus_00000000000{k}") for k in range(3)]
        rows[1].update(goal="custom_prompt", target_minutes=25, analysis={"request": {"custom_prompt": LONG_WORDS}})
        self.front.answers[("GET", SESSIONS)] = lambda *_: (200, {"sessions": rows, "next_before": "c2"})
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        page.click("#to-home")
        page.wait("the list", lambda: page.seen("#sessions li") and page.seen("#tracks li"))
        self.look("home-playing")
        self.look("history", lambda: page.run("document.querySelector('#earlier').scrollIntoView()"))
        self.front.answers = {}

    def test_09_a_long_title(self):
        page = self.page
        page.click("[data-goal=custom_prompt]")
        page.fill("#prompt", LONG_WORDS)
        page.click("#words .primary")
        page.wait("how it was read", lambda: page.seen("#reading"))
        self.look("long-title")
        page.click("#to-home")
        page.wait("the tiles", lambda: page.seen("#tiles"))
        self.look("long-title-home")

    def test_10_work_and_breaks(self):
        page = self.page
        page.unfold("#options")
        page.unfold("#options details")
        page.fill("#minutes", "6")
        page.fill("#segment-seconds", "60")
        page.fill("#work-minutes", "5")
        page.fill("#break-minutes", "1")
        page.click("[data-goal=energize]")
        page.wait("the ring", lambda: "Work" in page.text("#eyebrow"))
        page.wait("music", page.sounds)
        page.click("#play")
        page.find("#map").send_keys(Keys.PAGE_UP, Keys.PAGE_UP)
        self.look("work")
        page.wait("all of it", lambda: page.session()["status"] == "ended")
        page.find("#map").send_keys(Keys.END, Keys.ARROW_LEFT)
        page.wait("the break", lambda: "Break" in page.text("#eyebrow"))
        self.look("break")
        page.click("#play")
        page.wait("its end", lambda: page.text("#mood") == "The music is over.")
        self.look("over")

    def test_11_an_invitation(self):
        page = self.page
        link = page.browser.execute_async_script("navigator.clipboard.readText().then(arguments[0], arguments[0])")
        page.browser.get("about:blank")
        page.browser.get(link)
        page.wait("the invitation", lambda: page.seen("#invited"))
        self.look("invited")

    def test_12_nothing_but_what_was_provoked_went_wrong(self):
        provoked = [f"status of {status}" for status in (401, 422, 429, 503)]
        self.assertEqual(self.page.complaints(provoked), [])
