//! Derives the module path from the folder of generated files: `my-client/src/api/generated` is
//! `crate::api::generated`.

use std::path::{Component, Path};

use super::arguments::shown;
use super::screen::brief;

/// Returns the path of the module. If it can't be derived from the folder, returns an error with
/// the fix.
pub(super) fn of(folder: &Path) -> Result<String, String> {
    let mut names: Vec<String> = Vec::new();
    for component in folder.components() {
        match component {
            Component::Normal(name) => names.push(name.to_string_lossy().into_owned()),
            Component::CurDir => {}
            // Folders above `src` aren't part of the module path.
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => names.clear(),
        }
    }
    let shown = brief(&shown(folder), 200);
    let below_src = names.iter().rposition(|name| name == "src").map(|at| at + 1);
    let module = match below_src {
        Some(first) => names.get(first..).unwrap_or_default(),
        None => names.get(names.len().saturating_sub(1)..).unwrap_or_default(),
    };
    if module.is_empty() {
        return Err(match below_src {
            Some(_) => format!(
                "the folder {shown} is the root of a crate, which can't be replaced: choose a folder in it, \
                 e.g. `--out {shown}/generated`"
            ),
            None => format!(
                "cannot derive a module name from the folder {shown}: choose a folder such as \
                 my-client/src/generated, or set \
                 `module` in the settings file"
            ),
        });
    }
    if let Some(name) = module.iter().find(|name| !is_module(name)) {
        let name = brief(name, 100);
        return Err(format!(
            "a Rust module can't be called `{name}`: choose a folder with a different name, such as my-client/src/generated, \
             or set `module` in the settings file"
        ));
    }
    Ok(format!("crate::{}", module.join("::")))
}

/// Returns whether this is an identifier and not a keyword.
pub(super) fn is_module(name: &str) -> bool {
    name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::of;

    #[track_caller]
    fn check(folder: &str, module: &str) {
        assert_eq!(of(Path::new(folder)).as_deref(), Ok(module));
    }

    #[track_caller]
    fn refused(folder: &str, expected: &str) {
        let message = of(Path::new(folder)).unwrap_err();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn the_module_is_the_path_after_src() {
        check("my-client/src/generated", "crate::generated");
        check("my-client/src/api/generated/", "crate::api::generated");
        check("./src/my-client/src/./books_2", "crate::books_2");
        check("/tmp/generated", "crate::generated");
        check("generated", "crate::generated");
        check("../src/client", "crate::client");
        check("src/../client", "crate::client");
        check("src/größe", "crate::größe");
    }

    #[test]
    fn other_names_are_rejected() {
        for name in ["my-client", "2books", "src/mod", "src/gen", "src/_", "src/a b", "src/self"] {
            refused(name, "a Rust module can't be called");
        }
        refused("my-client/src", "e.g. `--out my-client/src/generated`");
        for name in [".", "..", "/", ""] {
            refused(name, "cannot derive a module name");
        }
    }
}
