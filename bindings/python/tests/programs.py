# SPDX-License-Identifier: MIT
"""Programs that must end well, however badly they are written: run by an interpreter of their own."""
import os
import subprocess
import sys
import textwrap

START = """
import faulthandler, random, sys, time
faulthandler.enable()
import focus_session
from focus_session import _exit
_exit._ENGINE_SECONDS, _exit._CALL_SECONDS = 0.2, 0.5  # nothing here comes back by itself later

class Hum(focus_session.Engine):
    key = "hum"
    retries = 0
    def generate(self, brief, sink):
        noise = random.Random(brief.seed)
        block = [noise.uniform(-0.2, 0.2) for _ in range(4800)]
        while sink.remaining:
            sink.write(block)

def start(service, **more):
    return service.start(goal="focus", target_minutes=1, segment_seconds=20, engine="hum",
                         format="wav", sample_rate=8000, **more)

"""


def ends(program, status=0, timeout=60, signal=None, after=""):
    """Runs a program, which must end with `status`; returns what it printed.

    With `signal` it is sent once the program has printed the line `after`.
    """
    process = subprocess.Popen([sys.executable, "-c", START + textwrap.dedent(program)], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    try:
        before = ""
        if signal is not None:
            for line in process.stdout:
                before += line
                if line.strip() == after:
                    break
            process.send_signal(signal)
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)  # and what it has forked, which holds the pipes
        raise AssertionError("it did not end:\n" + program + process.communicate()[1]) from None
    assert process.returncode == status, f"{process.returncode}\n{before}{out}\n{err}"
    assert "Fatal Python error" not in err and "terminate called" not in err, err
    return before + out
