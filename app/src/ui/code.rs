//! Code to copy, and the panel that shows an act for each tool.

use super::{copy::CopyButton, icons, icons::IconView};
use crate::{
    as_code::{AsCode, NoExo, Tool, WhyNot},
    path,
    text::{Text, code as text, common, t, t_with},
    tool,
};
use leptos::prelude::*;

/// A block of code with a button that copies it.
#[component]
pub fn CodeBlock(#[prop(into)] code: Signal<String>, what: &'static str) -> impl IntoView {
    view! {
        <div class="code">
            <pre tabindex="0" aria-label=what><code>{code}</code></pre>
            <CopyButton what=what />
        </div>
    }
    .into_any()
}

/// The same act for a terminal. Works without scripts; with them it follows the form.
#[component]
pub fn CodePanel(
    #[prop(into)] code: Signal<AsCode>,
    /// Tells panels on one page apart.
    #[prop(default = "code")]
    id: &'static str,
    /// What is done, where a page has several panels.
    #[prop(optional)]
    act: Option<&'static str>,
    #[prop(optional)] open: bool,
) -> impl IntoView {
    view! {
        <details class="code-panel" open=open>
            <summary>
                <IconView icon=icons::CODE />
                {match act {
                    Some(act) => t_with(text::ACT_AS_CODE, &[("act", act)]),
                    None => t(common::AS_CODE).to_owned(),
                }}
            </summary>
            <CodeTools code=code id=id />
        </details>
    }
    .into_any()
}

/// The inside of the panel: one tool at a time. Which one is a matter of taste, and remembered.
#[component]
pub fn CodeTools(
    #[prop(into)] code: Signal<AsCode>,
    /// Tells panels on one page apart.
    id: &'static str,
) -> impl IntoView {
    let operation = code.with_untracked(|code| code.operation);
    let chosen = tool::chosen();
    // A name with `_` before it is not taken for a field, where the panel stands in a form.
    let choice = move |tool: Tool| {
        view! {
            <label>
                <input
                    type="radio"
                    name=format!("_{id}")
                    value=tool.as_str()
                    checked=tool == chosen
                    on:change=move |_| tool::choose(tool)
                />
                {t(name(tool))}
            </label>
        }
    };
    let panes = Tool::ALL.map(|tool| {
        view! {
            <div class="code-pane" data-tool=tool.as_str()>
                {move || code.with(|code| pane(tool, code))}
            </div>
        }
    });
    view! {
        <div class="code-tools" data-operation=operation>
            <div class="row-between">
                <fieldset class="switch">
                    <legend class="sr-only">{t(common::TOOL)}</legend>
                    {Tool::ALL.map(choice)}
                </fieldset>
                <a href=path::reference_of(operation) rel="external">{t(text::REFERENCE)}</a>
            </div>
            {panes}
        </div>
    }
    .into_any()
}

fn name(tool: Tool) -> Text {
    match tool {
        Tool::Curl => common::CURL,
        Tool::Exo => common::EXO,
        Tool::Python => text::PYTHON,
        Tool::Terraform => text::TERRAFORM,
    }
}

/// The lines and what they need, or why there are none.
fn pane(tool: Tool, code: &AsCode) -> AnyView {
    let (lines, hint) = match tool {
        Tool::Curl => {
            let hint = if code.by_session { text::WITH_SESSION } else { text::WITH_TOKEN };
            (Ok(&code.curl), t(hint).to_owned())
        }
        Tool::Exo => (code.exo.as_ref().map_err(|why| no_exo(*why)), t(text::WITH_KEY).to_owned()),
        Tool::Python => {
            let hint = match (code.python.sdk, code.by_session) {
                (true, _) => text::WITH_SDK,
                (_, true) => text::WITH_SESSION_AND_REQUESTS,
                _ => text::WITH_REQUESTS,
            };
            (Ok(&code.python.lines), t(hint).to_owned())
        }
        Tool::Terraform => (
            code.terraform.as_ref().map_err(|why| why_not(*why)),
            t(text::WITH_PROVIDER).to_owned(),
        ),
    };
    match lines {
        Ok(lines) => view! {
            <CodeBlock code=lines.clone() what=t(name(tool)) />
            {code.file.clone().filter(|_| tool == Tool::Curl).map(|holds| {
                let file = format!("{}.json", code.operation);
                view! {
                    <p class="hint">{t_with(text::SECRET_FILE, &[("file", &file)])}</p>
                    <CodeBlock code=holds what=t(text::FILE) />
                }
            })}
            <p class="hint">{hint}</p>
        }
        .into_any(),
        Err(why) => view! { <p class="hint">{t(why)}</p> }.into_any(),
    }
}

fn no_exo(why: NoExo) -> Text {
    match why {
        NoExo::Unknown => text::NO_EXO,
        NoExo::NotSaid => text::EXO_NOT_SAID,
        NoExo::NeverEnds => text::EXO_NEVER_ENDS,
        NoExo::LeavesOutEmpty => text::EXO_LEAVES_OUT_EMPTY,
        NoExo::SignsInLabels => text::EXO_SIGNS_IN_LABELS,
        NoExo::AsksPolicies => text::EXO_ASKS_POLICIES,
    }
}

fn why_not(why: WhyNot) -> Text {
    match why {
        WhyNot::Act => text::TERRAFORM_ACT,
        WhyNot::Delete => text::TERRAFORM_DELETE,
        WhyNot::Unknown => text::TERRAFORM_UNKNOWN,
        WhyNot::NoZone => text::TERRAFORM_NO_ZONE,
    }
}
