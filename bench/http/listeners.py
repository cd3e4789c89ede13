# SPDX-License-Identifier: MIT
"""What many open streams and slow readers cost a server, and what they do to everybody else."""
import http.client
import os
import resource
import selectors
import socket
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")


def raise_descriptor_limit(wanted):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


class Readers:
    """Open streams, all of which are read by one thread as fast as something comes."""

    def __init__(self):
        self._selector = selectors.DefaultSelector()
        self._sockets = []
        self._done = False
        self.bytes = 0
        self.ended = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def add(self, client):
        client.setblocking(False)
        self._sockets.append(client)
        self._selector.register(client, selectors.EVENT_READ)

    def _run(self):
        while not self._done:
            for key, _ in self._selector.select(0.1):
                try:
                    got = key.fileobj.recv(1 << 18)
                except BlockingIOError:
                    continue
                except OSError:
                    got = b""
                self.bytes += len(got)
                if not got:
                    self.ended += 1
                    self._selector.unregister(key.fileobj)

    def close(self):
        self._done = True
        self._thread.join()
        for client in self._sockets:
            client.close()


def connect(address, target, key, receive_buffer=None):
    """A client that has sent its request and read nothing yet."""
    host, port = address.split(":")
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.connect((host, int(port)))
    client.sendall(f"GET {target} HTTP/1.1\r\nHost: {address}\r\nX-API-Key: {key}\r\n\r\n".encode())
    return client


def status_of(client):
    """The status of the answer, of which only the beginning is read."""
    client.settimeout(30)
    line = b""
    while b"\r\n" not in line:
        part = client.recv(1)
        if not part:
            break
        line += part
    return int(line.split()[1]) if line else 0


def usage(pid):
    """Processor seconds and resident MiB of a process, and how many threads it has."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        status = dict(line.split(":", 1) for line in file if ":" in line)
    processor = (int(fields[11]) + int(fields[12])) / TICKS
    return processor, int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"])


def fair_gets(address, target, key, seconds):
    """How long one client waits for its answers, in ms, sorted: it asks fifty times a second."""
    connection = http.client.HTTPConnection(address, timeout=60)
    delays = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begin = time.monotonic()
        connection.request("GET", target, headers={"X-API-Key": key})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        delays.append((time.monotonic() - begin) * 1000)
        time.sleep(0.02)
    connection.close()
    return sorted(delays)


def measure(name, pid, address, target, key, seconds, readers=None):
    before, _, _ = usage(pid)
    bytes_before = readers.bytes if readers else 0
    delays = fair_gets(address, target, key, seconds)
    after, memory, threads = usage(pid)
    return {
        "name": name,
        "processor": (after - before) / seconds * 100,
        "memory": memory,
        "threads": threads,
        "p50": delays[len(delays) // 2],
        "p99": delays[int(len(delays) * 0.99)],
        "worst": delays[-1],
        "rate": ((readers.bytes if readers else 0) - bytes_before) / seconds / 1e6,
        "ended": readers.ended if readers else 0,
    }


def stream_target(address, session):
    """Where the session's audio is heard as one stream; None for a server that has none."""
    url = (session.get("analysis") or {}).get("stream_url")
    return url.split(address, 1)[1] if url else None


def open_all(count, address, target, key, readers):
    opened = 0
    for _ in range(count):
        client = connect(address, target, key)
        opened += status_of(client) == 200
        readers.add(client)
    return opened


def compare(served, counts, seconds):
    """Yields a row of figures for each kind of crowd, one after the other and the last on top."""
    events, listeners, slow = counts
    raise_descriptor_limit(2 * (events + listeners + slow) + 256)
    address, key, pid = served.server.address, served.key, served.server.process.pid
    path, audio = served.path, served.audio_target()
    yield measure("nobody else", pid, address, path, key, seconds)
    readers = Readers()
    held = []
    try:
        assert open_all(events, address, f"{path}/events", key, readers) == events
        yield measure(f"{events} event streams", pid, address, path, key, seconds, readers)
        target = stream_target(address, served.ask("GET", f"{path}?include=analysis"))
        if target is not None:
            assert open_all(listeners, address, target, key, readers) == listeners
            yield measure(f"+ {listeners} listeners", pid, address, path, key, seconds, readers)
        else:
            assert open_all(listeners, address, f"{path}/events", key, readers) == listeners
            yield measure(f"+ {listeners} event streams", pid, address, path, key, seconds, readers)
        for _ in range(slow):
            held.append(connect(address, target or audio, key, 4096))
        yield measure(f"+ {slow} that never read", pid, address, path, key, seconds, readers)
    finally:
        for client in held:
            client.close()
        readers.close()


def print_table(rows):
    print(f"{'':26}{'CPU %':>8}{'MiB':>8}{'threads':>9}{'p50 ms':>9}{'p99 ms':>9}{'worst':>9}"
          f"{'MB/s':>8}{'ended':>7}")
    for row in rows:
        print(f"{row['name']:26}{row['processor']:8.1f}{row['memory']:8.1f}{row['threads']:9d}"
              f"{row['p50']:9.2f}{row['p99']:9.2f}{row['worst']:9.2f}{row['rate']:8.2f}"
              f"{row['ended']:7d}", flush=True)
