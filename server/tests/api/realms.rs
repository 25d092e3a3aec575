//! The provider's staff: an organization and accounts of their own, and no way into anybody else's.

use crate::harness::{Answer, Ask, PASSWORD, Platform, Who, requests};
use domain::realm::Realm;
use serde_json::json;
use server::admin::Command;

async fn invite(platform: &Platform, by: &Who, email: &str, role: &str) {
    let roles: api::IamRoles = platform.door.get(by, "/iam-role").await.is(200).body();
    let role = roles.iam_roles.iter().find(|one| one.name == role).unwrap().id;
    let body = json!({ "email": email, "role": { "id": role } });
    platform.door.post(by, "/user", body).await.is(200);
}

async fn accept(platform: &Platform, email: &str, after: usize) -> Answer {
    let token = platform.token_for(email, after).await;
    let body = json!({ "token": token, "password": PASSWORD });
    platform.door.post(&Who::Nobody, "/invitation:accept", body).await
}

#[tokio::test]
async fn staff_have_one_organization_with_roles_of_its_own() {
    let (platform, acme) = Platform::new().await;
    let owner = platform.staff().await.owner;
    let (organization, email) = ("More staff".to_owned(), "tom@provider.example".to_owned());
    let again = Command::OperatorCreate { organization, email };
    let again = platform.admin(again).await.unwrap_err();
    assert!(again.contains("already"), "{again}");
    let of = async |who: &Who| -> api::Organization {
        platform.door.get(who, "/organization").await.is(200).body()
    };
    assert_eq!(of(&owner).await.realm, Realm::Operator);
    assert_eq!(of(&acme.owner).await.realm, Realm::Customer);
    let roles: api::IamRoles = platform.door.get(&owner, "/iam-role").await.is(200).body();
    let mut names: Vec<_> = roles.iam_roles.iter().map(|role| role.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Owner", "Support"]);
    assert!(roles.iam_roles.iter().all(|role| !role.editable));
    // It runs nothing.
    let body = acme.body(&platform, "web").await;
    let refused = platform.door.post(&owner, "/instance", body).await.is(409);
    assert!(refused.message().contains("instance"), "{}", refused.message());

    invite(&platform, &owner, "tom@provider.example", "Support").await;
    let tom = Who::Session(accept(&platform, "tom@provider.example", 0).await.cookie().unwrap());
    let me: api::Me = platform.door.get(&tom, "/me").await.is(200).body();
    assert_eq!((me.organization.realm, me.role.name.as_str()), (Realm::Operator, "Support"));
    platform.door.get(&tom, "/instance").await.is(403);
    platform.finish().await;
}

#[tokio::test]
async fn nobody_is_of_both_realms() {
    let (platform, acme) = Platform::new().await;
    let owner = platform.staff().await.owner;
    for (by, email, role) in
        [(&acme.owner, "sue@provider.example", "Owner"), (&owner, "ann@acme.example", "Owner")]
    {
        // The link that an operator makes has no password yet: the invitation sets one.
        invite(&platform, by, email, role).await;
        let refused = accept(&platform, email, 0).await.is(409);
        assert!(refused.message().contains("accounts of their own"), "{}", refused.message());
    }
    let command = Command::OrganizationCreate {
        organization: "Beta".to_owned(),
        email: "sue@provider.example".to_owned(),
        currency: Default::default(),
    };
    let refused = platform.admin(command).await.unwrap_err();
    assert!(refused.contains("staff"), "{refused}");
    platform.finish().await;
}

#[tokio::test]
async fn staff_have_no_way_into_an_organization() {
    let (platform, acme) = Platform::new().await;
    let with = acme.everything(&platform).await;
    let staff = platform.staff().await;
    let session = staff.sign_in(&platform).await;
    let mut walked = 0;
    for endpoint in api::ENDPOINTS.iter().filter(|e| !e.operation.contains("instance-type")) {
        let ids = requests::ids(endpoint, &platform, &with);
        let Some((_, id)) = ids.first() else { continue };
        let nobody = match endpoint.path.starts_with("/api-key") {
            true => "EXO0123456789abcdef01234567".to_owned(),
            false => requests::nothing(),
        };
        let ready = requests::ready(&platform, &acme, &with, endpoint).await;
        let path = format!("/v2{}", requests::path(endpoint, &platform, &with));
        let at = async |by: &Who, path: String| {
            let mut ask: Ask = ready.clone().by(by);
            ask.path = path;
            ask.send().await
        };
        // What belongs to people is refused to a key whatever it names, so a person asks as well.
        for by in [&staff.owner, &session] {
            let theirs = at(by, path.clone()).await;
            let nobodys = at(by, path.replace(id.as_str(), &nobody)).await;
            assert_eq!(theirs.about_any(id), nobodys.about_any(&nobody), "{}", endpoint.operation);
            let of_people = matches!(by, Who::Key { .. }) && endpoint.access.is_of_people();
            let expected = if of_people { 403 } else { 404 };
            assert_eq!(theirs.status, expected, "{}: {}", endpoint.operation, theirs.text());
        }
        walked += 1;
    }
    assert!(walked > 30, "{walked}");
    platform.finish().await;
}
