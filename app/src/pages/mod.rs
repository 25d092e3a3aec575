//! Pages, a folder for each noun. A page is: parameters, what to ask, how to show it.

pub mod api_keys;
mod home;
pub mod instances;
mod not_found;
pub mod operations;
pub mod sessions;
pub mod sign_in;
pub mod ssh_keys;
mod style;

pub use home::Home;
pub use not_found::NotFound;
pub use style::Style;
