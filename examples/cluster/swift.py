# SPDX-License-Identifier: MIT
"""OpenStack Swift with s3api: an object storage that speaks the protocol of S3, in a folder.

One device and one copy of each object, which is enough to try things, and no more.
"""
import hashlib
import hmac
import secrets
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from processes import Part, free_port, give_to, is_listening, system_user, wait_until

ACCOUNT = "fs"
USER = "focus"
REGION = "us-east-1"
SERVERS = ("account", "container", "object")

SERVER_CONFIG = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {etc}
devices = {devices}
mount_check = false
log_level = WARNING
fallocate_reserve = 0
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""

PROXY_CONFIG = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {etc}
log_level = WARNING
[pipeline:main]
pipeline = catch_errors cache s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{name} = {secret} .admin
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = {region}
# s3api wants a cache to be configured, and does without one that answers.
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""

HASH_CONFIG = """\
[swift-hash]
swift_hash_path_suffix = {suffix}
swift_hash_path_prefix = {prefix}
[storage-policy:0]
name = one
default = yes
"""


# What `swift-ring-builder` does, in one process for all rings: it is part of Swift's own Python
# package, which Debian's interpreter has.
SYSTEM_PYTHON = "/usr/bin/python3"
MAKE_RINGS = """
import sys
from swift.common.ring import RingBuilder
for wanted in sys.argv[2:]:
    kind, port = wanted.split("=")
    builder = RingBuilder(8, 1, 1)
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port),
                     "device": "d1", "weight": 1.0})
    builder.rebalance()
    builder.get_ring().save(f"{sys.argv[1]}/{kind}.ring.gz")
"""


def is_installed():
    return all(shutil.which(f"swift-{kind}-server") for kind in (*SERVERS, "proxy"))


class SwiftServer(Part):
    """One of the four servers that make a storage."""

    def __init__(self, kind, folder, port):
        super().__init__(f"swift-{kind}", folder)
        self.kind = kind
        self.port = port

    def command(self):
        return [shutil.which(f"swift-{self.kind}-server"),
                self.folder / "etc" / f"{self.kind}.conf"]

    def is_ready(self):
        return is_listening(self.port)


class Swift:
    """The storage as one part: what is done to it is done to its four servers."""

    def __init__(self, folder):
        self.name = "swift"
        self.folder = folder
        self._user = system_user("swift")
        self._etc = folder / "etc"
        self.parts = [SwiftServer(kind, folder, free_port()) for kind in (*SERVERS, "proxy")]
        self.port = self.parts[-1].port
        self.key = f"{ACCOUNT}:{USER}"
        self._secret_file = folder / "secrets"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def secret(self):
        return self._secret_file.read_text().split()[0]

    @property
    def client_environment(self):
        return {"FOCUS_OBJECTS_KEY": self.key, "FOCUS_OBJECTS_SECRET": self.secret}

    def prepare(self):
        """Writes the configuration, for the ports of now. The objects stay where they are."""
        give_to(self.folder / "node", self._user)
        give_to(self.folder / "node" / "d1", self._user)
        self._etc.mkdir(parents=True, exist_ok=True)
        if not self._secret_file.exists():
            self._secret_file.touch(mode=0o600)
            self._secret_file.write_text("\n".join(secrets.token_hex(16) for _ in range(3)))
        secret, suffix, prefix = self._secret_file.read_text().split()
        values = {"user": self._user, "etc": self._etc, "devices": self.folder / "node",
                  "account": ACCOUNT, "name": USER, "secret": secret, "region": REGION}
        (self._etc / "swift.conf").write_text(HASH_CONFIG.format(suffix=suffix, prefix=prefix))
        for part in self.parts:
            text = PROXY_CONFIG if part.kind == "proxy" else SERVER_CONFIG
            config = self._etc / f"{part.kind}.conf"
            config.write_text(text.format(port=part.port, kind=part.kind, **values))
        self._make_rings()
        give_to(self._etc, self._user)

    def _make_rings(self):
        """Says on which port and device the objects of each server are."""
        wanted = [f"{part.kind}={part.port}" for part in self.parts if part.kind != "proxy"]
        done = subprocess.run([SYSTEM_PYTHON, "-c", MAKE_RINGS, self._etc, *wanted],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"swift-ring-builder: {done.stdout}")

    def launch(self):
        for part in self.parts:
            part.launch()

    def wait_ready(self):
        for part in self.parts:
            part.wait_ready()

    def start(self):
        self.prepare()
        self.launch()
        self.wait_ready()

    def make_bucket(self, bucket):
        """Does nothing where there is one. The storage may need a moment after it has come up."""
        def made():
            try:
                request = urllib.request.Request(self._presigned_put(bucket), method="PUT")
                with urllib.request.urlopen(request, timeout=10):
                    return True
            except urllib.error.HTTPError as error:
                if error.code == 409:  # there is one, and it is ours
                    return True
                if error.code < 500:
                    raise
                return False
        wait_until(made, "the storage has made no bucket")

    def _presigned_put(self, bucket):
        """Signature Version 4 of AWS, in the query."""
        when = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        scope = f"{when[:8]}/{REGION}/s3/aws4_request"
        query = urllib.parse.urlencode(
            {"X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"{self.key}/{scope}",
             "X-Amz-Date": when, "X-Amz-Expires": "60", "X-Amz-SignedHeaders": "host"},
            quote_via=urllib.parse.quote, safe="-_.~")
        host = f"127.0.0.1:{self.port}"
        canonical = f"PUT\n/{bucket}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
        text = "\n".join(("AWS4-HMAC-SHA256", when, scope,
                          hashlib.sha256(canonical.encode()).hexdigest()))
        key = f"AWS4{self.secret}".encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return f"http://{host}/{bucket}?{query}&X-Amz-Signature={signature}"

    def is_running(self):
        return all(part.is_running() for part in self.parts)

    def printed(self):
        return "".join(part.printed() for part in self.parts)

    def kill(self):
        for part in self.parts:
            part.kill()

    def hold(self):
        for part in self.parts:
            part.hold()

    def go_on(self):
        for part in self.parts:
            part.go_on()

    def stop(self):
        for part in reversed(self.parts):
            part.stop()

    def restart(self):
        self.kill()
        self.launch()
        self.wait_ready()
