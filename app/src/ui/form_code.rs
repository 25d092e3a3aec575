//! A form as code, as it is typed. It reads the form's own fields, so no page has to keep a copy of
//! them: what is shown is what would be sent.

use super::code::CodePanel;
use crate::{
    as_code::{self, AsCode, as_code_of_change},
    path,
    visit::visit,
};
use api::forms::{Fields, PATH_PREFIX};
use leptos::{ev, prelude::*};
use serde_json::Value;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What Terraform makes of the body of a form.
pub type Terraform = Arc<dyn Fn(&Value) -> Option<String> + Send + Sync>;

/// The panel of the form of this operation with these path parameters, wherever on the page it is.
#[component]
pub fn FormCode(
    operation: &'static str,
    /// Values of the path's parameters, as the form has them.
    #[prop(optional)]
    path: Vec<(&'static str, String)>,
    /// Where the form goes, if not where the forms of an operation go; its path may be typed.
    #[prop(optional, into)]
    action: Option<String>,
    /// The body that the form sends when nothing is typed: what is shown without scripts.
    start: Value,
    /// What ids are called that people choose from, where a tool wants names.
    #[prop(optional)]
    names: Vec<(String, String)>,
    /// Where something is there already, what it becomes.
    #[prop(optional)]
    terraform: Option<Terraform>,
    /// Tells panels on one page apart.
    #[prop(default = "code")]
    id: &'static str,
    #[prop(optional)] act: Option<&'static str>,
    #[prop(optional)] open: bool,
) -> impl IntoView {
    // Where anything may be tried, an empty map is one that nobody has asked for.
    let sparse = action.is_some();
    // What is typed into the path tells forms of one operation apart, unless there is but one.
    let apart = if action.is_some() { Vec::new() } else { path.clone() };
    let form = StoredValue::new((action.unwrap_or_else(|| path::form(operation)), apart));
    let path = path.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let typed = RwSignal::new(Typed { path, body: start.clone() });
    let read = move || {
        // Nothing is left of it when the page was left meanwhile.
        let found = form.try_with_value(|(action, apart)| find(action, apart)).flatten();
        if let Some(fields) = found {
            let mut now = Typed::of(&fields);
            if sparse {
                now.leave_out_empty();
            }
            typed.set(now);
        }
    };
    // What a form is reset to, and what its own listeners do to it, is there a moment later.
    let soon = move || request_animation_frame(read);
    Effect::new(move |_| {
        soon();
        let listeners = [
            window_event_listener(ev::input, move |_| soon()),
            window_event_listener(ev::change, move |_| soon()),
            window_event_listener(ev::reset, move |_| soon()),
            // A button may change what is in the form without any of these.
            window_event_listener(ev::click, move |_| soon()),
        ];
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    });
    let origin = visit().origin;
    let code = Memo::new(move |_| {
        typed.with(|typed| typed.code(&origin, operation, &start, &names, terraform.as_ref()))
    });
    match act {
        Some(act) => view! { <CodePanel code=code id=id act=act open=open /> }.into_any(),
        None => view! { <CodePanel code=code id=id open=open /> }.into_any(),
    }
}

/// What stands in a form.
#[derive(Clone)]
struct Typed {
    path: Vec<(String, String)>,
    body: Value,
}

impl Typed {
    fn of(fields: &Fields) -> Typed {
        let of_path = |(name, value): &(String, String)| {
            let name = name.strip_prefix(PATH_PREFIX)?;
            let value = if value.is_empty() { format!("{{{name}}}") } else { value.clone() };
            Some((name.to_owned(), value))
        };
        let path = fields.iter().filter_map(of_path).collect();
        Typed { path, body: as_code::of_fields(fields) }
    }

    fn leave_out_empty(&mut self) {
        if let Value::Object(fields) = &mut self.body {
            fields.retain(|_, value| value.as_object().is_none_or(|map| !map.is_empty()));
        }
    }

    fn code(
        &self,
        origin: &str,
        operation: &str,
        was: &Value,
        names: &[(String, String)],
        terraform: Option<&Terraform>,
    ) -> AsCode {
        let params: Vec<_> =
            self.path.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let chosen = |(field, value): (&String, &Value)| {
            let id = value["id"].as_str().or(value.as_str())?.to_owned();
            let (_, name) = names.iter().find(|(of, _)| *of == id)?;
            Some((field.clone(), name.clone()))
        };
        let called: Vec<_> =
            self.body.as_object().into_iter().flatten().filter_map(chosen).collect();
        let called: Vec<_> =
            called.iter().map(|(field, name)| (field.as_str(), name.as_str())).collect();
        let code = as_code_of_change(origin, operation, &params, &self.body, was, &called);
        match terraform.and_then(|lines| lines(&self.body)) {
            Some(lines) => code.with_terraform(lines),
            None => code,
        }
    }
}

/// The fields of the form as it is on the page now.
fn find(action: &str, path: &[(&'static str, String)]) -> Option<Fields> {
    let selector = format!("form[action='{action}']");
    let forms = document().query_selector_all(&selector).ok()?;
    (0..forms.length()).find_map(|at| {
        let fields = fields(&forms.get(at)?.dyn_into().ok()?)?;
        let has = |name: &str, value: &String| {
            let name = format!("{PATH_PREFIX}{name}");
            fields.iter().any(|(field, given)| *field == name && given == value)
        };
        path.iter().all(|(name, value)| has(name, value)).then_some(fields)
    })
}

fn fields(form: &web_sys::HtmlFormElement) -> Option<Fields> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let pair = |pair: js_sys::Array| Some((pair.get(0).as_string()?, pair.get(1).as_string()?));
    js_sys::Array::from(&data).iter().map(|one| pair(one.unchecked_into())).collect()
}
