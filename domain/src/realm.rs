//! Realms: the provider's staff have an organization of their own, and accounts of their own.

text_enum! {
    /// Whom an organization is of.
    pub enum Realm {
        /// Somebody who uses the platform.
        Customer = "customer",
        /// The provider; there is one such organization at most.
        Operator = "operator",
    }
}
