# SPDX-License-Identifier: MIT
"""One visit to the page, from the key to the end of the session."""

import pathlib
import re
import tempfile
import time
import unittest
import wave

import stage
from selenium.webdriver.common.keys import Keys


class PlayerPage(unittest.TestCase):
    """One visit, step by step: each test goes on where the one before it ended."""

    @classmethod
    def setUpClass(cls):
        cls.link = stage.link()
        cls.page = stage.page()

    def test_01_a_stranger_is_asked_for_a_key(self):
        page = self.page
        page.browser.get(self.link.split("#")[0])
        page.wait("the form", lambda: page.seen("#door"))
        self.assertEqual(page.text("#door-title"), "This page needs a key")
        loaded = page.run("""
            return [...performance.getEntriesByType('navigation'),
                    ...performance.getEntriesByType('resource').filter((e) => !/v1|openapi/.test(e.name))]
              .map((e) => [e.name, e.encodedBodySize])""")
        self.assertGreater(len(loaded), 15)
        self.assertLess(sum(packed for _, packed in loaded), 90 * 1024, loaded)
        self.assertTrue(all(name.startswith(self.link.split("#")[0]) for name, _ in loaded))
        page.fill("#key", "fsk_wrong")
        page.find("#key").send_keys(Keys.ENTER)
        page.wait("the refusal", lambda: page.text("#door [data-field=key]") != "")
        self.assertEqual(page.text("#door [data-field=key]"), "This key is not known here.")
        self.assertEqual(page.attribute("#key", "aria-invalid"), "true")
        page.find("#key").send_keys("x")
        self.assertEqual(page.text("#door [data-field=key]"), "", "it goes when it is corrected")

    def test_02_the_link_signs_in_and_leaves_no_key_in_the_address(self):
        page = self.page
        page.sign_in(self.link)
        self.assertNotIn("key", page.browser.current_url)
        page.unfold("#options")
        page.unfold("#options details")
        page.click("[data-goal=custom_prompt]")
        page.wait("room for words", lambda: page.seen("#prompt"))

    def test_03_a_refusal_stands_at_its_field_in_plain_words(self):
        page = self.page
        page.fill("#minutes", "0")
        page.click("[data-goal=focus]")
        message = page.text("#wish [data-field=target_minutes]")
        self.assertEqual(message, "Say how many minutes, 1 to 1440.")
        focused = page.browser.switch_to.active_element
        self.assertEqual(focused.get_attribute("name"), "target_minutes")
        described = focused.get_attribute("aria-describedby")
        self.assertEqual(page.text(f"#{described}"), message)
        page.fill("#minutes", "1")
        self.assertEqual(page.text("#wish [data-field=target_minutes]"), "")
        self.assertIsNone(page.attribute("#minutes", "aria-invalid"))

    def test_04_one_tap_plays(self):
        page = self.page
        page.start_short()
        page.wait("music", page.sounds)
        page.wait("all segments", lambda: page.session()["ready_count"] == 3)
        self.assertRegex(page.text("#now-title"), r"^[A-Z][a-z ]+, \w+ focus$")
        self.assertRegex(page.text("#coming"), r"left$")
        metadata = page.run("""const { title, artwork } = navigator.mediaSession.metadata;
                               return [title, artwork[0].src.slice(0, 22)]""")
        self.assertEqual(metadata, [page.text("#now-title"), "data:image/png;base64,"])
        page.open("more")
        page.unfold("#details")
        page.wait("its level", lambda: float(page.attribute("#meter", "aria-valuenow")) > -50)
        page.wait("its figures", lambda: "LUFS" in page.text("#figures"))
        self.assertIn("bpm", page.text("#why"))
        page.wait("all of them told", lambda: page.text("#progress") == "3 of 3 ready")

    def test_05_joins_have_no_hole_no_click_and_hold_the_level(self):
        joins = self.page.measure_joins(self)
        self.assertEqual(len(joins), 2)
        for join in joins:
            self.assertLess(abs(join["level_db"]), 0.5)
            self.assertLess(join["worst_block_db"], 2.0)
            # One piece going on is joined by the plain law, to the sample.
            self.assertGreater(join["correlation"], 0.99)
            self.assertLess(join["residual_db"], -80.0)

    def test_06_the_keyboard_does_everything(self):
        page = self.page
        page.press(Keys.ESCAPE)
        self.assertFalse(page.seen("#panel-more"))
        self.assertEqual(page.browser.switch_to.active_element.text, "More")
        page.run("document.activeElement.blur()")
        page.press("n")
        page.wait("the next part", lambda: page.seconds() >= 18)
        before = page.seconds()
        page.press(Keys.ARROW_RIGHT)
        page.wait("ten seconds on", lambda: page.seconds() >= before + 10)
        page.press(" ")
        page.wait("silence", lambda: not page.playing())
        still = page.seconds()
        time.sleep(1.2)
        self.assertLessEqual(page.seconds(), still + 1)
        page.press(" ")
        page.wait("music", page.playing)
        page.find("#map").send_keys(Keys.HOME)
        page.wait("the beginning", lambda: page.seconds() <= 1)
        page.run("document.activeElement.blur()")
        page.press("s")
        page.wait("the panel", lambda: page.seen("#panel-change"))
        page.choose("#panel-change", "custom_prompt")
        page.find("#panel-change textarea").send_keys("n p m k")
        self.assertLess(page.seconds(), 10, "keys are no commands while one types")
        page.press(Keys.ESCAPE)

    def test_07_all_controls_are_reached_with_tab_and_show_it(self):
        page = self.page
        page.open("more")
        page.run("document.activeElement.blur(); scrollTo(0, 0)")
        reached = set()
        for _ in range(60):
            page.press(Keys.TAB)
            label = page.run(
                "const e = document.activeElement; if (e === document.body) return null;"
                "const s = getComputedStyle(e.closest('fieldset label') ?? e);"
                "return [e.id || e.name || e.getAttribute('aria-label') || e.textContent, s.outlineStyle]")
            if label is None:
                continue  # the browser's own controls come between the last and the first
            self.assertNotEqual(label[1], "none", label)
            reached.add(label[0])
        for control in ("map", "play", "next", "previous", "to-home", "Change", "Sound", "Timer", "again", "share",
                        "keep", "save", "Keep segment 2", "Save segment 3 as a file"):
            self.assertIn(control, reached)

    def test_08_the_picture_moves_and_stands_still_where_no_motion_is_wanted(self):
        page = self.page
        look = "const d = document.querySelector('#picture').toDataURL(); return [d.length, d.slice(-4000)]"
        page.emulate("light", motion="no-preference")
        page.wait("motion", lambda: page.run(look) != (time.sleep(0.3), page.run(look))[1])
        page.picture("moving")
        page.emulate("light")
        before, first = page.seconds(), page.run(look)
        time.sleep(1.5)
        self.assertEqual(page.run(look), first)
        page.wait("the playhead", lambda: page.seconds() > before)

    def test_09_a_part_is_kept_and_stays(self):
        page = self.page
        page.open("more")
        page.click("#keep")
        page.wait("the track", lambda: page.text("#tracks") != "")
        page.click("#to-home")
        page.wait("the tiles", lambda: page.seen("#tiles"))
        self.assertTrue(page.seen("#tracks [aria-label^=Save]"))
        self.assertEqual(page.text("#to-now"), page.text("#now-title"), "the music is still at hand")
        page.click("#tracks [aria-label^=Play]")
        page.wait("the track's sound", lambda: page.run(
            "const a = document.querySelector('#track-audio'); return a.currentTime > 0 && !a.paused"))
        self.assertFalse(page.playing(), "one music at a time")
        page.click("#play")
        page.wait("the session", page.playing)
        page.click("#to-now")
        self.assertTrue(page.seen("#now"))

    def saved(self, selector, seconds=40):
        """Clicks, and gives the name and the bytes of the file that the browser saves."""
        with tempfile.TemporaryDirectory() as folder:
            self.page.browser.execute_cdp_cmd(
                "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": folder})
            self.page.click(selector)
            files = lambda: [f for f in pathlib.Path(folder).iterdir() if f.suffix != ".crdownload"]
            self.page.wait("the file", files, seconds)
            time.sleep(0.2)
            return files()[0].name, files()[0].read_bytes()

    def test_10_a_part_is_saved_as_a_file(self):
        self.page.open("more")
        name, content = self.saved("#segments [aria-label^='Save segment 3']")
        self.assertRegex(name, r"^mfocus_[0-9a-f]{12}-003\.\w+$")
        self.assertIn(content[:4], (b"fLaC", b"RIFF", b"OggS"))

    def test_11_the_whole_is_saved_as_one_file_of_the_length_that_was_asked_for(self):
        page = self.page
        page.run("delete window.showSaveFilePicker; delete Window.prototype.showSaveFilePicker")
        self.assertRegex(page.text("#save-about"), r"WAV, about 12 MB")
        name, content = self.saved("#save")
        self.assertEqual(name, page.text("#now-title") + ".wav")
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            file.write(content)
            file.flush()
            with wave.open(file.name) as audio:
                self.assertEqual((audio.getnchannels(), audio.getframerate(), audio.getsampwidth()), (2, 48000, 2))
                self.assertAlmostEqual(audio.getnframes() / 48000, 60, delta=0.05)

    def test_12_a_change_is_heard_without_a_hole(self):
        page = self.page
        page.find("#map").send_keys(Keys.HOME)
        page.wait("music", lambda: page.seconds() in range(1, 15) and page.level() > -50)
        old = page.text("#now-title")
        page.open("change")
        page.click("#panel-change .primary")
        self.assertEqual(page.text("#panel-change .error[data-field='']"), "Nothing is changed yet.")
        page.choose("#panel-change", "energize")
        self.assertEqual(page.text("#panel-change .error[data-field='']"), "")
        page.run("ears.quietest = 0")
        page.click("#panel-change .primary")
        page.wait("the change", lambda: page.text("#eyebrow").startswith("Energize"))
        page.wait("other music", lambda: page.text("#now-title") != old and page.seconds() < 40)
        time.sleep(2.5)
        self.assertGreater(page.run("return ears.quietest"), -50.0)
        self.assertTrue(page.playing())
        page.wait("all segments", lambda: page.session()["status"] == "ended")
        changed = min(page.measure_joins(self), key=lambda join: join["correlation"])
        self.assertLess(changed["correlation"], 0.9, "one join leads to other music")
        self.assertLess(abs(changed["level_db"]), 1.5)

    def test_13_a_server_that_takes_no_levels_while_music_plays_is_offered_none(self):
        page = self.page
        page.open("sound")
        takes = "pads_db" in str(page.run("return fetch('openapi.json').then((a) => a.json())")
                                 ["components"]["schemas"]["SteerRequest"])
        self.assertEqual(page.seen("#live-levels"), takes)
        page.move("#volume", "0.2")
        page.wait("less", lambda: page.level() < -45 or not page.sounds())
        page.move("#volume", "0.8")
        page.press(Keys.ESCAPE)

    def test_14_the_timer_fades_and_stops(self):
        page = self.page
        page.find("#map").send_keys(Keys.HOME)
        page.wait("music", page.sounds)
        page.open("timer")
        page.click("#timer-times [value='15']")
        self.assertEqual(page.text("#timer-label"), "15 min")
        self.assertEqual(page.text("#timer-state"), "The music stops in 15 min.")
        loud = max(page.level() for _ in range(10) if time.sleep(0.1) is None)
        page.run("const now = Date.now; window.later = 0; Date.now = () => now() + later * 1000; later = 880")
        page.wait("the fade", lambda: page.text("#timer-state") == "The music is fading out.")
        page.wait("less", lambda: page.level() < loud - 12)
        page.run("later = 905")
        page.wait("silence", lambda: not page.playing())
        self.assertIn("The timer has stopped the music", page.text("#timer-state"))
        page.run("later = 0")
        page.click("#timer-times [value='']")
        page.click("#play")
        page.wait("as loud as before", lambda: page.level() > loud - 6)
        page.press(Keys.ESCAPE)

    def test_15_again_is_the_same_music_and_a_link_shares_it(self):
        page = self.page
        first = page.session()
        page.browser.execute_cdp_cmd("Browser.grantPermissions", {
            "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": self.link.split("#")[0]})
        page.open("more")
        page.click("#share")
        page.wait("the copy", lambda: "copied" in page.text("#say"))
        link = page.browser.execute_async_script("navigator.clipboard.readText().then(arguments[0], arguments[0])")
        self.assertIn("#play=", link)
        page.click("#again")
        page.wait("another session", lambda: page.session()["session_id"] != first["session_id"])
        again = page.session()
        self.assertEqual(again["analysis"]["request"], first["analysis"]["request"])
        self.assertEqual(again["analysis"]["seed"], "7")
        page.browser.get("about:blank")
        page.browser.get(link)
        page.wait("the invitation", lambda: page.seen("#invited"))
        self.assertEqual(page.text("#invited-title"), "Energize, 1 min")
        self.assertFalse(page.seen("#dock"), "nothing plays unasked")
        page.click("#invited-play")
        page.wait("music", page.sounds)
        shared = page.session()
        self.assertEqual(shared["analysis"]["request"], first["analysis"]["request"])
        self.assertNotIn("#play", page.browser.current_url)

    def test_16_a_reload_goes_on_with_the_session(self):
        page = self.page
        page.find("#map").send_keys(Keys.ARROW_RIGHT)
        page.wait("more", lambda: page.seconds() >= 10)
        time.sleep(1.5)
        here = page.seconds()
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        page.wait("its place", lambda: abs(page.seconds() - here) <= 4)
        page.click("#play")
        page.wait("music", lambda: page.playing() and page.seconds() > here)

    def test_17_words_are_understood_and_stay_for_the_next_time(self):
        page = self.page
        page.click("#to-home")
        page.click("[data-goal=custom_prompt]")
        page.fill("#prompt", "slow rain")
        page.wait("how it is understood", lambda: page.text("#prompt-reading b") == "slow")
        page.find("#prompt").send_keys(", felt piano, no drums, zorb")
        page.wait("the rest", lambda: page.text("#prompt-reading .missed") == "zorbnot understood")
        page.fill("#prompt", "")
        page.find("#prompt").send_keys(" ")
        page.wait("nothing", lambda: not page.seen("#prompt-reading"))
        page.fill("#prompt", "slow rain, felt piano, no drums, zorb")
        page.unfold("#options")
        page.move("#start-levels-pads", "-31")
        page.click("#start-scenes .chips button")
        page.move("#start-scenes-rain", "-15")
        page.picture("scenes")
        page.click("#words .primary")
        page.wait("the title", lambda: page.text("#now-title") == "Slow rain, felt piano")
        page.wait("how it was read", lambda: page.seen("#reading"))
        self.assertEqual(page.text("#reading .missed"), "zorbnot understood")
        self.assertEqual(page.session()["analysis"]["request"]["options"]["pads_db"], -60)
        self.assertEqual(page.session()["analysis"]["request"]["options"]["scenes"], "rain=-15")
        page.open("sound")
        page.wait("the scenes", lambda: page.seen("#live-scenes-rain"))
        page.move("#live-scenes-rain", "-20")
        page.wait("the new level",
                  lambda: page.session()["analysis"]["request"]["options"]["scenes"] == "rain=-20")
        page.picture("scenes-live")
        page.click("#live-scenes .chips [aria-pressed=true]")
        page.wait("none", lambda: "scenes" not in page.session()["analysis"]["request"]["options"])
        page.press(Keys.ESCAPE)
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        page.click("#to-home")
        self.assertIn("slow rain", page.text("[data-goal=custom_prompt]"))
        page.unfold("#options")
        self.assertEqual(page.attribute("#start-levels-pads", "value"), "-31")
        page.move("#start-levels-pads", "0")
        self.assertEqual(page.attribute("#start-scenes-rain", "value"), "-15")
        page.click("#start-scenes .chips [aria-pressed=true]")
        self.assertFalse(page.seen("#start-scenes-rain"))

    def test_18_work_and_breaks_have_a_ring(self):
        page = self.page
        page.fill("#work-minutes", "5")
        page.fill("#minutes", "12")
        page.run("document.querySelector('#seed').value = ''")
        page.click("[data-goal=energize]")
        page.wait("the rhythm", lambda: re.search(r"Energize · Work, \d+ min to go", page.text("#eyebrow")))
        self.assertEqual(page.session()["analysis"]["request"]["options"]["break_minutes"], 5)
        page.open("more")
        page.click("#end")
        page.wait("the end", lambda: page.session()["status"] == "ended")
        self.assertFalse(page.seen("#end"))

    def test_19_nothing_jumps_while_the_page_builds_up(self):
        page = self.page
        page.browser.refresh()
        page.wait("the player", lambda: page.seen("#now"))
        shift = page.browser.execute_async_script("""
            const done = arguments[0];
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 300);""")
        self.assertLess(shift, 0.02)

    def test_20_nothing_went_wrong_behind_the_scenes(self):
        log = self.page.complaints()
        refused = [entry for entry in log if "status of 401" in entry["message"]]
        self.assertEqual(len(refused), 1, "of the wrong key alone")
        self.assertEqual([entry for entry in log if entry not in refused], [])
