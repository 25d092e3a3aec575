"""The SDK's own OpenAPI document as a judge: every answer is checked against its schema.

The document declares no required fields, so an empty answer would pass: tests check fields too.
"""

import base64
import datetime
import hashlib
import itertools
import json
import pathlib
import re
import time
import unittest

import exoscale.api.v2
import jsonschema
import requests
from exoscale.api.exceptions import ExoscaleAPIAuthException, ExoscaleAPIClientException
from exoscale.api.v2 import Client
from exoscale_auth import ExoscaleV2Auth

import server

SPEC = json.loads((pathlib.Path(exoscale.__file__).parent / "openapi.json").read_text())
OPERATIONS = {
    operation["operationId"]: (verb, path, operation)
    for path, item in SPEC["paths"].items()
    for verb, operation in item.items()
}
FORMATS = jsonschema.FormatChecker(["uuid"])
ZONE = "ch-gva-2"
OTHER_ZONE = "de-fra-1"
PUBLIC_KEY = "ssh-ed25519 " + base64.b64encode(
    b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + hashlib.sha256(b"clients").digest()
).decode()

# The SDK waits three seconds between two looks at an operation; the simulated engine is faster.
exoscale.api.v2._poll_interval = lambda run_time: 0.1


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value):
    """RFC 3339 with an offset, which the package checks only with further packages."""
    if isinstance(value, str):
        return datetime.datetime.fromisoformat(value).tzinfo is not None
    return True


def validate(operation, answer, status=200):
    """Fails unless `answer` is valid for `operation` in the SDK's document."""
    responses = OPERATIONS[operation][2]["responses"]
    schema = responses[str(status)]["content"]["application/json"]["schema"]
    # References are looked up from the root, and draft 4 reads `exclusiveMinimum: true`.
    root = {"allOf": [schema], "components": SPEC["components"]}
    validator = jsonschema.Draft4Validator(root, format_checker=FORMATS)
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]
    problems += [f"{path} is null" for path in nulls(answer)]
    if problems:
        shown = json.dumps(answer, indent=2)[:2000]
        raise AssertionError(f"{operation} breaks its schema: {'; '.join(problems)}\n{shown}")


def nulls(value, path="$"):
    """Where an answer holds null: the document allows none, although a map without a schema would."""
    if value is None:
        yield path
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from nulls(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from nulls(item, f"{path}[{index}]")


class Signer(ExoscaleV2Auth):
    """The SDK's signer with an expiry of its own for each request.

    Equal requests with equal signatures count once, by design; the SDK signs by the second, and
    these tests ask for the same thing more often than that.
    """

    count = itertools.count()

    def __call__(self, request):
        self._sign_request(request, int(time.time()) + 600 - next(Signer.count) % 500)
        return request


class CheckedClient(Client):
    """The real client; each answer is validated before the caller sees it."""

    def __init__(self, key, secret, url):
        super().__init__(key, secret, url=url)
        self.http_client.auth = Signer(key, secret)

    def _call_operation(self, operation_id, parameters=None, body=None):
        answer = super()._call_operation(operation_id, parameters, body)
        validate(operation_id, answer)
        return answer

    def done(self, operation):
        """Waits for an operation and returns what it refers to."""
        finished = self.wait(operation["id"], max_wait_time=60)
        assert finished["id"] == operation["id"], finished
        return finished.get("reference", {}).get("id")


class Raw:
    """Signed requests as other clients send them, byte for byte."""

    def __init__(self, endpoint, key, secret):
        self.endpoint = endpoint
        self.auth = Signer(key, secret)

    def send(self, method, path, body=None, **params):
        """Sends `body` as compact JSON, the way Go does; without one no body at all."""
        content = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        headers = {} if body is None else {"content-type": "application/json"}
        return requests.request(
            method,
            self.endpoint + path,
            data=content,
            headers=headers,
            params=params,
            auth=self.auth,
            timeout=30,
        )


class Story(unittest.TestCase):
    """Tests against the running server, as the organization that it was started with."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = server.running()
        cls.key = cls.server.organization["api-key"]["key"]
        cls.secret = cls.server.organization["api-key"]["secret"]
        cls.platform = CheckedClient(cls.key, cls.secret, url=f"{cls.server.origin}/v2")
        zones = {zone["name"]: zone for zone in cls.platform.list_zones()["zones"]}
        cls.endpoint = zones[ZONE]["api-endpoint"]
        cls.client = CheckedClient(cls.key, cls.secret, url=cls.endpoint)
        cls.elsewhere = CheckedClient(cls.key, cls.secret, url=zones[OTHER_ZONE]["api-endpoint"])

    @classmethod
    def instance_type(cls, name):
        """The instance type `family.size`."""
        family, size = name.split(".")
        for found in cls.client.list_instance_types()["instance-types"]:
            if (found["family"], found["size"]) == (family, size):
                return found
        raise AssertionError(f"there is no instance type {name}")

    @classmethod
    def template(cls, name):
        """A public template of the zone by name."""
        for found in cls.client.list_templates(visibility="public")["templates"]:
            if found["name"] == name:
                return found
        raise AssertionError(f"there is no public template {name}")

    def assertUuid(self, text):
        self.assertRegex(text, re.compile(r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"))

    def assertRefused(self, status, words, call, **arguments):
        """The call is refused with a status (or one of several) and a sentence with the words."""
        with self.assertRaises((ExoscaleAPIClientException, ExoscaleAPIAuthException)) as refused:
            call(**arguments)
        response = refused.exception.response
        expected = status if isinstance(status, tuple) else (status,)
        self.assertIn(response.status_code, expected, response.text)
        message = response.json()["message"]
        self.assertTrue(message)
        self.assertIn(words.lower(), message.lower())


UBUNTU = "Linux Ubuntu 24.04 LTS 64-bit"
DEBIAN = "Linux Debian 12 (Bookworm) 64-bit"
