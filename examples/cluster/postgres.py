# SPDX-License-Identifier: MIT
"""PostgreSQL in a folder of its own, for one cluster."""
import os
import pathlib
import re
import secrets
import signal
import subprocess

from processes import Part, free_port, give_to, is_listening, system_user

USER = "focus"
DATABASE = "focus"


def programs():
    """The folder with the programs of the newest PostgreSQL of this machine; None without one."""
    found = pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = [path.parent for path in found if re.fullmatch(r"\d+", path.parent.parent.name)]
    return max(versions, key=lambda path: int(path.parent.name), default=None)


class Postgres(Part):
    """`is_lasting` is whether it waits for the disk: a test does without, and still survives that
    processes are killed."""

    stop_signal = signal.SIGINT  # ends without waiting for its clients

    def __init__(self, folder, is_lasting=True):
        super().__init__("postgres", folder)
        self.port = free_port()
        self._is_lasting = is_lasting
        self._user = system_user("postgres")
        give_to(self.folder, self._user)
        self._data = self.folder / "data"
        self.password_file = self.folder.parent / "pgpass"

    def user(self):
        return self._user

    @property
    def url(self):
        """Without the password, so that it can stand in a command line. See client_environment."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def client_environment(self):
        return {"PGPASSFILE": str(self.password_file)}

    def _run(self, program, *arguments, **options):
        subprocess.run([programs() / program, *arguments], check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)

    def prepare(self):
        """Makes the data folder where there is none, and writes the port into the password file."""
        if (self._data / "PG_VERSION").exists():
            password = self.password_file.read_text().strip().rsplit(":", 1)[1]
        else:
            password = secrets.token_hex(16)
            self._initialise(password)
        self.password_file.touch(mode=0o600)
        self.password_file.write_text(f"127.0.0.1:{self.port}:*:{USER}:{password}\n")

    def _initialise(self, password):
        given = self.folder / "first-password"
        given.touch(mode=0o600)
        given.write_text(password + "\n")
        options = {"cwd": self.folder}
        if os.geteuid() == 0:
            give_to(self.folder, self._user)
            os.chown(given, os.stat(self.folder).st_uid, -1)
            options.update(user=self._user, extra_groups=[])
        try:
            self._run("initdb", "--pgdata", self._data, "--username", USER, "--auth",
                      "scram-sha-256", "--pwfile", given, "--encoding", "UTF8", "--no-locale",
                      *([] if self._is_lasting else ["--no-sync"]), **options)
        finally:
            given.unlink()

    def command(self):
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "max_connections": 200,
                    "unix_socket_directories": self.folder}
        if not self._is_lasting:
            settings.update(fsync="off", full_page_writes="off")
        return [programs() / "postgres", "-D", self._data,
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]

    def is_ready(self):
        return is_listening(self.port) and self.query("select 1", "postgres") == "1"

    def query(self, text, database=DATABASE):
        """What a statement answers, as psql prints it without ornaments; None where it fails."""
        done = subprocess.run(
            [programs() / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER,
             "-d", database, "--no-psqlrc", "-qtAw", "-v", "ON_ERROR_STOP=1", "-c", text],
            env={**os.environ, **self.client_environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return done.stdout.strip() if done.returncode == 0 else None

    def start(self):
        self.prepare()
        super().start()
        exists = f"select 1 from pg_database where datname = '{DATABASE}'"
        if self.query(exists, "postgres") != "1":
            self.query(f"create database {DATABASE}", "postgres")
