# SPDX-License-Identifier: MIT
"""A whole cluster on one machine, in one folder: PostgreSQL, Swift with s3api, haproxy and nodes.

    with Cluster(folder, tool="build/dev/tool/focus-session", nodes=3) as cluster:
        print(cluster.url, cluster.key)
        cluster.nodes[0].kill()

Each part can be killed, held (SIGSTOP), let go on, and restarted on its port. Everything ends with
the block, whatever happens in it, and with this process.
"""
import pathlib
import re
import shutil
import signal

import haproxy
import postgres
import swift
from processes import Part, free_port, is_listening

BUCKET = "focus"
KEY_LINE = re.compile(r"A first key .*: (fsk_\w+)")


def missing():
    """What this machine lacks for a cluster, as text; "" where it lacks nothing."""
    lacks = [name for name, is_there in (("PostgreSQL", postgres.programs() is not None),
                                         ("Swift", swift.is_installed()),
                                         ("haproxy", haproxy.is_installed())) if not is_there]
    return f"not installed: {', '.join(lacks)} (./dev cluster installs them)" if lacks else ""


class Node(Part):
    """`focus-session serve` on the shared database and storage."""

    def __init__(self, folder, number, tool, database, storage, public_url, options):
        super().__init__(f"node{number}", folder)
        self.port = free_port()
        self._tool = pathlib.Path(tool).resolve()
        self._database = database
        self._storage = storage
        self._public_url = public_url
        self._options = options
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def environment(self):
        return {**self._database.client_environment, **self._storage.client_environment,
                "TMPDIR": str(self.folder)}

    def command(self):
        return [self._tool, "serve", "--port", self.port, "--database", self._database.url,
                "--objects", self._storage.url, "--bucket", BUCKET, "--public-url",
                self._public_url, *self._options]

    def is_ready(self):
        return is_listening(self.port) and "listening on http://" in self.printed()

    def introduction(self):
        """The lines with the first key, which only the node that has made it prints."""
        lines = self.printed().splitlines()
        for number, line in enumerate(lines):
            if KEY_LINE.match(line):
                return lines[number:number + 3]
        return []


class Cluster:
    """`folder` is kept, and what is in it is used again; without one, a temporary one is made and
    removed. `node_options` are further options of `serve`. `is_lasting` is whether PostgreSQL waits
    for the disk."""

    def __init__(self, folder=None, tool=None, nodes=3, node_options=(), is_lasting=False):
        self._is_temporary = folder is None
        self.folder = pathlib.Path(folder or make_folder()).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # other users of the system run parts of it
        self.database = postgres.Postgres(self.folder / "postgres", is_lasting)
        self.storage = swift.Swift(self.folder / "swift")
        self.proxy = haproxy.Haproxy(self.folder / "haproxy", [])
        self.nodes = [
            Node(self.folder / f"node{number}", number, tool, self.database, self.storage,
                 self.proxy.url, node_options) for number in range(1, nodes + 1)]
        self.proxy.ports = [node.port for node in self.nodes]

    @property
    def url(self):
        return self.proxy.url

    @property
    def introduction(self):
        """What the node that made the first key has printed of it."""
        return next((node.introduction() for node in self.nodes if node.introduction()), [])

    @property
    def key(self):
        """The first key; None where an earlier run has made it."""
        lines = self.introduction
        return KEY_LINE.match(lines[0])[1] if lines else None

    def parts(self):
        return [self.database, self.storage, *self.nodes, self.proxy]

    def start(self):
        self.storage.prepare()
        self.storage.launch()
        self.database.start()
        self.storage.wait_ready()
        self.storage.make_bucket(BUCKET)
        # The first node makes the tables and the key; the others find them.
        for node in self.nodes[:1]:
            node.start()
        for node in self.nodes[1:]:
            node.launch()
        for node in self.nodes[1:]:
            node.wait_ready()
        self.proxy.start()
        return self

    def stop(self):
        for part in reversed(self.parts()):
            part.stop()
        if self._is_temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        # SIGTERM ends the block as Ctrl-C does, so that its end is reached.
        self._before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.stop()
        signal.signal(signal.SIGTERM, self._before)


def make_folder():
    """A folder for one run, on a path that other users of the system can follow."""
    import tempfile
    return tempfile.mkdtemp(prefix="focus-cluster-")
