# SPDX-License-Identifier: MIT
"""The head of a FLAC file (RFC 9639, 8.2), read by hand."""


def stream_info(data):
    """(sample rate, channels, bits, samples) of a FLAC file."""
    if data[:4] != b"fLaC" or data[4] & 0x7F != 0:
        raise ValueError("this is no FLAC file")
    packed = int.from_bytes(data[8 + 10 : 8 + 18], "big")
    return packed >> 44, (packed >> 41 & 7) + 1, (packed >> 36 & 31) + 1, packed & (1 << 36) - 1


def seconds(data):
    rate, _, _, samples = stream_info(data)
    return samples / rate
