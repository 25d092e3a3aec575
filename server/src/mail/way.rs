//! How mail leaves: through a mail server, or as files for the operator where there is none.

use super::Letter;
use crate::{
    error::{Error, Result},
    outbound,
};
use domain::Timestamp;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::client::{Certificate, Tls, TlsParameters},
};
use std::{
    fmt::Display,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tokio::sync::Notify;
use url::Url;

const NAME: &str = "Couloir";
/// A mail server that says nothing for so long has failed.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Files that are kept; the oldest go first.
const FILES_MAX: usize = 1_000;

/// What the operator says about mail.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// `smtps://USER:PASSWORD@HOST`, `smtp://…?tls=required`; files without.
    pub smtp: Option<String>,
    /// Who mail comes from.
    pub from: Option<String>,
    /// Authorities that a mail server's certificate may be from, beside those of this system.
    pub ca_file: Option<PathBuf>,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
}

/// The way out, and who it comes from.
pub struct Mail {
    from: Address,
    way: Way,
    /// Wakes who sends.
    pub queued: Notify,
}

impl Mail {
    pub fn open(setting: &Setting, origin: &str, data: &Path) -> Result<Mail> {
        let from = setting.from.clone().unwrap_or_else(|| format!("no-reply@{}", host(origin)));
        let from = from.parse().map_err(|e| {
            Error::Startup(format!("--mail-from {from:?} is no e-mail address: {e}"))
        })?;
        let way = match &setting.smtp {
            Some(url) => Way::Smtp(server(url, setting.ca_file.as_deref())?),
            None => Way::Files(data.join("mail")),
        };
        Ok(Mail { from, way, queued: Notify::new() })
    }

    /// `smtp` or `files`.
    pub fn kind(&self) -> &'static str {
        match self.way {
            Way::Smtp(_) => "smtp",
            Way::Files(_) => "files",
        }
    }

    /// Hands a mail over, or writes its file.
    pub async fn send(&self, id: &str, letter: &Letter, now: Timestamp) -> Result<(), String> {
        let message = self.message(id, letter, now)?;
        match &self.way {
            Way::Smtp(server) => server.send(message).await.map(|_| ()).map_err(|e| e.to_string()),
            Way::Files(folder) => {
                let file = folder.join(format!("{id}.eml"));
                write(folder, &file, &message.formatted()).map_err(|e| e.to_string())?;
                tracing::info!(to = letter.to, file = %file.display(),
                    "no mail server is set (--smtp-url): this mail is a file, hand it over");
                Ok(())
            }
        }
    }

    fn message(&self, id: &str, letter: &Letter, now: Timestamp) -> Result<Message, String> {
        let to: Address = letter.to.parse().map_err(|e| format!("{}: {e}", letter.to))?;
        let micros = u64::try_from(now.0).unwrap_or(0);
        // A header is one line, whatever name somebody gave to their organization.
        let subject = letter.subject.replace(char::is_control, " ");
        Message::builder()
            .from(Mailbox::new(Some(NAME.to_owned()), self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(subject)
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
            .message_id(Some(format!("<{id}@{}>", self.from.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|e| e.to_string())
    }
}

/// Only on this machine may a mail with a link that signs in travel unencrypted.
fn server(url: &str, ca_file: Option<&Path>) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let plain = url.starts_with("smtp://") && !url.contains("tls=required");
    let at = url.split_once("://").map_or("", |(_, rest)| rest);
    let at = at.rsplit_once('@').map_or(at, |(_, host)| host);
    let here = ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| at.starts_with(name));
    if plain && !here {
        return Err(Error::Startup(
            "--smtp-url: mail holds links that sign in, and would travel unencrypted: use smtps://… \
             or smtp://…?tls=required"
                .into(),
        ));
    }
    let unlike = |e: &dyn Display| {
        Error::Startup(format!("--smtp-url is not like smtps://USER:PASSWORD@HOST:465: {e}"))
    };
    let mut builder =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|e| unlike(&e))?;
    if let Some(file) = ca_file.filter(|_| !plain) {
        let url = Url::parse(url).map_err(|e| unlike(&e))?;
        builder = builder.tls(believing(file, &url)?);
    }
    Ok(builder.timeout(Some(TIMEOUT)).build())
}

/// TLS as the address asks for it, with the authorities of a file beside those of this system.
fn believing(file: &Path, server: &Url) -> Result<Tls> {
    let mut tls = TlsParameters::builder(server.host_str().unwrap_or_default().to_owned());
    for authority in outbound::authorities(file)? {
        let authority = Certificate::from_der(authority.to_vec()).map_err(Error::internal)?;
        tls = tls.add_root_certificate(authority);
    }
    let tls = tls.build().map_err(Error::internal)?;
    Ok(match server.scheme() {
        "smtps" => Tls::Wrapper(tls),
        _ => Tls::Required(tls),
    })
}

/// The origin's host, where it is a name.
fn host(origin: &str) -> String {
    let uri = origin.parse::<http::Uri>().unwrap_or_default();
    let host = uri.host().unwrap_or_default();
    let number = host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
    if host.is_empty() || number { "localhost".to_owned() } else { host.to_owned() }
}

/// For the operator's eyes only.
fn write(folder: &Path, file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    // The names begin with the time.
    names.sort();
    for old in names.iter().rev().skip(FILES_MAX - 1) {
        std::fs::remove_file(old)?;
    }
    let mut open = std::fs::OpenOptions::new();
    let mut handle = open.write(true).create(true).truncate(true).mode(0o600).open(file)?;
    handle.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_never_travel_unencrypted_over_a_network() {
        for right in [
            "smtps://u:p@mail.example:465",
            "smtp://u:p@mail.example:587?tls=required",
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
        ] {
            assert!(server(right, None).is_ok(), "{right}");
        }
        for wrong in
            ["smtp://mail.example", "smtp://u:p@mail.example?tls=opportunistic", "mail", ""]
        {
            assert!(server(wrong, None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_sender_is_made_of_the_origin() {
        assert_eq!(host("https://cloud.example:8443"), "cloud.example");
        assert_eq!(host("http://127.0.0.1:8080"), "localhost");
        assert_eq!(host("http://[::1]:8080"), "localhost");
    }
}
