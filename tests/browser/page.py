# SPDX-License-Identifier: MIT
"""The page as its users handle it."""

import base64
import functools
import pathlib
import shutil
import sys
import time

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
if not CHROMIUM:
    print("skipped: chromium is not installed (./dev deps installs it)")
    sys.exit(77)
try:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
except ImportError as missing:
    sys.exit(f"{missing}: ./dev deps installs what this test needs")
if not DRIVER:
    sys.exit("chromedriver is missing: ./dev deps installs it")

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
import npm  # pylint: disable=wrong-import-position

TOOL, PICTURES = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
PICTURES.mkdir(parents=True, exist_ok=True)
SIZES = {320: 640, 768: 1024, 1280: 900}
# Each width and each scheme at least once; --all-looks has every pair.
LOOKS = (("light", 320), ("dark", 768), ("light", 1280))
HAS_ALL_LOOKS = "--all-looks" in sys.argv
if HAS_ALL_LOOKS:
    LOOKS = tuple((scheme, width) for scheme in ("light", "dark") for width in SIZES)
AXE_CORE = "4.14.1"
# What has to have a name for those who do not see it.
CONTROLS = {"button", "textbox", "searchbox", "slider", "spinbutton", "radio", "checkbox", "combobox",
            "meter", "link", "DisclosureTriangle"}


@functools.lru_cache(maxsize=None)
def axe_core():
    """The checker as npm has it, or nothing."""
    found = npm.installed(PICTURES, {"axe-core": AXE_CORE})
    if found is None:
        print("npm can not bring axe-core: its rules are left out")
        return ""
    return (found / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


class Page:
    """What a person does, and what a person sees and hears."""

    def __init__(self, browser):
        self.browser = browser
        self.audits = 0

    def find(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def attribute(self, selector, name):
        return self.find(selector).get_attribute(name)

    def seen(self, selector):
        return self.run("return document.querySelector(arguments[0])?.checkVisibility() ?? false", selector)

    def run(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def click(self, selector):
        element = self.find(selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def fill(self, selector, text):
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def choose(self, form, value):
        """A radio button lies under its label, as a finger finds it."""
        self.click(f"{form} label:has([value={value}])")

    def move(self, selector, value):
        """A slider, as a finger that drags it and lets go."""
        self.run("""const [e, v] = arguments; e.value = v;
                    for (const type of ['input', 'change']) e.dispatchEvent(new Event(type, { bubbles: true }));""",
                 self.find(selector), value)

    def open(self, panel):
        if not self.seen(f"#panel-{panel}"):
            self.click(f"[aria-controls=panel-{panel}]")

    def unfold(self, details):
        self.run("document.querySelector(arguments[0]).open = true", details)

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def wait(self, what, condition, seconds=40):
        """Looks often at first, as most comes soon, and rarely at what takes long."""
        began = time.monotonic()
        while not condition():
            waited = time.monotonic() - began
            if waited > seconds:
                raise AssertionError(f"never came: {what}")
            time.sleep(min(0.2, 0.02 + waited / 4))

    def sign_in(self, link):
        self.browser.get("about:blank")
        self.browser.get(link)
        self.wait("the tiles", lambda: self.seen("#tiles"))

    def start_short(self, goal="focus", seed="7", minutes="1"):
        """A session whose segments are so short that it has joins at once."""
        self.unfold("#options")
        self.unfold("#options details")
        self.fill("#minutes", minutes)
        self.fill("#segment-seconds", "20")
        self.fill("#seed", seed)
        self.click(f"[data-goal={goal}]")
        self.wait("the player", lambda: self.seen("#now"))

    def seconds(self):
        return int(self.attribute("#map", "aria-valuenow") or 0)

    def playing(self):
        return self.attribute("#play", "aria-label") == "Pause"

    def level(self):
        """Of what reaches the loudspeaker, in dBFS."""
        level = self.run("return window.ears.level")
        return -200.0 if level is None else level

    def sounds(self):
        return self.playing() and self.seconds() >= 1 and self.level() > -50

    def session(self):
        """The session that plays, as the server tells it."""
        return self.browser.execute_async_script("""
            const done = arguments[0];
            (async () => {
              const { Api } = await import(new URL('api.js', document.baseURI));
              const { apiBase } = await import(new URL('base.js', document.baseURI));
              const kept = JSON.parse(sessionStorage.getItem('focus-session'));
              return new Api({ ...kept, base: apiBase() }).session(kept.session);
            })().then(done, (error) => done({ error: String(error) }));""")

    def emulate(self, scheme, width=1280, height=None, motion="reduce"):
        """Without motion by default: the picture would take most of the machine."""
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": motion}]})
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height or SIZES[width], "deviceScaleFactor": 1, "mobile": False})
        self.settle()

    def settle(self):
        """Waits until what has changed is drawn."""
        self.browser.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));")

    def picture(self, name):
        answer = self.browser.execute_cdp_cmd("Page.captureScreenshot", {})
        (PICTURES / f"{name}.png").write_bytes(base64.b64decode(answer["data"]))

    def source(self, script):
        return (HERE / script).read_text(encoding="utf-8")

    def audit(self, test, name, ready=lambda: None):
        """Holds what is seen against the rules for contrast, size, width and names. What comes and goes,
        `ready` makes seen anew in each look. axe-core, which costs most, looks once at each part, in a look
        that is another one each time; with --all-looks it looks at all."""
        self.audits += 1
        for number, (scheme, width) in enumerate(LOOKS):
            self.emulate(scheme, width)
            ready()
            self.picture(f"{name}-{scheme}-{width}")
            with test.subTest(part=name, scheme=scheme, width=width):
                found = self.run(self.source("audit.js"))
                test.assertEqual(found, {"faint": [], "small": [], "wide": [], "scroll": 0})
                if HAS_ALL_LOOKS or number == self.audits % len(LOOKS):
                    test.assertEqual(self.violations(), [])
        tree = self.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})
        nameless = [node for node in tree["nodes"]
                    if not node.get("ignored") and node.get("role", {}).get("value") in CONTROLS
                    and not node.get("name", {}).get("value", "").strip()]
        test.assertEqual(nameless, [])

    def violations(self):
        """What axe-core finds, where npm can bring it."""
        if not axe_core():
            return []
        if not self.run("return Boolean(window.axe)"):
            self.run(axe_core())
        return self.browser.execute_async_script("""
            const done = arguments[0];
            axe.run({ resultTypes: ['violations'] }).then(({ violations }) => done(violations.map((v) =>
              [v.id, v.nodes.map((n) => n.target.join(' ')).slice(0, 5)])), (e) => done(String(e)));""")

    def measure_joins(self, test):
        joins = self.browser.execute_async_script(self.source("measure_joins.js"))
        test.assertIsInstance(joins, list, joins)
        for join in joins:
            print({name: round(figure, 3) for name, figure in join.items()})
            test.assertGreater(join["overlap_seconds"], 0.5)
            test.assertGreater(join["hole_db"], -3.0)
            test.assertLess(join["click"], 1.05)
        return joins

    def complaints(self, provoked=()):
        """What the browser has logged, without the refusals that a test provokes itself."""
        log = self.browser.get_log("browser")
        return [entry for entry in log if not any(part in entry["message"] for part in provoked)]
