# SPDX-License-Identifier: MIT
"""The document itself: a valid OpenAPI 3.1, complete in what we use of it."""
import json
import re
import unittest

import jsonschema

import world
from document import Document

# Of the wire contract: what each status is called.
ERRORS = {
    400: ("INVALID_HEADER", "invalid_request_error"),
    401: ("AUTHENTICATION_REQUIRED", "authentication_error"),
    403: ("INSUFFICIENT_PERMISSIONS", "authorization_error"),
    404: ("RESOURCE_NOT_FOUND", "not_found_error"),
    405: ("METHOD_NOT_ALLOWED", "invalid_request_error"),
    409: ("IDEMPOTENCY_IN_PROGRESS SEGMENT_NOT_READY", "conflict_error"),
    412: ("PRECONDITION_FAILED", "invalid_request_error"),
    413: ("PAYLOAD_TOO_LARGE", "invalid_request_error"),
    416: ("RANGE_NOT_SATISFIABLE", "invalid_request_error"),
    422: ("VALIDATION_ERROR", "validation_error"),
    429: ("RATE_LIMITED", "rate_limit_error"),
    500: ("INTERNAL_ERROR", "internal_error"),
    503: ("ENGINE_UNAVAILABLE STORAGE_UNAVAILABLE", "service_unavailable_error"),
}


def walk(thing, path=()):
    yield path, thing
    members = (
        thing.items()
        if isinstance(thing, dict)
        else enumerate(thing)
        if isinstance(thing, list)
        else ()
    )
    for name, member in members:
        yield from walk(member, (*path, name))


class DocumentTest(unittest.TestCase):
    def setUp(self):
        self.text = world.document_path().read_text(encoding="utf-8")
        self.content = json.loads(self.text)
        self.document = Document(self.content)

    def objects(self):
        """Every object that is written by us: not what lies within an example."""
        for path, thing in walk(self.content):
            if isinstance(thing, dict) and "examples" not in path and "example" not in path:
                yield path, thing

    def test_it_is_written_in_one_way(self):
        self.assertEqual(self.text, json.dumps(self.content, indent=2, ensure_ascii=False) + "\n")

    def test_it_has_what_openapi_asks_for(self):
        self.assertRegex(self.content["openapi"], r"^3\.1\.\d+$")
        self.assertTrue(self.content["info"]["title"] and self.content["info"]["version"])
        known = {"openapi", "info", "servers", "paths", "components", "security", "tags", "webhooks"}
        self.assertLessEqual(set(self.content), known)
        for path in self.content["paths"]:
            self.assertTrue(path.startswith("/"), path)

    def test_every_reference_resolves(self):
        used = set()
        for path, thing in self.objects():
            if "$ref" in thing:
                self.assertEqual(set(thing), {"$ref"}, path)
                self.document.at(thing["$ref"])
                used.add(thing["$ref"])
        for kind, components in self.content["components"].items():
            for name in components if kind != "securitySchemes" else ():
                self.assertIn(f"#/components/{kind}/{name}", used, "nothing uses it")

    def test_every_schema_is_valid_by_json_schema_2020_12(self):
        schemas = dict(self.content["components"]["schemas"])
        schemas.update(
            {
                str(path): thing["schema"]
                for path, thing in self.objects()
                if isinstance(thing.get("schema"), dict)
            }
        )
        self.assertGreater(len(schemas), 50)
        for name, schema in schemas.items():
            with self.subTest(schema=name):
                jsonschema.Draft202012Validator.check_schema(schema)
                for path, part in walk(schema):
                    if isinstance(part, dict) and isinstance(part.get("pattern"), str):
                        re.compile(part["pattern"])

    def test_objects_are_closed(self):
        for path, thing in walk(self.content["components"]["schemas"]):
            if isinstance(thing, dict) and thing.get("type") == "object":
                self.assertIs(thing.get("additionalProperties"), False, path)
                self.assertLessEqual(set(thing["required"]), set(thing["properties"]), path)
                self.assertTrue(thing["description"], path)

    def test_every_example_is_valid(self):
        count = 0
        for path, thing in self.objects():
            for example in thing.get("examples", {}).values() if "schema" in thing else ():
                count += 1
                self.assertEqual(
                    [], self.document.problems(example["value"], thing["schema"]), path
                )
        self.assertGreater(count, 20)

    def test_every_operation_is_whole(self):
        tags = {tag["name"] for tag in self.content["tags"]}
        schemes = self.content["components"]["securitySchemes"]
        ids = []
        for template, method, operation in self.document.operations():
            with self.subTest(operation=f"{method} {template}"):
                ids.append(operation["operationId"])
                self.assertTrue(operation["summary"] and operation["description"])
                self.assertTrue(operation["tags"] and set(operation["tags"]) <= tags)
                self.assertTrue(any(status.startswith("2") for status in operation["responses"]))
                for choice in operation["security"]:
                    self.assertLessEqual(set(choice), set(schemes))
                for status, response in operation["responses"].items():
                    self.assertRegex(status, r"^[2-5]\d\d$")
                    self.assertTrue(self.document.resolve(response)["description"])
        self.assertEqual(len(ids), len(set(ids)))

    def test_parameters_are_declared(self):
        for template, method, operation in self.document.operations():
            with self.subTest(operation=f"{method} {template}"):
                parameters = self.document.parameters_of(template, operation)
                names = [(parameter["in"], parameter["name"]) for parameter in parameters]
                self.assertEqual(len(names), len(set(names)))
                in_path = {name for place, name in names if place == "path"}
                self.assertEqual(in_path, set(re.findall(r"\{([^}]*)\}", template)))
                for parameter in parameters:
                    self.assertTrue(parameter["description"] and "schema" in parameter)
                    self.assertTrue(parameter["in"] != "path" or parameter["required"])

    def test_what_needs_a_key_can_be_refused(self):
        for template, method, operation in self.document.operations():
            needed = {"401", "429"} if operation["security"] else set()
            if needed and "{organization_id}" in template:
                needed.add("403")
            if template.startswith("/v1/music/"):
                self.assertTrue(needed, f"{method} {template} needs no key")
            self.assertLessEqual(
                needed | {"500"} if needed else needed,
                set(operation["responses"]),
                f"{method} {template}",
            )

    def test_head_has_no_operations_of_its_own(self):
        for template, methods in self.content["paths"].items():
            self.assertNotIn("head", methods, template)
        self.assertIn("HEAD", self.content["info"]["description"])

    def test_no_request_has_a_default_in_its_schema(self):
        # Generators of typed clients ask for a member with a default always.
        for path, thing in self.objects():
            self.assertNotIn("default", thing, path)

    def test_errors_are_those_of_the_contract(self):
        codes, types = {}, {}
        for name, schema in self.content["components"]["schemas"].items():
            if name.endswith("Error"):
                error = schema["properties"]["error"]["properties"]
                status, code = error["status"]["const"], error["code"]
                named = codes.setdefault(status, set())
                named.update(code.get("enum") or [code["const"]])
                types[status] = error["type"]["const"]
        seen = {status: (" ".join(sorted(codes[status])), types[status]) for status in codes}
        self.assertEqual(seen, ERRORS)
        for _, method, operation in self.document.operations():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    content = self.document.resolve(response)["content"]["application/json"]
                    error = self.document.resolve(content["schema"])["properties"]["error"]
                    self.assertEqual(error["properties"]["status"]["const"], int(status))

    def test_a_wrong_document_is_found_out(self):
        self.assertRaises(KeyError, self.document.at, "#/components/schemas/Nothing")
        self.assertRaises(
            jsonschema.SchemaError, jsonschema.Draft202012Validator.check_schema, {"type": "strung"}
        )
