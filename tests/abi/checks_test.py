# SPDX-License-Identifier: MIT
"""The checks of the interface can fail: a small header is kept, changed, and looked at again.

    checks_test.py C_COMPILER
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import c_header

HERE = pathlib.Path(__file__).resolve().parent
COMPILER = sys.argv.pop()

HEADER = """\
#include <stdint.h>
#include <stddef.h>
#define FOCUS_API __attribute__((visibility("default")))
#define FOCUS_NOEXCEPT

#define FOCUS_NAME_SIZE 16
enum focus_tone {
  FOCUS_TONE_LOW = 0,
  FOCUS_TONE_HIGH = 1
};
typedef void (*focus_callback)(void *user_data, int32_t tone);
typedef struct focus_note {
  uint32_t struct_size;
  int32_t tone;
  int32_t velocity;
  int32_t reserved;
  double seconds;
  focus_callback callback;
} focus_note;
#define FOCUS_NOTE_INIT {sizeof(focus_note), FOCUS_TONE_LOW, 64, 0, 1.5, NULL}
/** @since 0.1 */
FOCUS_API int32_t focus_note_play(const focus_note *note, int32_t times) FOCUS_NOEXCEPT;
/** @since 0.1 */
FOCUS_API int32_t focus_note_stop(focus_note *note) FOCUS_NOEXCEPT;
"""

LAST_FIELD = "  focus_callback callback;\n"
INIT = "#define FOCUS_NOTE_INIT {sizeof(focus_note), FOCUS_TONE_LOW, 64, 0, 1.5, NULL}"


class ChecksTest(unittest.TestCase):
    kept = {}

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.header = self.folder / "focus.h"
        (self.folder / "map").write_text("FOCUS_0.1 { global: focus_*; local: *; };\n")
        self.header.write_text(HEADER)
        for what in "dump", "constants":
            if what not in self.kept:
                self.assertEqual(self.check(what, "--update")[0], 0)
                self.kept[what] = (self.folder / f"kept.{what}").read_text()
            (self.folder / f"kept.{what}").write_text(self.kept[what])

    def check(self, what, *options):
        """Exit status and words of check_dump.py or check_constants.py."""
        between = [self.folder / "map"] if what == "dump" else []
        done = subprocess.run(
            [sys.executable, "-B", HERE / f"check_{what}.py", self.header, COMPILER, *between,
             self.folder / f"kept.{what}", *options],
            text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def change(self, *changes):
        text = HEADER
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.header.write_text(text)

    def assert_breaks(self, what, *words):
        status, said = self.check(what)
        self.assertEqual(status, 1, said)
        self.assertIn("BREAK", said)
        self.assertNotIn("Nothing breaks", said)
        for word in words:
            self.assertIn(word, said)

    def assert_asks_for_review(self, what, *words):
        status, said = self.check(what)
        self.assertEqual(status, 1, said)
        self.assertIn("Nothing breaks. Review", said)
        self.assertNotIn("BREAK", said)
        for word in words:
            self.assertIn(word, said)
        self.assertEqual(self.check(what, "--update")[0], 0)
        self.assertEqual(self.check(what)[0], 0)

    def test_a_dump_is_the_same_wherever_it_is_made(self):
        self.assertNotIn(str(self.folder.parent), self.kept["dump"])
        self.assertIn("path='interface.c'", self.kept["dump"])

    def test_an_unchanged_header_passes(self):
        self.assertEqual(self.check("dump")[0], 0)
        self.assertEqual(self.check("constants")[0], 0)

    def test_a_comment_and_the_name_of_a_parameter_are_no_change(self):
        self.change(("int32_t times", "int32_t count /* of times */"))
        self.assertEqual(self.check("dump")[0], 0)

    def test_a_removed_function_breaks(self):
        self.change(("FOCUS_API int32_t focus_note_stop(focus_note *note) FOCUS_NOEXCEPT;\n", ""))
        self.assert_breaks("dump", "focus_note_stop")

    def test_a_parameter_of_another_type_breaks(self):
        self.change(("int32_t times", "int64_t times"))
        self.assert_breaks("dump", "focus_note_play")

    def test_a_further_parameter_breaks(self):
        self.change(("int32_t times", "int32_t times, int32_t loud"))
        self.assert_breaks("dump", "focus_note_play")

    def test_a_callback_of_another_signature_breaks(self):
        self.change(("int32_t tone);", "double tone);"))
        self.assert_breaks("dump", "callback")

    def test_swapped_fields_of_one_type_break(self):
        self.change(("int32_t tone;\n  int32_t velocity;", "int32_t velocity;\n  int32_t tone;"))
        self.assert_breaks("dump", "tone", "velocity")

    def test_swapped_fields_break_though_the_struct_grew_as_well(self):
        self.change(("int32_t tone;\n  int32_t velocity;", "int32_t velocity;\n  int32_t tone;"),
                    (LAST_FIELD, LAST_FIELD + "  double more;\n"))
        self.assert_breaks("dump", "tone", "velocity")

    def test_a_field_in_the_middle_breaks(self):
        self.change(("  double seconds;", "  double before;\n  double seconds;"))
        self.assert_breaks("dump", "seconds")

    def test_a_removed_field_breaks(self):
        self.change(("  focus_callback callback;\n", ""))
        self.assert_breaks("dump", "callback")

    def test_a_field_of_another_type_breaks(self):
        self.change(("  double seconds;", "  int64_t seconds;"))
        self.assert_breaks("dump", "seconds")

    def test_a_version_node_taken_away_breaks(self):
        (self.folder / "map").write_text("OTHER { global: focus_*; local: *; };\n")
        self.assert_breaks("dump")

    def test_a_new_function_asks_for_review(self):
        self.change(("/** @since 0.1 */\nFOCUS_API int32_t focus_note_stop",
                     "FOCUS_API int32_t focus_note_go_on(void) FOCUS_NOEXCEPT;\n"
                     "FOCUS_API int32_t focus_note_stop"))
        self.assert_asks_for_review("dump", "focus_note_go_on")

    def test_growth_at_the_end_asks_for_review(self):
        self.change((LAST_FIELD, LAST_FIELD + "  double more;\n"),
                    ("1.5, NULL}", "1.5, NULL, 0}"))
        self.assert_asks_for_review("dump", "focus_note: grew by", "more")
        self.assert_asks_for_review("constants", "focus_note more 0")

    def test_a_reserved_field_that_gets_a_name_asks_for_review(self):
        self.change(("int32_t reserved;", "int32_t channel;"))
        self.assert_asks_for_review("dump", "reserved is channel now")

    def test_a_break_is_not_kept_by_accident(self):
        self.change(("int32_t times", "int64_t times"),
                    ("FOCUS_NAME_SIZE 16", "FOCUS_NAME_SIZE 32"))
        for what in "dump", "constants":
            self.assertEqual(self.check(what, "--update")[0], 1)
            self.assertEqual((self.folder / f"kept.{what}").read_text(), self.kept[what])

    def test_a_break_that_was_never_released_can_be_kept(self):
        self.change(("int32_t times", "int64_t times"))
        self.assertEqual(self.check("dump", "--update", "--accept-breaks")[0], 0)
        self.assertEqual(self.check("dump")[0], 0)

    def test_an_enumerator_of_another_value_breaks(self):
        self.change(("FOCUS_TONE_HIGH = 1", "FOCUS_TONE_HIGH = 2"))
        self.assert_breaks("constants", "FOCUS_TONE_HIGH")

    def test_an_enumerator_that_is_gone_breaks(self):
        self.change((",\n  FOCUS_TONE_HIGH = 1", ""))
        self.assert_breaks("constants", "FOCUS_TONE_HIGH")

    def test_a_new_enumerator_asks_for_review(self):
        self.change(("FOCUS_TONE_HIGH = 1", "FOCUS_TONE_HIGH = 1,\n  FOCUS_TONE_ODD = 2"))
        self.assert_asks_for_review("constants", "FOCUS_TONE_ODD 2")

    def test_another_default_breaks(self):
        self.change(("FOCUS_TONE_LOW, 64,", "FOCUS_TONE_LOW, 65,"))
        self.assert_breaks("constants", "velocity 64: 65 now")

    def test_a_later_field_that_does_not_begin_at_zero_breaks(self):
        self.change((LAST_FIELD, LAST_FIELD + "  double more;\n"),
                    ("1.5, NULL}", "1.5, NULL, 2.5}"))
        self.assert_breaks("constants", "more 2.5", "begin at 0")

    def test_a_macro_of_another_value_breaks(self):
        self.change(("FOCUS_NAME_SIZE 16", "FOCUS_NAME_SIZE 32"))
        self.assert_breaks("constants", "FOCUS_NAME_SIZE 16: 32 now")

    def test_hidden_padding_is_against_the_rules(self):
        self.change(("  int32_t reserved;\n", ""), ("64, 0,", "64,"))
        status, said = self.check("constants")
        self.assertEqual(status, 1)
        self.assertIn("hidden padding before seconds", said)

    def test_a_struct_that_can_not_tell_its_size_is_against_the_rules(self):
        self.change(("  uint32_t struct_size;\n  int32_t tone;",
                     "  int32_t tone;\n  int32_t size;"))
        status, said = self.check("constants")
        self.assertEqual(status, 1)
        self.assertIn("does not begin with `uint32_t struct_size`", said)

    def test_a_struct_without_initial_values_is_against_the_rules(self):
        self.change((INIT, ""))
        status, said = self.check("constants")
        self.assertEqual(status, 1)
        self.assertIn("has no _INIT macro", said)


class FirstHostTest(unittest.TestCase):
    def test_the_first_host_calls_every_function_of_the_first_header(self):
        host = (HERE / "first/host.c").read_text("utf-8")
        first = c_header.functions(HERE / "first/include/focus_session/focus_session.h")
        self.assertGreater(len(first), 30)
        self.assertEqual([name for name in first if not re.search(rf"\b{name}\(", host)], [])


if __name__ == "__main__":
    unittest.main()
