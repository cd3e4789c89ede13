#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command with a PostgreSQL server of its own, on 127.0.0.1, in a temporary folder.

    with_postgres.py COMMAND [ARGUMENT...]
    with_postgres.py --folder COMMAND [ARGUMENT...]     adds a folder of its own as the last argument
    with_postgres.py --restart FOLDER     restarts the server of that folder at once, as after a crash

The command finds the server's address, up to the name of a database, in FOCUS_TEST_DATABASE, and the
command that restarts it in FOCUS_TEST_DATABASE_RESTART. The exit status is the command's; 77, which
CTest counts as skipped, where no PostgreSQL is installed. PostgreSQL refuses to be run by root: then it
is run as the user `postgres`.
"""
import glob
import os
import pathlib
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

SKIPPED = 77
PASSWORD = "a-secret-of-the-test"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # nobody's data: a power cut may have it
    "max_connections": "200",
    "deadlock_timeout": "100ms",
    "log_statement": "none",
}


def programs():
    """The folder of the newest PostgreSQL's programs, or None."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    if found:
        newest = max(found, key=lambda path: int(pathlib.Path(path).parts[4]))
        return pathlib.Path(newest).parent
    initdb = shutil.which("initdb")
    return pathlib.Path(initdb).resolve().parent if initdb else None


def as_server(*command):
    """The command as the user who may run a server."""
    if os.geteuid() != 0:
        return list(map(str, command))
    return ["runuser", "-u", "postgres", "--", *map(str, command)]


def run(*command):
    subprocess.run(as_server(*command), check=True, cwd="/", stdout=subprocess.DEVNULL,
                   timeout=120)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def control(folder, *arguments):
    run(programs() / "pg_ctl", "-D", folder / "data", "-w", "-t", "60", "-l", folder / "log",
        *arguments)


def start(folder):
    """Makes and starts a server. Returns its address."""
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for path in (folder, secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    run(programs() / "initdb", "-D", folder / "data", "-U", "focus", "-E", "UTF8", "--locale=C",
        "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync")
    port = free_port()
    options = {"port": str(port), **SETTINGS}
    control(folder, "start", "-o",
            " ".join(f"-c {name}={shlex.quote(value)}" for name, value in options.items()))
    return f"postgresql://focus:{PASSWORD}@127.0.0.1:{port}/"


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--restart":
        folder = pathlib.Path(sys.argv[2])
        return control(folder, "restart", "-m", "immediate")
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if programs() is None:
        print("skipped: PostgreSQL is not installed (Debian: postgresql-15)")
        return SKIPPED
    # CTest ends what takes too long by SIGTERM: the server is stopped then too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="focus-postgres-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        try:
            address = start(folder)
            restart = shlex.join([sys.executable, "-B", os.path.abspath(__file__), "--restart", name])
            command = sys.argv[1:]
            if command[0] == "--folder":
                own = folder / "own"
                own.mkdir()
                command = [*command[1:], str(own)]
            return subprocess.run(command, env={
                **os.environ, "FOCUS_TEST_DATABASE": address,
                "FOCUS_TEST_DATABASE_RESTART": restart}).returncode
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                control(folder, "stop", "-m", "immediate")


if __name__ == "__main__":
    sys.exit(main())
