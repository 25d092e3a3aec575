//! The audit trail as a file: it proves itself, for whoever has the address, for an hour.

use crate::harness::{ORIGIN, Platform, Who, requests};
use api::{AuditExport, AuditHead, AuditKey};
use serde_json::{Value, json};
use server::audit::proof::{PublicKey, verify};
use std::time::Duration;

async fn export(platform: &Platform, who: &Who, body: Value) -> AuditExport {
    platform.door.post(who, "/audit-export", body).await.is(200).body()
}

fn path(export: &AuditExport) -> &str {
    export.url.strip_prefix(ORIGIN).unwrap()
}

async fn file(platform: &Platform, export: &AuditExport) -> Vec<u8> {
    platform.door.page(path(export)).send().await.is(200).bytes
}

#[tokio::test]
async fn the_whole_trail_proves_itself_with_a_head_from_before() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "wéb").await;
    let kept: AuditHead = platform.door.get(&acme.owner, "/audit-head").await.is(200).body();
    assert_eq!(kept.sequence, 2);
    let id = acme.instance(&platform, "web-2").await;
    let missing = format!("/instance/{}:stop", requests::nothing());
    platform.door.put(&acme.owner, &missing, json!({})).await.is(404);
    let made = export(&platform, &acme.owner, json!({})).await;
    assert_eq!((made.first, made.last), (1, 5));
    let text = file(&platform, &made).await;
    let key: AuditKey = platform.door.get(&Who::Nobody, "/audit-key").await.is(200).body();
    let key = PublicKey::read(&key.pem).unwrap();
    let proven = verify(&text[..], Some(&key), &[kept]).unwrap();
    assert_eq!((proven.organization, proven.first, proven.last), (acme.org, 1, 5));
    assert_eq!(proven.newest, 6, "making the address is an event too");
    assert!(proven.heads.iter().all(|(_, reached)| *reached));
    assert!(String::from_utf8(text).unwrap().contains(&id.to_string()));
    platform.finish().await;
}

#[tokio::test]
async fn more_than_a_page_and_a_part_of_it_prove_themselves() {
    let (platform, acme) = Platform::new().await;
    let missing = format!("/instance/{}:stop", requests::nothing());
    for _ in 0..1_005 {
        platform.clock.advance(Duration::from_millis(1));
        platform.door.put(&acme.owner, &missing, json!({})).await.is(404);
    }
    let from = platform.cloud.now();
    platform.clock.advance(Duration::from_secs(1));
    platform.door.put(&acme.owner, &missing, json!({})).await.is(404);
    let all = export(&platform, &acme.owner, json!({})).await;
    assert_eq!((all.first, all.last), (1, 1_006));
    assert_eq!(verify(&file(&platform, &all).await[..], None, &[]).unwrap().last, 1_006);
    let part = export(&platform, &acme.owner, json!({ "from": from })).await;
    assert_eq!((part.first, part.last), (1_005, 1_007));
    assert_eq!(verify(&file(&platform, &part).await[..], None, &[]).unwrap().first, 1_005);
    let before = from.minus(Duration::from_secs(3_600));
    for (body, field) in [
        (json!({ "from": from, "to": before }), "from"),
        (json!({ "to": before }), "from"),
        (json!({ "to": "yesterday" }), "to"),
    ] {
        let refused = platform.door.post(&acme.owner, "/audit-export", body).await.is(400);
        assert_eq!(refused.fields(), [field]);
    }
    platform.finish().await;
}

#[tokio::test]
async fn a_table_is_for_spreadsheets_and_runs_nothing_in_them() {
    let (platform, acme) = Platform::new().await;
    let body =
        json!({ "name": "=HYPERLINK(\"http://evil\")", "public-key": "no key,\n\"quoted\"" });
    platform.door.post(&acme.owner, "/ssh-key", body).await.is(400);
    acme.instance(&platform, "web").await;
    let made = export(&platform, &acme.owner, json!({ "format": "csv" })).await;
    assert!(made.url.contains("/audit-trail.csv?"), "{}", made.url);
    let text = String::from_utf8(file(&platform, &made).await).unwrap();
    let mut read = csv::Reader::from_reader(text.as_bytes());
    let columns = read.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = read.records().collect::<Result<_, _>>().unwrap();
    let cell = |row: usize, name: &str| {
        rows[row].get(columns.iter().position(|column| column == name).unwrap()).unwrap().to_owned()
    };
    assert_eq!(rows.len(), 3);
    assert_eq!((cell(0, "sequence"), cell(2, "sequence")), ("1".into(), "3".into()));
    assert_eq!(
        (cell(0, "operation"), cell(0, "result")),
        ("register-ssh-key".into(), "refused".into())
    );
    assert!(cell(0, "parameters").contains("no key"), "{text}");
    assert_eq!(cell(1, "decided-by"), "role default");
    assert_eq!((cell(1, "operation"), cell(1, "status")), ("create-instance".into(), "200".into()));
    assert_eq!(
        (cell(1, "role"), cell(2, "operation")),
        ("Owner".into(), "complete-operation".into())
    );
    let formulas = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    assert!(rows.iter().flatten().all(|cell| !formulas(cell)), "{text}");
    assert!(verify(text.as_bytes(), None, &[]).is_err(), "it proves nothing");
    // The address of one form is none of the other.
    let other = path(&made).replace(".csv", ".jsonl");
    platform.door.page(&other).send().await.is(404);
    let refused =
        platform.door.post(&acme.owner, "/audit-export", json!({ "format": "xls" })).await;
    assert_eq!(refused.is(400).fields(), ["format"]);
    platform.finish().await;
}

#[tokio::test]
async fn an_address_is_good_for_an_hour_and_for_what_it_says_only() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    let other = platform.tenant("Other", "bob@other.example").await;
    let made = export(&platform, &acme.owner, json!({ "to": platform.cloud.now() })).await;
    let good = path(&made).to_owned();
    platform.door.page(&good).send().await.is(200);
    for wrong in [
        good.replace(&acme.org.to_string(), &other.org.to_string()),
        good.replace("last=2", "last=3"),
        good.replace("first=1", "first=0"),
        good.replace("signature=", "signature=0"),
        good.split('?').next().unwrap().to_owned(),
        good.replace(&acme.org.to_string(), "acme"),
    ] {
        assert_ne!(wrong, good);
        platform.door.page(&wrong).send().await.is(404);
    }
    platform.clock.advance(Duration::from_secs(3_600));
    platform.door.page(&good).send().await.is(404);
    platform.finish().await;
}

#[tokio::test]
async fn as_many_are_downloaded_at_once_as_may_be() {
    let (platform, acme) = Platform::new().await;
    acme.instance(&platform, "web").await;
    let made = export(&platform, &acme.owner, json!({})).await;
    let held: Vec<_> =
        futures::future::join_all((0..4).map(|_| platform.door.page(path(&made)).respond())).await;
    let refused = platform.door.page(path(&made)).send().await.is(503);
    assert!(refused.message().contains("4 audit trails"), "{}", refused.message());
    drop(held);
    platform.door.page(path(&made)).send().await.is(200);
    platform.finish().await;
}
