# SPDX-License-Identifier: MIT
"""The description of the contract, as the checker reads it."""
import re
import urllib.parse

import jsonschema

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Document:
    def __init__(self, content):
        self.content = content
        # The more literal of two templates is the one that is meant.
        self.templates = sorted(content["paths"], key=self._looseness)
        self._patterns = {path: self._pattern(path) for path in self.templates}
        self._resolver = jsonschema.RefResolver("", content)
        self._validators = {}  # by the schema's identity: one is asked thousands of times

    @staticmethod
    def _looseness(path):
        return path.count("{"), -len(re.sub(r"\{[^}]*\}", "", path))

    @staticmethod
    def _pattern(path):
        parts = re.split(r"\{[^}]*\}", path)
        return re.compile("([^/]+)".join(re.escape(part) for part in parts))

    def resolve(self, thing):
        """What a reference stands for, or the thing itself."""
        while "$ref" in thing:
            thing = self.at(thing["$ref"])
        return thing

    def at(self, reference):
        if not reference.startswith("#/"):
            raise KeyError(reference)
        found = self.content
        for part in reference[2:].split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        return found

    def template_of(self, target):
        """The path template that a request's target falls under; None where there is none."""
        path = target.partition("?")[0]
        return next((t for t in self.templates if self._patterns[t].fullmatch(path)), None)

    def methods_of(self, template):
        """All that are answered: HEAD goes with GET."""
        methods = [m.upper() for m in METHODS if m in self.content["paths"][template]]
        return methods + ["HEAD"] if "GET" in methods else methods

    def operation(self, template, method):
        """HEAD is answered as GET is, but for ranges, which are of GET alone (RFC 9110, 14.2)."""
        if method != "HEAD":
            return self.content["paths"][template].get(method.lower())
        operation = self.content["paths"][template].get("get")
        if operation is None:
            return None
        responses = operation["responses"].items()
        return {**operation, "responses": {s: r for s, r in responses if s not in ("206", "416")}}

    def operations(self):
        """Each with the answers that it has as a request of its own: not those of `4XX`."""
        for template, item in self.content["paths"].items():
            for method in METHODS:
                if method in item:
                    responses = {s: r for s, r in item[method]["responses"].items() if s != "4XX"}
                    yield template, method.upper(), {**item[method], "responses": responses}

    def parameters_of(self, template, operation):
        given = self.content["paths"][template].get("parameters", []) + operation.get(
            "parameters", []
        )
        return [self.resolve(parameter) for parameter in given]

    def schema(self, name):
        return self.content["components"]["schemas"][name]

    def problems(self, value, schema, where="body"):
        """What is wrong with a value by a schema of this document: one line each."""
        kept, validator = self._validators.get(id(schema), (None, None))
        if kept is not schema:
            validator = jsonschema.Draft202012Validator(schema, resolver=self._resolver)
            self._validators[id(schema)] = (schema, validator)
        lines = []
        for error in validator.iter_errors(value):
            place = "/".join([where, *(str(step) for step in error.absolute_path)])
            lines.append(f"{place}: {error.message[:300]}")
        return lines


def query_of(target):
    return urllib.parse.parse_qs(target.partition("?")[2], keep_blank_values=True)
