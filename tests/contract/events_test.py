# SPDX-License-Identifier: MIT
"""Events as they happen."""
import world
from case import ContractCase

LONG = {**world.SHORT, "target_minutes": 3}


def is_over(kind, data):
    return kind in ("session", "status") and data["status"] != "active"


class EventsTest(ContractCase):
    def test_a_session_from_its_start_to_its_end(self):
        session_id = self.start(**LONG)
        with self.alice.events(session_id) as stream:
            self.assertEqual(stream.exchange.header("Content-Type"), "text/event-stream")
            events = stream.until(is_over)
        kinds = [kind for _, kind, _ in events]
        self.assertEqual((kinds[0], kinds[-1]), ("session", "status"))
        self.assertEqual(kinds.count("session"), 1)
        first, last = events[0][2], events[-1][2]
        self.assertEqual(
            list(last), ["status", "total_segments", "ready_count", "more_pending", "next_ready_at"]
        )
        self.assertEqual((last["status"], last["ready_count"]), ("ended", last["total_segments"]))
        told = [segment["segment_index"] for segment in first["segments"]]
        told += [data["segment_index"] for _, kind, data in events if kind == "segment"]
        self.assertEqual(told, list(range(last["total_segments"])))
        self.assertIn("segment", kinds)
        segment = next(data for _, kind, data in events if kind == "segment")
        self.assertEqual(self.alice.audio(segment["playback_url"], "HEAD").status, 200)

    def test_a_stream_goes_on_where_another_was_left(self):
        session_id = self.start(**LONG)
        with self.alice.events(session_id) as stream:
            events = stream.until(is_over)
        for at in (0, len(events) // 2, len(events) - 2):
            with self.subTest(at=at):
                with self.alice.events(session_id, {"Last-Event-ID": events[at][0]}) as stream:
                    again = stream.until(is_over)
                self.assertNotIn("session", [kind for _, kind, _ in again])
                self.assertEqual(self.segments(again), self.segments(events[at + 1 :]))

    @staticmethod
    def segments(events):
        return [data["segment_index"] for _, kind, data in events if kind == "segment"]

    def test_an_id_that_is_none_begins_again(self):
        session_id = world.ready_session()
        for odd in ("", "x", "-1", "999999", "0", "1-1-1"):
            with self.subTest(id=odd):
                with self.alice.events(session_id, {"Last-Event-ID": odd}) as stream:
                    events = stream.until(is_over)
                self.assertEqual([kind for _, kind, _ in events], ["session"])

    def test_steering_is_told(self):
        session_id = self.start()
        self.alice.ready(session_id)
        with self.alice.events(session_id) as one, self.alice.events(session_id) as two:
            for stream in (one, two):
                self.assertEqual(stream.until(is_over)[0][1], "session")
            self.alice.steer(session_id, goal="relax", target_minutes=2, at_seconds=20)
            for stream in (one, two):
                events = stream.until(
                    lambda kind, data: kind == "status"
                    and data["status"] == "ended"
                    and data["ready_count"] == data["total_segments"] > 3
                )
                steer = next(data for _, kind, data in events if kind == "steer")
                self.assertEqual((steer["goal"], steer["target_minutes"]), ("relax", 2))
                indices = [data["segment_index"] for _, kind, data in events if kind == "segment"]
                self.assertEqual(
                    indices, list(range(steer["segment_index"], steer["total_segments"]))
                )

    def test_an_end_is_told(self):
        session_id = self.start(goal="focus", target_minutes=120)
        with self.alice.events(session_id) as stream:
            self.alice.end(session_id)
            last = stream.until(is_over)[-1][2]
        self.assertEqual((last["status"], last["more_pending"]), ("ended", False))

    def test_head(self):
        head = self.alice.request("HEAD", self.alice.session(world.ready_session()) + "/events")
        self.assertEqual((head.status, head.body), (200, b""))
