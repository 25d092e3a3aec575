//! People: their addresses, passwords, and the organizations that they belong to.

pub mod store;

/// Longest address (RFC 5321 section 4.5.3.1.3).
const EMAIL_BYTES_MAX: usize = 254;

/// An address as it is stored, or what is wrong with it.
pub fn check_email(email: &str) -> Result<String, &'static str> {
    let email = email.trim().to_lowercase();
    if email.len() > EMAIL_BYTES_MAX || email.parse::<lettre::Address>().is_err() {
        return Err("is no e-mail address, such as ann@acme.example");
    }
    Ok(email)
}
