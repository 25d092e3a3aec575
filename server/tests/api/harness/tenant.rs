//! An organization with its owner, and everything that one can have.

use super::{Authenticator, Database, Platform, Who, ZONES};
use api::{Operation, op};
use domain::{
    InstanceId, OperationId, OrgId, SavedViewId, SnapshotId, TemplateId, Uuid, WebhookDeliveryId,
    WebhookId, money::Currency,
};
use engine::sim::{CallName, Fault};
use serde_json::{Value, json};
use server::admin::{self, Command};

pub const PUBLIC_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ann@laptop";

pub const PASSWORD: &str = "correct horse battery staple";

/// What the identity provider of everybody knows us by.
pub const IDENTITY_SECRET: &str = "a secret that a provider gave";

pub struct Tenant {
    pub org: OrgId,
    pub email: String,
    /// The API key that comes with the organization; its role is Owner.
    pub owner: Who,
    /// The token of the one-time link.
    pub link: String,
}

impl Tenant {
    pub async fn create(platform: &Platform, organization: &str, email: &str) -> Tenant {
        let answer = platform
            .admin(Command::OrganizationCreate {
                organization: organization.to_owned(),
                email: email.to_owned(),
                currency: Currency::default(),
            })
            .await
            .unwrap();
        Tenant::of(email, &answer)
    }

    pub fn of(email: &str, answer: &admin::Answer) -> Tenant {
        let text =
            |pointer: &str| answer.json.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        Tenant {
            org: text("/organization/id").parse().unwrap(),
            email: email.to_owned(),
            owner: Who::Key { key: text("/api-key/key"), secret: text("/api-key/secret") },
            link: text("/sign-in-url").split_once("token=").unwrap().1.to_owned(),
        }
    }

    /// Uses the one-time link up.
    pub async fn sign_in(&self, platform: &Platform) -> Who {
        let body = json!({ "token": self.link });
        let answer = platform.door.post(&Who::Nobody, "/sign-in-link:redeem", body).await.is(200);
        Who::Session(answer.cookie().unwrap())
    }

    /// A person's token.
    pub async fn token(&self, platform: &Platform, session: &Who) -> Who {
        let answer =
            platform.door.post(session, "/access-token", json!({ "name": "laptop" })).await;
        Who::Token(answer.is(200).json()["token"].as_str().unwrap().to_owned())
    }

    pub async fn role(&self, platform: &Platform, name: &str) -> Uuid {
        let roles =
            platform.client(&self.owner).call(op::ListIamRoles, &[], &api::Nothing {}).await;
        let roles = roles.unwrap().body.iam_roles;
        roles.iter().find(|r| r.name == name).map(|r| r.id.0).unwrap()
    }

    /// A new API key with a role.
    pub async fn key(&self, platform: &Platform, role: &str) -> Who {
        let role = self.role(platform, role).await;
        let body = json!({ "name": "another", "role-id": role });
        let json = platform.door.post(&self.owner, "/api-key", body).await.is(200).json();
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        Who::Key { key: text("key"), secret: text("secret") }
    }

    /// Invites somebody with a role; answers their id.
    pub async fn invite(&self, platform: &Platform, email: &str, role: &str) -> Uuid {
        let body = json!({ "email": email, "role": { "id": self.role(platform, role).await } });
        let operation = platform.door.post(&self.owner, "/user", body).await.operation();
        operation.reference.unwrap().id
    }

    /// Somebody who was invited and came, with a session.
    pub async fn member(&self, platform: &Platform, email: &str, role: &str) -> (Uuid, Who) {
        let id = self.invite(platform, email, role).await;
        let token = platform.token_for(email, 0).await;
        let body = json!({ "token": token, "password": PASSWORD });
        let answer = platform.door.post(&Who::Nobody, "/invitation:accept", body).await.is(200);
        (id, Who::Session(answer.cookie().unwrap()))
    }

    /// Asks for an operation that a role refuses, for an hour.
    pub async fn ask_for(&self, platform: &Platform, by: &Who, operation: &str) -> Uuid {
        let body = json!({ "operation": operation, "reason": "to look", "hours": 1 });
        let asked = platform.door.post(by, "/access-request", body).await.is(200);
        asked.body::<api::AccessRequest>().id.0
    }

    /// The body of a small instance.
    pub async fn body(&self, platform: &Platform, name: &str) -> Value {
        json!({
            "name": name,
            "instance-type": { "id": platform.type_id("standard.small") },
            "template": { "id": self.template(platform, ZONES[0]).await },
            "disk-size": 10,
            "zone": ZONES[0],
        })
    }

    /// A public template of a zone.
    pub async fn template(&self, platform: &Platform, zone: &str) -> TemplateId {
        let path = format!("/{zone}/v2/template");
        let list: api::Templates = platform.door.get(&self.owner, &path).await.is(200).body();
        list.templates.iter().find(|t| t.name.contains("Debian 12")).map(|t| t.id).unwrap()
    }

    /// Accepted, and not yet worked on.
    pub async fn begin(&self, platform: &Platform, name: &str) -> (InstanceId, Operation) {
        let body = self.body(platform, name).await;
        let operation = platform.door.post(&self.owner, "/instance", body).await.operation();
        (InstanceId(operation.reference.clone().unwrap().id), operation)
    }

    /// A running instance.
    pub async fn instance(&self, platform: &Platform, name: &str) -> InstanceId {
        let (id, operation) = self.begin(platform, name).await;
        platform.succeed(&self.owner, &operation).await;
        id
    }

    pub async fn stopped_instance(&self, platform: &Platform, name: &str) -> InstanceId {
        let id = self.instance(platform, name).await;
        self.done(platform, "PUT", &format!("/instance/{id}:stop"), json!({})).await;
        id
    }

    pub async fn snapshot(&self, platform: &Platform, of: InstanceId) -> SnapshotId {
        let path = format!("/instance/{of}:create-snapshot");
        SnapshotId(self.done(platform, "POST", &path, json!({})).await.reference.unwrap().id)
    }

    /// An export that the engine refused.
    pub async fn failed_export(&self, platform: &Platform, of: SnapshotId) -> OperationId {
        platform.sims[0].inject(CallName::Export, Fault::Refuses, 1);
        let path = format!("/snapshot/{of}:export");
        let operation = platform.door.post(&self.owner, &path, json!({})).await.operation();
        platform.drain().await;
        operation.id
    }

    /// An exported list that nobody begins to write for some minutes.
    async fn waiting_export(&self, platform: &Platform) -> OperationId {
        let body = json!({ "list": "instances", "format": "csv" });
        let operation = platform.door.post(&self.owner, "/list-export", body).await.operation();
        let later = format!(
            "UPDATE operations SET run_us = run_us + 300000000 WHERE id = '{}'",
            operation.id
        );
        Database::run(platform.storage().0, &later).await;
        operation.id
    }

    /// A private template made of a snapshot.
    pub async fn own_template(&self, platform: &Platform, of: SnapshotId) -> TemplateId {
        let (path, body) = (format!("/snapshot/{of}:promote"), json!({ "name": "golden" }));
        TemplateId(self.done(platform, "POST", &path, body).await.reference.unwrap().id)
    }

    pub async fn ssh_key(&self, platform: &Platform, name: &str) {
        let body = json!({ "name": name, "public-key": PUBLIC_KEY });
        platform.door.post(&self.owner, "/ssh-key", body).await.is(200);
    }

    /// A question to the list of instances that is kept.
    pub async fn saved_view(
        &self,
        platform: &Platform,
        by: &Who,
        name: &str,
        query: &str,
    ) -> api::SavedView {
        let body = json!({ "name": name, "list": "instances", "query": query });
        platform.door.post(by, "/saved-view", body).await.is(200).body()
    }

    /// Asks, works it off, and expects that it went well.
    pub async fn done(
        &self,
        platform: &Platform,
        method: &str,
        path: &str,
        body: Value,
    ) -> Operation {
        let operation =
            platform.door.ask(method, path).by(&self.owner).json(&body).send().await.operation();
        platform.succeed(&self.owner, &operation).await;
        operation
    }

    pub async fn get(&self, platform: &Platform, id: InstanceId) -> api::Instance {
        platform.door.get(&self.owner, &format!("/instance/{id}")).await.is(200).body()
    }

    /// One of everything.
    pub async fn everything(&self, platform: &Platform) -> Everything {
        let session = self.sign_in(platform).await;
        let token = self.token(platform, &session).await;
        platform.door.put(&session, "/me/password", json!({ "password": PASSWORD })).await.is(200);
        let link = platform.admin(Command::SignInLink { email: self.email.clone() }).await.unwrap();
        let billing = self.key(platform, "Billing").await;
        self.ssh_key(platform, &format!("key-of-{}", self.org)).await;
        let running = self.instance(platform, "running").await;
        let stopped = self.stopped_instance(platform, "stopped").await;
        let kept = self.instance(platform, "kept").await;
        let soft_delete = format!("/instance/{kept}:soft-delete");
        self.done(platform, "PUT", &soft_delete, json!({})).await;
        let snapshot = self.snapshot(platform, running).await;
        let template = self.own_template(platform, snapshot).await;
        let saved_view = self.saved_view(platform, &self.owner, "Running", "state=running").await;
        let failed = self.failed_export(platform, snapshot).await;
        let list = json!({ "list": "instances", "format": "csv" });
        let exported = platform.door.post(&self.owner, "/list-export", list).await.operation();
        // It has failed: what runs can't be started.
        let starting = json!({ "action": "start-instance", "ids": [running] });
        let bulk = platform.door.post(&self.owner, "/bulk-action", starting).await.operation();
        platform.drain().await;
        let of = |path: &str| platform.door.ask("GET", path).by(&session);
        let tokens: api::AccessTokens = of("/access-token").send().await.is(200).body();
        let sessions: api::Sessions = of("/session").send().await.is(200).body();
        let waiting = self.waiting_export(platform).await;
        let anybody = json!({ "rules": [{ "action": "allow", "expression": "true" }] });
        let made = async |body: Value| {
            let role = platform.door.post(&self.owner, "/iam-role", body).await.operation();
            role.reference.unwrap().id
        };
        let role = made(json!({ "name": "Nobody's" })).await;
        let assumable = made(json!({ "name": "Anybody's", "assume-role-policy": anybody })).await;
        let address = |name: &str| format!("{name}-of-{}@mail.example", self.org);
        let user = self.invite(platform, &address("dan"), "Billing").await;
        self.invite(platform, &address("eve"), "Billing").await;
        let invitation = platform.token_for(&address("eve"), 0).await;
        let (_, cleo) = self.member(platform, &address("cleo"), "Billing").await;
        let body = json!({ "email": address("cleo") });
        platform.door.post(&Who::Nobody, "/password-reset", body).await.is(200);
        let reset = platform.token_for(&address("cleo"), 1).await;
        let access_request = self.ask_for(platform, &cleo, "list-snapshots").await;
        let refusable_request = self.ask_for(platform, &cleo, "list-templates").await;
        let access_grant = self.ask_for(platform, &cleo, "list-instances").await;
        let approve = format!("/access-request/{access_grant}:approve");
        platform.door.put(&self.owner, &approve, json!({})).await.is(200);
        let (_, two_step) = self.member(platform, &address("fay"), "Billing").await;
        let (secret, _) = platform.two_step(&two_step).await;
        let own_request = self.ask_for(platform, &two_step, "list-snapshots").await;
        // Its first code is used up; another one is there a minute later.
        platform.clock.advance(std::time::Duration::from_secs(60));
        platform.begin_two_step(&session).await;
        let mut device = Authenticator::new();
        let body = platform.new_passkey(&session, &mut device).await;
        let passkey: api::Passkey =
            platform.door.post(&session, "/me/passkey", body).await.is(200).body();
        // Nobody is there, so that what it is told waits.
        let body = json!({ "name": "siem", "url": "https://localhost/" });
        let webhook = platform.door.post(&self.owner, "/webhook", body).await.is(200);
        let webhook = webhook.body::<api::WebhookCreated>().id;
        server::webhooks::deliver(&platform.cloud).await.unwrap();
        let mapping = json!({ "default-role-id": self.role(platform, "Billing").await });
        let body = json!({
            "name": "Login", "issuer": "https://localhost", "client-id": "couloir",
            "client-secret": IDENTITY_SECRET, "mapping": mapping,
        });
        let provider = platform.door.post(&self.owner, "/identity-provider", body).await.is(200);
        let path = format!("/webhook/{webhook}/delivery");
        let told: api::WebhookDeliveries = of(&path).send().await.is(200).body();
        let groups: api::SecurityGroups = of("/security-group").send().await.is(200).body();
        let operations: api::Operations = of("/operation").send().await.is(200).body();
        Everything {
            session,
            token,
            billing,
            running,
            stopped,
            kept,
            snapshot,
            template,
            bulk_action: bulk.reference.unwrap().id,
            ssh_key: format!("key-of-{}", self.org),
            operation: operations.operations[0].id,
            failed,
            waiting,
            list_export: exported.reference.unwrap().id,
            token_id: tokens.access_tokens[0].id.0,
            session_id: sessions.sessions[0].id.0,
            security_group: groups.security_groups[0].id.0,
            role,
            assumable,
            user,
            invitation,
            reset,
            cleo: address("cleo"),
            two_step,
            secret,
            passkey: passkey.id.0,
            device,
            access_request,
            refusable_request,
            access_grant,
            own_request,
            saved_view: saved_view.id,
            webhook,
            identity_provider: provider.body::<api::IdentityProvider>().id.0,
            delivery: told.webhook_deliveries[0].id,
            link: link.text.split_once("token=").unwrap().1.to_owned(),
        }
    }
}

/// What [`Tenant::everything`] made.
pub struct Everything {
    pub session: Who,
    pub token: Who,
    pub billing: Who,
    pub running: InstanceId,
    pub stopped: InstanceId,
    /// Soft-deleted.
    pub kept: InstanceId,
    pub snapshot: SnapshotId,
    pub template: TemplateId,
    /// One that has failed.
    pub bulk_action: Uuid,
    pub ssh_key: String,
    pub operation: OperationId,
    /// One that failed and can be tried again: an export of the snapshot.
    pub failed: OperationId,
    /// One that nobody begins for some minutes: another exported list.
    pub waiting: OperationId,
    pub list_export: Uuid,
    pub token_id: Uuid,
    pub session_id: Uuid,
    pub security_group: Uuid,
    /// One that nobody has.
    pub role: Uuid,
    /// One that anybody may assume.
    pub assumable: Uuid,
    /// Somebody who is invited.
    pub user: Uuid,
    /// The token of another invitation.
    pub invitation: String,
    /// The token of a link that resets the password of [`Everything::cleo`].
    pub reset: String,
    /// The address of a member.
    pub cleo: String,
    /// Another member, who signs in in two steps, and the secret of their app.
    pub two_step: Who,
    pub secret: Vec<u8>,
    /// A passkey of whose session it is, and the device that keeps it.
    pub passkey: Uuid,
    pub device: Authenticator,
    /// What somebody asks for, twice, and what they were granted.
    pub access_request: Uuid,
    pub refusable_request: Uuid,
    pub access_grant: Uuid,
    /// What who signs in in two steps asks for.
    pub own_request: Uuid,
    pub saved_view: SavedViewId,
    pub webhook: WebhookId,
    /// Nobody is there, either.
    pub identity_provider: Uuid,
    /// What the webhook could not be told.
    pub delivery: WebhookDeliveryId,
    /// The token of another one-time link, not used yet.
    pub link: String,
}
