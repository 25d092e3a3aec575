//! The way through the portal: what a browser is given, keeps, and comes back with.

use super::*;
use crate::harness::Door;

/// The cookie that an answer sets, as a browser sends it back.
fn kept(answer: &Answer) -> String {
    let lines = answer.headers.get_all("set-cookie").iter();
    let line = lines.map(|line| line.to_str().unwrap()).find(|line| line.contains("-sign-in="));
    let line = line.unwrap();
    assert!(line.contains("; Secure; HttpOnly; SameSite=Lax"), "{line}");
    line.split(';').next().unwrap().to_owned()
}

fn href(page: &str) -> String {
    let from = page.split("url=").nth(1).unwrap();
    let end = from.find('"').unwrap();
    from[..end].replace("&amp;", "&")
}

#[tokio::test]
async fn a_browser_goes_there_and_comes_back_from_another_site() {
    let world = World::new().await;
    let door = Door::whole(&world.platform.cloud, world.platform.clock.clone());
    let page = "%2Fsign-in%2Forganization";
    let fields = format!("organization={}&return-to=%2Finstances&_page={page}", world.acme.org);
    let send = async |accept: &str| {
        let mut ask = door.page("/form/begin-single-sign-on").bytes(fields.clone());
        ask.method = "POST".to_owned();
        ask.header("accept", accept).shown().await.is(200)
    };
    let shown = send("text/html").await;
    let cookie = kept(&shown);
    assert!(!shown.text().contains(cookie.split_once('=').unwrap().1), "the page does not know it");
    // Nor do scripts.
    let to_scripts = send("application/json").await;
    let other = kept(&to_scripts);
    assert!(!to_scripts.text().contains(other.split_once('=').unwrap().1));
    let answered = world.provider.sign_in(&href(&shown.text()), &ann());
    let back = |cookie: &str| {
        let path = format!(
            "/sign-in/answer/{}?code={}&state={}",
            world.acme.org, answered.code, answered.state
        );
        door.page(&path).header("cookie", cookie).header("sec-fetch-site", "cross-site").shown()
    };
    let foreign = back(&other).await.is(400);
    assert!(foreign.text().contains("begin again"), "another browser's");
    let home = back(&cookie).await.is(303);
    assert_eq!(home.header("location"), "/instances");
    let lines: Vec<_> = home.headers.get_all("set-cookie").iter().collect();
    assert_eq!(lines.len(), 2, "a session, and the other one goes: {lines:?}");
    let again = back(&cookie).await.is(400);
    assert!(again.text().contains("answered already"));
    world.platform.finish().await;
}
