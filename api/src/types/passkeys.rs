//! Signing in without a password: passkeys.

use domain::{PasskeyId, Timestamp};
use serde_json::Value;

wire! {
    /// One's own passkeys.
    pub struct Passkeys {
        /// The oldest first.
        pub passkeys: Vec<Passkey>,
        /// Whether there can be any: browsers bind them to a domain, and the address of this platform may
        /// have none.
        pub available: bool,
        /// Names of one's organizations for which a passkey has to stay: they demand two-step sign-in, and
        /// there is no other second step. Empty: each may be deleted.
        pub stays_for: Vec<String>,
    }

    /// A key that a device or a password manager keeps, and uses for who proves to it who they are.
    pub struct Passkey {
        pub id: PasskeyId,
        pub name: String,
        pub created_at: Timestamp,
        /// When it last signed its owner in.
        pub last_used_at: Option<Timestamp>,
    }

    /// What a browser is asked, and what comes back to us beside its answer.
    pub struct PasskeyOptions {
        /// Comes back with the answer, within five minutes; it is sealed, and good once.
        pub state: String,
        /// In JSON what `navigator.credentials` takes as `publicKey` (WebAuthn Level 3, sections 5.4 and
        /// 5.5): of `parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()`.
        #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Value>"))]
        pub options: Value,
    }

    #[serde(deny_unknown_fields)]
    pub struct CreatePasskey {
        /// Which device it is on, say.
        pub name: String,
        /// Of `get-passkey-creation-options`.
        pub state: String,
        /// What the browser answered, as `toJSON()` writes it (WebAuthn Level 3, section 5.1).
        #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Value>"))]
        pub credential: Value,
    }

    #[serde(deny_unknown_fields)]
    pub struct CreatePasskeySession {
        /// Of `get-passkey-request-options`.
        pub state: String,
        /// What the browser answered, as `toJSON()` writes it (WebAuthn Level 3, section 5.1).
        #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Value>"))]
        pub credential: Value,
    }
}
