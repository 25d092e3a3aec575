"""The IAM commands of `exo`, replayed: roles, API keys, the organization's policy, events and users."""

import uuid

from contract import ZONE, OTHER_ZONE, Story
from exo import Exo, NotFound, Refused

ALL = {"default-service-strategy": "allow", "services": {}}
NONE = {"default-service-strategy": "deny", "services": {}}
# Letters that Go escapes, and one outside of ASCII: all of it is signed as it is sent.
RULE = {"action": "allow", "expression": "operation != 'a<b>c' && source_ip != 'größer'"}
POLICY = {"default-service-strategy": "deny", "services": {
    "compute": {"type": "rules", "rules": [RULE]}, "iam": {"type": "allow"}, "dns": {"type": "deny"}}}


def printed(policy):
    """A policy as `show --policy --output-format json` prints it: with rules for every service."""
    services = {name: {"rules": [], **entry} for name, entry in policy["services"].items()}
    return {**policy, "services": services}


class ExoIam(Story):
    def setUp(self):
        self.exo = self.account(self.key, self.secret)
        self.name = f"role-{uuid.uuid4()}"

    def account(self, key, secret, zone=ZONE):
        return Exo(f"{self.server.origin}/v2", key, secret, zone)

    def create(self, **flags):
        """`exo iam role create`, which says `editable` each time."""
        return self.exo.run("iam role create", body={"name": self.name, "editable": True, **flags})

    def assertExits(self, status, words, command, *typed, **flags):
        with self.assertRaises(Refused) as refused:
            self.exo.run(command, *typed, **flags)
        self.assertEqual(refused.exception.status, status, refused.exception.message)
        self.assertIn(words, refused.exception.message)

    def test_the_address_of_a_zone_leads_back_here(self):
        for zone in (ZONE, OTHER_ZONE):
            with self.subTest(zone):
                account = self.account(self.key, self.secret, zone)
                self.assertEqual(account.endpoint_of_zone(), f"{self.server.origin}/{zone}/v2")
                roles = account.run("iam role list")["iam-roles"]
                self.assertEqual([role["name"] for role in roles][:2], ["Billing", "Owner"])

    def test_a_default_zone_that_is_not_here_is_not_found(self):
        with self.assertRaises(NotFound):
            self.account(self.key, self.secret, "ch-dk-2").run("iam role list")

    def test_a_role_has_all_that_its_flags_say(self):
        flags = {"description": "They watch", "labels": {"team": "web", "env": "test"},
                 "permissions": ["reset-iam-organization-policy"], "max-session-ttl": 600,
                 "assume-role-policy": {"rules": [RULE]}, "policy": POLICY}
        made = self.create(**flags)
        self.assertEqual(made, {"id": made["id"], "name": self.name, "editable": True, **flags})
        self.assertEqual(self.exo.run("iam role show", self.name), made)
        listed = self.exo.run("iam role list")["iam-roles"]
        self.assertIn(made, listed)

    def test_a_role_without_a_policy_may_nothing(self):
        """On Exoscale it may everything: docs/exo.md says why it does not here."""
        self.assertEqual(self.create()["policy"], NONE)

    def test_a_printed_policy_makes_another_role(self):
        """`exo iam role show --policy --output-format json A | exo iam role create B --policy -`"""
        policy = self.create(policy=POLICY)["policy"]
        self.name += "-copy"
        self.assertEqual(self.create(policy=printed(policy))["policy"], POLICY)

    def test_a_service_of_no_rules_loses_its_list_on_the_way(self):
        empty = {"default-service-strategy": "allow",
                 "services": {"compute": {"type": "rules", "rules": []}}}
        made = self.create(policy=empty)
        self.assertEqual(made["policy"], empty)
        key = self.exo.run("iam api-key create", made["id"], {"name": self.name})
        holder = self.account(key["key"], key["secret"])
        self.assertTrue(holder.run("iam role list"))
        with self.assertRaises(Refused) as refused:
            holder.send("GET", f"{self.server.origin}/v2/instance")
        self.assertEqual(refused.exception.status, 403)

    def test_what_is_no_policy_is_refused_with_the_field(self):
        for policy, field in [
            ({**NONE, "default-service-strategy": ""}, "default-service-strategy"),
            ({**NONE, "services": {"compute": {"type": "rules", "rules": [{"action": "deny"}]}}},
             "expression"),
            ({**NONE, "services": {"compute": {"type": "", "rules": []}}}, "type"),
        ]:
            with self.subTest(field):
                body = {"name": self.name, "editable": True, "policy": policy}
                self.assertExits(400, field, "iam role create", body=body)

    def test_a_role_is_updated_by_name_and_by_id(self):
        made = self.create(policy=POLICY, labels={"team": "web"})
        changed = self.exo.run("iam role update", self.name,
                               {"description": "Others", "labels": {"team": "db"}})
        self.assertEqual(changed, {**made, "description": "Others", "labels": {"team": "db"}})
        unchanged = self.exo.run("iam role update", made["id"], {})
        self.assertEqual(unchanged, changed)
        narrowed = self.exo.run("iam role update --policy", self.name, printed(NONE))
        self.assertEqual(narrowed, {**changed, "policy": NONE})

    def test_a_policy_that_is_not_editable_stays(self):
        self.create(editable=False, policy=POLICY)
        self.assertExits(409, "can't be changed", "iam role update --policy", self.name, NONE)
        self.assertEqual(self.exo.run("iam role show", self.name)["policy"], POLICY)

    def test_a_name_is_taken_once(self):
        self.create()
        body = {"name": self.name, "editable": True}
        self.assertExits(409, f'There is a role "{self.name}"', "iam role create", body=body)

    def test_a_key_is_made_used_listed_and_deleted(self):
        role = self.create(policy=POLICY)
        made = self.exo.run("iam api-key create", self.name, {"name": self.name})
        self.assertEqual((made["name"], made["role-id"]), (self.name, role["id"]))
        holder = self.account(made["key"], made["secret"])
        self.assertEqual(holder.run("iam role show", self.name), role)
        del made["secret"]
        self.assertIn(made, self.exo.run("iam api-key list")["api-keys"])

        self.assertExits(409, "1 API key", "iam role delete", self.name)
        self.exo.run("iam api-key delete", made["key"])
        self.assertNotIn(made, self.exo.run("iam api-key list")["api-keys"])
        with self.assertRaises(Refused) as refused:
            holder.run("iam api-key list")
        self.assertEqual(refused.exception.status, 401)
        again = self.exo.run("iam api-key create", role["id"], {"name": self.name})
        self.exo.run("iam api-key delete", again["name"])
        self.exo.run("iam role delete", role["id"])
        with self.assertRaises(NotFound):
            self.exo.run("iam role show", self.name)

    def test_a_role_is_assumed_by_its_id(self):
        role = self.create(policy=POLICY, **{"assume-role-policy": {"rules": [RULE]}})
        given = self.exo.run("iam role assume", role["id"], {"ttl": 60})
        self.assertEqual((given["name"], given["role-id"]), (self.name, role["id"]))
        borrower = self.account(given["key"], given["secret"])
        self.assertEqual(borrower.run("iam role show", self.name), role)
        self.assertExits(400, "is not a UUID", "iam role assume", self.name, body={"ttl": 60})

    def test_the_organization_policy_is_shown_updated_and_reset(self):
        self.addCleanup(self.exo.run, "iam org-policy reset", body=ALL)
        self.assertEqual(self.exo.run("iam org-policy show"), ALL)
        policy = {"default-service-strategy": "allow",
                  "services": {"dns": {"type": "deny"}, "compute": {"type": "rules", "rules": [RULE]}}}
        updated = self.exo.run("iam org-policy update", body=printed(policy))
        self.assertEqual(updated, policy)
        self.exo.run("iam org-policy reset", body=ALL)
        self.assertEqual(self.exo.run("iam org-policy show"), ALL)

    def test_a_refusal_says_why(self):
        made = self.exo.run("iam api-key create", "Billing", {"name": self.name})
        self.exo = self.account(made["key"], made["secret"])
        self.assertExits(403, "Billing", "iam role list")
        self.exo = self.account(self.key, "wrong")
        self.assertExits(401, "signature", "iam org-policy show")

    def test_events_of_a_time_tell_who_did_what(self):
        self.create()
        span = {"from": "2026-01-01T01:00:00+01:00", "to": "2126-01-01T00:00:00Z"}
        for query in (span, {}):
            with self.subTest(query):
                events = self.exo.run("api list-events", query=query)
                event = next(e for e in events if e.get("body-params", {}).get("name") == self.name)
                self.assertEqual((event["handler"], event["status"]), ("create-iam-role", 200))
                self.assertEqual(event["iam-api-key"]["key"], self.key)
                self.assertEqual(event["iam-role"]["name"], "Owner")
                self.assertEqual(event["zone"], ZONE)

    def test_users_are_listed_with_their_roles(self):
        users = self.exo.run("api list-users")["users"]
        owner = next(user for user in users if user["email"] == "admin@clients.example")
        self.assertEqual(owner["role"]["name"], "Owner")
