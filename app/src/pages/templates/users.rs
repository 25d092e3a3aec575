//! The instances that are made from a template.

use super::one::About;
use crate::{
    pages::instances::State,
    path,
    text::{t, t_count, t_with, templates as text},
    ui::Card,
    visit::language,
};
use api::{Instances, ListInstances};
use domain::{TemplateId, format, template::Visibility};
use leptos::prelude::*;

/// Instances that are shown on the template's page; the list has the others.
const SHOWN: i64 = 5;

/// The question that leads to them.
pub fn asked(template: TemplateId) -> ListInstances {
    let totals = Some(true);
    ListInstances { template_id: Some(template), limit: Some(SHOWN), totals, ..Default::default() }
}

/// The same question in the list of instances.
fn list(template: TemplateId) -> String {
    path::instances_where(&ListInstances { template_id: Some(template), ..Default::default() })
}

fn count(users: &Instances) -> i64 {
    users.total.unwrap_or_default()
}

/// Why the template can't be deleted now.
pub fn refusal(about: &About) -> Option<String> {
    if about.template.visibility == Visibility::Public {
        return Some(t(text::PUBLIC_STAYS).to_owned());
    }
    match count(&about.users) {
        0 => None,
        many => Some(t_count(text::IN_USE_ONE, text::IN_USE, many)),
    }
}

#[component]
pub fn UsedBy(about: About) -> impl IntoView {
    let About { template, users, .. } = about;
    let many = count(&users);
    let link = match many {
        0 => None,
        1 => Some(t(text::ONE_USER).to_owned()),
        _ => Some(t_with(text::ALL_USERS, &[("count", &format::integer(language(), many))])),
    };
    view! {
        <Card title=t(text::USED_BY) lead=t(text::USED_BY_LEAD)>
            {(many == 0).then(|| view! { <p class="muted">{t(text::UNUSED)}</p> })}
            <ul class="lines">
                {users
                    .instances
                    .into_iter()
                    .map(|instance| {
                        let state = Signal::stored(instance.clone());
                        view! {
                            <li>
                                <div class="row-between">
                                    <a class="break" href=path::instance(instance.id)>{instance.name}</a>
                                    <State instance=state operations=Signal::stored(Vec::new()) />
                                </div>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {link.map(|label| view! { <p><a href=list(template.id)>{label}</a></p> })}
        </Card>
    }
    .into_any()
}
