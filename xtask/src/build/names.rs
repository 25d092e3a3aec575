//! Short names between the module and its script.
//!
//! Every function of the browser that the module calls stands in both files under a name with a hash,
//! which no compression makes smaller: a hundredth of all that a page loads.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use walrus::ModuleConfig;

/// What the names of all such functions begin with.
const PREFIX: &str = "__wb";

/// Renames what the module `{name}_bg.wasm` imports, in it and in the script `{name}.js`.
pub fn shorten(folder: &Path, name: &str) -> Result<()> {
    let (script, module) =
        (folder.join(format!("{name}.js")), folder.join(format!("{name}_bg.wasm")));
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut parsed = config.parse(&fs::read(&module)?)?;
    let mut text = fs::read_to_string(&script)?;
    let named = parsed.imports.iter_mut().filter(|import| import.name.starts_with(PREFIX));
    for (number, import) in named.enumerate() {
        let short = format!("f{number}");
        text = renamed(&text, &import.name, &short)
            .with_context(|| format!("shortening {} in {}", import.name, script.display()))?;
        import.name = short;
    }
    fs::write(&module, parsed.emit_wasm())?;
    Ok(fs::write(&script, text)?)
}

/// The script with another name for one function that it hands to the module.
fn renamed(script: &str, from: &str, to: &str) -> Result<String> {
    let (from, to) = (format!(" {from}:"), format!(" {to}:"));
    let found = script.matches(&from).count();
    ensure!(found == 1, "it stands there {found} times instead of once");
    Ok(script.replacen(&from, &to, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::{Module, ValType};

    /// A module that imports these, beside a memory of a part's.
    fn module(names: &[&str]) -> Vec<u8> {
        let mut module = Module::default();
        let of = module.types.add(&[ValType::I32], &[]);
        for name in names {
            module.add_import_func("./portal_bg.js", name, of);
        }
        module.emit_wasm()
    }

    #[test]
    fn both_files_have_the_same_short_names() {
        let folder = std::env::temp_dir().join(format!("couloir-names-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let put = |script: &str| {
            fs::write(folder.join("p.js"), script).unwrap();
            let names = ["__wbg_now_0123456789abcdef", "__wbg_log_fedcba9876543210", "other"];
            fs::write(folder.join("p_bg.wasm"), module(&names)).unwrap();
        };
        put("{ __wbg_log_fedcba9876543210: f, __wbg_now_0123456789abcdef: g, other: h }");
        shorten(&folder, "p").unwrap();
        let module = Module::from_buffer(&fs::read(folder.join("p_bg.wasm")).unwrap()).unwrap();
        let names: Vec<_> = module.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(names, ["f0", "f1", "other"]);
        let script = fs::read_to_string(folder.join("p.js")).unwrap();
        assert_eq!(script, "{ f1: f, f0: g, other: h }");

        put("{ __wbg_now_0123456789abcdef: g, other: h }");
        let error = format!("{:#}", shorten(&folder, "p").unwrap_err());
        assert!(
            error.contains("__wbg_log_fedcba9876543210") && error.contains("0 times"),
            "{error}"
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
