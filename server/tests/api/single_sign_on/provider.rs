//! An identity provider on this machine, which can do everything wrong.

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

pub const CLIENT: &str = "couloir";
/// With what has to be encoded before it is sent.
pub const SECRET: &str = "s3cret: with+signs%";

/// What it does wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Fault {
    #[default]
    None,
    /// These claims in the place of the right ones; null leaves one out.
    Claims(Value),
    /// `alg` is this, and nothing is signed.
    Unsigned(&'static str),
    /// Signed with a key that is nowhere.
    UnknownKey,
    /// Signed with another key under the name of its own.
    WrongKey,
    /// It never answers when asked for tokens.
    Slow,
    /// The answer has no end that anybody would wait for.
    Huge,
    NoJson,
    NoIdToken,
    Refuses,
    /// Its discovery document is that of this issuer.
    Issuer(String),
    /// It leads people to this address.
    Leads(String),
    /// Everything answers with another address.
    Redirects,
}

struct Key {
    pair: EcdsaKeyPair,
    id: String,
}

impl Key {
    fn new(id: &str) -> Key {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        Key { pair, id: id.to_owned() }
    }

    fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let part = |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(&point[range]);
        json!({ "kty": "EC", "crv": "P-256", "kid": self.id, "x": part(1..33), "y": part(33..65) })
    }

    fn sign(&self, name: &str, claims: &Value) -> String {
        let encoded = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = encoded(json!({ "alg": "ES256", "kid": name }));
        let message = format!("{head}.{}", encoded(claims.clone()));
        let signature = self.pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }
}

/// What somebody agreed to.
struct Code {
    claims: Value,
    challenge: String,
    redirect: String,
}

struct Inside {
    fault: Fault,
    key: Key,
    codes: HashMap<String, Code>,
    now: i64,
    /// How often what was asked for.
    asked: HashMap<&'static str, usize>,
    says_who_answers: bool,
}

#[derive(Clone)]
pub struct Provider {
    pub issuer: String,
    inside: Arc<Mutex<Inside>>,
}

/// What the browser comes back with.
#[derive(Clone, Debug)]
pub struct Answered {
    pub state: String,
    pub code: String,
}

impl Provider {
    /// One whose clock stands at this second.
    pub async fn open(now: i64) -> Provider {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inside = Inside {
            fault: Fault::None,
            key: Key::new("first"),
            codes: HashMap::new(),
            now,
            asked: HashMap::new(),
            says_who_answers: false,
        };
        let provider = Provider { issuer, inside: Arc::new(Mutex::new(inside)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    pub fn does(&self, fault: Fault) {
        self.inside().fault = fault;
    }

    /// It says in its answer who it is (RFC 9207).
    pub fn says_who_answers(&self) {
        self.inside().says_who_answers = true;
    }

    /// It signs with another key from now on, and knows the old one no more.
    pub fn rotates(&self) {
        self.inside().key = Key::new("second");
    }

    pub fn asked(&self, what: &'static str) -> usize {
        self.inside().asked.get(what).copied().unwrap_or_default()
    }

    /// What a person who goes to the address is asked to agree to, by name.
    pub fn asks(url: &str) -> HashMap<String, String> {
        let query = url.split_once('?').unwrap().1;
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// Somebody goes to the address and signs in, as who has these claims.
    pub fn sign_in(&self, url: &str, person: &Value) -> Answered {
        let asks = Provider::asks(url);
        assert!(url.starts_with(&format!("{}/authorize?", self.issuer)), "{url}");
        assert_eq!(asks["response_type"], "code");
        assert_eq!(asks["client_id"], CLIENT);
        assert_eq!(asks["code_challenge_method"], "S256");
        assert!(asks["scope"].split(' ').any(|scope| scope == "openid"));
        let mut inside = self.inside();
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "nonce": asks["nonce"],
            "iat": inside.now, "exp": inside.now + 300,
        });
        let own = person.as_object().unwrap().clone();
        claims.as_object_mut().unwrap().extend(own);
        let (challenge, redirect) = (asks["code_challenge"].clone(), asks["redirect_uri"].clone());
        let code = format!("code-{}", inside.codes.len());
        inside.codes.insert(code.clone(), Code { claims, challenge, redirect });
        Answered { state: asks["state"].clone(), code }
    }

    fn counts(&self, what: &'static str) -> Fault {
        let mut inside = self.inside();
        *inside.asked.entry(what).or_default() += 1;
        inside.fault.clone()
    }
}

fn elsewhere() -> Response {
    (StatusCode::FOUND, [("location", "http://127.0.0.1:1/")]).into_response()
}

async fn discovery(State(provider): State<Provider>) -> Response {
    let fault = provider.counts("discovery");
    let issuer = match &fault {
        Fault::Issuer(other) => other.clone(),
        _ => provider.issuer.clone(),
    };
    let authorize = match &fault {
        Fault::Leads(to) => to.clone(),
        _ => format!("{}/authorize", provider.issuer),
    };
    if fault == Fault::Redirects {
        return elsewhere();
    }
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": authorize,
        "token_endpoint": format!("{}/token", provider.issuer),
        "jwks_uri": format!("{}/keys", provider.issuer),
        "response_types_supported": ["code"],
        "authorization_response_iss_parameter_supported": provider.inside().says_who_answers,
    }))
    .into_response()
}

async fn keys(State(provider): State<Provider>) -> Response {
    let fault = provider.counts("keys");
    if fault == Fault::Redirects {
        return elsewhere();
    }
    let unreadable = json!({ "kty": "lattice", "kid": "later" });
    Json(json!({ "keys": [unreadable, provider.inside().key.jwk()] })).into_response()
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let fault = provider.counts("token");
    match &fault {
        Fault::Slow => std::future::pending().await,
        Fault::Huge => return "x".repeat(1 << 20).into_response(),
        Fault::NoJson => return "<html>".into_response(),
        Fault::Redirects => return elsewhere(),
        _ => {}
    }
    let refused =
        |what: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": what }))).into_response();
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let right = STANDARD.encode(format!("{}:{}", encoded(CLIENT), encoded(SECRET)));
    if headers.get("authorization").is_none_or(|given| *given != format!("Basic {right}")) {
        return refused("invalid_client");
    }
    let mut inside = provider.inside();
    // Each is good once.
    let Some(code) = inside.codes.remove(&form["code"]) else { return refused("invalid_grant") };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes()));
    let bound = challenge == code.challenge && form["redirect_uri"] == code.redirect;
    if !bound || form["grant_type"] != "authorization_code" || fault == Fault::Refuses {
        return refused("invalid_grant");
    }
    let mut claims = code.claims;
    if let Fault::Claims(others) = &fault {
        let claims = claims.as_object_mut().unwrap();
        claims.extend(others.as_object().unwrap().clone());
        claims.retain(|_, value| !value.is_null());
    }
    let key = &inside.key;
    let token = match fault {
        Fault::Unsigned(algorithm) => {
            let encoded = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
            format!("{}.{}.", encoded(json!({ "alg": algorithm, "kid": key.id })), encoded(claims))
        }
        Fault::UnknownKey => Key::new("other").sign("other", &claims),
        Fault::WrongKey => Key::new("other").sign(&key.id, &claims),
        _ => key.sign(&key.id, &claims),
    };
    match fault {
        Fault::NoIdToken => Json(json!({ "access_token": "a" })).into_response(),
        _ => Json(json!({ "access_token": "a", "id_token": token })).into_response(),
    }
}
