//! SSH keys.

texts! {
    TITLE "SSH keys" "SSH-Schlüssel";
}
