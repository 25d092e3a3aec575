//! What the operator does, and what stops the platform from starting.

use crate::harness::{Database, Platform, Tenant, Who, ZONES};
use domain::{money::Currency, quota::QuotaResource};
use serde_json::json;
use server::{admin::Command, clock::SystemClock, config::Storage, db::Connections, serve};
use std::sync::Arc;

fn bootstrap(name: &str) -> Command {
    Command::Bootstrap {
        organization: name.into(),
        email: "ann@acme.example".into(),
        currency: Currency::default(),
    }
}

#[tokio::test]
async fn bootstrap_makes_the_first_organization_once() {
    let platform = Platform::empty().await;
    let answer = platform.admin(bootstrap("Acme")).await.unwrap();
    let acme = Tenant::of("ann@acme.example", &answer);
    for pointer in
        ["/organization/id", "/user/id", "/sign-in-url", "/api-key/key", "/api-key/secret"]
    {
        assert!(answer.json.pointer(pointer).is_some_and(|v| v.is_string()), "{pointer}");
    }
    assert!(answer.json["sign-in-url"].as_str().unwrap().starts_with(crate::harness::ORIGIN));
    platform.door.get(&acme.owner, "/organization").await.is(200);
    acme.sign_in(&platform).await;
    let before = platform.dump().await;
    let refused = platform.admin(bootstrap("Second")).await.expect_err("refused");
    assert!(refused.contains("organization create"), "{refused}");
    assert_eq!(before, platform.dump().await);
    platform.finish().await;
}

#[tokio::test]
async fn quotas_are_set_by_the_operator() {
    let (platform, acme) = Platform::new().await;
    platform.set_quota(&acme, QuotaResource::Instance, 0).await;
    let body = acme.body(&platform, "web").await;
    platform.door.post(&acme.owner, "/instance", body).await.is(409);
    let set = |organization, limit| Command::QuotaSet {
        organization,
        resource: QuotaResource::Gpu,
        limit,
    };
    assert!(platform.admin(set(acme.org, -2)).await.is_err());
    let nobody = domain::OrgId(domain::Uuid::from_u128(7));
    assert!(platform.admin(set(nobody, 1)).await.is_err());
    platform.finish().await;
}

#[tokio::test]
async fn a_template_is_imported_for_everybody_and_again_is_harmless() {
    let (platform, acme) = Platform::new().await;
    let file = platform.storage().1.join("image.tar");
    std::fs::write(&file, vec![7; 1_000]).unwrap();
    let import = || Command::TemplateImport {
        zone: ZONES[0].into(),
        name: "Our Linux".into(),
        default_user: "admin".into(),
        file: file.clone(),
    };
    let first = platform.admin(import()).await.unwrap();
    let second = platform.admin(import()).await.unwrap();
    assert_eq!(first.json, second.json);
    let id = &first.json["template"]["id"];
    let mut body = acme.body(&platform, "web").await;
    body["template"]["id"] = id.clone();
    let operation = platform.door.post(&acme.owner, "/instance", body).await.operation();
    platform.succeed(&acme.owner, &operation).await;
    let list: api::Templates =
        platform.door.get(&acme.owner, &format!("/{}/v2/template", ZONES[1])).await.is(200).body();
    assert!(list.templates.iter().all(|t| json!(t.id) != *id), "of its zone only");
    let nowhere = Command::TemplateImport {
        zone: "mars".into(),
        name: "x".into(),
        default_user: "x".into(),
        file,
    };
    assert!(platform.admin(nowhere).await.is_err());
    platform.finish().await;
}

#[tokio::test]
async fn the_check_names_what_is_broken() {
    for (sql, found) in [
        ("UPDATE quotas SET used = used + 1 WHERE resource = 'instance'", "quotas count"),
        (
            "UPDATE usage_intervals SET ended_us = started_us WHERE product LIKE 'instance.%'",
            "metered",
        ),
        ("UPDATE instances SET operation_id = 'x'", "busy"),
        ("UPDATE instances SET engine_name = 'couloir-other'", "not in the engine"),
        ("DELETE FROM answers", ""),
    ] {
        let (platform, acme) = Platform::new().await;
        acme.instance(&platform, "web").await;
        Database::run(platform.storage().0, sql).await;
        match (platform.check().await, found) {
            (Ok(()), "") => {}
            (Err(said), found) => {
                assert!(!found.is_empty() && said.contains(found), "{sql}: {said}")
            }
            (Ok(()), _) => panic!("{sql} is not found"),
        }
        platform.finish_broken().await;
    }
}

#[tokio::test]
async fn what_vanished_from_the_engine_is_found_and_shown() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let stopped = acme.instance(&platform, "other").await;
    platform.sims[0].remove_behind_our_back(&format!("couloir-{id}")).unwrap();
    platform.sims[0].stop_behind_our_back(&format!("couloir-{stopped}")).unwrap();
    assert!(platform.check().await.is_err());
    server::housekeeping::once(&platform.cloud).await.unwrap();
    let shown = acme.get(&platform, id).await;
    assert_eq!(shown.state.as_str(), "error");
    assert!(shown.reason.is_some());
    assert_eq!(acme.get(&platform, stopped).await.state.as_str(), "stopped");
    acme.done(&platform, "DELETE", &format!("/instance/{id}"), json!({})).await;
    platform.finish().await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    let url = platform.storage().0.to_owned();
    let checksum = match platform.cloud.db.dialect {
        server::db::Dialect::Sqlite => "x'00'",
        server::db::Dialect::Postgres => "'\\x00'",
    };
    let sql = format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', TRUE, {checksum}, 1)"
    );
    Database::run(&url, &sql).await;
    let opened = Database::open(&url, Arc::new(SystemClock)).await;
    let said = opened.err().unwrap().to_string();
    assert!(said.contains("newer version") && said.contains("9999"), "{said}");
    Database::run(&url, "DELETE FROM _sqlx_migrations WHERE version = 9999").await;
    Database::open(&url, Arc::new(SystemClock)).await.unwrap().close().await;
    platform.finish().await;
}

#[tokio::test]
async fn nonsense_is_no_database() {
    for url in [
        "mysql://x",
        "couloir.db",
        "",
        "sqlite:/proc/nowhere/couloir.db",
        "postgres://nobody@127.0.0.1:1/x",
    ] {
        assert!(Database::open(url, Arc::new(SystemClock)).await.is_err(), "{url}");
    }
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_is_refused() {
    let (platform, _) = Platform::new().await;
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage {
        database: format!("sqlite:{}", folder.path().join("other.db").display()),
        connections: Connections::default(),
        data: folder.path().to_owned(),
        key: None,
    };
    let first = serve::open(&storage).await.unwrap();
    assert!(first.lock.is_some());
    assert!(serve::open(&storage).await.unwrap().lock.is_none());
    drop(first);
    assert!(serve::open(&storage).await.unwrap().lock.is_some(), "and free again when it ends");
    let wrong = Storage { key: Some("too short".into()), ..storage };
    assert!(serve::open(&wrong).await.is_err());
    platform.finish().await;
}

#[tokio::test]
async fn what_needs_no_credentials_needs_none() {
    let (platform, _) = Platform::new().await;
    let document = platform.door.get(&Who::Nobody, "/openapi.json").await.is(200).json();
    assert_eq!(document["openapi"], "3.0.3");
    platform.door.get(&Who::Nobody, "/zone").await.is(200);
    platform.finish().await;
}
