//! Writing all that a list is asked to a file.

use crate::{
    load::{Ask, load},
    pages::{
        address::Wrong,
        instances::{column_label, columns_shown, filter_fields, hidden, listed},
    },
    path,
    text::{common, exports as text, t, t_with},
    ui::{
        Button, Card, Entry, Form, FormCode, Hidden, Kind, LinkButton, Loaded, PageHeader, Select,
    },
    visit::language,
};
use api::{InstanceFilter, ListInstances, op};
use domain::{
    format,
    list::{ExportFormat, List},
};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Export(list: List, query: String) -> impl IntoView {
    let question = match listed(&query) {
        Ok(question) => question,
        Err(error) => return view! { <Wrong error=error all=path::list(list) /> }.into_any(),
    };
    let asked = question.asked.clone();
    let count = load(op::ListInstances, &["instance"], {
        let asked = asked.clone();
        move || {
            let (limit, totals) = (Some(1), Some(true));
            Ask::with(ListInstances { limit, totals, cursor: None, ..asked.clone() })
        }
    });
    let columns = columns_shown(&question);
    let labels: Vec<_> = columns.iter().map(|column| column_label(*column)).collect();
    let names: Vec<_> = columns.iter().map(|column| column.as_str().to_owned()).collect();
    let (sort, filter) = (asked.sort.clone(), InstanceFilter::from(asked));
    let mut start =
        json!({ "list": list, "format": ExportFormat::Csv, "filter": filter, "columns": names });
    if let Some(sort) = &sort {
        start["sort"] = json!(sort);
    }
    let mut fields = filter_fields(filter);
    fields.extend(names.into_iter().map(|name| ("columns[]".to_owned(), name)));
    fields.extend(sort.map(|sort| ("sort".to_owned(), sort)));
    let formats = vec![
        Entry::new(ExportFormat::Csv.as_str(), t(text::CSV)),
        Entry::new(ExportFormat::Json.as_str(), t(text::JSON)),
    ];
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <Card>
            <Loaded
                answer=count
                rows=1
                view=|reply| {
                    let count = format::integer(language(), reply.body.total.unwrap_or_default());
                    view! { <p>{t_with(text::COUNT, &[("count", &count)])}</p> }.into_any()
                }
            />
            <Form operation="create-list-export" return_to=path::list_exported(list, "{reference}")>
                <div class="stack">
                    <Hidden name="list" value=list.to_string() />
                    {hidden(fields)}
                    <Select name="format" label=t(text::FORMAT) options=formats value="csv" hint=t_with(text::COLUMNS, &[("columns", &labels.join(", "))]) />
                    <div class="row">
                        <Button label=t(text::WRITE).to_owned() kind=Kind::Primary />
                        <LinkButton to=path::list_asking(list, &query) label=t(common::CANCEL) />
                    </div>
                </div>
            </Form>
        </Card>
        <FormCode operation="create-list-export" start=start />
    }
    .into_any()
}
