# SPDX-License-Identifier: MIT
"""Where in a web server an application is mounted, and what a request to it says of that."""
import re
from urllib.parse import quote

SAFE = "/:@!$&'()*+,;=~-._"
TOO_LARGE = 65537  # one more byte than the library takes of a body, so that it says so itself

_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]{1,255}")


def target_of(path: str, query: str, encoding: str) -> str:
    """The target of a request to a path below the mount."""
    target = quote(path, safe=SAFE, encoding=encoding) or "/"
    return f"{target}?{query}" if query else target


def base_url_of(scheme: str, host: str, mount: str, encoding: str) -> str:
    """What URLs of the service begin with; "" where the host is none."""
    if scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    return f"{scheme}://{host}{quote(mount.rstrip('/'), safe=SAFE, encoding=encoding)}"
