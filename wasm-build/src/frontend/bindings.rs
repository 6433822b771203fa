//! Runs wasm-bindgen in this process, and creates a module for web pages.

use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use super::error::BuildError;

/// Returns the required version of wasm-bindgen.
pub(super) fn version() -> String {
    wasm_bindgen_shared::version()
}

/// Rejects a package that uses a version of wasm-bindgen other than the required one. The workspace's lock file has the
/// required version, so this can only happen with a package outside the workspace.
pub(super) fn check_version(found: Option<&str>) -> Result<(), BuildError> {
    let needed = version();
    match found {
        Some(found) if found != needed => {
            Err(BuildError::Version { found: found.to_owned(), needed })
        }
        _ => Ok(()),
    }
}

/// Writes two files to the folder: the module, and the script that loads the module. Both files are named after
/// the module at `path`.
pub(super) fn generate(path: &Path, module: Vec<u8>, folder: &Path) -> Result<(), BuildError> {
    let generate = || {
        let mut bindgen = Bindgen::new();
        bindgen.input_bytes(&stem(path), module).web(true)?.typescript(false);
        // `init()` loads the module from the script's folder.
        bindgen.omit_default_module_path(false);
        // Keep the name section, because a stack trace without function names is useless. If wasm-opt is used, it
        // removes the section anyway.
        bindgen.remove_producers_section(true).generate_output()?.emit(folder)
    };
    generate().map_err(|error| BuildError::Bindings(format!("{error:#}")))
}

/// Returns the file name of the module that [`generate`] writes.
pub(super) fn module_name(path: &Path) -> String {
    format!("{}_bg.wasm", stem(path))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_different_version_is_rejected_with_the_command_to_run() {
        assert!(check_version(Some(&version())).is_ok());
        assert!(check_version(None).is_ok());
        let error = check_version(Some("0.2.99")).unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "the package uses wasm-bindgen 0.2.99, but this tool needs {0}: \
                 run `cargo update -p wasm-bindgen --precise {0}` in the package's folder",
                version()
            )
        );
    }

    #[test]
    fn this_workspace_locks_the_required_version() {
        let lock = std::fs::read_to_string(tools::workspace().join("Cargo.lock")).unwrap();
        let versions: Vec<&str> = lock
            .split("[[package]]")
            .filter(|package| package.contains("\nname = \"wasm-bindgen\"\n"))
            .filter_map(|package| package.split("\nversion = \"").nth(1)?.split('"').next())
            .collect();
        assert_eq!(versions, [version()]);
    }
}
