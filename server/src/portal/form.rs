//! `POST /form/{operation}`: an HTML form becomes a call of the API.

use super::{
    Portal,
    before::{self, Before},
    confirmation, detour,
    fields::given,
    in_process::{Answer, InProcess},
    merge, organization, page,
    question::{input, refusal, request},
    undo,
};
use api::{
    Access, BODY_BYTES_MAX, Endpoint, ErrorBody, ErrorCode, Operation,
    forms::{self, Fields, FormOutcome, FormState, Merge},
};
use app::path;
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use std::{collections::BTreeMap, sync::Arc};

pub async fn submit(
    State(portal): State<Arc<Portal>>,
    Path(operation): Path<String>,
    request: Request,
) -> Response {
    let Some(endpoint) = api::find(&operation).filter(|endpoint| endpoint.is_mutation()) else {
        return page::show(&portal, &request.into_parts().0).await;
    };
    let (parts, body) = request.into_parts();
    let read = read(body).await;
    let form = Form { portal: &portal, parts: &parts, endpoint };
    match read {
        Ok(fields) => form.take(fields).await,
        Err(error) => form.refuse(Vec::new(), error, StatusCode::PAYLOAD_TOO_LARGE).await,
    }
}

async fn read(body: Body) -> Result<Fields, ErrorBody> {
    let bytes = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| ErrorBody {
        message: format!("The form is larger than {BODY_BYTES_MAX} bytes, or was cut off."),
        code: ErrorCode::TooLarge,
        fields: BTreeMap::new(),
        request_id: None,
    })?;
    Ok(form_urlencoded::parse(&bytes).into_owned().collect())
}

/// What ends the present session: operation, field and its value.
const SIGN_OUT: (&str, &str, &str) = ("delete-session", "_path.id", "current");

/// One form that was sent.
struct Form<'a> {
    portal: &'a Portal,
    parts: &'a Parts,
    endpoint: &'static Endpoint,
}

impl Form<'_> {
    async fn take(&self, fields: Fields) -> Response {
        if given(&fields, forms::RESHAPE).is_some() {
            return self.show(fields, None, None, None).await;
        }
        let transport = InProcess::new(self.portal.api.clone(), self.parts);
        if let Err(outcome) = organization::check(&transport, self.endpoint, &fields).await {
            let (error, status) = refusal(outcome);
            return self.refuse(fields, error, status).await;
        }
        match detour::taken(&fields) {
            Some(other) => self.detour(fields, other).await,
            None => self.answer(fields).await,
        }
    }

    async fn answer(&self, fields: Fields) -> Response {
        let transport = InProcess::new(self.portal.api.clone(), self.parts);
        if let Some(question) = confirmation::question(self.endpoint, &fields)
            && let Err(outcome) = confirmation::check(&transport, question, &fields).await
        {
            let (error, status) = refusal(outcome);
            return self.refuse(fields, error, status).await;
        }
        let mut fields = merge::with_choices(fields);
        let before = before::read(&transport, self.endpoint, &fields).await;
        if let Some(now) = &before {
            if let Some(error) = undo::too_late(&fields, now) {
                return self.refuse(fields, error, StatusCode::PRECONDITION_FAILED).await;
            }
            if let Some(merge) = merge::merge(&fields, now) {
                return self.put_together(&transport, fields, merge, now).await;
            }
            // What the form changes is as it was when it was opened, whatever else has changed. From
            // here on it must not change any more.
            if let Some(etag) = now.etag.as_deref().filter(|_| merge::compares(&fields)) {
                merge::expect(&mut fields, etag);
            }
        }
        match transport.call(request(self.endpoint, &fields)).await {
            Ok(answer) if answer.status.is_success() => self.accept(fields, before, &answer).await,
            outcome => {
                let (error, status) = refusal(outcome);
                if status == StatusCode::PRECONDITION_FAILED
                    && let Some(now) = before::read(&transport, self.endpoint, &fields).await
                    && let Some(merge) = merge::merge(&fields, &now)
                {
                    return self.put_together(&transport, fields, merge, &now).await;
                }
                self.refuse(fields, error, status).await
            }
        }
    }

    /// Back to the form, with what somebody else changed meanwhile beside what was filled in.
    async fn put_together(
        &self,
        transport: &InProcess,
        fields: Fields,
        mut merge: Merge,
        now: &Before,
    ) -> Response {
        merge::attribute(transport, &mut merge, &now.thing).await;
        let error = ErrorBody {
            message:
                "Somebody changed it since the form was opened. Nothing was saved yet: look at \
                      what they changed, then save again."
                    .to_owned(),
            code: ErrorCode::PreconditionFailed,
            fields: BTreeMap::new(),
            request_id: None,
        };
        let mut response = if self.wants_json() {
            let merge = serde_json::to_value(&merge).ok();
            Json(FormOutcome::Refused { error, merge }).into_response()
        } else {
            let fields = merge::applied(fields, &merge);
            self.show(fields, Some(error), None, Some(merge)).await
        };
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
        no_store(&mut response);
        response
    }

    /// Does what the form stopped for, then shows it again as it was.
    async fn detour(&self, fields: Fields, other: &'static Endpoint) -> Response {
        let transport = InProcess::new(self.portal.api.clone(), self.parts);
        let own = detour::fields_of(other, &fields);
        match transport.call(request(other, &own)).await {
            Ok(answer) if answer.status.is_success() => {
                let values = detour::with_result(other, fields, &own);
                self.show(values, None, None, None).await
            }
            outcome => {
                let (error, status) = refusal(outcome);
                self.refuse(fields, detour::renamed(other, error), status).await
            }
        }
    }

    /// On to where the form leads, or back to its page with what the API answered.
    async fn accept(&self, fields: Fields, before: Option<Before>, answer: &Answer) -> Response {
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let key = crate::random::id(self.portal.cloud.now()).to_string();
        let input = input(self.endpoint, &fields);
        let undo = undo::of(self.endpoint, &fields, &input, before.as_ref(), &body, key);
        let leaves =
            self.endpoint.operation == SIGN_OUT.0 && given(&fields, SIGN_OUT.1) == Some(SIGN_OUT.2);
        let operation = serde_json::from_value::<Operation>(body.clone()).ok();
        let reference = operation
            .as_ref()
            .and_then(|operation| operation.reference.as_ref())
            .map(|reference| reference.id.to_string())
            .or_else(|| body["id"].as_str().map(str::to_owned))
            .unwrap_or_default();
        let leads_on = given(&fields, forms::RETURN_TO);
        let location = leads_on
            .map(|to| to.replace("{reference}", &forms::encode(&reference)))
            .filter(|to| path::is_local(to))
            .unwrap_or_else(path::home);
        let mut response = if self.wants_json() {
            let operation = operation.map(|operation| operation.id);
            let undo = undo.as_ref().and_then(|undo| serde_json::to_value(undo).ok());
            Json(FormOutcome::Accepted { location, operation, answer: body, undo }).into_response()
        } else if leads_on.is_some() {
            page::see_other(&location)
        } else {
            self.show(fields, None, Some(body), None).await
        };
        if let Some(undo) = undo {
            undo::carry(response.headers_mut(), &undo, self.wants_json());
        }
        if leaves {
            // What was typed and not sent stays in nobody else's browser.
            let storage = HeaderValue::from_static("\"storage\"");
            response.headers_mut().insert("clear-site-data", storage);
        }
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            response.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
        no_store(&mut response);
        response
    }

    /// Back to the page of the form, with what was in it and what is wrong.
    async fn refuse(&self, fields: Fields, error: ErrorBody, status: StatusCode) -> Response {
        let mut response = if self.wants_json() {
            Json(FormOutcome::Refused { error, merge: None }).into_response()
        } else {
            if status == StatusCode::UNAUTHORIZED && self.endpoint.access != Access::Public {
                return page::see_other(&path::sign_in_then(&page_of(&fields)));
            }
            self.show(fields, Some(error), None, None).await
        };
        *response.status_mut() = status;
        no_store(&mut response);
        response
    }

    /// The form's page again, with what was filled in and what became of it.
    async fn show(
        &self,
        fields: Fields,
        error: Option<ErrorBody>,
        answer: Option<serde_json::Value>,
        merge: Option<Merge>,
    ) -> Response {
        let page = page_of(&fields);
        let operation = self.endpoint.operation.to_owned();
        let values = fields.into_iter().filter(|(name, _)| !is_secret(name)).collect();
        let merge = merge.and_then(|merge| serde_json::to_value(merge).ok());
        let state = FormState { operation, values, error, answer, merge };
        page::show_again(self.portal, self.parts, page, state).await
    }

    fn wants_json(&self) -> bool {
        let accepted = self.parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        accepted.is_some_and(|accepted| accepted.starts_with("application/json"))
    }
}

/// The page a form stands on.
fn page_of(fields: &Fields) -> String {
    let page = given(fields, forms::PAGE).filter(|page| path::is_local(page));
    page.map_or_else(path::home, str::to_owned)
}

/// What is never written back into a page.
fn is_secret(name: &str) -> bool {
    ["password", "current", "token", "secret"].iter().any(|secret| name.contains(secret))
}

fn no_store(response: &mut Response) {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
