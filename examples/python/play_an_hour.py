# SPDX-License-Identifier: MIT
"""Plays an hour of focus music through the sound device, if sounddevice is installed; else writes it.

    play_an_hour.py [MINUTES] [FILE]
"""
import sys
import time

import focus_session

minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 60
path = sys.argv[2] if len(sys.argv) > 2 else ""

with focus_session.Service() as service:
    session = service.start(goal="focus", target_minutes=minutes)
    try:
        if path:
            raise ImportError("a file is wanted")
        import sounddevice  # type: ignore[import]
    except ImportError:
        session.write(path or "focus.wav")
        print(f"{path or 'focus.wav'}: {minutes} minutes of {session.info.goal}, seed {session.info.seed}")
    else:
        with session.play() as player, sounddevice.OutputStream(
                samplerate=player.sample_rate, channels=2, dtype="float32",
                callback=lambda out, frames, *_: player.read(frames, out=out)):
            while not player.finished:
                time.sleep(1)
