//! Combines the settings from a file, the arguments and the folder.

mod file;
mod mistake;
mod pagination;

use std::path::Path;

use super::arguments::{Generate, Input, shown};
use super::failure::Failure;
use super::module;
use super::screen::brief;
use crate::{MissingSecurity, Settings, SharedPlaces, Strictness};
use file::File;

/// The path of the generated module if `--package` is used.
const MODULE_OF_PACKAGE: &str = "crate::generated";

/// Returns the settings for `generate`, for a document with this name.
pub(super) fn to_generate(arguments: &Generate, source: &str) -> Result<Settings, Failure> {
    let file = read(arguments.input.settings.as_deref())?;
    let module = match (&arguments.package, &file.module) {
        (Some(_), Some(module)) if module != MODULE_OF_PACKAGE => {
            return Err(Failure::Usage(format!(
                "the settings file has `module = \"{}\"`, but with --package the module is \
                 `{MODULE_OF_PACKAGE}`: \
                 remove `module`",
                brief(module, 200)
            )));
        }
        (Some(_), _) => MODULE_OF_PACKAGE.to_owned(),
        (None, Some(module)) => module.clone(),
        (None, None) => module::of(&arguments.out).map_err(Failure::Usage)?,
    };
    let settings = Settings::new(&arguments.command(), source).with_module(&module);
    let settings = with_input(settings, &arguments.input, &file);
    Ok(file.apply(settings))
}

/// Returns the settings for `explain`.
pub(super) fn to_explain(input: &Input, source: &str) -> Result<Settings, Failure> {
    let file = read(input.settings.as_deref())?;
    let settings = Settings::new("openapi-keys explain", source);
    let settings = match &file.module {
        Some(module) => settings.with_module(module),
        None => settings,
    };
    let settings = with_input(settings, input, &file);
    Ok(file.apply(settings))
}

/// Applies the arguments, which take precedence over the file.
fn with_input(settings: Settings, input: &Input, file: &File) -> Settings {
    let unsecured = input.unsecured.or(file.unsecured);
    settings.with_missing_security(unsecured.map_or(MissingSecurity::Declared, Into::into))
}

fn read(path: Option<&Path>) -> Result<File, Failure> {
    let Some(path) = path else { return Ok(File::default()) };
    let name = brief(&shown(path), 400);
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::Usage(format!("cannot read the settings file {name}: {error}"))
    })?;
    toml::from_str(&text).map_err(|error| Failure::Usage(mistake::text(&name, &text, &error)))
}

/// Describes the defaults in a few lines, for a run without a settings file.
pub(super) fn chosen(settings: &Settings) -> String {
    let strictness = match settings.strictness {
        Strictness::Lenient => "lenient",
        Strictness::Strict => "strict",
    };
    let unsecured = match settings.missing_security {
        MissingSecurity::Open => "open to anyone",
        MissingSecurity::Declared => "open if others require credentials (--unsecured)",
        MissingSecurity::Inherited | MissingSecurity::Refused => "left out (--unsecured)",
    };
    // In lenient mode, two credentials in one place are never refused.
    let shared = match (settings.strictness, settings.shared_places) {
        (Strictness::Strict, SharedPlaces::Refused) => "refused",
        _ => "alternatives",
    };
    let formats = match settings.formats.len() {
        0 => "built-in".to_owned(),
        _ => settings.formats.keys().map(String::as_str).collect::<Vec<_>>().join(", "),
    };
    format!(
        "  module {}, runtime {}, strictness {strictness}, credentials generated\n  \
         operations without any `security`: {unsecured}; two credentials in one place: {shared}\n  \
         formats {formats}; change the defaults in a settings file (--settings)\n",
        settings.module, settings.runtime
    )
}
