//! API keys.

texts! {
    TITLE "API keys" "API-Schlüssel";
}
