"""What judges the replayed calls, judged: JSON as Go has it, and the signature."""

import time
import unittest

import requests
from exo import STRUCTS, Exo
from exoscale_auth import ExoscaleV2Auth
from go_json import Mismatch

ID = "01a205fd-aec8-750c-8670-1bea68aacb90"


class Writing(unittest.TestCase):
    def test_fields_have_gos_order_and_empty_ones_are_left_out(self):
        role = {"name": "a", "policy": {"services": {"b": {"type": "deny", "rules": []}, "a": {}},
                                        "default-service-strategy": "deny"},
                "description": "", "labels": {}, "permissions": [], "max-session-ttl": 0,
                "editable": False}
        self.assertEqual(
            STRUCTS.encode("CreateIAMRoleRequest", role),
            b'{"editable":false,"name":"a","policy":{"default-service-strategy":"deny",'
            b'"services":{"a":{},"b":{"type":"deny"}}}}')
        self.assertEqual(STRUCTS.encode("UpdateIAMRoleRequest", {}), b"{}")

    def test_signs_of_html_are_escaped_and_letters_are_not(self):
        rule = {"expression": 'a < b && c > "é"\u2028'}
        self.assertEqual(STRUCTS.encode("IAMServicePolicyRule", rule),
                         '{"expression":"a \\u003c b \\u0026\\u0026 c \\u003e \\"é\\"\\u2028"}'.encode())

    def test_what_a_command_can_not_send_is_an_error_of_the_test(self):
        with self.assertRaises(KeyError):
            STRUCTS.encode("UpdateIAMRoleRequest", {"name": "new"})


class Reading(unittest.TestCase):
    def test_unknown_fields_are_passed_over(self):
        text = f'{{"id":"{ID}","editable":false,"used-by":{{}}}}'
        self.assertEqual(STRUCTS.decode("IAMRole", text), {"id": ID, "editable": False})

    def test_what_is_not_of_its_type_is_refused(self):
        for kind, text in [
            ("IAMRole", '{"id":"7"}'),
            ("IAMRole", '{"editable":"true"}'),
            ("IAMRole", '{"description":null}'),
            ("IAMRole", '{"labels":[]}'),
            ("IAMRole", '{"max-session-ttl":1.5}'),
            ("IAMRole", '{"max-session-ttl":9223372036854775808}'),
            ("IAMRole", '{"policy":{"services":{"iam":{"type":"maybe"}}}}'),
            ("Event", '{"timestamp":"2026-11-23 01:20:41"}'),
            ("Event", '{"timestamp":"2026-13-23T01:20:41Z"}'),
            ("list of Event", "{}"),
            ("Operation", '{"state":"done"}'),
            ("APIError", '{"error":{}}'),
            ("APIError", "<html>"),
        ]:
            with self.subTest(text), self.assertRaises(Mismatch):
                STRUCTS.decode(kind, text)


class Signing(unittest.TestCase):
    def test_the_signature_is_the_one_of_the_sdk(self):
        for method, path, query, body in [
            ("GET", "/v2/event", "to=2126-01-01T00%3A00%3A00Z&from=2026-01-01T01%3A00%3A00%2B01%3A00", b""),
            ("POST", "/ch-gva-2/v2/iam-role", "", '{"name":"é\\u003c"}'.encode()),
            ("PUT", f"/v2/iam-role/{ID}:policy", "", b"{}"),
        ]:
            with self.subTest(path):
                mine = Exo("", f"EXO{time.time_ns()}", "secret", "").signature
                sdk = requests.Request(method, f"http://host{path}?{query}", data=body or None).prepare()
                auth = ExoscaleV2Auth("KEY", "secret")
                given = mine(method, path, query, body)
                expires = int(given.split("expires=")[1].split(",")[0])
                auth._sign_request(sdk, expires)
                signed = sdk.headers["Authorization"]
                if isinstance(signed, bytes):
                    signed = signed.decode()
                self.assertEqual(given.split(",", 1)[1], signed.split(",", 1)[1])

    def test_nothing_is_signed_twice_alike(self):
        account = Exo("", f"EXO{time.time_ns()}", "secret", "")
        signatures = {account.signature("PUT", "/v2/iam-role", "", b"{}") for _ in range(3)}
        self.assertEqual(len(signatures), 3)
