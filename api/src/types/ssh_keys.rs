//! SSH keys.

wire! {
    pub struct SshKeys {
        pub ssh_keys: Vec<SshKey>,
    }

    /// A public key by its name.
    #[derive(Eq)]
    pub struct SshKey {
        pub name: String,
        /// MD5 of the key's blob, as `aa:bb:…`.
        pub fingerprint: Option<String>,
    }

    pub struct RegisterSshKey {
        /// A letter or digit, then letters, digits, `.`, `_`, `-`; at most 255.
        pub name: String,
        /// One line in OpenSSH's form.
        pub public_key: String,
    }

    #[derive(Eq)]
    pub struct SshKeyRef {
        pub name: String,
    }
}
