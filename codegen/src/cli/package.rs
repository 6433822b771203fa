//! Creates the package around the generated module: `Cargo.toml` and `src/lib.rs`. Existing files
//! are never overwritten.

use std::path::Path;

use super::failure::Failure;
use super::folder::{Change, FolderError};
use super::module::is_module;
use super::screen::brief;
use crate::Settings;

/// The folder of the generated module.
pub(super) const MODULE: &str = "src/generated";

/// The names that cargo rejects.
const RESERVED: &[&str] = &["test", "core", "std", "alloc", "proc_macro", "proc-macro"];

/// Rejects names that can't be used for a package with a library.
pub(super) fn check_name(name: &str) -> Result<(), Failure> {
    let is_name = name.is_ascii()
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && is_module(&name.replace('-', "_"))
        && !RESERVED.contains(&name);
    if is_name {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "a package can't be called `{}`: use letters, digits, `-` and `_`, e.g. `--package my-client`",
        brief(name, 100)
    )))
}

/// Returns the files that are missing. Existing files are kept.
pub(super) fn missing(
    folder: &Path,
    name: &str,
    settings: &Settings,
) -> Result<Vec<Change>, Failure> {
    for above in [folder.to_owned(), folder.join("src")] {
        if above.is_symlink() {
            return Err(FolderError::Link(above).into());
        }
    }
    let files = [("Cargo.toml", manifest(name, settings)), ("src/lib.rs", library(settings))];
    let missing = files.iter().filter(|(file, _)| {
        let path = folder.join(file);
        !path.exists() && !path.is_symlink()
    });
    Ok(missing.map(|(file, text)| Change::missing(&folder.join(file), text)).collect())
}

/// Returns the manifest, with the dependencies that generated code needs.
fn manifest(name: &str, settings: &Settings) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let (krate, package) = match krate(settings) {
        Some(krate) if krate != "openapi_keys_runtime" => {
            (krate, "package = \"openapi-keys-runtime\", ")
        }
        _ => ("openapi-keys-runtime", ""),
    };
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {krate} = {{ {package}git = \"{repository}\" }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n"
    )
}

/// Returns the name of the runtime crate, unless the runtime is a module.
fn krate(settings: &Settings) -> Option<&str> {
    let path = settings.runtime.strip_prefix("::").filter(|path| !path.contains("::"))?;
    is_module(path).then_some(path)
}

/// Returns `src/lib.rs`, in rustfmt's layout. The file re-exports what users of the client need.
fn library(settings: &Settings) -> String {
    let runtime = match krate(settings) {
        Some(krate) => EXPORTS.replace("RUNTIME", krate),
        None => String::new(),
    };
    format!(
        "//! A generated client: see [`Client`].\n\n#![deny(missing_docs)]\n\nmod generated;\n\n\
         pub use generated::*;\n{runtime}"
    )
}

const EXPORTS: &str = "
pub use RUNTIME::{
    Body, Bytes, Call, CallWithResponse, Download, Error, ErrorKind, Event, EventStream,
    FakeTransport, Governor, HeaderMap, HeaderName, HeaderValue, Items, JsonLines, Nullable,
    ObservedAttempt, ObservedCall, Observer, Outcome, Paged, Pages, Part, RateLimit, Response,
    RetryPolicy, StatusCode, StreamedCall, Transport, Unexpected, http, reqwest,
};
";

#[cfg(test)]
mod tests {
    use super::{check_name, manifest};
    use crate::Settings;

    #[test]
    fn only_valid_package_names_are_accepted() {
        for name in ["my-client", "a", "books_2"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "2a", "a b", "fn", "größe", "../a", "a\"b", "test", "-a", "Self"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_renamed_runtime_keeps_its_package_name() {
        let settings = Settings::new("run", "a.yaml").with_runtime("::rt");
        let text = manifest("my-client", &settings);
        assert!(text.contains("\nrt = { package = \"openapi-keys-runtime\", git = "), "{text}");
        let manifest: toml::Table = text.parse().unwrap();
        assert_eq!(manifest["package"]["name"].as_str(), Some("my-client"));
    }
}
