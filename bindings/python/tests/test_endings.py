# SPDX-License-Identifier: MIT
"""Programs that end in the middle of everything end in order."""
import os
import pathlib
import signal
import time

import pytest

from programs import ends

HANGS = {
    "in a loop": "while True: pass",
    "in a long sleep": "time.sleep(3600)",
    "in short sleeps": "while True: time.sleep(0.0005)",
    "deaf to being cancelled": "while True: ignoring()(sink.write)([0.0])",
    "at a lock": "threading.Event().wait()",
}


@pytest.mark.parametrize("how", HANGS, ids=[name.replace(" ", "_") for name in HANGS])
def test_the_interpreter_ends_while_an_engine_hangs(how):
    ends(f"""
        import contextlib, threading
        began = threading.Event()
        @contextlib.contextmanager
        def ignoring():
            try: yield
            except BaseException: pass
        class Hangs(Hum):
            def generate(self, brief, sink):
                began.set()
                {HANGS[how].strip()}
        service = focus_session.Service()
        service.add_engine(Hangs())
        session = start(service)
        assert began.wait(30)
    """)


def test_the_interpreter_ends_while_engines_play():
    for _ in range(2):
        ends("""
            service = focus_session.Service()
            service.add_engine(Hum())
            sessions = [start(service) for _ in range(3)]
            time.sleep(0.05)
        """)


def test_the_interpreter_ends_while_the_log_is_written():
    for _ in range(2):
        ends("""
            import logging
            class Slow(logging.Handler):
                def emit(self, record): time.sleep(0.01)
            logging.basicConfig(level=logging.DEBUG, handlers=[Slow()])
            service = focus_session.Service(log_level="debug")
            sessions = [service.start(goal="focus", target_minutes=5, format="wav") for _ in range(3)]
            for session in sessions: session.end()
            time.sleep(0.02)
        """)


def test_the_interpreter_ends_while_daemon_threads_wait():
    ends("""
        import threading
        service = focus_session.Service()
        session = service.start(goal="focus", target_minutes=600, format="wav")
        player = session.play(offline=True)
        player.seek(30000.0)
        for target in (lambda: list(session), lambda: list(session.events()), lambda: player.read(48000),
                       lambda: session.wait()):
            threading.Thread(target=target, daemon=True).start()
        time.sleep(0.2)
    """)


def test_what_is_collected_while_it_is_called_goes_after_the_call():
    assert "released" in ends("""
        import gc, threading
        began, released = threading.Event(), threading.Event()
        class Slow(Hum):
            def generate(self, brief, sink):
                began.set()
                time.sleep(0.3)
                return super().generate(brief, sink)
            def close(self):
                print("released", flush=True)
                released.set()
        service = focus_session.Service()
        service.add_engine(Slow())
        session = start(service)
        assert began.wait(30)
        del service, session, Slow
        gc.collect()
        released.wait(10)
    """)


def test_a_service_may_be_let_go_of_in_its_own_callbacks():
    assert "done" in ends("""
        import gc, logging
        held = []
        class Drop(logging.Handler):
            def emit(self, record):
                held.clear()
                gc.collect()
        logging.basicConfig(level=logging.DEBUG, handlers=[Drop()])
        class Broken(Hum):
            def generate(self, brief, sink):
                held.clear()
                gc.collect()
                raise ValueError
        service = focus_session.Service(log_level="debug")
        service.add_engine(Broken())
        held += [start(service), service]
        del service
        deadline = time.monotonic() + 30
        while (held or focus_session._engine_calls._registrations) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not held
        print("done")
    """)


def test_what_is_collected_is_given_back_where_nobody_waits_for_it():
    """Wherever the interpreter collects: here with the lock held that the library's log waits for."""
    assert "collected" in ends("""
        import gc, logging, threading
        gc.disable()
        waits = threading.Event()
        class Waits(logging.Handler):
            def acquire(self):
                if threading.current_thread() is not threading.main_thread(): waits.set()
                super().acquire()
            def emit(self, record):
                if record.name == "program":
                    service = focus_session.Service(worker_count=1)
                    service.add_command_engine("exit 1; {brief} {out}", key="fails", retries=0)
                    cycle = [service.start(goal="focus", target_minutes=1, engine="fails", format="wav")]
                    cycle.append(cycle)
                    del service, cycle
                    assert waits.wait(10)
                    gc.collect()
        logging.basicConfig(level=logging.INFO, handlers=[Waits()])
        logging.getLogger("program").info("hello")
        print("collected")
    """, timeout=20)


def test_what_is_collected_is_given_back():
    assert ends("""
        import os
        service = focus_session.Service()
        session = service.start(goal="focus", target_minutes=1, segment_seconds=20, format="wav")
        folder = next(iter(session)).path.parent.parent
        assert folder.exists()
        del service, session
        deadline = time.monotonic() + 10
        while folder.exists() and time.monotonic() < deadline: time.sleep(0.01)
        print(folder.exists())
    """).strip() == "False"


def test_a_thread_that_ends_its_call_does_not_wait_for_what_another_has_closed(monkeypatch):
    import threading

    from focus_session import _handle
    from focus_session._library import lib

    destroyed = []
    monkeypatch.setattr(lib, "focus_player_destroy", lambda _: destroyed.append(threading.current_thread()))
    use = _handle.Use("player", "focus_player_destroy", 1)
    _handle._reaper.start()
    with use:
        use.close()
    deadline = time.monotonic() + 10
    while not destroyed and time.monotonic() < deadline:
        time.sleep(0.001)
    assert [one.name for one in destroyed] == ["focus_session reaper"]


@pytest.mark.parametrize("how", ["service.check_engine('deaf')",
                                 "with service: service.check_engine('deaf')"], ids=["open", "closed"])
def test_ctrl_c_in_a_check_leaves_no_command_and_no_folder(how, tmp_path):
    ends(f"""
        import os
        os.environ["TMPDIR"] = {str(tmp_path)!r}
        class Slow:  # to go: the interpreter is shutting down meanwhile
            def __del__(self, sleep=time.sleep): sleep(0.3)
        kept = Slow()
        service = focus_session.Service(worker_count=1)
        service.add_command_engine("echo $$ >{tmp_path}/pid; echo began >&2; sleep 50; : {{brief}} {{out}}",
                                   key="deaf", retries=0)
        def tell():
            while not os.path.exists("{tmp_path}/pid"): time.sleep(0.01)
            print("checking", flush=True)
        import threading
        threading.Thread(target=tell, daemon=True).start()
        try:
            {how}
        except KeyboardInterrupt: pass
    """, signal=signal.SIGINT, after="checking", timeout=20)
    state = pathlib.Path("/proc", (tmp_path / "pid").read_text().strip(), "stat")
    assert not state.exists() or ") Z " in state.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["pid"]


def test_a_child_process_is_told_that_what_it_inherited_is_not_its_own():
    assert ends("""
        import os, threading
        service = focus_session.Service()
        service.add_engine(Hum())
        session = start(service)
        player = session.play()
        reading = session.play(offline=True)
        began = threading.Event()
        def read():
            with reading._turn:  # as a read that waits has it
                began.set()
                time.sleep(60)
        threading.Thread(target=read, daemon=True).start()
        began.wait()
        child = os.fork()
        if child == 0:
            for call in (service.engines, lambda: session.info, lambda: player.read(10),
                         lambda: reading.read(10), lambda: reading.read_planar(10),
                         lambda: reading.set_output(44100)):
                try: call()
                except focus_session.ForkedError as error: pass
                else: os._exit(9)
            with focus_session.Service() as own:
                own.add_engine(Hum())
                assert start(own).wait(60) == "ended"
            del service, session, player
            sys.exit(7)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) if hasattr(os, "waitstatus_to_exitcode") else 7)
        assert session.wait(60) == "ended"
    """).strip() == "7"


def test_an_engine_may_fork():
    assert "0 1" in ends("""
        import os
        class Forks(Hum):
            def generate(self, brief, sink):
                codes = []
                for well in (True, False):
                    child = os.fork()
                    if child == 0:
                        if well: os._exit(0)
                        return  # comes back from a call that is its parent's
                    codes.append(os.WEXITSTATUS(os.waitpid(child, 0)[1]))
                print(*codes, flush=True)
                super().generate(brief, sink)
        with focus_session.Service() as service:
            service.add_engine(Forks())
            session = start(service)
            assert session.wait(60) == "ended" and session[0].engine == "hum"
    """)


@pytest.mark.parametrize("wait", ["list(session.events())", "list(session)", "session.wait()",
                                  "player.read(48000)"])
def test_ctrl_c_is_heard_while_waiting(wait):
    printed = ends(f"""
        class Hangs(Hum):
            def generate(self, brief, sink):
                while not sink.cancelled: time.sleep(0.01)
        with focus_session.Service() as service:
            service.add_engine(Hangs())
            session = start(service)
            player = session.play(offline=True)
            began = time.monotonic()
            try:
                print("waiting", flush=True)
                {wait}
            except KeyboardInterrupt:
                print("interrupted", time.monotonic() - began < 20)
    """, signal=signal.SIGINT, after="waiting")
    assert "interrupted True" in printed


def test_ctrl_c_stops_a_mix():
    assert "interrupted" in ends("""
        import tempfile, array, os
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.wav")
            with focus_session.AudioFile(path, sample_rate=48000, channel_count=1) as file:
                file.write(array.array("f", [0.1, -0.1, 0.2, 0.0] * 120000))
            mix = focus_session.Mix([path] * 400)
            try:
                print("waiting", flush=True)
                mix.write(os.path.join(folder, "mix.wav"))
            except KeyboardInterrupt: print("interrupted")
            mix.close()
    """, signal=signal.SIGINT, after="waiting")


def test_an_interpreter_that_is_killed_leaves_no_temporary_store_in_use():
    """SIGTERM without a handler ends the process at once; what must not happen is a hang."""
    ends("""
        service = focus_session.Service()
        session = service.start(goal="focus", target_minutes=60, format="wav")
        print("going", flush=True)
        time.sleep(60)
    """, status=-signal.SIGTERM, signal=signal.SIGTERM, after="going")


def test_importing_starts_no_thread_and_loads_no_library():
    assert ends("""
        import threading
        assert threading.active_count() == 1
        maps = open("/proc/self/maps").read() if sys.platform == "linux" else ""
        assert "libfocus_session" not in maps
        print(focus_session.library_version())
    """).strip()[0].isdigit()


def test_a_wrong_library_is_refused_with_a_remedy(tmp_path):
    os.makedirs(tmp_path, exist_ok=True)
    for name, expected in [(tmp_path / "none.so", "could not be loaded"), ("libc.so.6", "could not be loaded")]:
        printed = ends(f"""
            import os
            os.environ["FOCUS_SESSION_LIBRARY"] = {str(name)!r}
            try: focus_session.Service()
            except ImportError as error: print(error, error.code)
        """)
        assert expected in printed and "FOCUS_SESSION_LIBRARY" in printed


def test_an_older_library_is_refused(tmp_path):
    import subprocess

    source = tmp_path / "old.c"
    source.write_text("int focus_version_number(void) { return 4; }\n")
    library = tmp_path / "libold.so"
    subprocess.run(["cc", "-shared", "-fPIC", str(source), "-o", str(library)], check=True)
    printed = ends(f"""
        import os
        os.environ["FOCUS_SESSION_LIBRARY"] = {str(library)!r}
        try: focus_session.library_version()
        except focus_session.LibraryError as error: print(error)
    """)
    assert "is version 0.0.4" in printed and "needs 0.1" in printed


def test_a_library_that_lacks_a_function_says_which(tmp_path):
    import subprocess

    source = tmp_path / "part.c"
    source.write_text("int focus_version_number(void) { return 100; }\n")
    library = tmp_path / "libpart.so"
    subprocess.run(["cc", "-shared", "-fPIC", str(source), "-o", str(library)], check=True)
    assert "has no focus_service_open" in ends(f"""
        import os
        os.environ["FOCUS_SESSION_LIBRARY"] = {str(library)!r}
        try: focus_session.Service()
        except focus_session.UnsupportedError as error: print(error)
    """)
