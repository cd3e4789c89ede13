# SPDX-License-Identifier: MIT
"""The modules of the Python package that hold what python_methods.py writes."""
import re

from . import python_method_shapes as shapes
from .python_methods import attribute_lines, method_lines
from .text import NOTICE

HEAD = '''\
# SPDX-License-Identifier: MIT
"""{doc}

{notice}
"""
{imports}
'''

SERVICE_IMPORTS = """\
import logging
from typing import Any, Callable, Optional

from . import _abi
from ._handle import Handle
from ._struct import choice, path
from .check import EngineCheck, check_engine
{enums}
from .files import PathLike
from .session import Session
from .values import CheckResult
"""

SERVICE_HOOKS = """
    def _open(self, options: _abi.focus_service_options, storage: Optional[StorageLike],
              logger: Optional[logging.Logger], log_level: Optional[LogLevelLike]) -> None:
        raise NotImplementedError

    def _start(self, request: _abi.focus_session_request) -> Session:
        raise NotImplementedError

    def _set_spend_caps(self, caps: _abi.focus_spend_caps, organization: Optional[str]) -> None:
        raise NotImplementedError

    def _set_http_options(self, options: _abi.focus_http_options) -> None:
        raise NotImplementedError
"""

SESSION_IMPORTS = """\
from typing import Any, Dict, Optional

from . import _abi
from ._handle import Handle
from ._struct import choice
{enums}
from .player import Player
"""

SESSION_HOOKS = """
    def _play(self, options: _abi.focus_player_options, offline: bool) -> Player:
        raise NotImplementedError

    def _steer(self, steering: _abi.focus_steering) -> float:
        raise NotImplementedError
"""

JSON_HOOKS = """
    def _json(self, options: _abi.focus_json_options) -> Dict[str, Any]:
        raise NotImplementedError
"""

MIX_IMPORTS = """\
from typing import Iterable, Optional

from . import _abi
from ._handle import Handle
from .files import PathLike
"""

MIX_HOOKS = """
    def _open(self, paths: Iterable[PathLike], options: _abi.focus_mix_options) -> None:
        raise NotImplementedError
"""

DESCRIPTION_IMPORTS = """\
from typing import Optional

{enums}
"""


def _enums(body, indent="    "):
    """The import of the enums that a text names."""
    found = set(re.findall(r"\b([A-Z]\w+Like)\b", body)) - {"PathLike"}
    found |= {one for one in re.findall(r"\b([A-Z]\w+)\.[A-Z]", body)}
    found |= {one for one in re.findall(r'choice\("\w+",\s+(\w+),', body)}
    return "from .enums import (\n" + "".join(f"{indent}{one},\n" for one in sorted(found)) + ")"


def _class(header, name, doc, methods, hooks):
    text = f'\n\nclass {name}(Handle):\n    """{doc}"""\n'
    for method in methods:
        text += "\n" + "\n".join(method_lines(header, method)) + "\n"
    return text + hooks


def _module(doc, imports, body):
    return HEAD.format(doc=doc, notice=NOTICE, imports=imports.format(enums=_enums(body)).rstrip()) + body


def service(header):
    return _module("The methods of `Service` whose arguments are options of the C interface.", SERVICE_IMPORTS,
                   _class(header, "ServiceMethods", "What `Service` inherits; it does the rest.",
                          [shapes.OPEN, shapes.START, shapes.CHECK, shapes.CAPS, shapes.HTTP],
                          SERVICE_HOOKS))


def session(header):
    return _module("The methods of `Session` and `Snapshot` whose arguments are options of the C interface.",
                   SESSION_IMPORTS,
                   _class(header, "JsonMethods", "What `Snapshot` and `Session` inherit.", [shapes.JSON],
                          JSON_HOOKS)
                   + _class(header, "SessionMethods", "What `Session` inherits; it does the rest.",
                            [shapes.PLAY, shapes.STEER], SESSION_HOOKS))


def mix(header):
    return _module("The method of `Mix` whose arguments are options of the C interface.", MIX_IMPORTS,
                   _class(header, "MixMethods", "What `Mix` inherits; it does the rest.", [shapes.MIX],
                          MIX_HOOKS))


def engine(header):
    shape = shapes.DESCRIPTION
    lines = attribute_lines(header, shape, shapes.DESCRIPTION_SIGNATURES)
    body = f'\n\nclass {shape.name}:\n    """{shape.doc}"""\n\n' + "\n".join(lines) + "\n"
    return _module("What an engine of one's own may say of itself.", DESCRIPTION_IMPORTS, body)
