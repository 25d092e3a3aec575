//! One style sheet: the reset, what `style/` says, then the utility classes the portal names.
//!
//! Utilities come last, so that a class on an element wins over a component's rule of equal weight.

use super::files::sources;
use anyhow::{Context, Result, bail};
use encre_css::{Config, Preflight, generate};
use std::fs;
use std::path::Path;

/// The whole style sheet of the portal.
pub fn styles(root: &Path) -> Result<String> {
    let written = written(&root.join("style"))?;
    let app = sources(&root.join("app/src"), "rs")?;
    let reset = generate([""], &Config::default());
    Ok([reset, written, generated(app.iter().map(|(_, text)| text.as_str()))].join("\n"))
}

/// The rules for every utility class named in the given sources, without the reset.
pub fn generated<'a>(sources: impl Iterator<Item = &'a str>) -> String {
    let mut config = Config::default();
    config.preflight = Preflight::new_none();
    generate(sources, &config)
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
        let css = generated([r#"view! { <div class="flex md:hidden">"#].into_iter());
        assert!(css.contains(".flex"), "{css}");
        assert!(css.contains(".md\\:hidden"), "{css}");
        assert!(!css.contains("box-sizing"), "the reset is not repeated: {css}");
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
