//! Lists: filters, orders and pages, all answered by the database.

use crate::harness::{Platform, Tenant, Who};
use serde_json::json;
use std::time::Duration;

/// Five instances, a millisecond or a second apart, with labels.
async fn five(platform: &Platform, acme: &Tenant) {
    for (n, name) in ["delta", "alpha", "Echo_1", "bravo", "charlie%"].into_iter().enumerate() {
        let mut body = acme.body(platform, name).await;
        body["labels"] =
            json!({ "env": if n % 2 == 0 { "prod" } else { "test" }, "no.": n.to_string() });
        body["auto-start"] = json!(n != 3);
        platform.door.post(&acme.owner, "/instance", body).await.is(200);
        platform.clock.advance(Duration::from_secs(1));
    }
    platform.drain().await;
}

async fn names(platform: &Platform, who: &Who, query: &str) -> Vec<String> {
    let list: api::Instances =
        platform.door.get(who, &format!("/instance{query}")).await.is(200).body();
    list.instances.into_iter().map(|i| i.name).collect()
}

#[tokio::test]
async fn instances_are_filtered() {
    let (platform, acme) = Platform::new().await;
    five(&platform, &acme).await;
    let of = async |query: &str| {
        let mut names = names(&platform, &acme.owner, query).await;
        names.sort();
        names
    };
    assert_eq!(of("").await.len(), 5);
    assert_eq!(of("?state=stopped").await, ["bravo"]);
    assert_eq!(of("?labels=env:test").await, ["alpha", "bravo"]);
    assert_eq!(of("?labels=env%3Dtest,no.:1").await, ["alpha"]);
    assert_eq!(of("?q=ECHO_").await, ["Echo_1"]);
    assert_eq!(of("?q=_").await, ["Echo_1"], "wildcards stand for themselves");
    assert_eq!(of("?q=%25").await, ["charlie%"]);
    assert_eq!(of("?q=%27%20OR%201%3D1--").await, [""; 0]);
    assert_eq!(of("?labels=env:%27%20OR%201%3D1--").await, [""; 0]);
    assert_eq!(of("?instance-type=standard.small&zone=ch-gva-2").await.len(), 5);
    assert_eq!(of("?zone=de-fra-1").await, [""; 0]);
    assert_eq!(of("?manager-id=x").await, [""; 0]);
    let list: api::Instances = platform.door.get(&acme.owner, "/instance?q=alpha").await.body();
    let address = list.instances[0].public_ip.clone().unwrap();
    assert_eq!(of(&format!("?ip-address={address}")).await, ["alpha"]);
    let id = list.instances[0].id;
    assert_eq!(of(&format!("?ids={id},{id}")).await, ["alpha"]);
    assert_eq!(of(&format!("?ids={id}&state=stopped")).await, [""; 0]);
    for wrong in [
        "state=dead",
        "zone=mars",
        "instance-type=standard.colossal",
        "labels=env",
        "sort=price",
        "ids=x",
    ] {
        let answer = platform.door.get(&acme.owner, &format!("/instance?{wrong}")).await.is(400);
        assert_eq!(answer.fields(), [wrong.split('=').next().unwrap()]);
    }
    platform.finish().await;
}

#[tokio::test]
async fn instances_are_sorted_and_come_by_pages() {
    let (platform, acme) = Platform::new().await;
    five(&platform, &acme).await;
    for (sort, first) in [
        ("name", None),
        ("-name", None),
        ("created-at", Some("delta")),
        ("-created-at", Some("charlie%")),
        ("state", None),
        ("-state", Some("bravo")),
    ] {
        let whole = names(&platform, &acme.owner, &format!("?sort={sort}")).await;
        if let Some(first) = first {
            assert_eq!(whole[0], first, "{sort}");
        }
        let (mut paged, mut path) =
            (Vec::new(), format!("/instance?sort={sort}&limit=2&totals=true"));
        loop {
            let answer = platform.door.get(&acme.owner, &path).await.is(200);
            let page: api::Instances = answer.body();
            assert_eq!((page.total, page.running), (Some(5), Some(4)));
            assert!(page.price.unwrap().nano_per_hour.0 > 0);
            paged.extend(page.instances.into_iter().map(|i| i.name));
            let Some(link) = answer.header("link").strip_suffix(">; rel=\"next\"") else { break };
            path = link.trim_start_matches('<').to_owned();
        }
        assert_eq!(paged, whole, "{sort}");
    }
    let ascending = names(&platform, &acme.owner, "?sort=name").await;
    let mut descending = names(&platform, &acme.owner, "?sort=-name").await;
    descending.reverse();
    assert_eq!(ascending, descending);
    platform.finish().await;
}

#[tokio::test]
async fn a_page_has_bounds_and_its_cursor_belongs_to_one_list() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let (platform, acme) = Platform::new().await;
    five(&platform, &acme).await;
    let get = |path: &str| platform.door.ask("GET", path).by(&acme.owner).send();
    for limit in ["0", "-1", "1001", "1000000000", "5x", "99999999999999999999"] {
        assert_eq!(
            get(&format!("/instance?limit={limit}")).await.is(400).fields(),
            ["limit"],
            "{limit}"
        );
        assert_eq!(
            get(&format!("/operation?limit={limit}")).await.is(400).fields(),
            ["limit"],
            "{limit}"
        );
    }
    let page = get("/instance?sort=name&limit=2").await.is(200);
    let cursor =
        page.header("link").split("cursor=").nth(1).unwrap().split('>').next().unwrap().to_owned();
    get(&format!("/instance?sort=name&limit=2&cursor={cursor}")).await.is(200);
    for elsewhere in ["/instance?sort=state&limit=2", "/instance?limit=2", "/operation?limit=2"] {
        assert_eq!(get(&format!("{elsewhere}&cursor={cursor}")).await.is(400).fields(), ["cursor"]);
    }
    assert_eq!(
        get(&format!("/instance?sort=name&cursor={cursor}")).await.is(400).fields(),
        ["cursor"]
    );
    // Cursors are made by us; others are refused, whatever they hold.
    let forged = [
        r#"["instances name",{"value":7,"id":"x"}]"#,
        r#"["instances name",{"value":"a\u0000","id":"x"}]"#,
        r#"["instances name",{"value":"a","id":"\u0000"}]"#,
        r#"["instances name",3]"#,
        "nonsense",
    ];
    for text in forged {
        let path = format!("/instance?sort=name&limit=2&cursor={}", URL_SAFE_NO_PAD.encode(text));
        assert_eq!(get(&path).await.is(400).fields(), ["cursor"], "{text}");
    }
    for text in [
        r#"["operations",{"value":"x","id":"x"}]"#,
        r#"["instances -created-at",{"value":"x","id":"x"}]"#,
    ] {
        let noun = if text.contains("operations") { "operation" } else { "instance" };
        let path = format!("/{noun}?limit=2&cursor={}", URL_SAFE_NO_PAD.encode(text));
        assert_eq!(get(&path).await.is(400).fields(), ["cursor"], "{text}");
    }
    platform.finish().await;
}

#[tokio::test]
async fn operations_are_listed_the_newest_first() {
    let (platform, acme) = Platform::new().await;
    five(&platform, &acme).await;
    let first = platform.door.get(&acme.owner, "/operation?limit=2").await.is(200);
    let page: api::Operations = first.body();
    assert_eq!((page.operations.len(), page.total), (2, 5));
    assert_eq!(page.operations[0].subject.as_deref(), Some("charlie%"));
    let one = page.operations[0].reference.clone().unwrap().id;
    let of: api::Operations = platform
        .door
        .get(&acme.owner, &format!("/operation?subject-id={one}"))
        .await
        .is(200)
        .body();
    assert_eq!(of.total, 1);
    let failed: api::Operations =
        platform.door.get(&acme.owner, "/operation?state=failure").await.is(200).body();
    assert_eq!(failed.total, 0);
    platform.door.get(&acme.owner, "/operation?state=done").await.is(400);
    platform.finish().await;
}

#[tokio::test]
async fn operations_of_an_instance_are_also_those_on_its_snapshots() {
    let (platform, acme) = Platform::new().await;
    let id = acme.instance(&platform, "web").await;
    let other = acme.instance(&platform, "db").await;
    platform.clock.advance(Duration::from_secs(1));
    let snapshot = acme.snapshot(&platform, id).await;
    acme.snapshot(&platform, other).await;
    platform.clock.advance(Duration::from_secs(1));
    acme.done(&platform, "DELETE", &format!("/snapshot/{snapshot}"), json!({})).await;
    let kinds = async |query: String| {
        let path = format!("/operation?{query}");
        let page: api::Operations = platform.door.get(&acme.owner, &path).await.is(200).body();
        assert_eq!(page.total, page.operations.len() as i64);
        page.operations.into_iter().map(|o| o.operation).collect::<Vec<_>>()
    };
    let of_instance = ["delete-snapshot", "create-snapshot", "create-instance"];
    assert_eq!(kinds(format!("subject-id={id}")).await, of_instance);
    assert_eq!(kinds(format!("subject-id={id}&state=success&limit=1000")).await, of_instance);
    assert_eq!(kinds(format!("subject-id={snapshot}")).await, of_instance[..2]);
    platform.finish().await;
}

#[tokio::test]
async fn the_summary_counts_what_there_is() {
    let (platform, acme) = Platform::new().await;
    five(&platform, &acme).await;
    let summary: api::Summary = platform.door.get(&acme.owner, "/summary").await.is(200).body();
    assert_eq!((summary.instances, summary.running, summary.stopped, summary.failed), (5, 4, 1, 0));
    assert_eq!(summary.nano_per_hour.0, 4 * 23_330_000 + 5 * 10 * 140_000);
    platform.finish().await;
}
