# SPDX-License-Identifier: MIT
"""The page where it is not at home: below a path, before a server that restarts, on another origin."""

import json
import time
import unittest

import running
import stage
import web_server
from page import TOOL

SESSIONS = "v1/music/org_local/focus/sessions"


class BelowAPath(unittest.TestCase):
    """https://example.com/focus/, with a server behind it that comes and goes."""

    @classmethod
    def setUpClass(cls):
        cls.server = running.Restartable(TOOL)
        cls.addClassCleanup(cls.server.close)
        cls.front = web_server.BelowAPath("/focus/", lambda: cls.server.address)
        cls.addClassCleanup(cls.front.stop)
        cls.page = stage.page(390, 844)
        cls.link = f"{cls.front.origin}/focus/#{cls.server.key}"

    def test_1_all_that_it_asks_for_is_below_its_path(self):
        page = self.page
        page.sign_in(self.link)
        page.start_short()
        page.wait("music", page.sounds)
        self.assertEqual([path for _, path in self.front.seen if not path.startswith("/focus/")], [])
        scope = page.browser.execute_async_script(
            "navigator.serviceWorker.ready.then((r) => arguments[0](new URL(r.scope).pathname))")
        self.assertEqual(scope, "/focus/")
        manifest = page.run("return fetch(document.querySelector('[rel=manifest]').href).then((a) => a.json())")
        self.assertEqual((manifest["start_url"], manifest["scope"]), ("./", "./"))
        self.assertEqual(page.complaints(), [])

    def test_2_a_restart_of_the_server_is_not_heard(self):
        page = self.page
        page.wait("all of it", lambda: page.session()["ready_count"] == 3)
        page.find("#map").send_keys("\ue011")  # Home
        page.wait("music", lambda: page.seconds() in range(1, 10) and page.level() > -50)
        page.run("ears.quietest = 0")
        self.server.stop()
        page.wait("the loss", lambda: page.seen("#link"), 60)
        self.assertEqual(page.text("#link"), "Reconnecting…")
        before = page.seconds()
        page.wait("the music going on", lambda: page.seconds() > before)
        self.server.start()
        page.wait("the connection", lambda: not page.seen("#link"), 60)
        self.assertGreater(page.run("return ears.quietest"), -60.0)
        self.assertTrue(page.playing())
        page.click("#to-home")
        page.start_short("relax", seed="8")
        page.wait("music", page.sounds)

    def test_3_without_a_server_the_page_still_opens(self):
        page = self.page
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        time.sleep(1)
        self.server.stop()
        page.browser.refresh()
        page.wait("what is wrong", lambda: "can not be reached" in page.text("#door [data-field=key]"))
        self.server.start()
        page.browser.get_log("browser")

    def test_4_earlier_sessions_are_listed_opened_and_deleted_where_the_server_can(self):
        page, front = self.page, self.front
        page.sign_in(self.link)
        page.click("[data-goal=relax]")
        page.wait("music", page.sounds)
        playing = page.session()
        known = [dict(playing, segments=[]), {"session_id": "mfocus_000000000001", "goal": "sleep",
                                              "target_minutes": 30, "created_at": "2026-06-28T22:30:00Z"}]
        gone = []
        document = page.run("return fetch('openapi.json').then((a) => a.json())")
        path = "/v1/music/{organization_id}/focus/sessions"
        document["paths"][path]["get"] = {}
        document["paths"][path + "/{session_id}"]["delete"] = {}

        def listed(target, _):
            rows = [one for one in known if one["session_id"] not in gone]
            if "before=c2" in target:
                return 200, {"sessions": rows[1:], "next_before": None}
            return 200, {"sessions": rows[:1], "next_before": "c2"}

        front.answers = {
            ("GET", "openapi.json"): lambda *_: (200, document),
            ("GET", SESSIONS): listed,
            ("DELETE", f"{SESSIONS}/mfocus_000000000001"): lambda *_: (gone.append("mfocus_000000000001"), (204, None))[1],
        }
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        page.click("#to-home")
        page.wait("the list", lambda: page.seen("#sessions li"))
        self.assertRegex(page.text("#sessions li b"), r"^[A-Z][a-z, ]+ calm, 1 min$")
        page.click("#more-sessions")
        page.wait("the rest", lambda: "Sleep, 30 min" in page.text("#sessions"))
        self.assertFalse(page.seen("#more-sessions"))
        page.click("[aria-label='Delete Sleep, 30 min']")
        page.wait("the deletion", lambda: "Sleep" not in page.text("#sessions"))
        self.assertEqual(gone, ["mfocus_000000000001"])
        page.click("#sessions [aria-label^=Open]")
        page.wait("the session", lambda: page.seen("#now") and page.playing())
        self.assertEqual(page.session()["session_id"], playing["session_id"])

    def test_5_layers_are_mixed_while_music_plays_where_the_server_can(self):
        page, front = self.page, self.front
        page.wait("music", page.sounds)
        session = page.session()
        document = page.run("return fetch('openapi.json').then((a) => a.json())")
        document["components"]["schemas"]["SteerRequest"]["properties"] = {"pads_db": {}}
        asked = []

        def steer(_, body):
            asked.append(json.loads(body))
            if "melody_db" in asked[-1]:
                return 422, {"error": {"system_message": "melody_db: is not known here",
                                       "details": {"field": "melody_db"}}}
            return 200, session

        front.answers[("GET", "openapi.json")] = lambda *_: (200, document)
        front.answers[("POST", f"{SESSIONS}/{session['session_id']}/steer")] = steer
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        page.open("sound")
        page.wait("the faders", lambda: page.seen("#live-levels"))
        page.move("#live-levels-pads", "-6")
        page.move("#live-levels-bass", "-31")
        page.wait("the change", lambda: asked)
        asked[0].pop("at_seconds")
        self.assertEqual(asked, [{"pads_db": -6, "bass_db": -60}])
        page.move("#live-levels-melody", "3")
        page.wait("their end", lambda: not page.seen("#live-levels"))
        self.assertEqual(page.text("#levels-note"), "Layers are set before the music starts.")

    def test_6_nothing_else_went_wrong(self):
        self.assertEqual(self.page.complaints(("status of 422",)), [])


class AnotherOrigin(unittest.TestCase):
    """The page's files on one server, the API on another that allows it."""

    @classmethod
    def setUpClass(cls):
        cls.front = stage.another_origin()
        cls.api, cls.key = stage.link().split("#")
        cls.page = stage.page(390, 844)

    def test_1_it_plays_what_is_made_elsewhere(self):
        page = self.page
        page.sign_in(f"{self.front.origin}/#{self.key}")
        page.start_short("sleep")
        page.wait("music", page.sounds)
        heard = page.run("return performance.getEntriesByType('resource').map((e) => e.name)")
        self.assertTrue(any(name.startswith(f"{self.api}v1/audio/") for name in heard), heard)
        page.open("change")
        page.choose("#panel-change", "relax")
        page.click("#panel-change .primary")
        page.wait("the change", lambda: page.text("#eyebrow").startswith("Relax"))
        page.press("\ue00c")  # Escape
        page.open("more")
        page.click("#share")
        page.press("\ue00c")
        self.assertEqual(page.complaints(), [])

    def test_2_it_is_heard_before_a_segment_is_decoded(self):
        page = self.page
        page.run("""
            const { prototype } = BaseAudioContext;
            const { decodeAudioData } = prototype;
            const held = new Promise((resolve) => { window.release = resolve; });
            prototype.decodeAudioData = async function (bytes) {
              await held;
              return decodeAudioData.call(this, bytes);
            };""")
        page.click("#to-home")
        page.start_short("focus")
        page.wait("music", page.sounds)
        self.assertFalse(page.run("return document.body.dataset.link === 'lost'"))
        before = page.seconds()
        page.run("ears.quietest = 0; release()")
        page.wait("all of the segment", lambda: page.seconds() >= max(before + 3, 9))
        self.assertGreater(page.run("return ears.quietest"), -60.0, "nothing is heard of where they meet")
        self.assertEqual(page.complaints(), [])
