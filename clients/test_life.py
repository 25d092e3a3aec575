"""The whole life of an instance through the real SDK, in order: each test is one chapter."""

import base64
import hashlib
import json

import requests

from contract import DEBIAN, PUBLIC_KEY, UBUNTU, ZONE, Story

USER_DATA = base64.b64encode(b"#cloud-config\npackages: [nginx]\n").decode()


class Life(Story):
    instance = None
    snapshot = None
    promoted = None

    def setUp(self):
        first = self._testMethodName == "test_01_create"
        if not first and Life.instance is None:
            self.fail("the instance of the first chapter was not made")

    def get(self):
        return self.client.get_instance(id=self.instance)

    def do(self, call, **arguments):
        """Calls an operation on the instance and waits until it has ended well."""
        operation = call(id=self.instance, **arguments)
        self.assertEqual(operation["reference"]["id"], self.instance)
        self.assertEqual(operation["reference"]["link"], f"/v2/instance/{self.instance}")
        self.assertEqual(operation["reference"]["command"], "get-instance")
        self.client.done(operation)

    def test_01_create(self):
        self.client.done(self.client.register_ssh_key(name="life", public_key=PUBLIC_KEY))
        used = self.client.get_quota(entity="instance")["usage"]
        operation = self.client.create_instance(
            name="web-1",
            instance_type={"id": self.instance_type("standard.tiny")["id"]},
            template={"id": self.template(UBUNTU)["id"]},
            disk_size=20,
            ssh_key={"name": "life"},
            user_data=USER_DATA,
            labels={"env": "test", "team": "web"},
            public_ip_assignment="inet4",
        )
        self.assertUuid(operation["id"])
        Life.instance = self.client.done(operation)
        self.assertEqual(Life.instance, operation["reference"]["id"])
        self.assertEqual(self.client.get_quota(entity="instance")["usage"], used + 1)

    def test_02_get(self):
        instance = self.get()
        self.assertEqual(instance["name"], "web-1")
        self.assertEqual(instance["state"], "running")
        self.assertEqual(instance["instance-type"]["size"], "tiny")
        self.assertEqual(instance["template"]["name"], UBUNTU)
        self.assertEqual(instance["disk-size"], 20)
        self.assertEqual(instance["ssh-key"]["name"], "life")
        self.assertEqual([key["name"] for key in instance["ssh-keys"]], ["life"])
        self.assertEqual(instance["user-data"], USER_DATA)
        self.assertEqual(instance["labels"], {"env": "test", "team": "web"})
        self.assertEqual(instance["public-ip-assignment"], "inet4")
        self.assertRegex(instance["public-ip"], r"\A\d+\.\d+\.\d+\.\d+\Z")
        self.assertEqual([group["name"] for group in instance["security-groups"]], ["default"])
        self.assertEqual(instance["snapshots"], [])
        self.assertIn("created-at", instance)

    def test_03_list(self):
        def ids(client, **filters):
            return [found["id"] for found in client.list_instances(**filters)["instances"]]

        address = self.get()["public-ip"]
        self.assertIn(self.instance, ids(self.client))
        self.assertIn(self.instance, ids(self.platform))
        self.assertNotIn(self.instance, ids(self.elsewhere))
        self.assertEqual(ids(self.client, ip_address=address), [self.instance])
        self.assertEqual(ids(self.client, ip_address="192.0.2.1"), [])
        self.assertEqual(ids(self.client, labels="env:test"), [self.instance])
        self.assertEqual(ids(self.client, labels="env:production"), [])

    def test_04_what_needs_a_stopped_instance_says_so(self):
        large = {"id": self.instance_type("standard.large")["id"]}
        self.assertRefused(409, "stopped", self.client.scale_instance,
                           id=self.instance, instance_type=large)
        self.assertRefused(409, "stopped", self.client.resize_instance_disk,
                           id=self.instance, disk_size=30)
        self.assertRefused(409, "already", self.client.start_instance, id=self.instance)

    def test_05_reboot(self):
        self.do(self.client.reboot_instance)
        self.assertEqual(self.get()["state"], "running")

    def test_06_stop(self):
        self.do(self.client.stop_instance)
        self.assertEqual(self.get()["state"], "stopped")
        self.assertRefused(409, "running", self.client.reboot_instance, id=self.instance)

    def test_07_scale(self):
        large = self.instance_type("standard.large")
        self.do(self.client.scale_instance, instance_type={"id": large["id"]})
        self.assertEqual(self.get()["instance-type"]["id"], large["id"])
        storage = {"id": self.instance_type("storage.huge")["id"]}
        self.assertRefused((400, 409), "", self.client.scale_instance,
                           id=self.instance, instance_type=storage)

    def test_08_resize_disk(self):
        self.do(self.client.resize_instance_disk, disk_size=40)
        self.assertEqual(self.get()["disk-size"], 40)
        for impossible in (30, 401):
            self.assertRefused((400, 409), "", self.client.resize_instance_disk,
                               id=self.instance, disk_size=impossible)
        self.assertEqual(self.get()["disk-size"], 40)

    def test_09_snapshot(self):
        used = self.client.get_quota(entity="snapshot")["usage"]
        operation = self.client.create_snapshot(id=self.instance)
        Life.snapshot = self.client.done(operation)
        self.assertEqual(operation["reference"]["command"], "get-snapshot")
        snapshot = self.client.get_snapshot(id=self.snapshot)
        self.assertEqual(snapshot["state"], "ready")
        self.assertEqual(snapshot["size"], 40)
        self.assertEqual(snapshot["instance"]["id"], self.instance)
        self.assertFalse(snapshot["application-consistent"])
        self.assertNotIn("export", snapshot)
        listed = self.client.list_snapshots()["snapshots"]
        self.assertIn(self.snapshot, [found["id"] for found in listed])
        self.assertEqual(self.get()["snapshots"], [{"id": self.snapshot}])
        self.assertEqual(self.client.get_quota(entity="snapshot")["usage"], used + 1)

    def test_10_revert(self):
        operation = self.client.revert_instance_to_snapshot(
            instance_id=self.instance, id=self.snapshot
        )
        self.client.done(operation)
        self.assertEqual(self.get()["state"], "stopped")

    def test_11_export(self):
        self.client.done(self.client.export_snapshot(id=self.snapshot))
        snapshot = self.client.get_snapshot(id=self.snapshot)
        self.assertEqual(snapshot["state"], "exported")
        export = snapshot["export"]
        self.assertTrue(export["presigned-url"].startswith(self.server.origin), export)
        file = requests.get(export["presigned-url"], timeout=60)
        self.assertEqual(file.status_code, 200)
        self.assertGreater(len(file.content), 0)
        self.assertEqual(hashlib.md5(file.content).hexdigest(), export["md5sum"])
        last = export["presigned-url"][-1]
        forged = export["presigned-url"][:-1] + ("0" if last != "0" else "1")
        self.assertIn(requests.get(forged, timeout=60).status_code, (403, 404))

    def test_12_promote(self):
        operation = self.client.promote_snapshot_to_template(
            id=self.snapshot, name="golden", description="the web server", default_user="ubuntu"
        )
        Life.promoted = self.client.done(operation)
        template = self.client.get_template(id=self.promoted)
        self.assertEqual((template["name"], template["visibility"]), ("golden", "private"))
        self.assertEqual(template["description"], "the web server")
        private = self.client.list_templates(visibility="private")["templates"]
        self.assertEqual([found["id"] for found in private], [self.promoted])
        self.client.done(self.client.update_template(id=self.promoted, name="golden-1"))
        self.assertEqual(self.client.get_template(id=self.promoted)["name"], "golden-1")

    def test_13_start(self):
        self.do(self.client.start_instance)
        self.assertEqual(self.get()["state"], "running")

    def test_14_update(self):
        changed = base64.b64encode("größer".encode()).decode()
        self.do(self.client.update_instance, name="web-è", labels={"env": "prod"},
                user_data=changed)
        instance = self.get()
        self.assertEqual(instance["name"], "web-è")
        self.assertEqual(instance["labels"], {"env": "prod"})
        self.assertEqual(instance["user-data"], changed)

    def test_15_reset_field(self):
        self.do(self.client.reset_instance_field, field="labels")
        self.assertEqual(self.get()["labels"], {})

    def test_16_protection(self):
        self.do(self.client.add_instance_protection)
        self.assertRefused(409, "protect", self.client.delete_instance, id=self.instance)
        self.assertEqual(self.get()["state"], "running")
        self.do(self.client.remove_instance_protection)

    def test_17_password(self):
        self.assertTrue(self.get()["template"]["password-enabled"])
        self.do(self.client.reset_instance_password)
        first = self.client.reveal_instance_password(id=self.instance)["password"]
        self.assertGreaterEqual(len(first), 12)
        self.do(self.client.reset_instance_password)
        second = self.client.reveal_instance_password(id=self.instance)["password"]
        self.assertNotEqual(first, second)
        told = json.dumps(self.client.list_events())
        self.assertNotIn(second, told)

    def test_18_reverse_dns_is_not_set(self):
        self.assertRefused(404, "", self.client.get_reverse_dns_instance, id=self.instance)

    def test_19_reset(self):
        self.do(self.client.reset_instance, template={"id": self.template(DEBIAN)["id"]},
                disk_size=50)
        instance = self.get()
        self.assertEqual(instance["template"]["name"], DEBIAN)
        self.assertEqual(instance["disk-size"], 50)

    def test_20_a_template_of_another_zone_is_refused(self):
        elsewhere = self.elsewhere.list_templates(visibility="public")["templates"][0]
        self.assertRefused(400, "template", self.client.create_instance,
                           instance_type={"id": self.instance_type("standard.tiny")["id"]},
                           template={"id": elsewhere["id"]}, disk_size=20)

    def test_21_an_operation_can_be_looked_up(self):
        operation = self.client.update_instance(id=self.instance, name="web-21")
        again = self.client.get_operation(id=operation["id"])
        self.assertEqual(again["id"], operation["id"])
        self.assertEqual(again["reference"], operation["reference"])

    def test_22_delete_snapshot_and_template(self):
        self.client.done(self.client.delete_snapshot(id=self.snapshot))
        left = [found["id"] for found in self.client.list_snapshots()["snapshots"]]
        self.assertNotIn(self.snapshot, left)
        self.client.done(self.client.delete_template(id=self.promoted))
        self.assertEqual(self.client.list_templates(visibility="private"), {"templates": []})

    def test_23_delete(self):
        used = self.client.get_quota(entity="instance")["usage"]
        dying = self.client.done(self.client.create_snapshot(id=self.instance))
        self.do(self.client.delete_instance)
        self.assertRefused(404, "", self.client.get_instance, id=self.instance)
        self.assertRefused(404, "", self.client.get_snapshot, id=dying)
        left = [found["id"] for found in self.client.list_instances()["instances"]]
        self.assertNotIn(self.instance, left)
        self.assertEqual(self.client.get_quota(entity="instance")["usage"], used - 1)
        self.client.done(self.client.delete_ssh_key(name="life"))

    def test_24_everything_is_in_the_audit_trail(self):
        handlers = {event["handler"] for event in self.client.list_events()}
        expected = {"create-instance", "stop-instance", "scale-instance", "resize-instance-disk",
                    "create-snapshot", "revert-instance-to-snapshot", "export-snapshot",
                    "promote-snapshot-to-template", "start-instance", "update-instance",
                    "reset-instance-field", "add-instance-protection", "delete-instance"}
        self.assertLessEqual(expected, handlers)
        zones = {event["zone"] for event in self.client.list_events() if "zone" in event}
        self.assertIn(ZONE, zones)
