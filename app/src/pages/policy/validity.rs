//! Whether an expression can be true: what the evaluator itself says of it.

use crate::{
    text::{policy as text, t, t_with},
    ui::{Tone, ToneChip},
    visit::language,
};
use domain::format;
use leptos::prelude::*;
use policy::{Expression, Name, REQUEST};

/// What is to be said of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Validity {
    Valid,
    /// It is one, and probably not what was meant.
    Doubtful(Vec<Trouble>),
    /// It is none, and concludes nothing.
    Invalid(Trouble),
}

/// What is wrong, where, and what helps. The evaluator speaks English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The character, counted from one.
    at: usize,
    message: String,
    hint: String,
}

impl Validity {
    /// Of a rule of a policy.
    pub fn of(source: &str) -> Validity {
        Validity::over(source, &REQUEST)
    }

    /// Of an expression that reads these names.
    pub fn over(source: &str, names: &[Name<'_>]) -> Validity {
        let place =
            |byte: usize| source.char_indices().take_while(|(at, _)| *at < byte).count() + 1;
        match Expression::parse(source) {
            Err(error) => Validity::Invalid(Trouble {
                at: place(error.at),
                message: error.message.into_owned(),
                hint: error.hint.into_owned(),
            }),
            Ok(expression) => {
                let warnings = expression.lint(names).into_iter();
                let troubles: Vec<_> = warnings
                    .map(|warning| Trouble {
                        at: place(warning.at),
                        message: warning.message,
                        hint: warning.hint.into_owned(),
                    })
                    .collect();
                if troubles.is_empty() { Validity::Valid } else { Validity::Doubtful(troubles) }
            }
        }
    }
}

/// A rule's chip, and what is wrong with it.
#[component]
pub fn Verdict(validity: Validity) -> impl IntoView {
    let (tone, word, troubles) = match validity {
        Validity::Valid => (Tone::Ok, text::VALID, Vec::new()),
        Validity::Doubtful(troubles) => (Tone::Warn, text::CHECK, troubles),
        Validity::Invalid(trouble) => (Tone::Bad, text::INVALID, vec![trouble]),
    };
    view! {
        <div class="verdict">
            <ToneChip tone=tone word=t(word) />
            {troubles
                .into_iter()
                .map(|trouble| {
                    let at = i64::try_from(trouble.at).unwrap_or(i64::MAX);
                    let at = t_with(text::CHARACTER, &[("at", &format::integer(language(), at))]);
                    view! {
                        <p class="hint">
                            <span lang="en">{format!("{}: {}", trouble.message, trouble.hint)}</span>
                            {format!(" ({at})")}
                        </p>
                    }
                })
                .collect_view()}
            {(tone == Tone::Bad).then(|| view! { <p class="hint">{t(text::INVALID_WHY)}</p> })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_valid_doubtful_or_none() {
        assert_eq!(Validity::of("operation == 'list-zones'"), Validity::Valid);
        assert!(matches!(Validity::of("test"), Validity::Doubtful(why) if why.len() == 1));
        // Characters are counted as people do.
        let Validity::Invalid(why) = Validity::of("'ä' == ") else { panic!("it is none") };
        assert_eq!(why.at, 8);
        assert!(matches!(Validity::of(""), Validity::Invalid(_)));
    }
}
