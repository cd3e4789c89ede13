# SPDX-License-Identifier: MIT
"""A listener of a stream that does not read loses its own place, and nothing else is different."""
import time

import listening
from case import ContractCase

MIB = 1 << 20
KEPT_FOR_ONE = 2.25 * MIB  # 1 MiB of a stream and one turn more, in a buffer that grows by doubling
SLACK = 8 * MIB  # of an allocator, and for the encoder itself


class SlowListenerTest(ContractCase):
    def test_who_does_not_read_is_let_go_and_the_others_hear_the_same(self):
        room = listening.room()
        self.addCleanup(room.close)
        room.wait_for_listeners(len(room.fast))
        heard = [len(one.heard) for one in room.fast]
        grown = listening.resident_bytes(room.service) - room.memory_before
        # What everybody may still be sent is kept once. For each that does not read it would be as much again.
        self.assertGreater(min(heard), 20 * listening.BYTES_A_SECOND)
        self.assertLess(grown, max(heard) + listening.DEAF * KEPT_FOR_ONE + SLACK)
        self.assertFalse(any(one.has_ended for one in room.fast), "these are still served")

        for one in room.fast:  # and go on being served
            self.wait_for_more(one)
        first, second = (one.body() for one in room.fast)
        length = min(len(first), len(second))
        self.assertGreater(length, max(heard) - listening.BYTES_A_SECOND)
        self.assertEqual(first[:length], second[:length])

        for one in room.deaf:  # what it gets is the beginning of the same, and then the end
            one.read()
            body = one.body()
            self.assertLess(len(body), length)
            self.assertEqual(body, first[: len(body)])

    def wait_for_more(self, one):
        before = len(one.heard)
        deadline = time.monotonic() + listening.PATIENCE
        while len(one.heard) < before + listening.BYTES_A_SECOND:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)
