//! Mail: through a server that takes it, later from one that does not, and as files without one.

use crate::harness::{
    PASSWORD, Platform, Who,
    tls::{Authority, Front, HOST},
};
use serde_json::json;
use server::mail::{Setting, deliver};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What a mail server heard, and whether it takes anything.
#[derive(Default)]
struct Sink {
    mails: Mutex<Vec<String>>,
    refuses: Mutex<bool>,
}

/// The least of RFC 5321 that a client needs.
async fn talk(stream: TcpStream, sink: Arc<Sink>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer = match verb.as_str() {
            "MAIL" if *sink.refuses.lock().unwrap() => "451 later",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut text = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    text.push_str(&line);
                    text.push_str("\r\n");
                }
                sink.mails.lock().unwrap().push(text);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

async fn listen(sink: Arc<Sink>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, sink.clone()));
        }
    });
    url
}

#[tokio::test]
async fn a_mail_server_that_refuses_is_asked_again_later() {
    let sink = Arc::new(Sink::default());
    let smtp = Some(listen(sink.clone()).await);
    let from = Some("cloud@platform.example".to_owned());
    let platform = Platform::mailing(Setting { smtp, from, ..Setting::default() }).await;
    let acme = platform.tenant("Büro & Co", "ann@acme.example").await;
    *sink.refuses.lock().unwrap() = true;
    acme.invite(&platform, "bob@acme.example", "Billing").await;
    assert_eq!(deliver(&platform.cloud).await.unwrap(), 0);
    *sink.refuses.lock().unwrap() = false;
    assert_eq!(deliver(&platform.cloud).await.unwrap(), 0, "not at once");
    platform.clock.advance(Duration::from_secs(61));
    assert_eq!(deliver(&platform.cloud).await.unwrap(), 1);
    platform.clock.advance(Duration::from_secs(24 * 3_600));
    assert_eq!(deliver(&platform.cloud).await.unwrap(), 0, "and once only");
    let mail = sink.mails.lock().unwrap().join("---");
    assert!(mail.contains("To: bob@acme.example"), "{mail}");
    assert!(mail.contains("cloud@platform.example"), "{mail}");
    assert!(mail.contains("/invitation?token"), "{mail}");
    let shown = platform.door.get(&acme.owner, "/user").await.is(200).json();
    assert_eq!(shown["mail"], "smtp");
    platform.finish().await;
}

#[tokio::test]
async fn a_mail_server_may_have_an_authority_of_ones_own() {
    let (sink, authority) = (Arc::new(Sink::default()), Authority::new());
    let behind = listen(sink.clone()).await.replace("smtp://", "http://");
    let front = Front::of(&behind, authority.certificate(HOST)).await;
    let smtp = Some(front.url(HOST).replace("https://", "smtps://"));
    let sent = async |ca_file| {
        let setting = Setting { smtp: smtp.clone(), ca_file, ..Setting::default() };
        let platform = Platform::mailing(setting).await;
        let acme = platform.tenant("Acme", "ann@acme.example").await;
        acme.invite(&platform, "bob@acme.example", "Billing").await;
        let sent = deliver(&platform.cloud).await.unwrap();
        platform.finish().await;
        sent
    };
    assert_eq!(sent(None).await, 0);
    assert!(sink.mails.lock().unwrap().is_empty());
    assert_eq!(sent(Some(authority.file())).await, 1);
    assert!(sink.mails.lock().unwrap()[0].contains("To: bob@acme.example"));
}

#[tokio::test]
async fn without_a_mail_server_mail_is_files_for_the_operator() {
    let (platform, acme) = Platform::new().await;
    let role = json!({ "id": acme.role(&platform, "Billing").await });
    let body = json!({ "email": "bob@acme.example", "role": role, "language": "de" });
    // A rehearsal invites nobody.
    platform.door.post(&acme.owner, "/user?dry-run=true", body.clone()).await.is(200);
    assert!(platform.mails().await.is_empty());
    platform.door.post(&acme.owner, "/user", body).await.is(200);
    let mails = platform.mails().await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("Einladung zu Acme"), "{}", mails[0]);
    assert!(mails[0].contains("http://localhost:8080/sign-in/invitation?token="), "{}", mails[0]);
    let shown = platform.door.get(&acme.owner, "/user").await.is(200).json();
    assert_eq!(shown["mail"], "files");
    // What it said is nowhere in the database any more.
    let dump = platform.dump().await;
    assert!(dump["mails"][0].contains("sealed= |"), "{:?}", dump["mails"]);
    platform.finish().await;
}

#[tokio::test]
async fn no_mailbox_is_filled() {
    let (platform, acme) = Platform::new().await;
    let id = acme.invite(&platform, "bob@acme.example", "Billing").await;
    let resend = format!("/user/{id}:resend-invitation");
    for _ in 0..4 {
        platform.door.put(&acme.owner, &resend, json!({})).await.is(200);
    }
    let refused = platform.door.put(&acme.owner, &resend, json!({})).await.is(429);
    assert!(refused.message().contains("5 mails within an hour"), "{}", refused.message());
    platform.clock.advance(Duration::from_secs(3_601));
    platform.door.put(&acme.owner, &resend, json!({})).await.is(200);
    let token = platform.token_for("bob@acme.example", 5).await;
    let body = json!({ "token": token, "password": PASSWORD });
    platform.door.post(&Who::Nobody, "/invitation:accept", body).await.is(200);
    platform.finish().await;
}
