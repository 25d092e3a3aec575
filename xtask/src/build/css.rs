//! One style sheet: the reset, what `style/` says, then the utility classes the portal names.
//!
//! Utilities come last, so that a class on an element wins over a component's rule of equal weight.

use super::files::sources;
use anyhow::{Context, Result, bail};
use encre_css::{Config, Preflight};
use std::fs;
use std::path::Path;

/// Settings of the utilities: colours and breakpoints of our own, how the dark theme is chosen.
pub const UTILITIES: &str = "style/utilities.toml";

/// The whole style sheet of the portal.
pub fn styles(root: &Path) -> Result<String> {
    let settings = fs::read_to_string(root.join(UTILITIES)).ok();
    let utilities = Utilities::parse(settings.as_deref())?;
    let written = written(&root.join("style"))?;
    let app = sources(&root.join("app/src"), "rs")?;
    let named = utilities.rules(app.iter().map(|(_, text)| text.as_str()));
    let reset = encre_css::generate([""], &Config::default());
    Ok([reset, written, named].join("\n"))
}

/// The generator of utility classes.
pub struct Utilities {
    config: Config,
}

impl Utilities {
    /// With the given settings, or without any.
    pub fn parse(settings: Option<&str>) -> Result<Self> {
        let mut config: Config = match settings {
            Some(settings) => toml::from_str(settings).context(UTILITIES)?,
            None => Config::default(),
        };
        config.preflight = Preflight::new_none();
        Ok(Utilities { config })
    }

    /// The rules for every class named in the given sources.
    pub fn rules<'a>(&self, sources: impl Iterator<Item = &'a str>) -> String {
        encre_css::generate(sources, &self.config)
    }

    /// Whether there is such a class.
    pub fn know(&self, class: &str) -> bool {
        !self.rules([class].into_iter()).is_empty()
    }
}

/// `main.css` with its imports put in place, in their order; a sheet nobody imports is an error.
fn written(folder: &Path) -> Result<String> {
    let main = folder.join("main.css");
    if !main.exists() {
        return Ok(String::new());
    }
    let text = fs::read_to_string(&main)?;
    let mut sheet = String::new();
    let mut imported = vec!["main.css".to_owned()];
    for line in text.lines() {
        let Some(name) = import(line) else {
            sheet.push_str(line);
            sheet.push('\n');
            continue;
        };
        let part = fs::read_to_string(folder.join(name))
            .with_context(|| format!("style/main.css imports {name}"))?;
        sheet.push_str(&part);
        imported.push(name.to_owned());
    }
    for (name, _) in sources(folder, "css")? {
        if !imported.contains(&name) {
            bail!("style/{name} is imported nowhere: name it in style/main.css");
        }
    }
    Ok(sheet)
}

/// The file named by `@import "name.css";`.
fn import(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("@import \"")?
        .strip_suffix("\";")
        .map(|name| name.trim_start_matches("./"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_in_views_become_rules() {
        let utilities = Utilities::parse(None).unwrap();
        let css = utilities.rules([r#"view! { <div class="flex md:hidden">"#].into_iter());
        assert!(css.contains(".flex"), "{css}");
        assert!(css.contains(".md\\:hidden"), "{css}");
        assert!(!css.contains("box-sizing"), "the reset is not repeated: {css}");
        assert!(utilities.know("md:hidden") && !utilities.know("md:hiden"));
    }

    #[test]
    fn settings_add_colours() {
        let settings = "[theme.colors]\nsurface = \"var(--surface)\"\n";
        let utilities = Utilities::parse(Some(settings)).unwrap();
        assert!(utilities.rules(["bg-surface"].into_iter()).contains("var(--surface)"));
        assert!(Utilities::parse(Some("[")).is_err());
    }

    #[test]
    fn imports_are_put_in_place_and_orphans_refused() {
        let folder = std::env::temp_dir().join(format!("xtask-css-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.css"), "@import \"b.css\";\n@import \"./a.css\";\nz{}\n")
            .unwrap();
        fs::write(folder.join("a.css"), "a{}\n").unwrap();
        fs::write(folder.join("b.css"), "b{}\n").unwrap();
        assert_eq!(written(&folder).unwrap(), "b{}\na{}\nz{}\n");
        fs::write(folder.join("lost.css"), "").unwrap();
        assert!(written(&folder).unwrap_err().to_string().contains("style/lost.css"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
