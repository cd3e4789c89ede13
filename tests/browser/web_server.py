# SPDX-License-Identifier: MIT
"""A web server in front of the tool's, as people run it: below a path, or with the page on another origin."""

import http.client
import http.server
import json
import mimetypes
import pathlib
import threading

WEB = pathlib.Path(__file__).resolve().parents[2] / "tool" / "web"
PASSED_ON = ("content-type", "cache-control", "etag", "content-security-policy", "retry-after", "content-range",
             "accept-ranges")


class _Server:
    """Serves on a free port of this machine, each request in a thread of its own."""

    def __init__(self, handler):
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()


class BelowAPath(_Server):
    """Hands on what is below `prefix`. `answers` maps (method, path) to a function that answers
    (status, JSON) in place of the tool: for what newer servers can do and this one may not."""

    def __init__(self, prefix, address_of):
        self.answers = {}
        self.seen = []
        self.address_of = address_of
        self.key = ""  # of who asked last
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                path = self.path.removeprefix(prefix)
                outer.seen.append((self.command, self.path))
                outer.key = self.headers.get("X-API-Key") or outer.key
                if path == self.path:
                    self.send_error(404)
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = outer.answers.get((self.command, path.split("?")[0]))
                if answer:
                    self.tell(*answer(path, body))
                    return
                try:
                    self.hand_on(address_of(), path, body)
                except (OSError, http.client.HTTPException):
                    self.close_connection = True  # the server behind is gone

            def tell(self, status, content):
                text = json.dumps(content).encode() if content is not None else b""
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def hand_on(self, address, path, body):
                connection = http.client.HTTPConnection(address, timeout=60)
                headers = {name: value for name, value in self.headers.items()
                           if name.lower() not in ("host", "connection", "accept-encoding")}
                connection.request(self.command, "/" + path, body or None, headers)
                answer = connection.getresponse()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() in PASSED_ON:
                        self.send_header(name, value)
                self.send_header("Connection", "close")
                self.end_headers()
                while part := answer.read1(65536):
                    self.wfile.write(part)
                    self.wfile.flush()
                connection.close()
                self.close_connection = True

            do_GET = do_POST = do_HEAD = do_DELETE = handle_any

            def log_message(self, *_):
                pass

        super().__init__(Handler)

    def ask(self, method, path, body):
        """What the server behind answers to whoever asked last: status and JSON."""
        connection = http.client.HTTPConnection(self.address_of(), timeout=60)
        headers = {"X-API-Key": self.key, "Content-Type": "application/json"}
        connection.request(method, "/" + path, body, headers)
        answer = connection.getresponse()
        content = json.loads(answer.read())
        connection.close()
        return answer.status, content


class AnotherOrigin(_Server):
    """The page's files with the address of an API that is elsewhere."""

    def __init__(self, api):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.split("?")[0].lstrip("/") or "index.html"
                file = WEB / name
                if not file.is_file():
                    self.send_error(404)
                    return
                content = file.read_bytes()
                if name == "index.html":
                    content = content.replace(b'name="focus-api" content=""',
                                              f'name="focus-api" content="{api()}"'.encode())
                self.send_response(200)
                self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        super().__init__(Handler)
