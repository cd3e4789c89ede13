# SPDX-License-Identifier: MIT
"""Writes what the bindings repeat of the C header: see `python3 -m bindings.generate --help`."""
