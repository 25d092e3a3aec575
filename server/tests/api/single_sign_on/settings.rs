//! Setting a provider up, changing it, trying it, turning it off.

use super::*;
use crate::harness::difference;

#[tokio::test]
async fn what_is_wrong_names_its_field_and_nothing_shows_the_secret() {
    let world = World::fresh().await;
    let long = "x".repeat(2_049);
    let role = world.acme.role(&world.platform, "Billing").await;
    for (field, value, wrong) in [
        ("name", json!(" "), "name"),
        ("name", json!("x".repeat(61)), "name"),
        ("issuer", json!("login.acme.example"), "issuer"),
        ("issuer", json!("ftp://login.acme.example"), "issuer"),
        ("issuer", json!("https://login.acme.example/?a=b"), "issuer"),
        ("issuer", json!("https://a:b@login.acme.example"), "issuer"),
        ("issuer", json!("http://169.254.169.254"), "issuer"),
        ("client-id", json!(""), "client-id"),
        ("client-secret", json!(""), "client-secret"),
        ("domains", json!(["acme"]), "domains"),
        ("domains", json!(["other.example"]), "domains"),
        (
            "mapping",
            json!({ "rules": [{ "expression": long, "role-id": role }] }),
            "mapping.rules[0].expression",
        ),
        (
            "mapping",
            json!({ "rules": vec![json!({ "expression": "true", "role-id": role }); 51] }),
            "mapping.rules",
        ),
        (
            "mapping",
            json!({ "default-role-id": domain::Uuid::from_u128(7) }),
            "mapping.default-role-id",
        ),
    ] {
        let answer = world.set_up(json!({ field: value })).await.is(400);
        assert_eq!(answer.fields(), [wrong], "{value}");
    }
    let before = world.platform.dump().await;
    let path = "/identity-provider?dry-run=true";
    world.platform.door.post(&world.acme.owner, path, world.body().await).await.is(200);
    assert_eq!(difference(&before, &world.platform.dump().await), [""; 0]);
    let made = world.set_up(json!({})).await.is(200);
    assert!(!made.text().contains(SECRET));
    world.set_up(json!({})).await.is(409);
    for path in ["/identity-provider", "/event"] {
        let shown = world.platform.door.get(&world.acme.owner, path).await.is(200).text();
        assert!(!shown.contains(SECRET), "{path}");
    }
    for rows in world.platform.dump().await.values() {
        assert!(rows.iter().all(|row| !row.contains(SECRET)));
    }
    world.platform.finish().await;
}

#[tokio::test]
async fn nobody_hands_out_by_a_provider_what_they_have_not() {
    let world = World::new().await;
    let iam_only = json!({ "name": "People", "policy": {
        "default-service-strategy": "deny", "services": { "iam": { "type": "allow" } },
    } });
    world.platform.door.post(&world.acme.owner, "/iam-role", iam_only).await.is(200);
    let narrow = world.acme.key(&world.platform, "People").await;
    let id = world.own().await.id;
    let path = format!("/identity-provider/{id}");
    // Whatever they change, they would change who becomes an owner.
    for change in [
        json!({ "client-secret": "mine" }),
        json!({ "name": "x" }),
        json!({ "mapping": world.mapping().await }),
    ] {
        let refused = world.platform.door.put(&narrow, &path, change).await.is(403);
        assert_eq!(refused.fields(), ["mapping.rules[0].role-id"]);
    }
    let refused = world.platform.door.delete(&narrow, &path).await.is(403);
    let said =
        "By Login people get a role that is wider than your own: ask somebody whose role is.";
    assert_eq!(refused.message(), said);
    let people = world.acme.role(&world.platform, "People").await;
    let mapping = json!({ "rules": [{ "expression": "true", "role-id": people }] });
    world.platform.door.put(&narrow, &path, json!({ "mapping": mapping })).await.is(200);
    // A role that the mapping names stays.
    let keys: api::ApiKeys =
        world.platform.door.get(&world.acme.owner, "/api-key").await.is(200).body();
    let key = keys.api_keys.iter().find(|key| key.role_id.0 == people).unwrap();
    world.platform.door.delete(&world.acme.owner, &format!("/api-key/{}", key.key)).await.is(200);
    let role = format!("/iam-role/{people}");
    let kept = world.platform.door.delete(&world.acme.owner, &role).await.is(409);
    assert!(kept.message().contains("mapping"), "{}", kept.message());
    world.platform.door.delete(&world.acme.owner, &path).await.is(200);
    world.platform.door.delete(&world.acme.owner, &role).await.is(200);
    world.platform.finish().await;
}

#[tokio::test]
async fn it_is_tried_with_claims_before_anybody_comes() {
    let world = World::new().await;
    let mut mapping = world.mapping().await;
    let billing = mapping["rules"][1]["role-id"].clone();
    let broken = json!({ "expression": "claims.groups ==", "role-id": billing });
    let unknown = json!({ "expression": "groups == 'x'", "role-id": billing });
    mapping["rules"].as_array_mut().unwrap().splice(0..0, [broken, unknown]);
    world.change(json!({ "mapping": mapping })).await.is(200);
    let path = format!("/identity-provider/{}:test", world.own().await.id);
    let tried = async |body: Value| {
        let answer = world.platform.door.post(&world.acme.owner, &path, body).await.is(200);
        answer.body::<api::IdentityProviderTest>()
    };
    let test = tried(json!({ "claims": { "groups": ["dev"] } })).await;
    assert!(test.reachable && test.error.is_none());
    let problems: Vec<_> = test.rules.iter().map(|rule| rule.problem.is_some()).collect();
    assert_eq!(problems, [true, true, false, false]);
    let holds: Vec<_> = test.rules.iter().map(|rule| rule.holds.unwrap()).collect();
    assert_eq!(holds, [false, false, false, true]);
    assert_eq!(json!(test.role_id), billing);
    assert_eq!(tried(json!({ "claims": { "groups": [] } })).await.role_id, None);
    let nothing = tried(json!({})).await;
    assert!(nothing.role_id.is_none() && nothing.rules.iter().all(|rule| rule.holds.is_none()));
    world.provider.does(Fault::Issuer("https://evil.example".to_owned()));
    let test = tried(json!({})).await;
    assert!(!test.reachable && test.error.unwrap().contains("evil.example"));
    world.platform.finish().await;
}

#[tokio::test]
async fn turned_off_sessions_end_and_people_stay() {
    let world = World::new().await;
    let session = world.session(&admin()).await;
    let founder = world.acme.sign_in(&world.platform).await;
    let token = world.acme.token(&world.platform, &session).await;
    let begun = world.begin().await;
    let answered = world.provider.sign_in(&begun.authorization_url, &admin());
    let person = world.me(&session).await.user.unwrap();
    let path = format!("/identity-provider/{}", world.own().await.id);
    world.platform.door.delete(&world.acme.owner, &path).await.is(200);
    world.platform.door.get(&session, "/me").await.is(401);
    world.platform.door.get(&founder, "/me").await.is(200);
    world.platform.door.get(&token, "/me").await.is(200);
    world.complete(&begun, &answered).await.is(404);
    world.begin_in(world.acme.org).await.is(404);
    assert!(world.user("ann.b@acme.example").await.is_some());
    // Set up again with the same issuer, they are the same people.
    world.set_up(json!({})).await.is(200);
    world.complete(&begun, &answered).await.is(404);
    let again = world.session(&admin()).await;
    assert_eq!(world.me(&again).await.user.unwrap().id, person.id);
    world.platform.finish().await;
}

#[tokio::test]
async fn an_owner_who_can_sign_in_stays_whatever_becomes_of_the_provider() {
    let world = World::new().await;
    let (door, owner) = (&world.platform.door, &world.acme.owner);
    world.session(&admin()).await;
    world.acme.member(&world.platform, "cleo@other.example", "Billing").await;
    let founder = world.user(&world.acme.email).await.unwrap();
    // While the provider is there, who comes by it is owner enough.
    door.delete(owner, &format!("/user/{}", founder.id)).await.is(200);
    let provider = format!("/identity-provider/{}", world.own().await.id);
    let without = json!({ "domains": ["other.example"] });
    for refused in
        [door.delete(owner, &provider).await, door.put(owner, &provider, without.clone()).await]
    {
        let message = refused.is(409).message();
        assert!(
            message.starts_with("All owners of this organization sign in by Login"),
            "{message}"
        );
        assert!(message.contains("first invite somebody as an owner"), "{message}");
    }
    world.session(&admin()).await;
    let (dan, _) = world.acme.member(&world.platform, "dan@acme.example", "Owner").await;
    door.put(owner, &provider, without).await.is(200);
    door.delete(owner, &provider).await.is(200);
    // Who came by it is an owner still, and opens nothing any more.
    assert_eq!(world.user("ann.b@acme.example").await.unwrap().role.name, "Owner");
    let (dan, billing) =
        (format!("/user/{dan}"), world.acme.role(&world.platform, "Billing").await);
    let demoted = door.put(owner, &dan, json!({ "role": { "id": billing } })).await;
    for refused in [demoted, door.delete(owner, &dan).await] {
        let message = refused.is(409).message();
        assert!(message.contains("is the last owner of this organization who can"), "{message}");
    }
    world.platform.finish().await;
}

#[tokio::test]
async fn walls_stand_between_organizations() {
    let world = World::new().await;
    let other = world.platform.tenant("Other", "bob@other.example").await;
    let path = format!("/identity-provider/{}", world.own().await.id);
    world.platform.door.get(&other.owner, &path).await.is(404);
    world.platform.door.put(&other.owner, &path, json!({ "name": "x" })).await.is(404);
    world.platform.door.delete(&other.owner, &path).await.is(404);
    world.platform.door.post(&other.owner, &format!("{path}:test"), json!({})).await.is(404);
    let list = world.platform.door.get(&other.owner, "/identity-provider").await.is(200);
    assert!(list.body::<api::IdentityProviders>().identity_providers.is_empty());
    // The same subject of the same issuer is another person there.
    let role = other.role(&world.platform, "Billing").await;
    let mut body = world.body().await;
    body["mapping"] = json!({ "default-role-id": role });
    world.platform.door.post(&other.owner, "/identity-provider", body).await.is(200);
    let mine = world.me(&world.session(&ann()).await).await.user.unwrap();
    let begun: SingleSignOnBegun = world.begin_in(other.org).await.is(200).body();
    let answered = world.provider.sign_in(&begun.authorization_url, &ann());
    let body = json!({
        "organization": other.org, "binding": begun.binding, "state": answered.state,
        "code": answered.code,
    });
    let session = Who::Session(world.complete_with(body).await.is(200).cookie().unwrap());
    assert_ne!(world.me(&session).await.user.unwrap().id, mine.id);
    world.platform.finish().await;
}
