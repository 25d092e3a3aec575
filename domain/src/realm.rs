//! Realms: the provider's staff have an organization of their own, and accounts of their own.

use crate::quota::QuotaResource;

text_enum! {
    /// Whom an organization is of.
    pub enum Realm {
        /// Somebody who uses the platform.
        Customer = "customer",
        /// The provider; there is one such organization at most.
        Operator = "operator",
    }
}

impl Realm {
    /// Whether organizations of it may have any of a resource: staff have keys, and run nothing.
    pub fn may_have(self, resource: QuotaResource) -> bool {
        self == Realm::Customer || resource == QuotaResource::IamKey
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_have_keys_and_run_nothing() {
        for resource in QuotaResource::ALL.iter().copied() {
            assert!(Realm::Customer.may_have(resource));
            let is_key = resource == QuotaResource::IamKey;
            assert_eq!(Realm::Operator.may_have(resource), is_key, "{resource}");
        }
    }
}
