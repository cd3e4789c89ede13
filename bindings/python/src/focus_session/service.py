# SPDX-License-Identifier: MIT
"""Services: worker threads, engines and a store, in which sessions live."""
import ctypes
import datetime
import logging
import math
from typing import Any, Callable, List, Mapping, Optional, Union

from . import _abi, _engine_calls, _exit, _log
from ._handle import Handle
from ._library import lib, string
from ._read import read
from ._service_methods import ServiceMethods
from ._struct import integer, real, several, text
from .engine import Engine, FunctionEngine, describe
from .enums import LogLevelLike, Storage, StorageLike
from .errors import InvalidArgumentError
from .http import Headers, HttpResponse, build_request, hash_access_key
from .library import Library
from .session import Session
from .track import Track
from .values import EngineInfo, Spend
from .webhook import Webhook, build_webhooks, take_webhook

__all__ = ["Service"]

_ = _exit  # registers what is done before the interpreter goes


class _List(Handle):
    """A list of the library's, of which each noun has its functions."""

    _noun = "list"

    def __init__(self, service: Any, noun: str) -> None:
        self._destroy = f"focus_{noun}_list_destroy"  # type: ignore[misc]
        self._kind = noun
        pointer = ctypes.c_void_p()
        getattr(lib, f"focus_{noun}_list_create")(service, ctypes.byref(pointer))
        super().__init__(pointer.value)

    def read(self, make: Callable[[], Any], convert: Callable[[Any], Any]) -> List[Any]:
        count = ctypes.c_int32()
        found = []
        with self._use as handle:
            getattr(lib, f"focus_{self._kind}_list_count")(handle, ctypes.byref(count))
            for index in range(count.value):
                room = make()
                getattr(lib, f"focus_{self._kind}_list_get")(handle, index, ctypes.byref(room))
                found.append(convert(room))
        return found


class Service(ServiceMethods):
    """What sessions live in: worker threads, engines, and a store for their music.

        with focus_session.Service() as service:
            session = service.start(goal="focus", target_minutes=60)

    A context manager. Sessions and players keep alive what they need, so the order in which things
    are closed does not matter. All methods may be called from any thread.
    """

    _noun = "service"
    _destroy = "focus_service_destroy"

    def _open(self, options: _abi.focus_service_options, storage: Optional[StorageLike],
              logger: Optional[logging.Logger], log_level: Optional[LogLevelLike]) -> None:
        if storage is None and options.data_folder is not None:
            options.storage = Storage.FOLDER.number
        if storage is None and options.database_url is not None:
            options.storage = Storage.CLUSTER.number
        target = logger or _log.logger
        if log_level is None:
            options.log_level = _log.level_for(target)
        sink = _log.LogSink(target)
        options.log = _log.receive
        options.log_user_data = _log.user_data(sink)
        pointer = ctypes.c_void_p()
        lib.focus_service_open(ctypes.byref(options), ctypes.byref(pointer))
        Handle.__init__(self, pointer.value, sink)
        self._in_memory = options.storage == Storage.MEMORY.number

    # -- sessions

    def _start(self, request: _abi.focus_session_request) -> Session:
        pointer = ctypes.c_void_p()
        with self._use as service:
            lib.focus_session_start(service, ctypes.byref(request), ctypes.byref(pointer))
        session = Session(pointer.value, self._use._keep, True)
        session._bounded = self._is_bounded(request.look_ahead, session.info.engine)
        return session

    def _is_bounded(self, look_ahead: int, engine: str) -> bool:
        if self._in_memory or look_ahead != _abi.LOOK_AHEAD_DEFAULT:
            return True
        return any(info.price_micros_per_minute > 0 for info in self.engines() if info.key == engine)

    def open(self, session_id: str) -> Session:
        """Opens a session of this store by its id, also one that another process made; segments that
        are not there yet go on being made."""
        pointer = ctypes.c_void_p()
        with self._use as service:
            lib.focus_session_open(service, text("session_id", session_id), ctypes.byref(pointer))
        session = Session(pointer.value, self._use._keep, True)
        session._bounded = self._is_bounded(_abi.LOOK_AHEAD_DEFAULT, session.info.engine)
        return session

    def sessions(self) -> List[str]:
        """The ids of the sessions in the store, oldest first."""
        return self._ids("session")

    def delete(self, session_id: str) -> None:
        """Removes a session and its segments from the store; what was promoted from it stays."""
        with self._use as service:
            lib.focus_session_delete(service, text("session_id", session_id))

    def delete_expired(self, before: Union[datetime.datetime, float]) -> int:
        """Removes every session that nobody uses and that has not changed since a moment (a datetime,
        or seconds since 1970). Returns how many."""
        seconds = before.timestamp() if isinstance(before, datetime.datetime) else real("before", before)
        if math.isinf(seconds):
            raise InvalidArgumentError("before must be finite", "before")
        count = ctypes.c_int32()
        with self._use as service:
            lib.focus_session_delete_expired(
                service, integer("before", int(seconds), ctypes.c_int64), ctypes.byref(count))
        return count.value

    def _ids(self, noun: str) -> List[str]:
        with self._use as service, _List(service, noun) as ids:
            return ids.read(ctypes.c_char_p, lambda room: string(room.value))

    # -- tracks

    def tracks(self) -> List[str]:
        """The ids of the tracks in the store, oldest first."""
        return self._ids("track")

    def open_track(self, track_id: str) -> Track:
        """A track of this store by its id."""
        pointer = ctypes.c_void_p()
        with self._use as service:
            lib.focus_track_open(service, text("track_id", track_id), ctypes.byref(pointer))
        return Track(pointer.value, self._use._keep)

    def delete_track(self, track_id: str) -> None:
        """Removes a track and its audio from the store."""
        with self._use as service:
            lib.focus_track_delete(service, text("track_id", track_id))

    # -- engines

    def engines(self) -> List[EngineInfo]:
        """The engines that can be played."""
        with self._use as service, _List(service, "engine") as engines:
            return engines.read(_abi.focus_engine_info, lambda room: read(EngineInfo, room))

    def add_engine(self, engine: Engine) -> None:
        """Adds an engine of one's own, which requests can name at once. It is kept until `close` of it
        was called: when it was removed, or the service and all of its sessions are gone."""
        _engine_calls.register(self._use, engine)

    def engine(self, key: str, **description: Any) -> Callable[[Callable[..., Any]], FunctionEngine]:
        """A decorator that makes a function an engine and adds it:

            @service.engine("hum", licence_class="commercial_cleared")
            def hum(brief):
                yield ...  # blocks of samples, brief.frames frames in all

        The function, or whatever else can be called, gets the brief; and the sink too, if it needs a
        second argument or has one that is called `sink`. What else may be described is an attribute of
        `Engine`.
        """

        def add(function: Callable[..., Any]) -> FunctionEngine:
            engine = FunctionEngine(function, key=key, **description)
            self.add_engine(engine)
            return engine

        return add

    def add_command_engine(self, command: str, *, key: str = "command", **description: Any) -> None:
        """Adds an engine that is a command, run by /bin/sh once a segment.

        Args:
            command: in which {brief} becomes the path of a JSON file and {out} the path at which the
                command leaves its audio; see `focus_engine_register_command` in the header.
            description: what else is to be said of it: attributes of `Engine`.
        """
        struct = describe(FunctionEngine(lambda brief: None, key=key, **description))
        _engine_calls.register_command(self._use, struct, command)

    def add_library(self, library: Library, *, key: str = "library") -> None:
        """Adds a folder of the user's own music as an engine, which keeps it open."""
        with self._use as service, library._use as opened:
            lib.focus_library_register(opened, service, text("key", key))

    def remove_engine(self, key: str, timeout: float = 1.0) -> bool:
        """Takes an engine of one's own away: calls under way are cancelled, and no further one begins.
        Not to be called by the engine itself.

        Args:
            timeout: how long to wait for calls to return, in seconds.

        Returns:
            whether none is under way any more; else it goes when the last has returned.
        """
        return _engine_calls.unregister(self._use, key, timeout)

    # -- spending

    def set_engine_price(self, key: str, micros_per_minute: int) -> None:
        """What a minute of an engine's music costs, in millionths of whatever currency the host counts
        in. Not kept: set it after each opening."""
        with self._use as service:
            lib.focus_service_set_engine_price(
                service, text("engine_key", key),
                integer("micros_per_minute", micros_per_minute, ctypes.c_int64))

    def _set_spend_caps(self, caps: _abi.focus_spend_caps, organization: Optional[str]) -> None:
        name = None if organization is None else text("organization", organization)
        with self._use as service:
            lib.focus_service_set_spend_caps(service, name, ctypes.byref(caps))

    def spend(self, organization: str = "") -> Spend:
        """What an organization has spent today (UTC)."""
        settled, held = ctypes.c_int64(), ctypes.c_int64()
        with self._use as service:
            lib.focus_service_get_spend(service, text("organization", organization),
                                        ctypes.byref(settled), ctypes.byref(held))
        return Spend(settled.value, held.value)

    # -- HTTP

    def handle(self, method: str, target: str, headers: Headers = (), body: bytes = b"", *,
               base_url: str = "") -> HttpResponse:
        """Answers a request of the wire contract, e.g. for a web framework; see `wsgi_app`, `asgi_app` too.

        Args:
            target: path and query, percent-encoded as they came.
            headers: a mapping, or pairs of name and value.
            base_url: what URLs in the answer begin with where `public_base_url` is not set: scheme, host and
                mount ("https://example.com/music"). Without it, http:// and the request's Host.

        Returns:
            the answer. What is wrong with the request is part of it (401, 404, 422, ...).
        """
        request = build_request(method, target, headers, body, base_url)
        pointer = ctypes.c_void_p()
        with self._use as service:
            lib.focus_service_handle(service, ctypes.byref(request), ctypes.byref(pointer))
        return HttpResponse(pointer.value, self._use._keep)

    def add_access_key(self, key: Optional[str] = None, *, hash: Optional[str] = None,
                       organizations: Any = (), capabilities: Any = (_abi.CAPABILITY_GENERATE,),
                       caller: str = "", requests_per_minute: Optional[int] = 0) -> None:
        """Lets a key in, or changes what a known one may do. Not kept: add keys after each opening.

        Args:
            key: as `generate_access_key` drew it, or
            hash: what `hash_access_key` says of it.
            organizations: to which the caller belongs.
            capabilities: what it may do; without the usual one it listens and starts nothing.
            caller: whose key it is: two keys of one caller see the same. "": the hash.
            requests_per_minute: 0: that of `set_http_options`; None: no limit.
        """
        if (key is None) == (hash is None):
            raise TypeError("give either key or hash")
        groups = [text("organizations", one) for one in several("organizations", organizations)]
        rights = [text("capabilities", one) for one in several("capabilities", capabilities)]
        struct = _abi.focus_access_key(
            hash=hash_access_key(key) if key is not None else hash, caller=caller,
            organization_count=len(groups), capability_count=len(rights),
            requests_per_minute=_limit(requests_per_minute))
        pointers = ctypes.POINTER(ctypes.c_char_p)
        struct.organizations = ctypes.cast((ctypes.c_char_p * len(groups))(*groups), pointers)
        struct.capabilities = ctypes.cast((ctypes.c_char_p * len(rights))(*rights), pointers)
        with self._use as service:
            lib.focus_service_add_access_key(service, ctypes.byref(struct))

    def count_access_keys(self) -> int:
        """How many keys are known; in a cluster, those of all services."""
        count = ctypes.c_int32()
        with self._use as service:
            lib.focus_service_access_key_count(service, ctypes.byref(count))
        return count.value

    def remove_access_key(self, hash: str) -> None:
        """From now on the key of that hash is not known."""
        with self._use as service:
            lib.focus_service_remove_access_key(service, text("hash", hash))

    def _set_http_options(self, options: _abi.focus_http_options) -> None:
        with self._use as service:
            lib.focus_service_set_http_options(service, ctypes.byref(options))

    def rotate_url_key(self) -> None:
        """Signs URLs with a new key from now on. Where one may have leaked, rotate twice."""
        with self._use as service:
            lib.focus_service_rotate_url_key(service)

    def set_webhooks(self, endpoints: Mapping[str, str]) -> None:
        """Replaces who is told of what happens to sessions.

        Args:
            endpoints: the secret of each URL, as `generate_webhook_secret` draws it; {}: nobody.
        """
        options = build_webhooks(endpoints)
        with self._use as service:
            lib.focus_service_set_webhooks(service, ctypes.byref(options))

    def next_webhook(self, timeout: Optional[float] = 0.0) -> Optional[Webhook]:
        """Takes the request that is due longest, to be sent by the caller; None where none is due within
        `timeout` seconds (None: waits for one)."""
        return take_webhook(self, timeout)

    def __repr__(self) -> str:
        if self.closed:
            return "<Service, closed>"
        return f"<Service with {', '.join(info.key for info in self.engines())}>"


def _limit(requests_per_minute: Optional[int]) -> int:
    return _abi.NO_RATE_LIMIT if requests_per_minute is None else requests_per_minute
