//! How a key or a token is used: lines to paste.

use crate::text::{Text, api_keys as text};

/// For whoever signs requests.
pub fn of_key(origin: &str, key: &str, secret: &str) -> Vec<(Text, String)> {
    let environment = format!(
        "export EXOSCALE_API_KEY={key}\nexport EXOSCALE_API_SECRET={secret}\nexport EXOSCALE_API_ENDPOINT={origin}/v2"
    );
    let python = format!(
        "from exoscale.api.v2 import Client\n\ncouloir = Client(\"{key}\", \"{secret}\", url=\"{origin}/v2\")\nprint(couloir.list_instances())"
    );
    vec![(text::EXO, format!("{environment}\nexo compute instance list")), (text::PYTHON, python)]
}

/// For whoever sends a token.
pub fn of_token(origin: &str, token: &str) -> Vec<(Text, String)> {
    let curl = format!(
        "export COULOIR_TOKEN={token}\ncurl {origin}/v2/instance \\\n  -H \"Authorization: Bearer $COULOIR_TOKEN\""
    );
    vec![(text::CURL, curl)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_carry_what_they_need_and_nothing_of_it_stands_in_a_url() {
        let uses = of_key("https://cloud.example", "EXO1", "hush");
        assert!(uses.iter().all(|(_, code)| code.contains("EXO1") && code.contains("hush")));
        let (_, curl) = &of_token("https://cloud.example", "couloir_x")[0];
        assert!(curl.contains("curl https://cloud.example/v2/instance \\\n"), "{curl}");
    }
}
