//! One request, from the first byte to the answer.

use super::{
    answer::{self, Answer, Success},
    answers,
    credentials::{self, Sent},
    handlers::{Asker, HANDLERS, Handler, Reader, Writer},
    input, order, stream,
};
use crate::{
    act::Act,
    audit,
    call::{self, Call, Refused},
    cloud::Cloud,
    error::{Error, Result},
    past, random,
    seal::sha256,
    view::View,
};
use api::{BODY_BYTES_MAX, Kind, Resolved};
use axum::{body::to_bytes, extract::Request, response::Response};
use domain::{RequestId, Timestamp};
use http::{HeaderMap, header};
use std::{net::IpAddr, sync::Arc};
use tracing::Instrument;

/// Where the request comes from, as the outermost layer found it.
#[derive(Clone, Copy, Debug)]
pub struct SourceIp(pub Option<IpAddr>);

/// Why a call is in the trail that did nothing.
const ANSWERED_BEFORE: &str = "The same request was answered before; it got that answer again.";
const DRY_RUN: &str = "dry-run";
const USER_AGENT_CHARACTERS_MAX: usize = 200;

pub async fn handle(cloud: Arc<Cloud>, zone: Option<String>, request: Request) -> Response {
    let started = cloud.now();
    let id = RequestId(random::id(started));
    let span = tracing::info_span!("request", %id, operation = tracing::field::Empty);
    let clock = std::time::Instant::now();
    async move {
        let (name, response) = match serve(&cloud, id, started, zone, request).await {
            (name, Ok(response)) => (name, response),
            (name, Err(error)) => (name, answer::error(&error, id)),
        };
        tracing::Span::current().record("operation", name);
        cloud.metrics.answered(name, response.status().as_u16(), clock.elapsed());
        tracing::info!(status = response.status().as_u16(), "answered");
        response
    }
    .instrument(span)
    .await
}

async fn serve(
    cloud: &Arc<Cloud>,
    id: RequestId,
    started: Timestamp,
    zone: Option<String>,
    request: Request,
) -> (&'static str, Result<Response>) {
    let path = request.uri().path().to_owned();
    let below = path.split_once("/v2").map_or("", |(_, below)| below);
    match api::resolve(request.method().as_str(), below) {
        Resolved::NotFound => {
            let message = format!(
                "There is no operation {} {below} here. What this platform serves is listed at {}/v2/openapi.json.",
                request.method(),
                cloud.origin
            );
            ("unknown", Err(Error::NotFound(message)))
        }
        Resolved::WrongMethod(others) => {
            let allow = others.join(", ");
            let message =
                format!("{} is not possible here; possible are {allow}.", request.method());
            ("unknown", Err(Error::MethodNotAllowed { message, allow }))
        }
        Resolved::Found(endpoint, params) => {
            let found = Found { cloud, id, started, zone, endpoint, params, path };
            (endpoint.operation, found.serve(request).await)
        }
    }
}

struct Found<'a> {
    cloud: &'a Arc<Cloud>,
    id: RequestId,
    started: Timestamp,
    zone: Option<String>,
    endpoint: &'static api::Endpoint,
    params: api::Params,
    path: String,
}

impl Found<'_> {
    async fn serve(self, request: Request) -> Result<Response> {
        let (cloud, endpoint) = (self.cloud, self.endpoint);
        if let Some(zone) = &self.zone
            && cloud.zones.find(zone).is_none()
        {
            return Err(Error::NotFound(format!(
                "There is no zone {zone:?}; there are {}.",
                cloud.zones.names().join(", ")
            )));
        }
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| {
            Error::TooLarge(format!(
                "The body is larger than {BODY_BYTES_MAX} bytes, or was cut off."
            ))
        })?;
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let sent = Sent {
            endpoint,
            method: parts.method.as_str(),
            path: &self.path,
            query: pairs,
            headers: &parts.headers,
            body: &bytes,
        };
        let rehearsals = sent.query.iter().filter(|(name, _)| name == DRY_RUN).count();
        let authenticated = credentials::authenticate(cloud, sent).await?;
        let principal = authenticated.principal;
        // What is no JSON is refused after the policies were asked.
        let (body, is_json) = match endpoint.method != api::Method::GET {
            true => match input::json(&bytes, endpoint.compatible) {
                Ok(body) => (body, Ok(())),
                Err(error) => (serde_json::Value::Null, Err(error)),
            },
            false => (serde_json::Value::Null, Ok(())),
        };
        let dry_run = is_dry_run(rehearsals, &authenticated.query);
        let text = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let request = call::Request {
            id: self.id,
            endpoint,
            params: self.params,
            dry_run: matches!(dry_run, Ok(true)),
            query: authenticated.query,
            body,
            uri: self.path.clone(),
            zone: self.zone,
            source_ip: parts.extensions.get::<SourceIp>().and_then(|s| s.0),
            user_agent: text("user-agent")
                .map(|a| a.chars().take(USER_AGENT_CHARACTERS_MAX).collect()),
            if_match: None,
            replaces_session: authenticated.replaces_session,
            started: self.started,
        };
        let hash = sha256(&format!(
            "{} {}?{} {}",
            parts.method,
            self.path,
            parts.uri.query().unwrap_or_default(),
            crate::seal::hex(&bytes)
        ));
        let signature = authenticated.signature.as_ref().map(|(s, expires)| (s.as_str(), *expires));
        if let Err(error) = credentials::check_access(endpoint, principal.as_ref()) {
            let call = Call::for_audit(cloud.clone(), request, principal);
            return Err(written_down(Refused { call, error }).await);
        }
        let past = past::asked(cloud, &request, principal.as_ref()).await;
        let reads = match &past {
            Ok(Some(past)) => past.cloud.clone(),
            _ => cloud.clone(),
        };
        let opened = Call::open(reads, request, principal).await;
        let answered = match (opened, past) {
            (Err(refused), _) => Err(written_down(*refused).await),
            (Ok(call), Err(error)) => Err(written_down(Refused { call, error }).await),
            (Ok(call), Ok(past)) => {
                let sent = Opened { call, dry_run, is_json, headers: &parts.headers };
                let answered = sent.answer(signature, &hash).await;
                if let Some(past) = past {
                    past.close().await;
                }
                answered
            }
        };
        answered.map(|success| match success {
            Answer::Json(success) => answer::success(success, self.id),
            Answer::Stream(response) => response,
        })
    }
}

/// A call that was let in, and what of its request is not looked at yet.
struct Opened<'a> {
    call: Call,
    dry_run: Result<bool>,
    is_json: Result<()>,
    headers: &'a HeaderMap,
}

impl Opened<'_> {
    async fn answer(self, signature: Option<(&str, Timestamp)>, hash: &str) -> Result<Answer> {
        let Opened { mut call, dry_run, is_json, headers } = self;
        let endpoint = call.request.endpoint;
        let key = headers.get("idempotency-key").and_then(|v| v.to_str().ok());
        let checked = dry_run.and_then(|_| {
            call.request.if_match = if_match(headers)?;
            input::check_texts(&call.request.params, &call.request.query)?;
            match call.principal_or_none() {
                Some(p) if endpoint.is_mutation() && !call.request.dry_run => {
                    answers::scopes(p, signature, key, hash, call.cloud.now())
                }
                _ => Ok(Vec::new()),
            }
        });
        let scopes = match checked.and_then(|scopes| is_json.map(|()| scopes)) {
            Ok(scopes) => scopes,
            Err(error) => return Err(written_down(Refused { call, error }).await),
        };
        match (HANDLERS.get(endpoint.operation), endpoint.kind) {
            (_, Kind::Stream) => listen(call).await,
            (Some(Handler::Read(serve)), _) => read(call, serve).await,
            (Some(Handler::Ask(serve)), _) => ask(call, serve).await,
            (Some(Handler::Write(serve)), _) => write(call, serve, scopes).await,
            (None, _) => Err(Error::internal("an operation without a handler")),
        }
    }
}

async fn listen(call: Call) -> Result<Answer> {
    let known = call.clone();
    let answered = stream::open(call).await;
    match &answered {
        Ok(_) => audit::calls::note(&known, 200, None),
        Err(error) => note(&known, error),
    }
    answered
}

/// A mutation without a body, from an opened call to the answer's JSON.
pub(super) async fn mutate(call: Call, scopes: Vec<answers::Scope>) -> Result<String> {
    match HANDLERS.get(call.request.endpoint.operation) {
        Some(Handler::Write(serve)) => match write(call, serve, scopes).await? {
            Answer::Json(success) => Ok(success.body),
            Answer::Stream(_) => Err(Error::internal("a mutation that streams")),
        },
        _ => Err(Error::internal("a mutation without a handler")),
    }
}

async fn read(call: Call, serve: &Reader) -> Result<Answer> {
    let query = call.request.query.clone();
    let uri = call.request.uri.clone();
    let view = View::new(call);
    // Which instant it is, the view knows.
    let taken: Vec<_> = query.iter().filter(|(name, _)| name != api::AT).cloned().collect();
    let answered = in_order(&view, serve(&view, &taken).await).await;
    match &answered {
        Ok(_) => audit::calls::note(&view, 200, None),
        Err(error) => note(&view, error),
    }
    let body = answered?;
    let headers = view.headers();
    let link = headers.next_cursor.map(|cursor| {
        let mut pairs: Vec<String> = query
            .iter()
            .filter(|(name, _)| name != "cursor")
            .map(|(n, v)| format!("{}={}", api::encode(n), api::encode(v)))
            .collect();
        pairs.push(format!("cursor={}", api::encode(&cursor)));
        format!("<{uri}?{}>; rel=\"next\"", pairs.join("&"))
    });
    let compressible = !headers.secret;
    Ok(Answer::Json(Success { body, version: headers.version, link, session: None, compressible }))
}

async fn ask(call: Call, serve: &Asker) -> Result<Answer> {
    let body = call.request.body.clone();
    let view = View::new(call);
    let answered = in_order(&view, serve(&view, body).await).await;
    match &answered {
        Ok(_) => audit::calls::note(&view, 200, None),
        Err(error) => note(&view, error),
    }
    let body = answered?;
    Ok(Answer::Json(Success { body, compressible: true, ..Success::default() }))
}

async fn write(mut call: Call, serve: &Writer, scopes: Vec<answers::Scope>) -> Result<Answer> {
    if call.request.endpoint.operation.contains("delete-") && !call.request.dry_run {
        call.keep_what_it_deletes().await?;
    }
    let known = call.clone();
    let body = call.request.body.clone();
    match act(call, serve, body, scopes).await {
        Err(error) => Err(written_down(Refused { call: known, error }).await),
        Ok(answer) => {
            if known.request.dry_run {
                audit::calls::note(&known, 200, None);
            }
            Ok(answer)
        }
    }
}

async fn act(
    call: Call,
    serve: &Writer,
    body: serde_json::Value,
    scopes: Vec<answers::Scope>,
) -> Result<Answer> {
    let dry_run = call.request.dry_run;
    let mut act = Act::begin(call).await?;
    if let Some(first) = act.first_answer(&scopes).await? {
        // It may hold a secret that is shown once: who was given it again is known.
        audit::calls::note(&act, 200, Some(ANSWERED_BEFORE.to_owned()));
        return Ok(Answer::Json(Success { body: first.body, ..Success::default() }));
    }
    let body = serve(&mut act, body).await?;
    if dry_run {
        let preview = serde_json::to_string(&act.preview()).map_err(Error::internal)?;
        return Ok(Answer::Json(Success { body: preview, ..Success::default() }));
    }
    act.remember(&body).await?;
    let (version, session) = (act.version(), act.session_cookie());
    act.commit(200).await?;
    Ok(Answer::Json(Success { body, version, session, ..Success::default() }))
}

/// An answer, unless what the path names is not there and says so first.
async fn in_order(call: &Call, answered: Result<String>) -> Result<String> {
    match answered {
        Err(error) => Err(order::object_first(call, error).await),
        Ok(body) => Ok(body),
    }
}

/// Notes a call that changed nothing and was refused, or failed.
fn note(call: &Call, error: &Error) {
    let reason = error.body(call.request.id).message;
    audit::calls::note(call, error.status().0.as_u16(), Some(reason));
}

/// Writes the event of a mutation that was refused, in an act that nothing else happens in; what else
/// did not work is noted. It must not hide the refusal itself.
pub(super) async fn written_down(refused: Refused) -> Error {
    let Refused { call, error } = refused;
    let error = order::object_first(&call, error).await;
    let status = error.status().0;
    if call.principal_or_none().is_none() {
        return error;
    }
    let may_change = call.request.endpoint.is_mutation() && !call.request.dry_run;
    if !may_change || status.is_server_error() {
        note(&call, &error);
        return error;
    }
    let written = async {
        let reason = error.body(call.request.id).message;
        let mut act = Act::begin(call).await?;
        act.refused_because(reason);
        act.commit(i64::from(status.as_u16())).await
    };
    if let Err(error) = written.await {
        tracing::error!(%error, "a refusal could not be written to the audit trail");
    }
    error
}

/// Whether only the effect is asked for (`dry-run=true`), of the parameters that count. A parameter that is
/// sent twice does not count; `said` is how often this one was, so that who wanted to rehearse does not do it.
fn is_dry_run(said: usize, query: &[(String, String)]) -> Result<bool> {
    if said > 1 {
        return Err(Error::field(DRY_RUN, "stands there more than once"));
    }
    match query.iter().find(|(name, _)| name == DRY_RUN).map(|(_, value)| value.as_str()) {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Error::field(DRY_RUN, "must be true or false")),
    }
}

/// `If-Match: "5"`; `*` matches whatever is there.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text.trim_start_matches("W/").trim_matches('"').parse();
    number
        .map(Some)
        .map_err(|_| Error::invalid("If-Match must be an ETag that this API gave, such as \"5\"."))
}
