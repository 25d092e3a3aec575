//! Text in elements whose content the renderer writes as it stands: `textarea` and `title`. Without
//! this, what somebody has typed or named would be markup of everybody's page.

/// The text as markup.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_ends_no_element_and_stays_what_it_is() {
        let text = "</textarea><b> &lt; 'x' \"y\"";
        assert_eq!(super::escaped(text), "&lt;/textarea>&lt;b> &amp;lt; 'x' \"y\"");
    }
}
