# SPDX-License-Identifier: MIT
"""What the tests of the running service have in common."""
import unittest

import world


class ContractCase(unittest.TestCase):
    """A test fails also when one of its exchanges was not as the document says."""

    maxDiff = None

    def setUp(self):
        self.alice = world.client(world.ALICE)
        self.addCleanup(self._check_exchanges)
        world.ledger().take_problems()

    def _check_exchanges(self):
        problems = world.ledger().take_problems()
        if problems:
            raise AssertionError(
                f"{len(problems)} disagreements with the document:\n" + "\n".join(problems)
            )

    def start(self, client=None, **members):
        """Starts a session that is ended when the test is, and returns its id."""
        client = client or self.alice
        answer = client.start(**(members or world.SHORT))
        self.assertEqual(answer.status, 202, str(answer))
        session_id = answer.json()["session_id"]
        self.addCleanup(client.end, session_id)
        return session_id

    def assert_refused(self, answer, status, field=None, message=None):
        self.assertEqual(answer.status, status, str(answer))
        details = answer.error["details"]
        self.assertEqual(details, {"field": field} if field else {}, str(answer))
        if message:
            self.assertIn(message, answer.error["system_message"])
