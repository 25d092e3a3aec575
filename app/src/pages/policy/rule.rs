//! One rule of a policy that is edited: moved by buttons and keys, judged while it is typed.

use super::{
    complete::completions,
    editor::Draft,
    validity::{Validity, Verdict},
};
use crate::{
    text::{policy as text, t, t_with},
    ui::{Button, FormContext, Icon, Kind, escaped, field_id, icons},
};
use api::{
    forms::RESHAPE,
    policy_form::{ACTION, DOWN, EXPRESSION, REMOVE_RULE, RuleLine, UP, strategy, word},
};
use domain::iam::{Rule, Strategy, limits::EXPRESSION_BYTES_MAX};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

#[component]
pub fn RulePart(service: String, line: RuleLine, draft: Draft) -> impl IntoView {
    let form = expect_context::<FormContext>();
    let RuleLine { key, rule: first } = line;
    let (source, action) = (first.expression.clone(), first.action);
    let service = StoredValue::new(service);
    // Place among its service's rules, from one; and how many these are.
    let place = Memo::new(move |before: Option<&(usize, usize)>| {
        let found = draft.lines.with(|lines| {
            let rules = &service.with_value(|name| lines.service(name).cloned())?.rules;
            Some((rules.iter().position(|line| line.key == key)? + 1, rules.len()))
        });
        found.or(before.copied()).unwrap_or((1, 1))
    });
    // A rule that was removed is shown as it was until its line is gone.
    let rule = Memo::new(move |before: Option<&Rule>| {
        let found = draft.lines.with(|lines| {
            let service = service.with_value(|name| lines.service(name).cloned())?;
            service.rules.into_iter().find(|line| line.key == key)
        });
        found.map(|line| line.rule).or(before.cloned()).unwrap_or_else(|| first.clone())
    });
    let change = move |to: &dyn Fn(&mut Rule)| {
        draft.lines.update(|lines| {
            let service = service.with_value(|name| lines.service_mut(name));
            let line = service.and_then(|service| service.rules.iter_mut().find(|l| l.key == key));
            line.into_iter().for_each(|line| to(&mut line.rule));
        });
    };
    let words = move |of| {
        let number = place.get().0.to_string();
        service.with_value(|name| t_with(of, &[("number", &number), ("name", name)]))
    };
    let reshape = move |what: &str| {
        let number = place.get_untracked().0;
        let change = service.with_value(|name| format!("{what} {name} {number}"));
        draft.lines.update(|lines| lines.reshape(&change));
        let now = place.get_untracked().0.to_string();
        draft.said.set(t_with(text::MOVED, &[("place", &now)]));
    };
    let button = move |what: &'static str, of, icon: Icon| {
        let (number, id) = (place.get_untracked().0, format!("{what}-{key}"));
        let sends = (RESHAPE, service.with_value(|name| format!("{what} {name} {number}")));
        let reason = Signal::derive(move || {
            let (at, all) = place.get();
            let end = match what {
                UP => (at == 1).then_some(text::AT_TOP),
                DOWN => (at == all).then_some(text::AT_BOTTOM),
                _ => None,
            };
            end.map(|end| t(end).to_owned())
        });
        let again = id.clone();
        let press = Callback::new(move |()| {
            reshape(what);
            focus_soon(format!("#{again} button"));
        });
        view! {
            <span id=id>
                <Button
                    label=Signal::derive(move || words(of))
                    icon=icon
                    icon_only=true
                    small=true
                    kind=Kind::Quiet
                    sends=sends
                    reason=reason
                    on_press=press
                />
            </span>
        }
        .into_any()
    };
    // Where the API says that something is wrong.
    let field = move || {
        let at = place.get().0 - 1;
        service.with_value(|name| format!("services.{name}.rules[{at}]"))
    };
    let area = NodeRef::<html::Textarea>::new();
    let moved = move |event: ev::KeyboardEvent| {
        let what = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => UP,
            "ArrowDown" if event.alt_key() => DOWN,
            _ => return,
        };
        event.prevent_default();
        reshape(what);
        focus_soon(format!("#rule-{key} textarea"));
    };
    let look = move || {
        if let Some(area) = area.get_untracked() {
            draft.typed.set(Some((key, before_caret(&area))));
        }
    };
    let select = view! {
        <select
            class="control select policy-entry"
            name=ACTION
            aria-label=move || words(text::ACTION_OF)
            on:change=move |event| {
                let chosen = strategy(&event_target_value(&event));
                change(&|rule| rule.action = chosen);
            }
        >
            {[(Strategy::Allow, text::ALLOW), (Strategy::Deny, text::DENY)]
                .into_iter()
                .map(|(value, label)| view! {
                    <option
                        value=word(value)
                        selected=action == value
                        prop:selected=move || rule.with(|rule| rule.action == value)
                    >
                        {t(label)}
                    </option>
                })
                .collect_view()}
        </select>
    }
    .into_any();
    view! {
        <li id=format!("rule-{key}") on:keydown=moved>
            <div class="row-between" id=move || field_id(form.operation, &field())>
                <div class="row"><strong>{move || words(text::RULE)}</strong>{select}</div>
                <div class="row">
                    {button(UP, text::UP, icons::ARROW_UP)}
                    {button(DOWN, text::DOWN, icons::ARROW_DOWN)}
                    {button(REMOVE_RULE, text::REMOVE_RULE, icons::TRASH_2)}
                </div>
            </div>
            <textarea
                node_ref=area
                class="control mono expression"
                name=EXPRESSION
                rows="2"
                spellcheck="false"
                autocomplete="off"
                maxlength=EXPRESSION_BYTES_MAX.to_string()
                aria-label=move || words(text::EXPRESSION_OF)
                prop:value=move || rule.with(|rule| rule.expression.clone())
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    change(&|rule| rule.expression = typed.clone());
                    look();
                }
                on:focus=move |_| look()
                on:click=move |_| look()
                inner_html=escaped(&source)
            ></textarea>
            <Completions key_=key service=service draft=draft area=area />
            {move || view! { <Verdict validity=rule.with(|rule| Validity::of(&rule.expression)) /> }}
            {move || form.error_of(&field()).map(|what| view! { <p class="field-error">{what}</p> })}
        </li>
    }
    .into_any()
}

/// What may stand where is typed, to be chosen.
#[component]
fn Completions(
    key_: usize,
    service: StoredValue<String>,
    draft: Draft,
    area: NodeRef<html::Textarea>,
) -> impl IntoView {
    let offered = Memo::new(move |_| {
        let typed = draft.typed.get().filter(|(key, _)| *key == key_).map(|(_, before)| before);
        let typed = typed.unwrap_or_default();
        service.with_value(|name| completions(&typed, name))
    });
    let choose = move |word: &str| {
        let begun = offered.with_untracked(|(begun, _)| *begun);
        let Some(area) = area.get_untracked() else { return };
        let (before, value) = (before_caret(&area), area.value());
        let (kept, after) = (before.len().saturating_sub(begun), before.len());
        let head = format!("{}{word}", value.get(..kept).unwrap_or_default());
        let caret = u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX);
        let whole = format!("{head}{}", value.get(after..).unwrap_or_default());
        draft.lines.update(|lines| {
            let service = service.with_value(|name| lines.service_mut(name));
            let line = service.and_then(|service| service.rules.iter_mut().find(|l| l.key == key_));
            line.into_iter().for_each(|line| line.rule.expression.clone_from(&whole));
        });
        draft.typed.set(Some((key_, head)));
        request_animation_frame(move || {
            // A field that has vanished meanwhile needs neither.
            let _ = area.focus();
            let _ = area.set_selection_range(caret, caret);
        });
    };
    let word = move |word: String| {
        let chosen = word.clone();
        view! {
            <button type="button" class="tag" on:click=move |_| choose(&chosen)><code>{word}</code></button>
        }
    };
    move || {
        let (_, words) = offered.get();
        (!words.is_empty()).then(|| {
            view! {
                <div class="row completions" role="group" aria-label=t(text::COMPLETE)>
                    {words.into_iter().map(word).collect_view()}
                </div>
            }
        })
    }
}

/// The text before the place of the next letter.
fn before_caret(area: &web_sys::HtmlTextAreaElement) -> String {
    let value = area.value();
    let caret = area.selection_start().ok().flatten().map_or(usize::MAX, |at| at as usize);
    let letters: Vec<u16> = value.encode_utf16().take(caret).collect();
    String::from_utf16_lossy(&letters)
}

/// What is moved in the page loses the focus.
fn focus_soon(selector: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            // What has vanished meanwhile needs no focus.
            let _ = found.focus();
        }
    });
}
