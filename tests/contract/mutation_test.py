# SPDX-License-Identifier: MIT
"""Bodies with small faults, drawn from a fixed seed: what the document allows is accepted."""
import json
import random

import world
from case import ContractCase
from exchange import strict_json

COUNT = 600
GOOD = [
    rb'{"goal":"custom_prompt","target_minutes":10,"custom_prompt":"a\u00e9\ud83d\udca7 b\n\"",'
    rb'"divergence":0.25,"options":{"seed":12345678901234567890,"format":"ogg"}}',
    b'{"goal": "focus", "target_minutes": 1e1, "divergence": 1E-3, "intensity":"low"}',
]
PIECES = [
    rb"\u0000",
    rb"\ud800",
    rb"\udc00",
    rb"\x",
    b"\x00",
    b"\x01",
    b"\t",
    b"\n",
    b"\r",
    b"\x7f",
    b"\xff",
    b"\xc3\xa9",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"e",
    b"E+",
    b".",
    b"-",
    b"0",
    b"00",
    b"//",
    b"/**/",
    b",",
    b":",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b"'",
    b"NaN",
    b"null",
    b"-Infinity",
    b"tru",
    b"\\",
    b" ",
    b"\x0b",
    b"\xc2\xa0",
    b"9" * 400,
    b'"goal":"focus",',
    rb'"g\u006fal":"relax",',
]


def mutated(draw):
    text = bytearray(draw.choice(GOOD))
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        place, way = draw.randrange(len(text) + 1), draw.random()
        if way < 0.5:
            text[place:place] = draw.choice(PIECES)
        elif way < 0.75:
            del text[place : place + draw.randint(1, 3)]
        else:
            text[place : place + 1] = bytes([draw.randrange(256)])
    return bytes(text)


def is_allowed(text):
    try:
        value = strict_json(text.decode("utf-8"))
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # no half of a surrogate pair
    except (ValueError, RecursionError):
        return False
    return not world.document().problems(value, world.document().schema("StartRequest"))


class MutationTest(ContractCase):
    def test_what_is_accepted_is_what_is_allowed(self):
        draw = random.Random(20261126)
        accepted = 0
        for _ in range(COUNT):
            text = mutated(draw)
            with self.subTest(body=text):
                answer = self.alice.request("POST", self.alice.sessions(), text)
                self.assertEqual(answer.status, 202 if is_allowed(text) else 422, str(answer))
                if answer.status == 202:
                    accepted += 1
                    self.alice.end(answer.json()["session_id"])
        self.assertGreater(accepted, 10)
