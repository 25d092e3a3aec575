//! Signing in in two steps: a password, and a code of an authenticator app.

use domain::Timestamp;

wire! {
    /// Whether one signs in in two steps.
    pub struct SecondFactor {
        pub enabled: bool,
        /// Since when.
        pub since: Option<Timestamp>,
        /// Recovery codes that are left.
        pub recovery_codes: i64,
        /// What was begun and is not confirmed yet.
        pub pending: Option<PendingSecondFactor>,
        /// Names of one's organizations for which the app has to stay: they demand two-step sign-in, and
        /// there is no other second step. Empty: it may be removed.
        pub stays_for: Vec<String>,
    }

    /// What an authenticator app is given: as a picture, an address, or typed.
    pub struct PendingSecondFactor {
        /// In base32, as apps take it when it is typed.
        pub secret: String,
        /// `otpauth://totp/…`
        pub uri: String,
        /// The address as a QR code: a drawing in SVG.
        pub qr_code: String,
        /// Until when it can be confirmed.
        pub expires_at: Timestamp,
    }

    #[serde(deny_unknown_fields)]
    pub struct SecondFactorCode {
        /// Six digits of the authenticator app; where two-step sign-in is on, also a recovery code.
        pub code: String,
    }

    /// They are shown once, here. Each signs in once, in the place of a code of the app.
    pub struct RecoveryCodes {
        pub recovery_codes: Vec<String>,
    }
}
