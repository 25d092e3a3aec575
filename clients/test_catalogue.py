"""What an organization finds before it makes anything."""

import datetime

import requests

from contract import DEBIAN, OTHER_ZONE, PUBLIC_KEY, UBUNTU, ZONE, Story, validate

GIB = 2**30


class Catalogue(Story):
    def test_zones_need_no_credentials_and_name_their_own_endpoint(self):
        answer = requests.get(f"{self.server.origin}/v2/zone", timeout=30)
        self.assertEqual(answer.status_code, 200)
        validate("list-zones", answer.json())
        endpoints = {zone["name"]: zone["api-endpoint"] for zone in answer.json()["zones"]}
        self.assertEqual(set(endpoints), {ZONE, OTHER_ZONE})
        for zone, endpoint in endpoints.items():
            self.assertEqual(endpoint, f"{self.server.origin}/{zone}/v2")

    def test_instance_types_are_those_of_the_price_list(self):
        micro = self.instance_type("standard.micro")
        self.assertEqual((micro["cpus"], micro["memory"]), (1, GIB // 2))
        self.assertTrue(micro["authorized"])
        self.assertEqual(set(micro["zones"]), {ZONE, OTHER_ZONE})
        self.assertNotIn("gpus", micro)
        self.assertEqual(self.client.get_instance_type(id=micro["id"]), micro)
        names = {
            f"{found['family']}.{found['size']}"
            for found in self.client.list_instance_types()["instance-types"]
        }
        for expected in ("standard.colossus", "cpu.titan", "memory.mega", "storage.jumbo"):
            self.assertIn(expected, names)

    def test_templates_are_those_of_the_zone(self):
        for name in (UBUNTU, DEBIAN):
            template = self.template(name)
            self.assertEqual(template["visibility"], "public")
            self.assertEqual(template["zones"], [ZONE])
            self.assertTrue(template["ssh-key-enabled"])
            self.assertIn(template["boot-mode"], ("legacy", "uefi"))
            self.assertTrue(template["default-user"])
            self.assertGreaterEqual(template["size"], GIB)
            self.assertEqual(self.client.get_template(id=template["id"]), template)
        elsewhere = self.elsewhere.list_templates(visibility="public")["templates"]
        self.assertTrue(all(template["zones"] == [OTHER_ZONE] for template in elsewhere))
        self.assertEqual(
            self.client.list_templates(visibility="public", family="no-such-family"),
            {"templates": []},
        )

    def test_public_templates_belong_to_the_operator(self):
        template = self.template(UBUNTU)
        for call in (self.client.delete_template, self.client.update_template):
            self.assertRefused((403, 404), "", call, id=template["id"])

    def test_the_organization_is_the_one_of_the_key(self):
        organization = self.client.get_organization()
        self.assertEqual(organization["id"], self.server.organization["organization"]["id"])
        self.assertEqual(organization["name"], "Clients")
        self.assertEqual(organization["currency"], "EUR")

    def test_quotas_are_counted(self):
        quotas = {quota["resource"]: quota for quota in self.client.list_quotas()["quotas"]}
        self.assertLessEqual({"instance", "snapshot", "template", "iam-key", "gpu"}, set(quotas))
        self.assertGreaterEqual(quotas["iam-key"]["usage"], 1)
        single = self.client.get_quota(entity="instance")
        self.assertEqual(single["resource"], "instance")
        self.assertEqual(single["limit"], quotas["instance"]["limit"])
        self.assertRefused(404, "", self.client.get_quota, entity="unicorn")

    def test_roles_are_owner_and_billing(self):
        roles = {role["name"]: role for role in self.client.list_iam_roles()["iam-roles"]}
        self.assertLessEqual({"Owner", "Billing"}, set(roles))
        for role in roles.values():
            self.assertUuid(role["id"])
        owner = self.client.get_iam_role(id=roles["Owner"]["id"])
        self.assertFalse(owner["editable"])
        self.assertEqual(owner["policy"]["default-service-strategy"], "allow")

    def test_there_is_one_security_group(self):
        groups = self.client.list_security_groups()["security-groups"]
        self.assertEqual([group["name"] for group in groups], ["default"])
        group = self.client.get_security_group(id=groups[0]["id"])
        self.assertEqual(group["name"], "default")

    def test_events_tell_who_did_what(self):
        name = "for-the-event"
        self.client.done(self.client.register_ssh_key(name=name, public_key=PUBLIC_KEY))
        events = self.client.list_events()
        event = next(
            event for event in events
            if event["handler"] == "register-ssh-key"
            and event["body-params"].get("name") == name
        )
        self.assertEqual(event["status"], 200)
        self.assertIn("register-ssh-key", event["message"])
        self.assertEqual(event["iam-api-key"]["key"], self.key)
        self.assertTrue(event["request-id"])
        self.assertEqual(event["source-ip"], "127.0.0.1")
        self.assertEqual(event["zone"], ZONE)
        happened = datetime.datetime.fromisoformat(event["timestamp"])
        age = datetime.datetime.now(datetime.timezone.utc) - happened
        self.assertLess(abs(age.total_seconds()), 600)
        past = {"from": "2020-01-01T00:00:00Z", "to": "2020-01-02T00:00:00Z"}
        self.assertEqual(self.client.list_events(**past), [])
        self.client.done(self.client.delete_ssh_key(name=name))

    def test_what_is_not_there_is_404_with_a_sentence(self):
        for call in ("get_instance", "get_template", "get_snapshot", "get_operation",
                     "get_instance_type", "get_security_group", "get_iam_role"):
            with self.subTest(call):
                self.assertRefused(404, "", getattr(self.client, call),
                                   id="00000000-0000-4000-8000-000000000000")
        self.assertRefused(404, "", self.client.list_private_networks)
