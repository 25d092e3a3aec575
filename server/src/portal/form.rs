//! `POST /form/{operation}`: an HTML form becomes a call of the API.

use super::{
    Portal,
    before::{self, Before},
    confirmation, cookies, detour,
    fields::given,
    in_process::{Answer, InProcess},
    kept::{self, Kept},
    merge, organization, page,
    question::{input, refusal, request},
    sent, single_sign_on, undo,
};
use api::{
    Access, Endpoint, ErrorBody, ErrorCode, Kind, Operation,
    forms::{self, Fields, FormOutcome, FormState, Merge},
    policy_form,
};
use app::path;
use axum::{
    Json,
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
    let is_formed = |endpoint: &&Endpoint| endpoint.is_mutation() || endpoint.kind == Kind::Ask;
    let Some(endpoint) = api::find(&operation).filter(is_formed) else {
        return page::show(&portal, &request.into_parts().0).await;
    };
    let (parts, body) = request.into_parts();
    let read = sent::read(body).await;
    let form = Form { portal: &portal, parts: &parts, endpoint };
    let mut response = match read {
        Ok(fields) => form.take(kept::checked(endpoint, fields)).await,
        Err(error) => form.refuse(Vec::new(), error, StatusCode::PAYLOAD_TOO_LARGE).await,
    };
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    response
}

/// One form that was sent.
struct Form<'a> {
    portal: &'a Portal,
    parts: &'a Parts,
    endpoint: &'static Endpoint,
}

impl Form<'_> {
    async fn take(&self, fields: Fields) -> Response {
        let fields = policy_form::settled(fields);
        let transport = InProcess::new(self.portal.api.clone(), self.parts);
        if let Err(outcome) = organization::check(&transport, self.endpoint, &fields).await {
            let (error, status) = refusal(outcome);
            return self.refuse(fields, error, status).await;
        }
        if given(&fields, forms::RESHAPE).is_some() {
            return self.show(fields, None, None, None).await;
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
            request_access: None,
        };
        let mut response = if self.wants_json() {
            let merge = serde_json::to_value(&merge).ok();
            Json(FormOutcome::Refused { error, merge }).into_response()
        } else {
            let fields = merge::applied(fields, &merge);
            self.show(fields, Some(error), None, Some(merge)).await
        };
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
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
        if !self.wants_json() {
            if let Some(kept) = kept::to_give_back(self.endpoint, &fields) {
                return kept.give_back(self.portal, self.parts, answer).await;
            }
            if let Some((endpoint, fields)) =
                kept::to_go_on(self.endpoint, &fields).and_then(Kept::sent)
            {
                return self.go_on(endpoint, fields, answer).await;
            }
        }
        let mut body: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let binding = single_sign_on::taken(self.endpoint, &mut body);
        let key = crate::random::id(self.portal.cloud.now()).to_string();
        let input = input(self.endpoint, &fields);
        let undo = undo::of(self.endpoint, &fields, &input, before.as_ref(), &body, key);
        let leaves = sent::is_sign_out(self.endpoint, &fields);
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
        cookies::pass_on(&answer.headers, &mut response);
        if let Some(binding) = binding {
            single_sign_on::hold(&mut response, &binding);
        }
        response
    }

    /// Does what somebody has just proven who they are for.
    async fn go_on(
        &self,
        endpoint: &'static Endpoint,
        fields: Fields,
        confirmed: &Answer,
    ) -> Response {
        let parts = cookies::with_those_of(&confirmed.headers, self.parts);
        let form = Form { portal: self.portal, parts: &parts, endpoint };
        let mut response = Box::pin(form.take(fields)).await;
        cookies::pass_on(&confirmed.headers, &mut response);
        response
    }

    /// Back to the page of the form, with what was in it and what is wrong.
    async fn refuse(&self, fields: Fields, error: ErrorBody, status: StatusCode) -> Response {
        let mut response = if self.wants_json() {
            Json(FormOutcome::Refused { error, merge: None }).into_response()
        } else {
            if status == StatusCode::UNAUTHORIZED && self.endpoint.access != Access::Public {
                return kept::ask(self.portal, self.parts, self.endpoint, fields).await;
            }
            if error.code == ErrorCode::StepUpRequired {
                return kept::ask_for_proof(self.portal, self.parts, self.endpoint, fields).await;
            }
            self.show(fields, Some(error), None, None).await
        };
        // Who is led elsewhere has to get there.
        if !response.status().is_redirection() {
            *response.status_mut() = status;
        }
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
        let page = sent::page_of(&fields);
        let said = kept::said(self.endpoint, &fields);
        let operation = self.endpoint.operation.to_owned();
        let values = fields.into_iter().filter(|(name, _)| !sent::is_secret(name)).collect();
        let merge = merge.and_then(|merge| serde_json::to_value(merge).ok());
        let state = FormState { operation, values, error, answer, merge };
        page::show_again(self.portal, self.parts, page, state, said).await
    }

    fn wants_json(&self) -> bool {
        let accepted = self.parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        accepted.is_some_and(|accepted| accepted.starts_with("application/json"))
    }
}
