# SPDX-License-Identifier: MIT
"""Three nodes behind haproxy in the place of one `focus-session serve`. All of a run share PostgreSQL
and the storage of objects; each service has a database of its own."""
import pathlib
import re
import shutil
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
sys.path.insert(0, str(ROOT / "examples" / "cluster"))

import cluster  # noqa: E402  pylint: disable=wrong-import-position
from haproxy import Haproxy  # noqa: E402  pylint: disable=wrong-import-position
from processes import wait_until  # noqa: E402  pylint: disable=wrong-import-position
from serving import write_keys  # noqa: E402  pylint: disable=wrong-import-position

NODES = 3
missing = cluster.missing


class Database:
    """One of the databases of a PostgreSQL."""

    def __init__(self, server, name):
        self.url = f"{server.url.rpartition('/')[0]}/{name}"
        self.client_environment = {**server.client_environment}
        if server.query(f"select 1 from pg_database where datname = '{name}'", "postgres") != "1":
            server.query(f"create database {name}", "postgres")


class Node(cluster.Node):
    def command(self):
        """URLs follow the request, as without a proxy."""
        plain = super().command()
        at = plain.index("--public-url")
        return plain[:at] + plain[at + 2:]


class Ground:
    """What the services of a run stand on."""

    def __init__(self):
        self.parts = cluster.Cluster(nodes=0)
        self.parts.start()
        self._made = 0
        self._lock = threading.Lock()

    def database(self, data):
        """That of a data folder, so that a service goes on with what an earlier one has left."""
        with self._lock:
            self._made += 1
            name = re.sub(r"\W", "_", data.name).lower() if data else f"run_{self._made}"
            return Database(self.parts.database, name)

    def folder(self):
        return pathlib.Path(tempfile.mkdtemp(prefix="nodes-", dir=self.parts.folder))

    def stop(self):
        self.parts.stop()


class ClusterService:
    """Nodes that run. `data` stands for a database."""

    ground = None

    def __init__(self, tool, keys, options=(), data=None):
        if ClusterService.ground is None:
            ClusterService.ground = Ground()
        ground = ClusterService.ground
        self.data = data
        self._folder = ground.folder()
        self._was_killed = False
        key_file = self._folder / "keys.json"
        write_keys(key_file, keys)
        if "--webhook" in options and "--webhook-secret" not in options:
            options = (*options, "--webhook-secret", (data or self._folder) / "webhook.secret")
        self._proxy = Haproxy(self._folder / "haproxy", [])
        database = ground.database(data)
        self._nodes = [
            Node(self._folder / f"node{number}", number, tool, database,
                 ground.parts.storage, "", ("--keys", key_file, *options))
            for number in range(1, NODES + 1)]
        self._proxy.ports = [node.port for node in self._nodes]
        try:
            for node in self._nodes:
                node.start()
            self._proxy.start()
        except RuntimeError as error:
            self.stop()
            raise RuntimeError(f"focus-session serve has not come up: {error}") from error
        self.address = self._proxy.url.removeprefix("http://")

    def output(self):
        return "\n".join(node.log.read_text() for node in self._nodes if node.log.exists())

    @property
    def addresses(self):
        return [node.url.removeprefix("http://") for node in self._nodes]

    @property
    def processes(self):
        return [node.process for node in self._nodes]

    def wait_for(self, pattern):
        return wait_until(lambda: re.search(pattern, self.output()), f"no node has said {pattern}")

    def kill(self):
        self._was_killed = True
        for node in self._nodes:
            node.kill()

    def stop(self):
        """Returns what is wrong, as Serving.stop does."""
        problems = []
        for node in self._nodes:
            node.stop()
            code = node.process.returncode if node.process else 0
            if code != 0 and not self._was_killed:
                problems.append(f"{node.name} ended with {code}: {node.printed()[-2000:]}")
        self._proxy.stop()
        problems += [line for line in self.output().splitlines()
                     if line.startswith("focus-session: ")]
        shutil.rmtree(self._folder, ignore_errors=True)
        return problems


def stop_ground():
    if ClusterService.ground is not None:
        ClusterService.ground.stop()
