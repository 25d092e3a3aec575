//! The way in: requests through the real router, with any credential, every answer checked against
//! the platform's own document.

use super::{ORIGIN, conformance};
use api::{RawRequest, RawResponse, TransportError};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    middleware::{Next, from_fn},
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue, Request, header};
use server::{
    clock::{Clock, ManualClock},
    cloud::Cloud,
    config::{Config, ServeArgs},
    http as api_http, serve,
};
use sha2::Sha256;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tower::ServiceExt;

/// Whose credential a request carries.
#[derive(Clone, Debug)]
pub enum Who {
    Nobody,
    Key {
        key: String,
        secret: String,
    },
    Token(String),
    /// A browser: the cookie's value.
    Session(String),
}

#[derive(Clone)]
pub struct Door {
    router: Router,
    clock: Arc<ManualClock>,
    /// Makes the signatures of equal requests different, as the seconds between them would.
    count: Arc<AtomicI64>,
}

impl Door {
    pub fn of(cloud: &Arc<Cloud>, clock: Arc<ManualClock>) -> Door {
        Door::behind(cloud, clock, &[])
    }

    /// A server that believes these proxies.
    pub fn behind(cloud: &Arc<Cloud>, clock: Arc<ManualClock>, trusted: &[&str]) -> Door {
        let trusted: Arc<[ipnet::IpNet]> = trusted.iter().map(|t| t.parse().unwrap()).collect();
        let router = api_http::api_router(cloud.clone())
            .layer(from_fn(|request, next: Next| api_http::security_headers(false, request, next)))
            .layer(from_fn(move |request, next: Next| {
                api_http::source::note(trusted.clone(), request, next)
            }));
        Door { router, clock, count: Arc::default() }
    }

    /// All that the process serves, pages too.
    pub fn whole(cloud: &Arc<Cloud>, clock: Arc<ManualClock>) -> Door {
        let config = Config::of(&ServeArgs::default()).unwrap();
        let router = serve::router(cloud.clone(), &config);
        Door { router, clock, count: Arc::default() }
    }

    /// A request; `path` begins below `/v2` unless it names a zone or `/v2` itself.
    pub fn ask(&self, method: &str, path: &str) -> Ask {
        let whole = path.starts_with("/v2") || path.contains("/v2/") || path.starts_with("/export");
        let path = if whole { path.to_owned() } else { format!("/v2{path}") };
        Ask {
            door: self.clone(),
            method: method.to_owned(),
            path,
            body: Vec::new(),
            headers: Vec::new(),
            who: Who::Nobody,
            peer: "192.0.2.7:4000".to_owned(),
            expires: None,
        }
    }

    /// A page, by its whole path.
    pub fn page(&self, path: &str) -> Ask {
        Ask { path: path.to_owned(), ..self.ask("GET", "") }
    }

    pub async fn get(&self, who: &Who, path: &str) -> Answer {
        self.ask("GET", path).by(who).send().await
    }

    pub async fn post(&self, who: &Who, path: &str, body: serde_json::Value) -> Answer {
        self.ask("POST", path).by(who).json(&body).send().await
    }

    pub async fn put(&self, who: &Who, path: &str, body: serde_json::Value) -> Answer {
        self.ask("PUT", path).by(who).json(&body).send().await
    }

    pub async fn delete(&self, who: &Who, path: &str) -> Answer {
        self.ask("DELETE", path).by(who).send().await
    }
}

/// A request that is being put together.
#[derive(Clone)]
pub struct Ask {
    door: Door,
    pub method: String,
    pub path: String,
    body: Vec<u8>,
    headers: Vec<(String, String)>,
    who: Who,
    peer: String,
    expires: Option<i64>,
}

impl Ask {
    pub fn by(mut self, who: &Who) -> Ask {
        self.who = who.clone();
        self
    }

    pub fn json(self, body: &serde_json::Value) -> Ask {
        self.bytes(body.to_string())
    }

    pub fn bytes(mut self, body: impl Into<Vec<u8>>) -> Ask {
        self.body = body.into();
        self
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Ask {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The address that the connection comes from.
    pub fn from(mut self, peer: &str) -> Ask {
        self.peer = format!("{peer}:4000");
        self
    }

    /// Signs with this expiry, in seconds from now.
    pub fn expires_in(mut self, seconds: i64) -> Ask {
        self.expires = Some(self.door.clock.now().unix_seconds() + seconds);
        self
    }

    /// Freezes the signature: the same bytes every time it is sent.
    pub fn signed(mut self) -> Ask {
        if let Who::Key { key, secret } = self.who.clone() {
            let header = self.signature(&key, &secret);
            self.headers.push(("authorization".to_owned(), header));
            self.who = Who::Nobody;
        }
        self
    }

    /// What a request signed now says of itself.
    pub fn authorization(&self) -> String {
        match &self.who {
            Who::Key { key, secret } => self.signature(key, secret),
            _ => String::new(),
        }
    }

    fn signature(&self, key: &str, secret: &str) -> String {
        let apart = self.door.count.fetch_add(1, Ordering::SeqCst) % 590;
        let expires = self.expires.unwrap_or(self.door.clock.now().unix_seconds() + 10 + apart);
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let once = |name: &str| pairs.iter().filter(|(n, _)| n == name).count() == 1;
        let mut args: Vec<&(String, String)> =
            pairs.iter().filter(|(name, value)| once(name) && !value.is_empty()).collect();
        args.sort();
        let mut message = format!("{} {path}\n", self.method).into_bytes();
        message.extend_from_slice(&self.body);
        message.push(b'\n');
        args.iter().for_each(|(_, value)| message.extend_from_slice(value.as_bytes()));
        message.extend_from_slice(format!("\n\n{expires}").as_bytes());
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(&message);
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let names: Vec<&str> = args.iter().map(|(name, _)| name.as_str()).collect();
        let names = match names.is_empty() {
            true => String::new(),
            false => format!(",signed-query-args={}", names.join(";")),
        };
        format!("EXO2-HMAC-SHA256 credential={key}{names},expires={expires},signature={signature}")
    }

    pub async fn send(self) -> Answer {
        let (method, path) = (self.method.clone(), self.path.clone());
        let answer = self.shown().await;
        conformance::check(&method, &path, &answer);
        answer
    }

    /// Sends it to the portal, whose answers are in no table.
    pub async fn shown(self) -> Answer {
        let response = self.respond().await;
        let (parts, body) = response.into_parts();
        let stream =
            parts.headers.get(header::CONTENT_TYPE).is_some_and(|t| t == "text/event-stream");
        let bytes = match stream {
            true => Vec::new(),
            false => axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        };
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    /// Sends it and leaves the body to be read as it comes.
    pub async fn respond(self) -> Response {
        let has = |name: &str| self.headers.iter().any(|(n, _)| n == name);
        let mut builder = Request::builder().method(self.method.as_str()).uri(&self.path);
        match &self.who {
            Who::Nobody => {}
            Who::Key { key, secret } => {
                builder = builder.header(header::AUTHORIZATION, self.signature(key, secret));
            }
            Who::Token(token) => {
                builder = builder.header(header::AUTHORIZATION, format!("Bearer {token}"));
            }
            Who::Session(cookie) => {
                builder =
                    builder.header(header::COOKIE, format!("{}={cookie}", api::SESSION_COOKIE));
                if self.method != "GET" && !has("origin") && !has("sec-fetch-site") {
                    builder = builder.header(header::ORIGIN, ORIGIN);
                }
            }
        }
        // An empty value leaves a header out.
        for (name, value) in self.headers.iter().filter(|(_, value)| !value.is_empty()) {
            builder = builder
                .header(name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap());
        }
        let peer: SocketAddr = self.peer.parse().unwrap();
        let request = builder.extension(ConnectInfo(peer)).body(Body::from(self.body)).unwrap();
        self.door.router.clone().oneshot(request).await.unwrap()
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The status must be this one.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The body as its type.
    #[track_caller]
    pub fn body<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// Accepted: the operation.
    #[track_caller]
    pub fn operation(self) -> api::Operation {
        self.is(200).body()
    }

    pub fn message(&self) -> String {
        self.json()["message"].as_str().unwrap_or_default().to_owned()
    }

    /// The fields that are wrong.
    pub fn fields(&self) -> Vec<String> {
        let json = self.json();
        json["fields"].as_object().map(|f| f.keys().cloned().collect()).unwrap_or_default()
    }

    /// The value of the session cookie that was set.
    pub fn cookie(&self) -> Option<String> {
        let prefix = format!("{}=", api::SESSION_COOKIE);
        let line = self.header("set-cookie").strip_prefix(&prefix)?.to_owned();
        line.split(';').next().map(str::to_owned)
    }

    /// Without what differs between two equal requests.
    pub fn without_request_id(&self) -> (u16, serde_json::Value) {
        let mut json = self.json();
        if let Some(map) = json.as_object_mut() {
            map.remove("request-id");
        }
        (self.status, json)
    }

    /// The same as a text, with an id taken out: to tell whether two ids are answered alike. What a
    /// rehearsal would make gets another id each time.
    pub fn about_any(&self, id: &str) -> (u16, String) {
        let (status, mut json) = self.without_request_id();
        if json["dry-run"] == true {
            json["reference"].take();
        }
        (status, json.to_string().replace(id, "ID"))
    }
}

/// The transport of the typed client.
pub struct InProcess {
    pub door: Door,
    pub who: Who,
}

impl api::Transport for InProcess {
    fn send(
        &self,
        request: RawRequest,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<RawResponse, TransportError>> + Send + '_>>
    {
        Box::pin(async move {
            let mut ask =
                self.door.ask(request.method.as_str(), &request.path_and_query).by(&self.who);
            for (name, value) in request.headers {
                ask = ask.header(name, value);
            }
            let answer = ask.bytes(request.body.unwrap_or_default()).send().await;
            let some = |name: &str| Some(answer.header(name).to_owned()).filter(|v| !v.is_empty());
            Ok(RawResponse {
                status: answer.status,
                etag: some("etag"),
                link: some("link"),
                body: answer.text(),
            })
        })
    }
}
