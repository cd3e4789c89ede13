# SPDX-License-Identifier: MIT
"""The wire contract without a socket: requests in, answers out, and who may ask."""
import ctypes
import pathlib
from typing import Any, Iterable, Iterator, List, Mapping, Optional, Tuple, Union

from . import _abi
from ._handle import Handle
from ._interrupt import deadline_of, slice_ms
from ._library import lib, string
from ._read import read
from ._struct import count as count_of
from ._struct import several, text
from .enums import HttpBody
from .errors import InvalidArgumentError
from .values import HttpInfo

Headers = Union[Mapping[str, str], Iterable[Tuple[str, str]]]

_BLOCK = 65536


class HttpResponse(Handle):
    """An answer. Audio stays readable while it is held, whatever becomes of its session.

    Iterating gives the body in blocks; of a stream of events, as they happen. A context manager.
    """

    _noun = "response"
    _destroy = "focus_http_response_destroy"

    def __init__(self, pointer: Optional[int], keep: Any) -> None:
        super().__init__(pointer, keep)
        struct = _abi.focus_http_response_info()
        with self._use as response:
            lib.focus_http_response_get_info(response, ctypes.byref(struct))
            self._info = read(HttpInfo, struct)
            self._body = ctypes.string_at(struct.body, struct.body_size) if struct.body else b""

    @property
    def status(self) -> int:
        """200, 404, ..."""
        return self._info.status

    @property
    def headers(self) -> List[Tuple[str, str]]:
        """Names and values."""
        found = []
        name, value = ctypes.c_char_p(), ctypes.c_char_p()
        for index in range(self._info.header_count):
            with self._use as response:
                lib.focus_http_response_get_header(response, index, ctypes.byref(name),
                                                   ctypes.byref(value))
                found.append((string(name.value), (value.value or b"").decode("latin-1")))
        return found

    @property
    def is_stream(self) -> bool:
        """Whether the body comes as things happen (Server-Sent Events)."""
        return self._info.body_kind is HttpBody.STREAM

    @property
    def file(self) -> Optional[Tuple[pathlib.Path, int, int]]:
        """Where the body is a range of a file: its path, offset and length, e.g. for sendfile. It may
        be renamed or deleted at any time, which `read` does not mind."""
        if self._info.body_kind is not HttpBody.FILE or self._info.file_path is None:
            return None
        return self._info.file_path, self._info.file_offset, self._info.body_size

    def read(self, size: int = _BLOCK, timeout: Optional[float] = None) -> Optional[bytes]:
        """Reads the body on.

        Returns:
            at most `size` bytes; b"" when a stream has nothing within `timeout` seconds (None: waits
            for it); None at the end.
        """
        if count_of("size", size) == 0:
            raise InvalidArgumentError("size must be 1 or more", "size")
        buffer = ctypes.create_string_buffer(size)
        count = ctypes.c_int64()
        deadline = deadline_of(timeout)
        while True:
            wait = slice_ms(deadline)
            with self._use as response:
                lib.focus_http_response_read(response, buffer, size, wait, ctypes.byref(count))
            if count.value < 0:
                return None
            if count.value > 0 or wait == 0:
                return buffer.raw[: count.value]

    @property
    def body(self) -> bytes:
        """All of the body, where it is not a stream."""
        if self.is_stream:
            raise ValueError("a stream has no end: iterate over the response instead")
        if self._info.body_kind is HttpBody.FILE and not self._body:
            self._body = b"".join(self)
        return self._body

    def __iter__(self) -> Iterator[bytes]:
        while True:
            block = self.read()
            if block is None:
                return
            yield block


def build_request(method: str, target: str, headers: Headers, body: bytes,
                  base_url: str = "") -> _abi.focus_http_request:
    """A request as the C interface has it; what it points to lives as long as it."""
    pairs = several("headers", headers.items() if isinstance(headers, Mapping) else headers)
    if not isinstance(body, (bytes, bytearray, memoryview)):
        raise TypeError(f"body must be bytes, not {type(body).__name__}")
    body = bytes(body)
    names = (ctypes.c_char_p * len(pairs))(*[text("headers", name) for name, _ in pairs])
    values = (ctypes.c_char_p * len(pairs))(
        *[text("headers", value).decode("utf-8").encode("latin-1", "replace") for _, value in pairs])
    request = _abi.focus_http_request(method=method, target=target, header_count=len(pairs),
                                      body_size=len(body), base_url=base_url or None)
    pointers = ctypes.POINTER(ctypes.c_char_p)
    request.header_names = ctypes.cast(names, pointers)
    request.header_values = ctypes.cast(values, pointers)
    request.body = ctypes.cast(ctypes.c_char_p(body), ctypes.c_void_p)
    request.kept = (names, values, body)
    return request


def generate_access_key() -> str:
    """Draws a key: "fsk_" and 256 random bits. Only its hash needs to be kept."""
    room = ctypes.create_string_buffer(_abi.ACCESS_KEY_SIZE)
    lib.focus_access_key_generate(room, len(room))
    return string(room.value)


def hash_access_key(key: str) -> str:
    """The hash by which a service knows a key."""
    room = ctypes.create_string_buffer(_abi.ACCESS_KEY_HASH_SIZE)
    lib.focus_access_key_hash(text("key", key), room, len(room))
    return string(room.value)
