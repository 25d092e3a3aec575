//! Signing in by an organization's identity provider: what it takes, what is refused, who one is then.

mod answers;
mod people;
mod portal;
mod provider;
mod settings;
mod tls;

use crate::harness::{Answer, Platform, Tenant, Who};
use api::{IdentityProvider, SingleSignOnBegun};
use domain::OrgId;
use provider::{Answered, CLIENT, Fault, Provider, SECRET};
use serde_json::{Value, json};
use server::clock::Clock;

/// A platform, an organization, and its provider.
struct World {
    platform: Platform,
    acme: Tenant,
    provider: Provider,
}

/// Who comes.
fn ann() -> Value {
    json!({ "sub": "ann-1", "email": "Ann.B@acme.example", "groups": ["dev"] })
}

/// The same with the role Owner.
fn admin() -> Value {
    json!({ "sub": "ann-1", "email": "Ann.B@acme.example", "groups": ["admins"] })
}

impl World {
    /// Nothing is set up yet.
    async fn fresh() -> World {
        let (platform, acme) = Platform::to_private_addresses().await;
        let provider = Provider::open(platform.clock.now().unix_seconds()).await;
        World { platform, acme, provider }
    }

    /// Developers are let in with the role Billing, admins as owners.
    async fn new() -> World {
        let world = World::fresh().await;
        world.set_up(json!({})).await.is(200);
        world
    }

    async fn mapping(&self) -> Value {
        let billing = self.acme.role(&self.platform, "Billing").await;
        let owner = self.acme.role(&self.platform, "Owner").await;
        json!({ "rules": [
            { "expression": "'admins' in claims.groups", "role-id": owner },
            { "expression": "'dev' in claims.groups", "role-id": billing },
        ] })
    }

    /// The body that sets it up.
    async fn body(&self) -> Value {
        json!({
            "name": "Login", "issuer": self.provider.issuer, "client-id": CLIENT,
            "client-secret": SECRET, "mapping": self.mapping().await,
        })
    }

    async fn set_up(&self, with: Value) -> Answer {
        let mut body = self.body().await;
        body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        self.platform.door.post(&self.acme.owner, "/identity-provider", body).await
    }

    async fn change(&self, with: Value) -> Answer {
        let id = self.own().await.id;
        self.platform.door.put(&self.acme.owner, &format!("/identity-provider/{id}"), with).await
    }

    async fn own(&self) -> IdentityProvider {
        let all = self.platform.door.get(&self.acme.owner, "/identity-provider").await.is(200);
        all.body::<api::IdentityProviders>().identity_providers.remove(0)
    }

    async fn begin(&self) -> SingleSignOnBegun {
        self.begin_in(self.acme.org).await.is(200).body()
    }

    async fn begin_in(&self, organization: OrgId) -> Answer {
        let body = json!({ "organization": organization, "return-to": "/instances?q=a" });
        self.platform.door.post(&Who::Nobody, "/single-sign-on", body).await
    }

    async fn complete(&self, begun: &SingleSignOnBegun, answered: &Answered) -> Answer {
        let body = json!({
            "organization": self.acme.org, "binding": begun.binding,
            "state": answered.state, "code": answered.code,
        });
        self.complete_with(body).await
    }

    async fn complete_with(&self, body: Value) -> Answer {
        self.platform.door.post(&Who::Nobody, "/single-sign-on:complete", body).await
    }

    /// All the way.
    async fn sign_in(&self, person: &Value) -> Answer {
        let begun = self.begin().await;
        let answered = self.provider.sign_in(&begun.authorization_url, person);
        self.complete(&begun, &answered).await
    }

    async fn session(&self, person: &Value) -> Who {
        Who::Session(self.sign_in(person).await.is(200).cookie().unwrap())
    }

    async fn me(&self, who: &Who) -> api::Me {
        self.platform.door.get(who, "/me").await.is(200).body()
    }

    async fn users(&self) -> Vec<api::User> {
        let users = self.platform.door.get(&self.acme.owner, "/user").await.is(200);
        users.body::<api::Users>().users
    }

    async fn user(&self, email: &str) -> Option<api::User> {
        self.users().await.into_iter().find(|user| user.email == email)
    }

    /// The newest event of an operation, once it is there.
    async fn event(&self, operation: &str, status: i64) -> api::Event {
        loop {
            let events = self.platform.door.get(&self.acme.owner, "/event").await.is(200);
            let events: Vec<api::Event> = events.body();
            let is = |event: &api::Event| event.handler == operation && event.status == status;
            if let Some(event) = events.into_iter().find(is) {
                return event;
            }
        }
    }
}

#[tokio::test]
async fn who_the_provider_signs_in_is_a_member_with_the_mapped_role() {
    let world = World::new().await;
    let before = world.users().await.len();
    let answer = world.sign_in(&ann()).await.is(200);
    assert_eq!(answer.json()["return-to"], "/instances?q=a");
    let session = Who::Session(answer.cookie().unwrap());
    let me = world.me(&session).await;
    assert_eq!((me.role.name.as_str(), me.organization.id), ("Billing", world.acme.org));
    let person = me.user.unwrap();
    assert!(person.single_sign_on && !person.has_password);
    assert_eq!(person.email, "ann.b@acme.example");
    let user = world.user("ann.b@acme.example").await.unwrap();
    assert!(user.sso && !user.pending);
    assert_eq!(world.users().await.len(), before + 1);
    let sessions: api::Sessions =
        world.platform.door.get(&session, "/session").await.is(200).body();
    assert!(sessions.sessions[0].single_sign_on);
    let event = world.event("complete-single-sign-on", 200).await;
    assert_eq!(event.iam_user.unwrap().email, "ann.b@acme.example");
    // It is the same person the next time.
    let again = world.session(&ann()).await;
    assert_eq!(world.me(&again).await.user.unwrap().id, person.id);
    assert_eq!(world.users().await.len(), before + 1);
    let (discovery, tokens) = (world.provider.asked("discovery"), world.provider.asked("token"));
    assert_eq!((discovery, world.provider.asked("keys"), tokens), (1, 1, 2));
    world.platform.finish().await;
}

#[tokio::test]
async fn a_session_of_the_provider_lasts_twelve_hours_and_others_say_that_they_are_none() {
    let world = World::new().await;
    let session = world.session(&ann()).await;
    for _ in 0..3 {
        // In use all the time.
        world.platform.clock.advance(std::time::Duration::from_secs(3 * 3_600 + 3_500));
        world.platform.door.get(&session, "/me").await.is(200);
        server::last_used::write(&world.platform.cloud).await.unwrap();
    }
    world.platform.clock.advance(std::time::Duration::from_secs(400));
    world.platform.door.get(&session, "/me").await.is(401);
    let owner = world.acme.sign_in(&world.platform).await;
    let sessions: api::Sessions = world.platform.door.get(&owner, "/session").await.is(200).body();
    assert!(sessions.sessions.iter().all(|session| !session.single_sign_on));
    assert!(!world.me(&owner).await.user.unwrap().single_sign_on);
    world.platform.finish().await;
}

#[tokio::test]
async fn a_way_in_is_found_by_address_and_by_organization() {
    let world = World::fresh().await;
    world.set_up(json!({ "domains": ["@Acme.example"] })).await.is(200);
    let find = async |query: &str| {
        let path = format!("/single-sign-on?{query}");
        let found = world.platform.door.get(&Who::Nobody, &path).await.is(200);
        found.body::<api::SingleSignOns>().single_sign_ons
    };
    let by_address = find("email=somebody%40ACME.example").await;
    assert_eq!(by_address.len(), 1);
    let host = world.provider.issuer.trim_start_matches("http://");
    assert_eq!(
        (by_address[0].organization_name.as_str(), by_address[0].host.as_str()),
        ("Acme", host)
    );
    let by_id = find(&format!("organization={}", world.acme.org)).await;
    assert_eq!(by_address, by_id);
    assert_eq!(find("email=ann%40sub.acme.example").await, []);
    assert_eq!(find(&format!("organization={}", domain::Uuid::from_u128(7))).await, []);
    for wrong in ["email=nobody", "", "email="] {
        let path = format!("/single-sign-on?{wrong}");
        let answer = world.platform.door.get(&Who::Nobody, &path).await.is(400);
        assert_eq!(answer.fields(), ["email"]);
    }
    world.platform.finish().await;
}
