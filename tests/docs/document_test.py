# SPDX-License-Identifier: MIT
"""What is read out of a document, and that a sample which does not hold is found."""
import argparse
import contextlib
import io
import pathlib
import tempfile
import unittest

import check_document
from document import DocumentError, broken_links, headings, samples

FENCE = "```"


def block(language, text, note=""):
    return (f"<!-- sample: {note} -->\n" if note else "") + f"{FENCE}{language}\n{text}\n{FENCE}\n"


class SamplesTest(unittest.TestCase):
    def test_blocks_are_found_with_their_language_line_and_note(self):
        found = samples("# Title\n\n" + block("c", "int x;") + "\n" + block("sh", "true", "not run, no shell"))
        self.assertEqual([(s.language, s.text, s.line) for s in found],
                         [("c", "int x;\n", 3), ("sh", "true\n", 8)])
        self.assertIsNone(found[0].not_run)
        self.assertEqual(found[1].not_run, "no shell")

    def test_a_block_that_is_not_run_needs_a_reason(self):
        for note in ("not run", "not run,", "with serve", "skip"):
            with self.subTest(note), self.assertRaises(DocumentError):
                samples(block("sh", "true", note))

    def test_a_note_away_from_its_block_is_an_error(self):
        with self.assertRaises(DocumentError):
            samples("<!-- sample: with server -->\n\n" + block("sh", "true"))

    def test_a_block_that_no_test_would_see_is_an_error(self):
        for text in (f"  {FENCE}c\nint x;\n  {FENCE}\n", f"{FENCE}c\nint x;\n"):
            with self.subTest(text), self.assertRaises(DocumentError):
                samples(text)

    def test_links_lead_to_files_and_headings_that_are_there(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "one.md"
            path.write_text(f"# It's `one`\n\n{block('c', '# not a heading')}")
            self.assertEqual(headings(path), ["its-one"])
            links = "[a](one.md) [b](one.md#its-one) [c](https://example.com) [d](#nowhere) [e](two.md)"
            self.assertEqual([link.split(":")[0] for link in broken_links(path, links)],
                             ["#nowhere", "two.md"])


class CheckTest(unittest.TestCase):
    """Needs nothing of ours but the header that is not included here."""

    def problems(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "guide.md"
            path.write_text(text)
            options = argparse.Namespace(
                document=path, root=pathlib.Path(folder), build=pathlib.Path(folder),
                tool=pathlib.Path("/bin/false"), library=pathlib.Path("/none"), cc="cc", cxx="c++",
                python="/usr/bin/env", python_path=[])
            with contextlib.redirect_stdout(io.StringIO()):
                return check_document.check(options)

    def test_samples_that_hold(self):
        self.assertEqual(self.problems(
            block("sh", "echo 1 > made") + block("console", "$ cat made\n2") + block("json", "{}")
            + block("c", "int one(void);\nint one(void) { return 1; }") + block("", "free text")
            + block("swift", "let x = 1", "not run, there is no compiler for it")), [])

    def test_a_sample_that_does_not_hold_is_told_with_its_place(self):
        for language, text in (("sh", "false"), ("console", "$ true\n$ false"), ("console", "true"),
                               ("json", "{"), ("c", "int x = y;"), ("cpp", "int f() { int x; }"),
                               ("swift", "let x = 1")):
            with self.subTest(language=language, text=text):
                found = self.problems("Text.\n\n" + block(language, text))
                self.assertEqual(len(found), 1)
                self.assertIn(f"guide.md:3 ({language})", found[0])

    def test_each_document_begins_in_an_empty_folder(self):
        self.assertEqual(self.problems(block("sh", "test -z \"$(ls)\"")), [])


if __name__ == "__main__":
    unittest.main()
