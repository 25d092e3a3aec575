//! What comes back from the provider, and what does not count: other sign-ins, other browsers, other
//! providers, and tokens that are not what they must be.

use super::*;

#[tokio::test]
async fn an_answer_is_good_once() {
    let world = World::new().await;
    let begun = world.begin().await;
    let answered = world.provider.sign_in(&begun.authorization_url, &ann());
    world.complete(&begun, &answered).await.is(200);
    let again = world.complete(&begun, &answered).await.is(400);
    assert!(again.message().contains("answered already"), "{}", again.message());
    assert!(again.cookie().is_none());
    // Also when it comes twice at once, and when the first came to nothing.
    let begun = world.begin().await;
    let answered = world.provider.sign_in(&begun.authorization_url, &ann());
    let both = tokio::join!(world.complete(&begun, &answered), world.complete(&begun, &answered));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    world.provider.does(Fault::Refuses);
    let begun = world.begin().await;
    let answered = world.provider.sign_in(&begun.authorization_url, &ann());
    world.complete(&begun, &answered).await.is(400);
    world.provider.does(Fault::None);
    let again = world.complete(&begun, &answered).await.is(400);
    assert!(again.message().contains("answered already"), "{}", again.message());
    world.platform.finish().await;
}

#[tokio::test]
async fn an_answer_counts_in_the_browser_that_began_and_for_ten_minutes() {
    let world = World::new().await;
    // Login CSRF: an attacker's answer in somebody else's browser, which has begun on its own.
    let (theirs, mine) = (world.begin().await, world.begin().await);
    let answered = world.provider.sign_in(&theirs.authorization_url, &ann());
    let asked = world.provider.asked("token");
    for binding in
        [mine.binding.as_str(), "", "nonsense", &theirs.binding[..theirs.binding.len() - 4]]
    {
        let body = json!({
            "organization": world.acme.org, "binding": binding,
            "state": answered.state, "code": answered.code,
        });
        world.complete_with(body).await.is(400);
    }
    for state in ["", "nonsense", "'", &answered.state[1..]] {
        let wrong = Answered { state: state.to_owned(), ..answered.clone() };
        world.complete(&theirs, &wrong).await.is(400);
    }
    assert_eq!(world.provider.asked("token"), asked, "no code is shown to anybody");
    let begun = world.begin().await;
    let late = world.provider.sign_in(&begun.authorization_url, &ann());
    world.platform.clock.advance(domain::single_sign_on::SIGN_IN_WITHIN);
    world.complete(&begun, &late).await.is(400);
    assert_eq!(world.provider.asked("token"), asked);
    world.platform.finish().await;
}

/// Mix-up: what another organization's provider was asked is not shown to this one's, nor the other way.
#[tokio::test]
async fn an_answer_counts_for_the_provider_that_was_asked() {
    let world = World::new().await;
    let other = world.platform.tenant("Other", "bob@other.example").await;
    let evil = Provider::open(world.platform.clock.now().unix_seconds()).await;
    let role = other.role(&world.platform, "Owner").await;
    let body = json!({
        "name": "Evil", "issuer": evil.issuer, "client-id": CLIENT, "client-secret": SECRET,
        "mapping": { "rules": [], "default-role-id": role },
    });
    world.platform.door.post(&other.owner, "/identity-provider", body).await.is(200);
    let begun: SingleSignOnBegun = world.begin_in(other.org).await.is(200).body();
    // The evil one leads on to the honest one, which answers at Acme's redirect address.
    let asks = Provider::asks(&begun.authorization_url);
    assert!(asks["redirect_uri"].ends_with(&other.org.to_string()));
    let honest = begun.authorization_url.replace(&evil.issuer, &world.provider.issuer);
    let answered = world.provider.sign_in(&honest, &ann());
    world.complete(&begun, &answered).await.is(400);
    assert_eq!((evil.asked("token"), world.provider.asked("token")), (0, 0));
    // Said by the provider itself, another issuer is refused, too.
    let begun = world.begin().await;
    let answered = world.provider.sign_in(&begun.authorization_url, &ann());
    let with = |issuer: &str| {
        json!({
            "organization": world.acme.org, "binding": begun.binding, "state": answered.state,
            "code": answered.code, "issuer": issuer,
        })
    };
    let answer = world.complete_with(with(&evil.issuer)).await.is(400);
    assert!(answer.message().contains("does not come from Login"), "{}", answer.message());
    assert_eq!(world.provider.asked("token"), 0);
    world.platform.finish().await;
}

#[tokio::test]
async fn a_provider_that_says_who_answers_must_say_it() {
    let world = World::new().await;
    world.provider.says_who_answers();
    world.sign_in(&ann()).await.is(400);
    let begun = world.begin().await;
    let answered = world.provider.sign_in(&begun.authorization_url, &ann());
    let body = json!({
        "organization": world.acme.org, "binding": begun.binding, "state": answered.state,
        "code": answered.code, "issuer": world.provider.issuer,
    });
    world.complete_with(body).await.is(200);
    world.platform.finish().await;
}

#[tokio::test]
async fn a_token_that_is_not_the_answer_signs_nobody_in() {
    let world = World::new().await;
    let now = world.platform.clock.now().unix_seconds();
    let before = world.users().await.len();
    let faults = [
        (Fault::Claims(json!({ "nonce": "another" })), "nonce"),
        (Fault::Claims(json!({ "nonce": null })), "nonce"),
        (Fault::Claims(json!({ "aud": "another" })), "aud"),
        (Fault::Claims(json!({ "aud": [CLIENT, "another"] })), "azp"),
        (Fault::Claims(json!({ "iss": "https://evil.example" })), "iss"),
        (Fault::Claims(json!({ "exp": now - 61 })), "exp"),
        (Fault::Claims(json!({ "nbf": now + 120 })), "nbf"),
        (Fault::Claims(json!({ "sub": null })), "sub"),
        (Fault::Claims(json!({ "email": null })), "email"),
        (Fault::Claims(json!({ "email_verified": false })), "email_verified"),
        (Fault::Unsigned("none"), "not believed"),
        (Fault::Unsigned("None"), "not believed"),
        (Fault::Unsigned("HS256"), "not believed"),
        (Fault::Unsigned("ES256"), "signature"),
        (Fault::UnknownKey, "not among its own"),
        (Fault::WrongKey, "signature"),
        (Fault::Refuses, "invalid_grant"),
    ];
    for (fault, says) in faults {
        world.provider.does(fault.clone());
        let answer = world.sign_in(&ann()).await.is(400);
        assert!(answer.message().contains(says), "{fault:?}: {}", answer.message());
        assert!(answer.cookie().is_none(), "{fault:?}");
    }
    assert_eq!(world.users().await.len(), before);
    world.provider.does(Fault::None);
    world.sign_in(&ann()).await.is(200);
    world.platform.finish().await;
}

#[tokio::test]
async fn a_provider_that_does_not_answer_holds_nobody_up() {
    let world = World::new().await;
    let faults = [Fault::Slow, Fault::Huge, Fault::NoJson, Fault::NoIdToken, Fault::Redirects];
    for fault in faults {
        world.provider.does(Fault::None);
        let begun = world.begin().await;
        let answered = world.provider.sign_in(&begun.authorization_url, &ann());
        world.provider.does(fault.clone());
        let answer = world.complete(&begun, &answered).await.is(503);
        assert!(answer.message().contains("Login of Acme"), "{fault:?}: {}", answer.message());
        assert!(answer.cookie().is_none());
    }
    // Whoever wants to sign in is told before they are led away.
    world.platform.clock.advance(std::time::Duration::from_secs(600));
    for fault in [
        Fault::Issuer("https://evil.example".to_owned()),
        Fault::Leads("javascript:alert(1)".to_owned()),
        Fault::Leads("http://169.254.169.254/".to_owned()),
        Fault::Redirects,
    ] {
        world.provider.does(fault);
        world.begin_in(world.acme.org).await.is(503);
    }
    world.platform.finish().await;
}

#[tokio::test]
async fn a_key_that_was_changed_is_fetched_once_and_an_unknown_one_not_forever() {
    let world = World::new().await;
    world.sign_in(&ann()).await.is(200);
    world.platform.clock.advance(std::time::Duration::from_secs(10));
    world.provider.rotates();
    world.sign_in(&ann()).await.is(200);
    assert_eq!(world.provider.asked("keys"), 2);
    world.provider.does(Fault::UnknownKey);
    for _ in 0..5 {
        world.sign_in(&ann()).await.is(400);
    }
    assert_eq!(world.provider.asked("keys"), 2, "they were just fetched");
    world.platform.finish().await;
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let world = World::new().await;
    for away in
        ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/a\nb"]
    {
        let body = json!({ "organization": world.acme.org, "return-to": away });
        let answer = world.platform.door.post(&Who::Nobody, "/single-sign-on", body).await.is(400);
        assert_eq!(answer.fields(), ["return-to"], "{away}");
    }
    let none = world.begin_in(OrgId(domain::Uuid::from_u128(7))).await.is(404);
    let other = world.platform.tenant("Other", "bob@other.example").await;
    let without = world.begin_in(other.org).await.is(404);
    assert_eq!(none.message(), without.message());
    world.platform.finish().await;
}

#[tokio::test]
async fn what_the_provider_refuses_is_told_in_its_word() {
    let world = World::new().await;
    let begun = world.begin().await;
    let state = Provider::asks(&begun.authorization_url)["state"].clone();
    let body = json!({
        "organization": world.acme.org, "binding": begun.binding, "state": state,
        "error": "access_denied",
    });
    let answer = world.complete_with(body.clone()).await.is(400);
    assert!(answer.message().contains("(access_denied)"), "{}", answer.message());
    // That used it up, too.
    assert!(world.complete_with(body).await.is(400).message().contains("answered already"));
    world.platform.finish().await;
}
