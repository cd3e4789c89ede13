# SPDX-License-Identifier: MIT
"""Webhooks: what happens to sessions, as signed requests that the host sends."""
import ctypes
from typing import Dict, Mapping, Optional

from . import _abi
from ._handle import Handle
from ._interrupt import deadline_of, slice_ms
from ._library import lib, string
from ._read import read
from ._struct import integer, text
from .values import WebhookInfo


class Webhook(Handle):
    """A request to be sent: POST `body` to `url` with `headers`, then `settle`. Where it is not settled
    within a minute it is due again."""

    _noun = "webhook"
    _destroy = "focus_webhook_destroy"

    def __init__(self, pointer: Optional[int], keep: Handle) -> None:
        super().__init__(pointer, keep)
        struct = _abi.focus_webhook_info()
        with self._use as webhook:
            lib.focus_webhook_get_info(webhook, ctypes.byref(struct))
            self._info = read(WebhookInfo, struct)

    @property
    def url(self) -> str:
        """Where to send it."""
        return self._info.url

    @property
    def type(self) -> str:
        """What has happened: "segment.ready", ..."""
        return self._info.type

    @property
    def attempt(self) -> int:
        """1 for the first."""
        return self._info.attempt

    @property
    def headers(self) -> Dict[str, str]:
        """What a receiver checks, as Standard Webhooks has it."""
        return {"Content-Type": "application/json", "webhook-id": self._info.id,
                "webhook-timestamp": str(self._info.timestamp),
                "webhook-signature": self._info.signature}

    @property
    def body(self) -> bytes:
        """JSON: type, timestamp and data."""
        return self._info.body.encode("utf-8")

    def settle(self, status: int, retry_after: int = 0) -> None:
        """Tells how it went.

        Args:
            status: the receiver's status; 0 where there was no answer. 2xx ends the request, 410 all
                requests to this URL; after anything else it is due again later, ten times at most.
            retry_after: seconds that the receiver asks for.
        """
        with self._use as webhook:
            lib.focus_webhook_settle(webhook, integer("status", status),
                                     integer("retry_after", retry_after))


def generate_webhook_secret() -> str:
    """Draws a secret for a receiver to check signatures with: "whsec_" and 256 random bits in base64."""
    room = ctypes.create_string_buffer(_abi.WEBHOOK_SECRET_SIZE)
    lib.focus_webhook_secret_generate(room, len(room))
    return string(room.value)


def build_webhooks(endpoints: Mapping[str, str]) -> _abi.focus_webhook_options:
    """The endpoints as the C interface has them; what they point to lives as long as they do."""
    urls = (ctypes.c_char_p * len(endpoints))(*[text("endpoints", url) for url in endpoints])
    secrets = (ctypes.c_char_p * len(endpoints))(
        *[text("endpoints", secret) for secret in endpoints.values()])
    options = _abi.focus_webhook_options(endpoint_count=len(endpoints))
    pointers = ctypes.POINTER(ctypes.c_char_p)
    options.urls = ctypes.cast(urls, pointers)
    options.secrets = ctypes.cast(secrets, pointers)
    options.kept = (urls, secrets)
    return options


def take_webhook(service: Handle, timeout: Optional[float]) -> Optional[Webhook]:
    """The request that is due longest; None where none is within `timeout` seconds."""
    deadline = deadline_of(timeout)
    pointer = ctypes.c_void_p()
    while True:
        wait = slice_ms(deadline)
        with service._use as handle:
            lib.focus_service_next_webhook(handle, wait, ctypes.byref(pointer))
        if pointer.value:
            return Webhook(pointer.value, service)
        if wait == 0:
            return None
