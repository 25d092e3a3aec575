"""The people of an organization, as the SDK sees them."""

from contract import Story


class Users(Story):
    def role(self, name):
        roles = self.client.list_iam_roles()["iam-roles"]
        return {"id": next(role["id"] for role in roles if role["name"] == name)}

    def found(self, email):
        users = self.client.list_users()["users"]
        return next((user for user in users if user["email"] == email), None)

    def test_somebody_is_invited_given_another_role_and_removed(self):
        email = "robin@clients.example"
        invited = self.client.create_user(email=email, role=self.role("Billing"))
        self.assertEqual(invited["state"], "success")
        user = self.found(email)
        self.assertEqual(user["id"], self.client.done(invited))
        self.assertTrue(user["pending"])
        self.assertFalse(user["sso"])
        self.assertFalse(user["two-factor-authentication"])
        self.assertEqual(user["role"]["name"], "Billing")

        self.client.done(self.client.update_user_role(id=user["id"], role=self.role("Owner")))
        self.assertEqual(self.found(email)["role"]["name"], "Owner")
        self.assertRefused(409, "send the invitation again", self.client.create_user,
                           email=email, role=self.role("Owner"))
        self.client.done(self.client.delete_user(id=user["id"]))
        self.assertIsNone(self.found(email))

    def test_the_last_owner_stays(self):
        owners = [user for user in self.client.list_users()["users"]
                  if user["role"]["name"] == "Owner" and not user["pending"]]
        self.assertEqual(len(owners), 1)
        self.assertRefused(409, "somebody else an owner first", self.client.delete_user,
                           id=owners[0]["id"])
        self.assertRefused(409, "somebody else an owner first", self.client.update_user_role,
                           id=owners[0]["id"], role=self.role("Billing"))

    def test_what_is_wrong_is_said(self):
        self.assertRefused(400, "email", self.client.create_user,
                           email="nobody", role=self.role("Billing"))
        self.assertRefused(400, "role.id", self.client.create_user, email="a@clients.example")
