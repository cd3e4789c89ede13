# SPDX-License-Identifier: MIT
"""WAV files as arrays (frames x channels) and back; 32-bit float is written."""
import struct

import numpy as np


def write(path, audio, rate):
    data = np.ascontiguousarray(audio, dtype="<f4").tobytes()
    channels = audio.shape[1]
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 3,
                       channels, rate, rate * channels * 4, channels * 4, 32, b"data", len(data))
    with open(path, "wb") as file:
        file.write(head + data)


def read(path):
    """The samples and their rate. Lengths that a stream left open are taken from the file."""
    with open(path, "rb") as file:
        content = file.read()
    at, kind, channels, rate, bits = 12, 0, 0, 0, 0
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        at += 8
        if name == b"fmt ":
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", content, at)
            if kind == 0xFFFE:
                kind = struct.unpack_from("<H", content, at + 24)[0]
        elif name == b"data":
            break
        at += size + size % 2
    size = min(size, len(content) - at)
    size -= size % (channels * bits // 8)
    raw = content[at:at + size]
    if kind == 3:
        samples = np.frombuffer(raw, "<f4" if bits == 32 else "<f8").astype(float)
    elif bits == 24:
        bytes_ = np.frombuffer(raw, np.uint8).reshape(-1, 3).astype(np.int32)
        samples = ((bytes_[:, 2] << 24 | bytes_[:, 1] << 16 | bytes_[:, 0] << 8) >> 8) / 2.0 ** 23
    else:
        samples = np.frombuffer(raw, f"<i{bits // 8}") / 2.0 ** (bits - 1)
    return samples.reshape(-1, channels), rate
