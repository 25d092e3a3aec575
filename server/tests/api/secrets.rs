//! What a thief of the database gets: nothing that opens anything.

use crate::harness::{IDENTITY_SECRET, PASSWORD, Platform, Who};
use serde_json::json;

#[tokio::test]
async fn a_dump_of_the_database_opens_nothing() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let mut secrets: Vec<(&str, String)> = vec![
        ("password", PASSWORD.to_owned()),
        ("used link", acme.link.clone()),
        ("link", with.link.clone()),
        ("invitation", with.invitation.clone()),
        ("link for a new password", with.reset.clone()),
        ("secret of the identity provider", IDENTITY_SECRET.to_owned()),
    ];
    for (name, who) in [
        ("owner key", &acme.owner),
        ("billing key", &with.billing),
        ("session", &with.session),
        ("token", &with.token),
    ] {
        secrets.push((
            name,
            match who {
                Who::Key { secret, .. } => secret.clone(),
                Who::Session(cookie) => cookie.clone(),
                Who::Token(token) => token.clone(),
                Who::Nobody => unreachable!(),
            },
        ));
    }
    let reveal = async || {
        let path = format!("/instance/{}:password", with.running);
        let json = platform.door.get(&acme.owner, &path).await.is(200).json();
        json["password"].as_str().unwrap().to_owned()
    };
    secrets.push(("first instance password", reveal().await));
    acme.done(&platform, "PUT", &format!("/instance/{}:reset-password", with.running), json!({}))
        .await;
    secrets.push(("second instance password", reveal().await));
    let another = json!({ "current": PASSWORD, "password": "another long password" });
    platform
        .door
        .ask("PUT", "/me/password")
        .by(&with.session)
        .header("idempotency-key", "x")
        .json(&another)
        .send()
        .await
        .is(200);
    secrets.push(("new password", "another long password".to_owned()));
    let key_file = std::fs::read_to_string(platform.storage().1.join("key")).unwrap();
    secrets.push(("key of the data folder", key_file.trim().to_owned()));

    let dump = platform.dump().await;
    for (name, secret) in &secrets {
        assert!(secret.len() >= 12, "{name}");
        for (table, rows) in &dump {
            assert!(rows.iter().all(|row| !row.contains(secret)), "{table} holds the {name}");
        }
    }
    // Nor does anything that is shown afterwards.
    for endpoint in
        api::ENDPOINTS.iter().filter(|e| e.kind == api::Kind::Read && !e.path.contains('{'))
    {
        let text = platform.door.get(&with.session, endpoint.path).await.text();
        for (name, secret) in &secrets {
            assert!(!text.contains(secret), "{} shows the {name}", endpoint.operation);
        }
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_secret_is_shown_once() {
    let (platform, acme) = Platform::new().await;
    let Who::Key { key, secret } = acme.key(&platform, "Owner").await else { unreachable!() };
    for path in ["/api-key".to_owned(), format!("/api-key/{key}")] {
        let text = platform.door.get(&acme.owner, &path).await.is(200).text();
        assert!(text.contains(&key) && !text.contains(&secret) && !text.contains("secret"));
    }
    platform.finish().await;
}

#[tokio::test]
async fn another_key_of_the_data_folder_opens_nothing_and_says_so() {
    let (platform, acme) = Platform::new().await;
    let file = platform.storage().1.join("key");
    std::fs::remove_file(&file).unwrap();
    let platform = platform.restart().await;
    let answer = platform.door.get(&acme.owner, "/instance").await;
    assert_eq!(answer.status, 500);
    assert!(!answer.text().contains("sealed"), "internals stay in the log: {}", answer.text());
    platform.finish().await;
}
