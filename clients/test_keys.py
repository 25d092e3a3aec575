"""SSH keys and API keys."""

import uuid

from contract import PUBLIC_KEY, CheckedClient, Story


class SshKeys(Story):
    def test_a_key_is_registered_listed_and_forgotten(self):
        operation = self.client.register_ssh_key(name="laptop", public_key=PUBLIC_KEY)
        self.assertEqual(operation["state"], "success")
        key = self.client.get_ssh_key(name="laptop")
        self.assertEqual(key["name"], "laptop")
        self.assertRegex(key["fingerprint"], r"\A[0-9a-f]{2}(:[0-9a-f]{2}){15}\Z")
        self.assertIn(key, self.client.list_ssh_keys()["ssh-keys"])
        self.client.done(self.client.delete_ssh_key(name="laptop"))
        self.assertRefused(404, "", self.client.get_ssh_key, name="laptop")

    def test_a_name_is_taken_once(self):
        self.client.done(self.client.register_ssh_key(name="taken", public_key=PUBLIC_KEY))
        other = PUBLIC_KEY + " somebody@else"
        self.assertRefused(409, "already exists", self.client.register_ssh_key,
                           name="taken", public_key=other)
        self.client.done(self.client.delete_ssh_key(name="taken"))

    def test_what_is_no_key_is_refused(self):
        self.assertRefused(400, "public-key", self.client.register_ssh_key,
                           name="nonsense", public_key="ssh-ed25519 nonsense")


class ApiKeys(Story):
    def role(self, name):
        roles = self.client.list_iam_roles()["iam-roles"]
        return next(role["id"] for role in roles if role["name"] == name)

    def test_a_key_works_until_it_is_revoked(self):
        made = self.client.create_api_key(name="robot", role_id=self.role("Owner"))
        self.assertRegex(made["key"], r"\AEXO[0-9a-f]{24}\Z")
        self.assertEqual(made["name"], "robot")
        self.assertEqual(made["role-id"], self.role("Owner"))
        robot = CheckedClient(made["key"], made["secret"], url=self.endpoint)
        self.assertEqual(robot.get_organization(), self.client.get_organization())

        listed = self.client.list_api_keys()["api-keys"]
        found = next(key for key in listed if key["key"] == made["key"])
        self.assertNotIn("secret", found)
        single = self.client.get_api_key(id=made["key"])
        self.assertEqual((single["key"], single["name"]), (made["key"], "robot"))

        self.client.done(self.client.delete_api_key(id=made["key"]))
        self.assertRefused((401, 403), "", robot.list_instances)

    def test_a_role_bounds_its_keys(self):
        made = self.client.create_api_key(name="accounts", role_id=self.role("Billing"))
        billing = CheckedClient(made["key"], made["secret"], url=self.endpoint)
        self.assertRefused((403, 404), "", billing.register_ssh_key,
                           name="no", public_key=PUBLIC_KEY)
        self.client.done(self.client.delete_api_key(id=made["key"]))

    def test_a_wrong_secret_opens_nothing(self):
        stranger = CheckedClient(self.key, "wrong", url=self.endpoint)
        self.assertRefused((401, 403), "", stranger.list_instances)


class Roles(Story):
    def test_a_role_is_made_narrowed_used_and_deleted(self):
        allow = {"type": "allow"}
        name = f"operators-{uuid.uuid4()}"
        made = self.client.done(self.client.create_iam_role(
            name=name, description="They run instances", editable=True, labels={"team": "web"},
            policy={"default-service-strategy": "deny", "services": {"compute": allow}}))
        role = self.client.get_iam_role(id=made)
        self.assertEqual((role["name"], role["labels"]), (name, {"team": "web"}))
        key = self.client.create_api_key(name="operator", role_id=role["id"])
        operator = CheckedClient(key["key"], key["secret"], url=self.endpoint)
        operator.list_instances()
        self.assertRefused(403, "role", operator.list_iam_roles)

        self.client.done(self.client.update_iam_role_policy(
            id=role["id"], default_service_strategy="deny",
            services={"compute": {"type": "rules", "rules": [
                {"action": "deny", "expression": "operation == 'delete-instance'"}]}}))
        self.assertRefused(403, "", operator.list_instances)
        self.client.done(self.client.update_iam_role(id=role["id"], description="They watch"))
        self.assertEqual(self.client.get_iam_role(id=role["id"])["description"], "They watch")

        self.assertRefused(409, "API key", self.client.delete_iam_role, id=role["id"])
        self.client.done(self.client.delete_api_key(id=key["key"]))
        self.client.done(self.client.delete_iam_role(id=role["id"]))
        self.assertRefused(404, "", self.client.get_iam_role, id=role["id"])

    def test_a_role_is_assumed_for_a_while(self):
        rules = {"rules": [{"action": "allow", "expression": "api_key != null"}]}
        made = self.client.done(self.client.create_iam_role(
            name=f"borrowed-{uuid.uuid4()}", assume_role_policy=rules, max_session_ttl=600,
            policy={"default-service-strategy": "deny", "services": {"compute": {"type": "allow"}}}))
        role = self.client.get_iam_role(id=made)
        self.assertEqual((role["assume-role-policy"], role["max-session-ttl"]), (rules, 600))
        self.assertRefused(400, "ttl", self.client.assume_iam_role, id=made, ttl=601)
        given = self.client.assume_iam_role(id=made, ttl=600)
        self.assertEqual((given["name"], given["role-id"]), (role["name"], made))
        borrower = CheckedClient(given["key"], given["secret"], url=self.endpoint)
        borrower.list_instances()
        self.assertRefused(403, "role", borrower.list_iam_roles)
        self.client.done(self.client.delete_api_key(id=given["key"]))
        self.assertRefused((401, 403), "", borrower.list_instances)
        self.client.done(self.client.delete_iam_role(id=made))

    def test_the_organization_policy_is_changed_and_reset(self):
        everything = {"default-service-strategy": "allow", "services": {}}
        self.assertEqual(self.client.get_iam_organization_policy(), everything)
        self.client.done(self.client.update_iam_organization_policy(
            default_service_strategy="allow", services={"dns": {"type": "deny"}}))
        policy = self.client.get_iam_organization_policy()
        self.assertEqual(policy["services"], {"dns": {"type": "deny"}})
        self.client.done(self.client.reset_iam_organization_policy())
        self.assertEqual(self.client.get_iam_organization_policy(), everything)
