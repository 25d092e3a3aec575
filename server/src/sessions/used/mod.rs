//! Questions of sign-ins that were answered: each is good once. They are remembered until they would have
//! expired.

pub mod store;
