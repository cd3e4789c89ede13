# SPDX-License-Identifier: MIT
"""haproxy before the nodes: one address for all of them."""
import resource
import shutil

from processes import Part, free_port, is_listening

# A node that does not answer /healthz twice in a row gets nothing more, and its connections end, so
# that clients of its streams come back to another node. A stream may be silent for long, where its
# listener has all that is needed: hence an hour.
CONFIG = """\
global
  log stdout format raw local0 notice
  maxconn {connections}
defaults
  mode http
  log global
  timeout connect 3s
  timeout http-request 15s
  timeout queue 15s
  timeout client 1h
  timeout server 1h
  timeout http-keep-alive 60s
  timeout check 3s
  retries 3
  # Each retry goes to another node, and not the last one alone.
  option redispatch 1
  retry-on conn-failure empty-response response-timeout
frontend focus
  bind 127.0.0.1:{port}
  # Only what this proxy knows itself may stand in these.
  http-request del-header X-Forwarded-Host
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  http-request del-header X-Forwarded-For
  option forwardfor
  # A POST may have been carried out by a node that answers no more: it is the client who sends it
  # again, with its Idempotency-Key.
  http-request disable-l7-retry if METH_POST
  default_backend nodes
backend nodes
  # All that concerns one session goes to one node while that lives: its audio is in that node's
  # cache, its continuous streams have one encoder, and its events go on where they were left.
  # Everything else goes to each node in turn.
  http-request del-header X-Focus-Session
  http-request set-header X-Focus-Session %[path,field(7,/)] if {{ path_beg /v1/music/ }}
  http-request set-header X-Focus-Session %[path,field(5,/)] if {{ path_beg /v1/audio/sessions/ }}
  balance hdr(X-Focus-Session)
  hash-type consistent
  option httpchk
  http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host localhost
  http-check expect status 200
  default-server check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
{servers}
"""


def is_installed():
    return bool(_program())


def _program():
    return shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


class Haproxy(Part):
    """Shares requests among the servers at `ports` of this machine, those of one session to one."""

    def __init__(self, folder, ports):
        super().__init__("haproxy", folder)
        self.port = free_port()
        self.ports = list(ports)
        self._config = self.folder / "haproxy.cfg"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def prepare(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        servers = "\n".join(f"  server node{number} 127.0.0.1:{port}"
                            for number, port in enumerate(self.ports, 1))
        # A client takes two descriptors: its own connection, and that to a node.
        descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        connections = max(100, min(20_000, descriptors // 2 - 200))
        self._config.write_text(
            CONFIG.format(port=self.port, servers=servers, connections=connections))

    def command(self):
        return [_program(), "-db", "-f", self._config]

    def is_ready(self):
        return is_listening(self.port)

    def start(self):
        self.prepare()
        super().start()
