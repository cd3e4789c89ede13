#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The page in a real browser, against the real server.

Usage: run.py TOOL FOLDER [--all-looks] [TEST...]

A TEST is a module or a part of one: `page_test`, `place_test.BelowAPath`. Screenshots go to FOLDER, with what
npm brings. --all-looks adds every width in both colour schemes.
Ends with 77 where Chromium is missing.
"""
import resource
import sys
import unittest

import stage  # ends with 77 where there is no browser

MODULES = ["page_test", "place_test", "looks_test"]


def main(arguments):
    chosen = [one for one in arguments if not one.startswith("--")] or MODULES
    tests = unittest.defaultTestLoader.loadTestsFromNames(chosen)
    with stage.closing:
        result = unittest.TextTestRunner(verbosity=2).run(tests)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"browser and servers: {used.ru_utime + used.ru_stime:.0f} s of processor time")
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[3:]))
