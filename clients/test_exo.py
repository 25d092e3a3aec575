"""The calls that the `exo` command makes, as it makes them: bodies, nulls and throw-away keys."""

import time

import requests

from contract import PUBLIC_KEY, UBUNTU, Raw, Story, validate


class Exo(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = Raw(cls.endpoint, cls.key, cls.secret)

    def call(self, operation, method, path, body=None, **params):
        """One call that must succeed; its answer is validated like the SDK's."""
        answer = self.raw.send(method, path, body, **params)
        self.assertEqual(answer.status_code, 200, answer.text)
        validate(operation, answer.json())
        return answer.json()

    def finish(self, operation):
        self.client.done(operation)
        return operation["reference"]["id"]

    def test_zone_list(self):
        answer = requests.get(f"{self.server.origin}/v2/zone", timeout=30)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(answer.json()["zones"]), 2)

    def test_instance_type_list(self):
        listed = self.call("list-instance-types", "GET", "/instance-type")["instance-types"]
        self.assertTrue({"id", "family", "size", "cpus", "memory"} <= set(listed[0]))

    def test_limits(self):
        quotas = self.call("list-quotas", "GET", "/quota")["quotas"]
        self.assertIn("instance", [quota["resource"] for quota in quotas])

    def test_instance_create_show_and_delete(self):
        types = self.call("list-instance-types", "GET", "/instance-type")["instance-types"]
        medium = next(t for t in types if (t["family"], t["size"]) == ("standard", "medium"))
        throw_away = f"vm-{time.time_ns()}"
        self.call("register-ssh-key", "POST", "/ssh-key",
                  {"name": throw_away, "public-key": PUBLIC_KEY})
        templates = self.call("list-templates", "GET", "/template", visibility="public")
        template = next(t for t in templates["templates"] if t["name"] == UBUNTU)
        # Whole objects where a reference would do, nulls, empty lists, and a field nobody knows.
        instance = self.finish(self.call("create-instance", "POST", "/instance", {
            "name": "vm",
            "instance-type": medium,
            "template": template,
            "disk-size": 50,
            "ssh-key": {"name": throw_away},
            "ssh-keys": [{"name": throw_away}],
            "deploy-target": None,
            "anti-affinity-groups": [],
            "security-groups": None,
            "user-data": None,
            "labels": None,
            "public-ip-assignment": "inet4",
            "a-field-of-tomorrow": {"nobody": "knows"},
        }))
        self.call("delete-ssh-key", "DELETE", f"/ssh-key/{throw_away}")
        self.show(instance, medium, template)
        self.lifecycle(instance)
        self.finish(self.call("delete-instance", "DELETE", f"/instance/{instance}"))

    def show(self, instance, instance_type, template):
        """`exo compute instance show NAME`"""
        listed = self.call("list-instances", "GET", "/instance")["instances"]
        self.assertIn(("vm", instance), [(found["name"], found["id"]) for found in listed])
        shown = self.call("get-instance", "GET", f"/instance/{instance}")
        self.assertEqual(shown["state"], "running")
        of_type = shown["instance-type"]["id"]
        self.assertEqual(of_type, instance_type["id"])
        self.call("get-instance-type", "GET", f"/instance-type/{of_type}")
        self.call("list-security-groups", "GET", "/security-group")
        self.call("get-template", "GET", f"/template/{template['id']}")
        answer = self.raw.send("GET", f"/reverse-dns/instance/{instance}")
        self.assertEqual(answer.status_code, 404)
        self.assertTrue(answer.json()["message"])

    def lifecycle(self, instance):
        """Stop without a body, start with an empty one, scale by a whole object, a null update."""
        self.finish(self.call("stop-instance", "PUT", f"/instance/{instance}:stop"))
        large = self.instance_type("standard.large")
        self.finish(self.call("scale-instance", "PUT", f"/instance/{instance}:scale",
                              {"instance-type": large}))
        self.finish(self.call("start-instance", "PUT", f"/instance/{instance}:start", {}))
        self.finish(self.call("reboot-instance", "PUT", f"/instance/{instance}:reboot"))
        self.finish(self.call("update-instance", "PUT", f"/instance/{instance}",
                              {"name": "vm", "labels": None, "user-data": None}))

    def test_blank_parameters_that_are_not_signed_are_ignored(self):
        url = f"{self.endpoint}/template?visibility=public&family="
        answer = requests.get(url, auth=self.raw.auth, timeout=30)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertIn(UBUNTU, [template["name"] for template in answer.json()["templates"]])

    def test_a_parameter_that_is_not_signed_is_refused(self):
        request = requests.Request("GET", f"{self.endpoint}/instance").prepare()
        self.raw.auth(request)
        request.url += "?labels=a:b"
        answer = requests.Session().send(request, timeout=30)
        self.assertIn(answer.status_code, (401, 403))

    def test_a_changed_body_is_refused(self):
        request = requests.Request("POST", f"{self.endpoint}/ssh-key", data=b'{"name":"a"}')
        request = request.prepare()
        self.raw.auth(request)
        request.body = b'{"name":"b"}'
        answer = requests.Session().send(request, timeout=30)
        self.assertIn(answer.status_code, (401, 403))

    def test_a_repeated_request_has_one_effect(self):
        request = requests.Request("POST", f"{self.endpoint}/instance", json={
            "name": "only-once",
            "instance-type": {"id": self.instance_type("standard.micro")["id"]},
            "template": {"id": self.template(UBUNTU)["id"]},
            "disk-size": 10,
        }).prepare()
        self.raw.auth(request)
        first, second = (requests.Session().send(request, timeout=30) for _ in range(2))
        self.assertEqual((first.status_code, second.status_code), (200, 200), second.text)
        self.assertEqual(first.json()["id"], second.json()["id"])
        self.client.done(first.json())
        listed = self.client.list_instances()["instances"]
        self.assertEqual([found["name"] for found in listed].count("only-once"), 1)
        self.client.done(self.client.delete_instance(id=first.json()["reference"]["id"]))

    def test_truncated_json_is_refused_with_a_sentence(self):
        answer = requests.post(f"{self.endpoint}/ssh-key", data=b'{"name": ', auth=self.raw.auth,
                               headers={"content-type": "application/json"}, timeout=30)
        self.assertEqual(answer.status_code, 400)
        self.assertTrue(answer.json()["message"])
