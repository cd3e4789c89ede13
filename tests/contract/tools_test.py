#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What others make of the document: a linter has nothing to say, and generated types take our bodies.

Usage: tools_test.py DOCUMENT FOLDER

Ends with 77 where npm can not bring the tools; what it brings is kept in FOLDER.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import npm  # pylint: disable=wrong-import-position

PACKAGES = {"@redocly/cli": "2.77.0", "openapi-typescript": "7.13.0", "typescript": "5.9.3"}
ENVIRONMENT = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}

# Bodies of the contract, and one that is none: the types would take anything if that compiled.
PROGRAM = """
import type { components, operations } from "./api";

type Start = operations["startSession"]["requestBody"]["content"]["application/json"];
type Session = operations["startSession"]["responses"][202]["content"]["application/json"];
type Schemas = components["schemas"];

export const minimal: Start = { goal: "focus", target_minutes: 60 };
export const words: Start = {
  goal: "custom_prompt", target_minutes: 25, custom_prompt: "slow rain", intensity: "low",
  divergence: 0.3, engine: "studio", options: { seed: 7, format: "flac" },
};
export const prompt: Schemas["PromptRequest"] = { custom_prompt: "slow rain" };
// @ts-expect-error A goal that there is not.
export const wrong: Start = { goal: "work", target_minutes: 60 };
// @ts-expect-error The length is required.
export const endless: Start = { goal: "focus" };

export function urls(session: Session): string[] {
  const next: string | null = session.next_ready_at;
  return [...session.segments.map((segment) => segment.playback_url), next ?? ""];
}
"""

document = None
tools = None


def run(tool, *arguments, cwd=None):
    """The output of a program of one of the packages."""
    command = [tools / ".bin" / tool, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=cwd, check=False,
                          env=ENVIRONMENT)
    return done.returncode, done.stdout + done.stderr


class ToolsTest(unittest.TestCase):
    def test_redocly_has_nothing_to_say(self):
        status, told = run("redocly", "lint", document)
        self.assertEqual(status, 0, told)
        self.assertNotRegex(told, r"[1-9]\d* (warning|error)", told)
        self.assertIn("valid", told)

    def test_redocly_finds_a_document_that_is_wrong(self):
        with tempfile.TemporaryDirectory() as folder:
            wrong = pathlib.Path(folder) / "openapi.json"
            text = pathlib.Path(document).read_text(encoding="utf-8")
            wrong.write_text(text.replace('"operationId"', '"operationID"'), encoding="utf-8")
            self.assertNotEqual(run("redocly", "lint", wrong)[0], 0)

    def test_types_are_made_that_take_the_bodies_of_the_contract(self):
        with tempfile.TemporaryDirectory() as folder:
            status, told = run("openapi-typescript", document, "-o", "api.ts", cwd=folder)
            self.assertEqual(status, 0, told)
            (pathlib.Path(folder) / "program.ts").write_text(PROGRAM, encoding="utf-8")
            status, told = run("tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "es2022",
                               "program.ts", cwd=folder)
            self.assertEqual(status, 0, told)


def main():
    global document, tools
    document = pathlib.Path(sys.argv[1]).resolve()
    tools = npm.installed(pathlib.Path(sys.argv[2]).resolve(), PACKAGES)
    if tools is None:
        print("skipped; npm can not bring", *PACKAGES)
        return 77
    program = unittest.main(argv=[sys.argv[0], "-v", *sys.argv[3:]], exit=False)
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
