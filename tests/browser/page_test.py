#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The player page in a real browser, against the real server: page_test.py TOOL SCREENSHOT_FOLDER."""

import base64
import pathlib
import re
import shutil
import sys
import tempfile
import time
import unittest

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
if not CHROMIUM:
    print("skipped: chromium is not installed (./dev deps installs it)")
    sys.exit(77)
try:
    import running
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError as missing:
    sys.exit(f"{missing}: ./dev deps installs what this test needs")

HERE = pathlib.Path(__file__).parent
TOOL, PICTURES = sys.argv[1], pathlib.Path(sys.argv[2])
SCHEMES = ("light", "dark")
# What has to have a name for those who do not see it.
CONTROLS = {"button", "textbox", "searchbox", "slider", "spinbutton", "radio", "checkbox", "combobox",
            "meter", "link", "DisclosureTriangle"}


class Page:
    """The page as its users handle it."""

    def __init__(self, browser):
        self.browser = browser

    def find(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.browser.execute_script(
            "return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def attribute(self, selector, name):
        return self.find(selector).get_attribute(name)

    def click(self, selector):
        element = self.find(selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def fill(self, selector, text):
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def choose(self, form, value):
        """A radio button lies under its label, as a finger finds it."""
        self.click(f"{form} label:has([value={value}])")

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def wait(self, what, condition, seconds=30):
        limit = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > limit:
                raise AssertionError(f"never came: {what}")
            time.sleep(0.05)

    def seconds(self):
        return int(self.attribute("#map", "aria-valuenow") or 0)

    def playing(self):
        return self.attribute("#play", "aria-label") == "Pause"

    def emulate(self, scheme, width=1280, height=900, motion="no-preference"):
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": motion}]})
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        time.sleep(0.3)

    def picture(self, name):
        answer = self.browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        (PICTURES / f"{name}.png").write_bytes(base64.b64decode(answer["data"]))

    def source(self, script):
        return (HERE / script).read_text(encoding="utf-8")


class PlayerPage(unittest.TestCase):
    """One visit, step by step: each test goes on where the one before it ended."""

    @classmethod
    def setUpClass(cls):
        cls.server = running.serving(TOOL)
        cls.addClassCleanup(lambda: cls.server.__exit__(None, None, None))
        cls.link = cls.server.__enter__()
        opened = running.browsing(CHROMIUM, DRIVER)
        cls.addClassCleanup(lambda: opened.__exit__(None, None, None))
        cls.page = Page(opened.__enter__())
        cls.expected = 0  # refusals that the test itself provokes, which browsers log as errors

    def audit(self, name):
        for width, height in ((1280, 900), (320, 640)):
            for scheme in SCHEMES:
                self.page.emulate(scheme, width, height)
                self.page.picture(f"{name}-{scheme}-{width}")
                with self.subTest(part=name, scheme=scheme, width=width):
                    found = self.page.browser.execute_script(self.page.source("audit.js"))
                    self.assertEqual(found, {"faint": [], "small": [], "wide": [], "scroll": 0})
        self.page.emulate("light")
        tree = self.page.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})
        nameless = [node for node in tree["nodes"]
                    if not node.get("ignored") and node.get("role", {}).get("value") in CONTROLS
                    and not node.get("name", {}).get("value", "").strip()]
        self.assertEqual(nameless, [])

    def measure_joins(self):
        joins = self.page.browser.execute_async_script(self.page.source("measure_joins.js"))
        self.assertIsInstance(joins, list, joins)
        for join in joins:
            print({name: round(figure, 3) for name, figure in join.items()})
            self.assertGreater(join["overlap_seconds"], 0.5)
            self.assertGreater(join["hole_db"], -3.0)
            self.assertLess(join["click"], 1.05)
        return joins

    def test_01_a_stranger_is_asked_to_sign_in(self):
        page = self.page
        page.browser.get(self.link.split("#")[0])
        page.wait("the form", lambda: page.find("#door").is_displayed())
        self.audit("door")
        page.fill("#organization", "org_local")
        page.fill("#key", "fsk_wrong")
        page.find("#key").send_keys(Keys.ENTER)
        page.wait("the refusal", lambda: page.text("#door [data-field=key]") != "")
        self.assertEqual(page.attribute("#key", "aria-invalid"), "true")
        PlayerPage.expected += 1

    def test_02_the_link_signs_in_and_leaves_no_key_in_the_address(self):
        page = self.page
        page.browser.get("about:blank")
        page.browser.get(self.link)
        page.wait("the form", lambda: page.find("#begin").is_displayed())
        self.assertNotIn("key", page.browser.current_url)
        self.assertIn("icence", page.text("#licence"))
        loaded = page.browser.execute_script("""
            return [...performance.getEntriesByType('navigation'),
                    ...performance.getEntriesByType('resource').filter((e) => !e.name.includes('/v1/'))]
              .map((e) => [e.name, e.encodedBodySize, e.decodedBodySize])""")
        self.assertGreater(len(loaded), 15)
        self.assertLess(sum(packed for _, packed, _ in loaded), 40 * 1024, loaded)
        self.assertTrue(all(name.startswith(self.link.split("#")[0]) for name, _, _ in loaded))
        self.audit("begin")

    def test_03_a_refusal_stands_at_its_field(self):
        page = self.page
        page.fill("#begin [name=target_minutes]", "0")
        page.click("#begin .primary")
        page.wait("the refusal", lambda: page.text("#begin [data-field=target_minutes]") != "")
        focused = page.browser.switch_to.active_element
        self.assertEqual(focused.get_attribute("name"), "target_minutes")
        described = focused.get_attribute("aria-describedby")
        self.assertEqual(page.text(f"#{described}"), page.text("#begin [data-field=target_minutes]"))
        PlayerPage.expected += 1

    def test_04_a_session_starts_and_is_heard(self):
        page = self.page
        page.fill("#begin [name=target_minutes]", "1")
        page.click("#begin summary")
        page.fill("#segment-seconds", "20")
        page.fill("#seed", "7")
        page.click("#begin .primary")
        page.wait("the player", lambda: page.find("#player").is_displayed())
        page.wait("music", lambda: page.seconds() >= 1 and page.playing())
        page.wait("its level", lambda: float(page.attribute("#meter", "aria-valuenow")) > -50)
        page.wait("all segments", lambda: page.text("#progress").startswith("3 of 3"))
        self.assertIn("LUFS", page.text("#segments"))
        self.assertIn("bpm", page.text("#why"))
        self.assertEqual(page.text("#link"), "Live")
        title = page.browser.execute_script("return navigator.mediaSession.metadata.title")
        self.assertEqual(title, page.text("#now-title"))

    def test_05_joins_have_no_hole_no_click_and_hold_the_level(self):
        joins = self.measure_joins()
        self.assertEqual(len(joins), 2)
        for join in joins:
            self.assertLess(abs(join["level_db"]), 0.5)
            self.assertLess(join["worst_block_db"], 2.0)
            # One piece going on is joined by the plain law, to the sample.
            self.assertGreater(join["correlation"], 0.99)
            self.assertLess(join["residual_db"], -80.0)

    def test_06_the_keyboard_does_everything(self):
        page = self.page
        page.browser.execute_script("document.activeElement.blur()")
        page.press("n")
        page.wait("the next segment", lambda: "segment 2" in page.text("#eyebrow"))
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
        page.choose("#steer", "custom_prompt")
        page.find("#steer textarea").send_keys("n p m k")
        self.assertIn("segment 1", page.text("#eyebrow"), "keys are no commands while one types")
        page.choose("#steer", "focus")

    def test_07_all_controls_are_reached_with_tab_and_show_it(self):
        page = self.page
        page.browser.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
        reached = set()
        for _ in range(70):
            page.press(Keys.TAB)
            label = page.browser.execute_script(
                "const e = document.activeElement; if (e === document.body) return null;"
                "const s = getComputedStyle(e.closest('fieldset label') ?? e);"
                "return [e.id || e.name || e.getAttribute('aria-label'), s.outlineStyle]")
            if label is None:
                continue  # the browser's own controls come between the last and the first
            self.assertNotEqual(label[1], "none", label)
            reached.add(label[0])
        for control in ("map", "play", "next", "previous", "volume", "keep", "Keep segment 2",
                        "Save segment 3 as a file", "sign-out"):
            self.assertIn(control, reached)

    def test_08_it_looks_right_everywhere(self):
        self.audit("player")
        self.page.emulate("light", motion="reduce")
        before = self.page.seconds()
        self.page.wait("the playhead", lambda: self.page.seconds() > before)

    def test_09_a_segment_is_kept_and_stays(self):
        page = self.page
        page.click("#segments li:nth-child(2) [aria-label='Keep segment 2']")
        page.wait("the track", lambda: page.text("#tracks") != "")
        self.assertTrue(page.find("#tracks [aria-label^=Save]").is_displayed())
        page.click("#tracks [aria-label^=Play]")
        page.wait("the track's sound", lambda: page.browser.execute_script(
            "const a = document.querySelector('#track-audio'); return a.currentTime > 0 && !a.paused"))
        self.assertFalse(page.playing(), "one music at a time")
        page.click("#play")
        page.wait("the session", page.playing)

    def test_10_a_segment_is_saved_as_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            self.page.browser.execute_cdp_cmd(
                "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": folder})
            self.page.click("#segments [aria-label^='Save segment 3']")
            saved = lambda: [f for f in pathlib.Path(folder).iterdir() if f.suffix != ".crdownload"]
            self.page.wait("the file", saved)
            self.assertRegex(saved()[0].name, r"^mfocus_[0-9a-f]{12}-003\.\w+$")
            self.assertIn(saved()[0].read_bytes()[:4], (b"fLaC", b"RIFF", b"OggS"))

    def test_11_a_change_is_heard_where_the_server_says(self):
        page = self.page
        page.find("#map").send_keys(Keys.HOME)
        old = page.text("#now-title")
        page.choose("#steer", "energize")
        page.click("#steer .primary")
        page.wait("the change", lambda: page.text("#eyebrow").startswith("Energize"))
        page.wait("other music", lambda: page.text("#now-title") != old and page.seconds() < 20)
        self.assertTrue(page.playing())
        self.page.picture("changed")
        page.wait("all segments", lambda: re.fullmatch(r"(\d+) of \1 ready", page.text("#progress")))
        joins = self.measure_joins()
        self.assertLess(joins[0]["correlation"], 0.9, "the first join is that of the change")
        self.assertLess(abs(joins[0]["level_db"]), 1.5)

    def test_12_a_reload_goes_on_with_the_session(self):
        page = self.page
        page.find("#map").send_keys(Keys.ARROW_RIGHT)
        page.wait("more", lambda: page.seconds() >= 10)
        time.sleep(2)
        here = page.seconds()
        page.browser.refresh()
        page.wait("the player", lambda: page.find("#player").is_displayed())
        page.wait("its place", lambda: abs(page.seconds() - here) <= 4)
        page.click("#play")
        page.wait("music", lambda: page.playing() and page.seconds() > here)

    def test_13_a_session_ends(self):
        page = self.page
        if page.find("#end").is_displayed():
            page.click("#end")
        page.wait("the end", lambda: page.find("#again").is_displayed())
        page.click("#again")
        page.wait("the form", lambda: page.find("#begin").is_displayed())
        page.fill("#begin [name=target_minutes]", "600")
        page.click("#begin .primary")
        page.wait("the player", lambda: page.find("#end").is_displayed())
        page.picture("long")
        page.click("#end")
        page.wait("the end", lambda: page.find("#again").is_displayed())

    def test_14_nothing_jumps_while_the_page_builds_up(self):
        self.page.browser.refresh()
        self.page.wait("the player", lambda: self.page.find("#player").is_displayed())
        shift = self.page.browser.execute_async_script("""
            const done = arguments[0];
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 300);""")
        self.assertLess(shift, 0.02)

    def test_15_nothing_went_wrong_behind_the_scenes(self):
        log = self.page.browser.get_log("browser")
        provoked = [e for e in log if "status of 401" in e["message"] or "status of 422" in e["message"]]
        self.assertEqual(len(provoked), self.expected, log)
        self.assertEqual([e for e in log if e not in provoked], [])


if __name__ == "__main__":
    if not DRIVER:
        sys.exit("chromedriver is missing: ./dev deps installs it")
    PICTURES.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1], failfast=False)
