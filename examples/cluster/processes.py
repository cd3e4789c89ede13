# SPDX-License-Identifier: MIT
"""A program of a cluster as a child process, which can be killed, held up and started again."""
import ctypes
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import time

START_SECONDS = 120
STOP_SECONDS = 30
PR_SET_PDEATHSIG = 1


def free_port():
    """A port of this machine that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition, what, seconds=START_SECONDS):
    """Returns the first true result of condition(). Raises TimeoutError, which names `what`."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"{what} within {seconds} s")
        time.sleep(0.05)


def system_user(name):
    """The user as whom a server runs: `name` where we are root, which some servers refuse to be,
    and otherwise ourselves."""
    return name if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def give_to(path, user):
    """Makes `path` and gives it to `user`, where that is another than we are."""
    path.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _end_with_parent():
    """In the child: it is killed when the thread ends that has started it. So nothing is left where
    we are killed ourselves."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Part:
    """A program in the foreground of a process group of its own. What it prints goes into `log`."""

    stop_signal = signal.SIGTERM

    def __init__(self, name, folder):
        self.name = name
        self.folder = pathlib.Path(folder)
        self.log = self.folder / f"{name}.log"
        self.process = None
        self._is_held = False

    def command(self):
        """The command line, as a list."""
        raise NotImplementedError

    def environment(self):
        """What its environment has beside ours."""
        return {}

    def user(self):
        """The user as whom it is started; None for ourselves."""
        return None

    def is_ready(self):
        """Whether it serves."""
        raise NotImplementedError

    def launch(self):
        """Starts it, and does not wait for it. Call it in a thread that lives on."""
        options = {}
        if self.user() and os.geteuid() == 0:
            entry = pwd.getpwnam(self.user())
            options = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._is_held = False
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in self.command()], stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, env={**os.environ, **self.environment()},
                cwd=self.folder, start_new_session=True, preexec_fn=_end_with_parent, **options)

    def wait_ready(self):
        """Waits until it serves; raises RuntimeError with what it has printed where it ended."""
        def served():
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} has ended: {self.printed()}")
            return self.is_ready()
        wait_until(served, f"{self.name} has not come up")

    def start(self):
        self.launch()
        self.wait_ready()

    def printed(self):
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def _signal(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def kill(self):
        """Ends it as a power cut would."""
        if self.process is None:
            return
        self._signal(signal.SIGKILL)
        self.process.wait(STOP_SECONDS)

    def hold(self):
        """Stops its processor time (SIGSTOP), as a long pause of its machine would."""
        self._is_held = True
        self._signal(signal.SIGSTOP)

    def go_on(self):
        self._is_held = False
        self._signal(signal.SIGCONT)

    def stop(self):
        """Ends it in good order, or by force where it takes too long."""
        if not self.is_running():
            return
        if self._is_held:
            self.go_on()
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        self.kill()  # also what it has left of its group

    def restart(self):
        """Starts it again on the same port, whatever state it is in."""
        self.kill()
        self.start()
