#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The parts of a cluster beside the nodes: that they come up, can be killed and come back with what
they had, and that nothing of them is left at the end."""
import http.server
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import unittest
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "cluster"
sys.path.insert(0, str(EXAMPLE))

import cluster  # noqa: E402
from haproxy import Haproxy  # noqa: E402
from processes import is_listening, wait_until  # noqa: E402

SKIPPED = 77


class Server:
    """Stands for a node, in a process that can be killed."""

    def __init__(self, name):
        self._process = subprocess.Popen([sys.executable, "-B", __file__, "--answer", name],
                                         stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline())

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


class Answer(http.server.BaseHTTPRequestHandler):
    """Is well, and tells the server's name and what it was asked with."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        text = "\n".join([self.server.name] + [
            f"{name}: {value}" for name, value in self.headers.items()]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # a check of health that does not wait for the body


def answer_as(name):
    server = QuietServer(("127.0.0.1", 0), Answer)
    server.name = name
    print(server.server_address[1], flush=True)
    server.serve_forever()


def get(url, headers=None):
    request = urllib.request.Request(url, headers=headers or {})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def status_of(url):
    try:
        get(url)
        return 200
    except urllib.error.HTTPError as error:
        return error.code


class ProxyTest(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(cluster.make_folder())
        self.addCleanup(shutil.rmtree, folder)
        self.servers = [Server("one"), Server("two")]
        for server in self.servers:
            self.addCleanup(server.kill)
        self.proxy = Haproxy(folder, [server.port for server in self.servers])
        self.proxy.start()
        self.addCleanup(self.proxy.stop)
        wait_until(lambda: status_of(self.proxy.url) == 200, "haproxy has found no server")

    def names(self, count=20):
        return {get(self.proxy.url).split("\n")[0] for _ in range(count)}

    def test_requests_are_shared_and_go_on_without_one_server(self):
        wait_until(lambda: self.names() == {"one", "two"}, "both servers have not been used")
        self.servers[0].kill()
        self.assertEqual(self.names(60), {"two"})

    def test_a_server_learns_of_the_client_what_the_proxy_knows(self):
        seen = get(self.proxy.url, {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Host": "evil",
                                    "X-Forwarded-Proto": "https", "Host": "music.example.com"})
        self.assertIn("\nhost: music.example.com", seen)
        self.assertIn("x-forwarded-host: music.example.com", seen)
        self.assertIn("x-forwarded-proto: http\n", seen + "\n")
        self.assertIn("x-forwarded-for: 127.0.0.1", seen)
        self.assertNotIn("6.6.6.6", seen)
        self.assertNotIn("evil", seen)


class EndTest(unittest.TestCase):
    def test_nothing_is_left_when_the_starter_is_killed(self):
        folder = pathlib.Path(cluster.make_folder())
        self.addCleanup(shutil.rmtree, folder)
        starter = subprocess.Popen(
            [sys.executable, "-B", "-c",
             "import sys, time; from haproxy import Haproxy\n"
             "part = Haproxy(sys.argv[1], []); part.start()\n"
             "print(part.port, part.process.pid, flush=True); time.sleep(600)", folder],
            cwd=EXAMPLE, stdout=subprocess.PIPE, text=True)
        with starter.stdout as printed:
            port, process = (int(word) for word in printed.readline().split())
        self.assertTrue(is_listening(port))
        starter.kill()
        starter.wait()
        wait_until(lambda: not pathlib.Path(f"/proc/{process}").exists(), "haproxy has not ended")
        self.assertFalse(is_listening(port))


class WholeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = cluster.Cluster(nodes=0)
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.start()

    def test_the_database_keeps_what_was_committed_when_it_is_killed(self):
        database = self.cluster.database
        self.assertEqual(database.query("create table kept as select 7 as x"), "")
        database.restart()
        self.assertEqual(database.query("select x from kept"), "7")

    def test_a_part_that_is_held_does_not_answer_until_it_goes_on(self):
        database = self.cluster.database
        database.hold()
        answers = []
        asker = threading.Thread(target=lambda: answers.append(database.query("select 8")))
        asker.start()
        asker.join(0.5)
        self.assertEqual(answers, [])
        database.go_on()
        asker.join()
        self.assertEqual(answers, ["8"])

    def test_the_storage_keeps_its_buckets_when_it_is_killed(self):
        storage = self.cluster.storage
        storage.kill()
        self.assertFalse(is_listening(storage.port))
        storage.restart()
        storage.make_bucket(cluster.BUCKET)  # is there, or is made

    def test_secrets_are_in_files_of_their_owner_alone_and_in_no_command_line(self):
        database, storage = self.cluster.database, self.cluster.storage
        password = database.password_file.read_text().strip().rsplit(":", 1)[1]
        for path in (database.password_file, storage.folder / "secrets"):
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        folder = self.cluster.folder / "node"
        node = cluster.Node(folder, 1, "tool", database, storage, "http://x", [])
        for word in node.command():
            self.assertNotIn(password, str(word))
            self.assertNotIn(storage.secret, str(word))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--answer"]:
        answer_as(sys.argv[2])
    if cluster.missing():
        print("skipped:", cluster.missing())
        sys.exit(SKIPPED)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    unittest.main(verbosity=2)
