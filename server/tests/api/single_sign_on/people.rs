//! Who somebody is who comes by the provider: nobody else, whatever it says, and with no other role than
//! it says.

use super::*;
use crate::harness::PASSWORD;

fn with(mut person: Value, name: &str, value: Value) -> Value {
    person[name] = value;
    person
}

#[tokio::test]
async fn the_role_follows_the_claims_at_each_sign_in() {
    let world = World::new().await;
    let session = world.session(&admin()).await;
    assert_eq!(world.me(&session).await.role.name, "Owner");
    let token = world.acme.token(&world.platform, &session).await;
    world.platform.door.get(&token, "/instance").await.is(200);
    // No longer an admin: what was wider ends.
    let later = world.session(&ann()).await;
    assert_eq!(world.me(&later).await.role.name, "Billing");
    world.platform.door.get(&session, "/user").await.is(403);
    world.platform.door.get(&token, "/instance").await.is(401);
    let event = world.event("complete-single-sign-on", 200).await;
    let changes = serde_json::to_value(event.changes).unwrap();
    assert!(changes.to_string().contains("\"before\":\"Owner\""), "{changes}");
    world.platform.finish().await;
}

#[tokio::test]
async fn who_gets_no_role_is_not_let_in_and_loses_what_they_had() {
    let world = World::new().await;
    let session = world.session(&ann()).await;
    let stranger = with(with(ann(), "sub", json!("sam-1")), "groups", json!(["sales"]));
    let stranger = with(stranger, "email", json!("sam@acme.example"));
    let answer = world.sign_in(&stranger).await.is(403);
    assert!(answer.message().contains("no role"), "{}", answer.message());
    assert!(world.user("sam@acme.example").await.is_none());
    let event = world.event("complete-single-sign-on", 403).await;
    assert!(event.reason.unwrap().contains("sam@acme.example"));
    // Somebody who had one.
    world.platform.door.get(&session, "/me").await.is(200);
    world.sign_in(&with(ann(), "groups", json!([]))).await.is(403);
    while world.platform.door.get(&session, "/me").await.status == 200 {}
    assert!(
        world.user("ann.b@acme.example").await.is_some(),
        "a member still, until an admin says"
    );
    // An otherwise lets in everybody else.
    let mut mapping = world.mapping().await;
    mapping["default-role-id"] = mapping["rules"][1]["role-id"].clone();
    world.change(json!({ "mapping": mapping })).await.is(200);
    world.sign_in(&stranger).await.is(200);
    world.platform.finish().await;
}

#[tokio::test]
async fn the_last_owner_is_not_lost_by_a_mapping() {
    let world = World::new().await;
    world.session(&admin()).await;
    let founder = world.user(&world.acme.email).await.unwrap();
    world.platform.door.delete(&world.acme.owner, &format!("/user/{}", founder.id)).await.is(200);
    for groups in [json!(["dev"]), json!([])] {
        let session = world.session(&with(ann(), "groups", groups)).await;
        assert_eq!(world.me(&session).await.role.name, "Owner");
    }
    // With another owner the mapping counts again.
    let other = with(with(admin(), "sub", json!("bea")), "email", json!("bea@acme.example"));
    world.session(&other).await;
    let session = world.session(&ann()).await;
    assert_eq!(world.me(&session).await.role.name, "Billing");
    world.platform.finish().await;
}

#[tokio::test]
async fn of_two_owners_whom_a_provider_shuts_out_one_stays() {
    let world = World::new().await;
    let bea = with(with(admin(), "sub", json!("bea")), "email", json!("bea@acme.example"));
    for owner in [&admin(), &bea] {
        world.session(owner).await;
    }
    let founder = world.user(&world.acme.email).await.unwrap();
    world.platform.door.delete(&world.acme.owner, &format!("/user/{}", founder.id)).await.is(200);
    // Somebody has given the groups other names. The first counts on the other, who counts on nobody.
    let nothing = |person: Value| with(person, "groups", json!([]));
    world.sign_in(&nothing(admin())).await.is(403);
    world.event("complete-single-sign-on", 403).await;
    let session = world.session(&nothing(bea)).await;
    assert_eq!(world.me(&session).await.role.name, "Owner");
    world.sign_in(&nothing(admin())).await.is(403);
    world.session(&admin()).await;
    world.platform.finish().await;
}

#[tokio::test]
async fn an_account_with_the_same_address_is_somebody_else() {
    let world = World::new().await;
    let other = world.platform.tenant("Other", "vic@bank.example").await;
    let victim = other.sign_in(&world.platform).await;
    world.platform.door.put(&victim, "/me/password", json!({ "password": PASSWORD })).await.is(200);
    let theirs = world.me(&victim).await.user.unwrap();
    // Acme's provider says so, and that counts in Acme only.
    let claimed = with(ann(), "email", json!("vic@bank.example"));
    let session = world.session(&claimed).await;
    let me = world.me(&session).await;
    assert_ne!(me.user.unwrap().id, theirs.id);
    assert_eq!(me.organizations.len(), 1);
    let body = json!({ "organization": other.org });
    world.platform.door.put(&session, "/me:switch-organization", body).await.is(404);
    let sessions: api::Sessions =
        world.platform.door.get(&session, "/session").await.is(200).body();
    assert_eq!(sessions.sessions.len(), 1);
    // Neither does the account get what came by the provider.
    assert_eq!(world.me(&victim).await.organizations.len(), 1);
    let sign_in = json!({ "email": "vic@bank.example", "password": PASSWORD });
    let signed_in = world.platform.door.post(&Who::Nobody, "/session", sign_in).await.is(200);
    assert_eq!(signed_in.body::<api::Me>().organization.id, other.org);
    world.platform.finish().await;
}

#[tokio::test]
async fn a_provider_can_not_become_a_member_who_is_there_already() {
    let world = World::new().await;
    let founder = with(with(ann(), "email", json!(world.acme.email)), "groups", json!(["admins"]));
    let answer = world.sign_in(&founder).await.is(403);
    assert!(answer.message().contains("already"), "{}", answer.message());
    world.acme.invite(&world.platform, "eve@acme.example", "Billing").await;
    world.sign_in(&with(ann(), "email", json!("eve@acme.example"))).await.is(403);
    // Nor take the address of another who came by it.
    world.session(&ann()).await;
    let twin = with(ann(), "sub", json!("ann-2"));
    world.sign_in(&twin).await.is(403);
    // Nor can an invitation make two of one.
    let billing = world.acme.role(&world.platform, "Billing").await;
    let body = json!({ "email": "ann.b@acme.example", "role": { "id": billing } });
    world.platform.door.post(&world.acme.owner, "/user", body).await.is(409);
    // A new address is the same person.
    let moved = world.session(&with(ann(), "email", json!("ann@acme-group.example"))).await;
    assert_eq!(world.me(&moved).await.user.unwrap().email, "ann@acme-group.example");
    assert!(world.user("ann.b@acme.example").await.is_none());
    world.platform.finish().await;
}

#[tokio::test]
async fn who_comes_by_the_provider_has_no_other_way_in() {
    let world = World::new().await;
    let session = world.session(&ann()).await;
    let body = json!({ "password": PASSWORD });
    let refused = world.platform.door.put(&session, "/me/password", body).await.is(409);
    assert!(refused.message().contains("identity provider"), "{}", refused.message());
    world.platform.door.post(&session, "/me/second-factor", json!({})).await.is(409);
    let body = json!({ "email": "ann.b@acme.example" });
    world.platform.door.post(&Who::Nobody, "/password-reset", body).await.is(200);
    let link = server::admin::Command::SignInLink { email: "ann.b@acme.example".to_owned() };
    assert!(world.platform.admin(link).await.is_err());
    let id = world.me(&session).await.user.unwrap().id;
    for email in ["ann.b@acme.example".to_owned(), id.to_string()] {
        let body = json!({ "email": email, "password": PASSWORD });
        world.platform.door.post(&Who::Nobody, "/session", body).await.is(401);
    }
    world.platform.finish().await;
}

#[tokio::test]
async fn who_was_removed_comes_in_again_if_the_mapping_says_so() {
    let world = World::new().await;
    let session = world.session(&admin()).await;
    let token = world.acme.token(&world.platform, &session).await;
    let person = world.me(&session).await.user.unwrap();
    let user = world.user("ann.b@acme.example").await.unwrap();
    world.platform.door.delete(&world.acme.owner, &format!("/user/{}", user.id)).await.is(200);
    for gone in [&session, &token] {
        world.platform.door.get(gone, "/me").await.is(401);
    }
    world.sign_in(&with(ann(), "groups", json!([]))).await.is(403);
    let again = world.session(&admin()).await;
    assert_eq!(world.me(&again).await.user.unwrap().id, person.id);
    let back = world.user("ann.b@acme.example").await.unwrap();
    assert_ne!(back.id, user.id, "another membership");
    world.platform.door.get(&token, "/me").await.is(401);
    world.platform.finish().await;
}

#[tokio::test]
async fn addresses_of_other_domains_are_not_let_in() {
    let world = World::fresh().await;
    world.set_up(json!({ "domains": ["acme.example"] })).await.is(200);
    world.sign_in(&ann()).await.is(200);
    for email in ["ann@evil.example", "ann@sub.acme.example", "ann@acme.example.evil.example"] {
        let answer = world.sign_in(&with(ann(), "email", json!(email))).await.is(403);
        assert!(answer.message().contains("acme.example only"), "{}", answer.message());
    }
    world.platform.finish().await;
}

#[tokio::test]
async fn two_steps_are_those_of_the_provider() {
    let world = World::new().await;
    let founder = world.acme.sign_in(&world.platform).await;
    world.platform.two_step(&founder).await;
    let one = world.session(&admin()).await;
    let token = world.acme.token(&world.platform, &one).await;
    let demand = json!({ "second-factor-required": true });
    world.platform.door.put(&founder, "/organization", demand).await.is(200);
    // Only the provider can ask for another step, so the session is over.
    world.platform.door.get(&one, "/me").await.is(401);
    world.platform.door.get(&token, "/instance").await.is(403);
    let refused = world.sign_in(&ann()).await.is(403);
    assert!(refused.message().contains("two-step"), "{}", refused.message());
    let two = world.session(&with(admin(), "amr", json!(["pwd", "mfa"]))).await;
    assert!(!world.me(&two).await.second_factor_missing);
    world.platform.door.get(&token, "/instance").await.is(200);
    // The list says the same.
    let listed = world.user("ann.b@acme.example").await.unwrap();
    assert!(listed.two_factor_authentication);
    assert_eq!(listed.second_steps, [domain::assurance::SecondStep::Provider]);
    // Or the organization trusts it to ask.
    world.change(json!({ "two-step-trusted": true })).await.is(200);
    world.sign_in(&ann()).await.is(200);
    world.platform.finish().await;
}
