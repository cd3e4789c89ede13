# SPDX-License-Identifier: MIT
"""One request and its answer, and what the document has to say of them."""
import dataclasses
import json
import re
from typing import List, Optional, Tuple

# What belongs to the connection and not to the contract.
TRANSPORT_HEADERS = {"date", "connection", "keep-alive", "transfer-encoding", "server"}


@dataclasses.dataclass
class Exchange:
    method: str
    target: str
    request_headers: List[Tuple[str, str]]
    request_body: Optional[bytes]
    status: int
    headers: List[Tuple[str, str]]
    body: bytes
    # Of an answer that was not read to its end, the body says nothing.
    complete: bool = True

    def header(self, name):
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None

    def json(self):
        return strict_json(self.body)

    @property
    def error(self):
        return self.json()["error"]

    def __str__(self):
        asked = f" with {self.request_body[:200]!r}" if self.request_body else ""
        return f"{self.method} {self.target[:300]}{asked} -> {self.status} {self.body[:400]!r}"


def strict_json(text):
    """JSON as RFC 8259 has it: no NaN, and no member twice."""

    def pairs(members):
        names = [name for name, _ in members]
        if len(set(names)) != len(names):
            raise ValueError(f"a member comes twice: {names}")
        return dict(members)

    def refuse(word):
        raise ValueError(f"{word} is not JSON")

    return json.loads(text, object_pairs_hook=pairs, parse_constant=refuse)


def check(document, exchange):
    """Everything in which an exchange is not as the document says: one line each."""
    template = document.template_of(exchange.target)
    operation = document.operation(template, exchange.method) if template else None
    if template is None:
        return _check_refusal(document, exchange, {401, 404, 429})
    if operation is None:
        return _check_other_method(document, exchange, template)
    response = operation["responses"].get(str(exchange.status))
    if response is None:
        return [f"status {exchange.status} is not documented for {exchange.method} {template}"]
    problems = _check_response(document, exchange, document.resolve(response))
    if 200 <= exchange.status < 300 and "requestBody" in operation:
        problems += _check_accepted_body(document, exchange, operation["requestBody"])
    return problems


def _check_refusal(document, exchange, statuses):
    """An answer that is no operation's own: it is the common response of its status."""
    if exchange.status not in statuses:
        return [f"status {exchange.status} where one of {sorted(statuses)} is due"]
    responses = document.content["components"]["responses"]
    if exchange.status == 405:
        schema = {"$ref": "#/components/schemas/MethodNotAllowedError"}
        content = {"application/json": {"schema": schema}}
        return _check_response(document, exchange, {**responses["Refused"], "content": content})
    for response in responses.values():
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        if name.endswith("Error") and _status_of(document, name) == exchange.status:
            return _check_response(document, exchange, response)
    return [f"no common response has the status {exchange.status}"]


def _status_of(document, name):
    return document.schema(name)["properties"]["error"]["properties"]["status"]["const"]


def _check_other_method(document, exchange, template):
    problems = _check_refusal(document, exchange, {401, 405, 429})
    if exchange.status == 405:
        allowed = set(re.split(r",\s*", exchange.header("Allow") or ""))
        documented = set(document.methods_of(template))
        if allowed != documented:
            problems.append(f"Allow is {sorted(allowed)}, the document has {sorted(documented)}")
    return problems


def _check_response(document, exchange, response):
    problems = _check_headers(document, exchange, response)
    content = response.get("content")
    if exchange.method == "HEAD" or content is None:
        if exchange.body:
            problems.append(f"a body of {len(exchange.body)} bytes where there is none")
        if content is None:
            return problems
    media_type = exchange.header("Content-Type")
    if media_type not in content:
        return problems + [f"Content-Type {media_type!r} is none of {sorted(content)}"]
    if exchange.method == "HEAD" or not exchange.complete:
        return problems
    length = exchange.header("Content-Length")
    if length is not None and int(length) != len(exchange.body):
        problems.append(f"Content-Length is {length}, the body has {len(exchange.body)} bytes")
    if media_type == "application/json":
        try:
            problems += document.problems(exchange.json(), content[media_type]["schema"])
        except ValueError as error:
            problems.append(f"body: {error}")
    return problems


def _check_headers(document, exchange, response):
    problems = []
    documented = {
        name.lower(): document.resolve(header)
        for name, header in response.get("headers", {}).items()
    }
    for name, header in documented.items():
        value = exchange.header(name)
        if value is None:
            if header.get("required"):
                problems.append(f"the header {name} is missing")
            continue
        if header["schema"]["type"] == "integer":
            value = int(value) if re.fullmatch(r"-?[0-9]+", value) else value
        problems += document.problems(value, header["schema"], f"header {name}")
    seen = [name.lower() for name, _ in exchange.headers]
    for name in sorted(set(seen)):
        if seen.count(name) > 1:
            problems.append(f"the header {name} comes {seen.count(name)} times")
        if name not in documented and name not in TRANSPORT_HEADERS | {
            "content-type",
            "content-length",
        }:
            problems.append(f"the header {name} is not documented")
    return problems


def _check_accepted_body(document, exchange, request_body):
    """What was accepted is what the document allows."""
    if not exchange.request_body:
        return ["no body was accepted where one is required"] if request_body["required"] else []
    schema = request_body["content"]["application/json"]["schema"]
    try:
        return document.problems(strict_json(exchange.request_body), schema, "accepted body")
    except ValueError as error:
        return [f"accepted body: {error}"]
