# SPDX-License-Identifier: MIT
"""A prompt is read without a session, for those who are still typing."""
import world
from case import ContractCase


class PromptTest(ContractCase):
    def read(self, text, client=None, **more):
        client = client or self.alice
        return client.request(
            "POST", f"{client.music}/focus/prompts", {"custom_prompt": text}, **more
        )

    def test_what_is_understood_and_what_is_not(self):
        reading = self.read("slow rain, felt piano, no drums, zorb").json()
        self.assertEqual(reading["not_understood"], ["zorb"])
        told = {words["word"]: words["effect"] for words in reading["understood"]}
        self.assertIn("no drums", told)
        self.assertIn("percussion", told["no drums"])

    def test_it_starts_nothing(self):
        before = self.alice.get(self.alice.sessions()).json()["sessions"]
        self.read("calm")
        after = self.alice.get(self.alice.sessions()).json()["sessions"]
        self.assertEqual([s["session_id"] for s in after], [s["session_id"] for s in before])

    def test_the_longest_prompt_is_read(self):
        reading = self.read("zyxwvu " * 8571).json()
        self.assertEqual(reading["not_understood"], ["zyxwvu"])

    def test_refusals(self):
        self.assert_refused(self.read(" "), 422, "custom_prompt", "blank")
        self.assert_refused(self.read("a" * 66000), 413)
        self.assert_refused(self.read("calm", world.client(None)), 401)
        self.assert_refused(self.read("calm", world.client(world.STRANGER)), 403)

    def test_sent_again_with_a_key(self):
        headers = {"X-API-Key": self.alice.key, "Idempotency-Key": "prompt-1"}
        first = self.read("calm", headers=headers)
        again = self.read("calm", headers=headers)
        self.assertEqual(again.header("Idempotent-Replayed"), "true")
        self.assertEqual(again.json(), first.json())
        self.assert_refused(
            self.read("calm", headers={**headers, "Idempotency-Key": "ä"}), 400, "Idempotency-Key"
        )

    def test_the_rate_is_limited(self):
        hasty = world.client(world.HASTY)
        answers = [self.read("calm", hasty) for _ in range(4)]
        self.assertEqual(answers[-1].status, 429)
