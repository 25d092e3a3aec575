//! One rule to be read, wherever rules are listed.

use leptos::prelude::*;

#[component]
pub fn OneRule(
    /// Which one it is: “Rule 2”.
    name: String,
    /// What it does or did, in a word each.
    #[prop(into)]
    says: ViewFnOnce,
    expression: String,
    /// What is to be said of it.
    children: Children,
) -> impl IntoView {
    view! {
        <li>
            <div class="row"><strong>{name}</strong>{says.run()}</div>
            <pre class="expression" tabindex="0"><code>{expression}</code></pre>
            {children()}
        </li>
    }
    .into_any()
}
