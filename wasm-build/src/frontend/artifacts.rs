//! Reads cargo's JSON messages to find what cargo built.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::error::BuildError;

/// The result of building a package with cargo.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Artifacts {
    /// The package's name.
    pub(super) package: String,
    /// The package's WebAssembly module.
    pub(super) module: PathBuf,
    /// The version of `wasm-bindgen` that the package depends on.
    pub(super) wasm_bindgen: Option<String>,
}

impl Artifacts {
    /// Finds the artifacts in cargo's messages. `folder` is the package's folder.
    pub(super) fn read(messages: &str, folder: &Path) -> Result<Self, BuildError> {
        let manifest = folder.join("Cargo.toml");
        let mut modules = Vec::new();
        let mut wasm_bindgen = None;
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok())
        {
            if message["reason"] != "compiler-artifact" {
                continue;
            }
            let (name, version) = package(message["package_id"].as_str().unwrap_or_default());
            if name == "wasm-bindgen" {
                wasm_bindgen = Some(version.to_owned());
            }
            if message["manifest_path"].as_str().map(Path::new) == Some(&manifest) {
                let files = message["filenames"].as_array().map(Vec::as_slice).unwrap_or_default();
                let files = files.iter().filter_map(Value::as_str).map(PathBuf::from);
                let files = files.filter(|file| file.extension().is_some_and(|it| it == "wasm"));
                modules.extend(files.map(|file| (name.to_owned(), file)));
            }
        }
        match <[_; 1]>::try_from(modules) {
            Ok([(package, module)]) => Ok(Artifacts { package, module, wasm_bindgen }),
            Err(modules) => {
                Err(BuildError::Module { folder: folder.to_path_buf(), count: modules.len() })
            }
        }
    }
}

/// Returns the name and version in an id such as `path+file:///page#0.1.0` or
/// `registry+https://…#wasm-bindgen@0.2.130`.
fn package(id: &str) -> (&str, &str) {
    let (source, rest) = id.split_once('#').unwrap_or((id, ""));
    let folder = source.rsplit('/').next().unwrap_or_default();
    rest.split_once('@').unwrap_or((folder, rest))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(id: &str, manifest: &str, files: &[&str]) -> String {
        let message = json!({"reason": "compiler-artifact", "package_id": id, "manifest_path": manifest,
            "filenames": files});
        format!("{message}\n")
    }

    #[test]
    fn an_id_is_split_into_name_and_version() {
        for (id, expected) in [
            ("path+file:///work/page#0.1.0", ("page", "0.1.0")),
            ("path+file:///work/folder#page@0.1.0", ("page", "0.1.0")),
            (
                "registry+https://github.com/rust-lang/crates.io-index#wasm-bindgen@0.2.130",
                ("wasm-bindgen", "0.2.130"),
            ),
        ] {
            assert_eq!(package(id), expected, "{id}");
        }
    }

    #[test]
    fn the_module_of_the_package_is_found() {
        let messages = [
            message(
                "registry+https://x#wasm-bindgen@0.2.130",
                "/cargo/Cargo.toml",
                &["/t/libwasm_bindgen.rlib"],
            ),
            message("path+file:///other#0.1.0", "/other/Cargo.toml", &["/t/other.wasm"]),
            message(
                "path+file:///page#0.1.0",
                "/page/Cargo.toml",
                &["/t/page.wasm", "/t/libpage.rlib"],
            ),
            "Hello\n{\"reason\":\"build-finished\",\"success\":true}\n".to_owned(),
        ];
        let found = Artifacts::read(&messages.concat(), Path::new("/page")).unwrap();
        let expected = Artifacts {
            package: "page".to_owned(),
            module: PathBuf::from("/t/page.wasm"),
            wasm_bindgen: Some("0.2.130".to_owned()),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_package_must_have_exactly_one_module() {
        let library = message("path+file:///page#0.1.0", "/page/Cargo.toml", &["/t/libpage.rlib"]);
        let error = Artifacts::read(&library, Path::new("/page")).unwrap_err().to_string();
        assert_eq!(
            error,
            "/page has no WebAssembly module: add `[lib]` with `crate-type = [\"cdylib\"]` to its Cargo.toml"
        );
        let module = message("path+file:///page#0.1.0", "/page/Cargo.toml", &["/t/page.wasm"]);
        let error = Artifacts::read(&module.repeat(2), Path::new("/page")).unwrap_err().to_string();
        assert!(error.starts_with("/page has 2 WebAssembly modules"), "{error}");
    }
}
