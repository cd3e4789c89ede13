# SPDX-License-Identifier: MIT
"""Last of all: what the document has was met in this run."""
import unittest

import world

# What a healthy service does not answer, and what only a cluster does.
NOT_MET = {302, 500, 503}
# What is answered only while the same request runs.
BY_CHANCE = {"$ref": "#/components/responses/InProgress"}


class CoverageTest(unittest.TestCase):
    def test_every_refusal_had_an_id_of_its_own(self):
        ids = world.ledger().trace_ids
        self.assertEqual(len(ids), len(set(ids)))

    def test_every_status_of_every_operation_was_met(self):
        document = world.document()
        documented = {
            (template, method, int(status))
            for template, method, operation in document.operations()
            for status, response in operation["responses"].items()
            if int(status) not in NOT_MET and response != BY_CHANCE
        }
        missed = sorted(documented - world.ledger().seen)
        self.assertEqual([], missed, f"{len(missed)} of {len(documented)} were not met")
