//! Which browser a session belongs to, for people who look for the one they don't know. A guess:
//! browsers call themselves what they like.

/// Browser and system of a `User-Agent`.
pub fn recognize(user_agent: &str) -> Option<(&'static str, &'static str)> {
    // Most call themselves Safari too, and some Chrome: the particular ones come first.
    let browsers = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    Some((find(&browsers)?, find(&systems)?))
}

#[cfg(test)]
mod tests {
    use super::recognize;

    #[test]
    fn the_particular_name_wins() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(recognize(edge), Some(("Edge", "Windows")));
        assert_eq!(recognize("something else"), None);
    }
}
