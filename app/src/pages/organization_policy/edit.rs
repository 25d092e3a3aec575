//! The form of what the organization allows.

use crate::{
    pages::policy::PolicyForm,
    path,
    text::{organization_policy as text, t},
    ui::PageHeader,
};
use api::{IamPolicy, Reply};
use leptos::prelude::*;

pub fn edit(reply: Reply<IamPolicy>) -> AnyView {
    view! {
        <PageHeader title=t(text::EDIT_TITLE).to_owned() lead=|| t(text::EDIT_LEAD) />
        <PolicyForm
            operation="update-iam-organization-policy"
            policy=reply.body
            etag=reply.etag
            back=path::organization_policy()
            done=t(text::SAVED)
            own=true
        />
    }
    .into_any()
}
