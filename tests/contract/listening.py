# SPDX-License-Identifier: MIT
"""Listeners of one continuous stream, of whom some read and some do not."""
import functools
import pathlib
import socket
import threading
import time

import prometheus
import world

DEAF = 12
RATE = 48_000
BYTES_A_SECOND = 4 * RATE  # two channels of 16 bits
# Longer than the tests between its beginning and its check may take.
REQUEST = {
    "goal": "focus",
    "target_minutes": 3,
    "engine": "tone",
    "options": {"segment_seconds": 20, "sample_rate": RATE, "seed": 7},
}
PATIENCE = 60  # seconds, after which a test gives up


def resident_bytes(service):
    """What a service holds of the machine's memory."""
    return sum(_resident_bytes(process) for process in service.processes)


def _resident_bytes(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return 1024 * int(status.partition("VmRSS:")[2].split()[0])


class Listener:
    """A connection that asks for a stream and reads when it is told to."""

    def __init__(self, address, target, receive_buffer=None):
        host, _, port = address.partition(":")
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect((host, int(port)))
        self.socket.sendall(f"GET {target} HTTP/1.1\r\nHost: {address}\r\n\r\n".encode())
        self.heard = bytearray()
        self.has_ended = False

    def read(self):
        """Reads until the stream ends or the socket is closed here."""
        try:
            while block := self.socket.recv(65536):
                self.heard += block
        except OSError:
            pass
        self.has_ended = True

    def body(self):
        return bytes(self.heard).partition(b"\r\n\r\n")[2]


class Room:
    """A service of its own, two who listen and some who do not read what they get."""

    def __init__(self):
        self.service = world.start_service()
        alice = world.client(world.ALICE, self.service)
        session = alice.ready(alice.start(**REQUEST).json()["session_id"])["session_id"]
        url = alice.fetch(session, "?include=analysis").json()["analysis"]["stream_wav_url"]
        self.target = url.removeprefix(f"http://{self.service.address}") + "&start=0"
        self.memory_before = resident_bytes(self.service)
        self.fast = [Listener(self.service.address, self.target) for _ in range(2)]
        self.deaf = [Listener(self.service.address, self.target, 4096) for _ in range(DEAF)]
        self.threads = [threading.Thread(target=one.read, daemon=True) for one in self.fast]
        for thread in self.threads:
            thread.start()
        self.alice = alice

    def listeners(self):
        return sum(prometheus.total(prometheus.parse(text), "focus_stream_listeners")
                   for text in world.metrics(world.ALICE, self.service))

    def wait_for_listeners(self, count):
        deadline = time.monotonic() + PATIENCE
        while (now := self.listeners()) != count:
            assert time.monotonic() < deadline, f"{now} listeners, not {count}"
            time.sleep(0.2)

    def close(self):
        for one in self.fast + self.deaf:
            one.socket.close()
        self.service.stop()


@functools.lru_cache(maxsize=None)
def room():
    """Opened once. Who opens it early has less to wait for: nobody is let go before 20 s."""
    return Room()
