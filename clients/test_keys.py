"""SSH keys and API keys."""

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
