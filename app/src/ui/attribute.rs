//! Attributes that HTML has no name for, with their names known when this is compiled.
//!
//! The browser takes those over as the server wrote them. A name that a view spells itself
//! (`data-label="…"`) is only known when it runs, and the renderer then writes every one of them
//! again: in a list, hundreds.

use leptos::attr::custom::CustomAttributeKey;

macro_rules! names {
    ($($name:ident $text:literal;)*) => {
        $(
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl AsRef<str> for $name {
                fn as_ref(&self) -> &str {
                    Self::KEY
                }
            }

            impl CustomAttributeKey for $name {
                const KEY: &'static str = $text;
            }
        )*
    };
}

names! {
    DataLabel "data-label";
    ViewBox "viewBox";
}
