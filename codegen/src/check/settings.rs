//! Checks the settings themselves: paths must be valid, and each requirement must have only one
//! bound. If there is an error, nothing is generated, because a wrong setting could open an
//! operation to anyone.

mod constructors;

use std::collections::{BTreeMap, BTreeSet};

use super::api::Api;
use super::security;
use crate::{Conversion, Credentials, Diagnostic, Hooks, Settings};

pub(super) fn sound(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for (setting, path) in paths(api.settings) {
        let what = match syn::parse_str::<syn::Path>(path) {
            Err(_) => "isn't a Rust path",
            Ok(path) if is_relative(&path) => {
                "would mean something different in each generated file"
            }
            Ok(_) => continue,
        };
        let message = format!("`Settings::{setting}` is `{}`, which {what}", path.escape_debug());
        found.push(report(message, "write an absolute path, e.g. `crate::scope::Staff`"));
    }
    constructors::sound(api, found);
    conversions(api, found);
    bounds(api, found);
    let unused = security::unused_settings(api).into_iter();
    found.extend(unused.map(|(message, help)| report(message, &help)));
}

/// Checks conversions. The method must have a valid name. At least one format must use the type:
/// otherwise the conversion would have no effect.
fn conversions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for Conversion { ty, method, .. } in api.settings.conversions.values() {
        let setting = format!("`Settings::conversions[{}]", ty.escape_debug());
        if syn::parse_str::<syn::Ident>(method).is_err() {
            let message = format!(
                "{setting}.method` is `{}`, which isn't a valid name",
                method.escape_debug()
            );
            found.push(report(message, "write the name of a method, e.g. `into_amount`"));
        }
        if !api.settings.formats.values().any(|path| path == ty) {
            let message = format!("{setting}` is for a type that isn't in `Settings::formats`");
            found.push(report(message, "correct the type, or remove the conversion"));
        }
    }
}

/// Returns whether a path starts neither with `crate` nor with the name of a crate.
fn is_relative(path: &syn::Path) -> bool {
    let first = path.segments.first().map(|first| first.ident.to_string());
    let from_here = matches!(first.as_deref(), Some("self" | "super" | "Self"));
    let bare = path.segments.len() == 1 && path.leading_colon.is_none();
    from_here || (bare && first.as_deref() != Some("crate"))
}

fn paths(settings: &Settings) -> Vec<(String, &str)> {
    let mut paths = vec![
        ("module".to_owned(), settings.module.as_str()),
        ("runtime".to_owned(), settings.runtime.as_str()),
    ];
    let optional = [
        ("credential", &settings.credential),
        ("authenticator", &settings.authenticator),
        ("profile", &settings.profile),
    ];
    for (setting, path) in optional {
        paths.extend(path.as_deref().map(|path| (setting.to_owned(), path)));
    }
    for constructor in &settings.constructors {
        let setting = format!("constructors[{}]", constructor.name.escape_debug());
        if let Credentials::Bound(bound) = &constructor.credentials {
            paths.push((format!("{setting}.credentials"), bound));
        }
        paths.push((format!("{setting}.authenticator"), &constructor.authenticator));
    }
    for bound in &settings.bounds {
        paths.push((format!("bounds[{}].path", bound.name), &bound.path));
    }
    for (format, path) in &settings.formats {
        paths.push((format!("formats[{format}]"), path));
    }
    for (ty, conversion) in &settings.conversions {
        paths.push((format!("conversions[{ty}].ty"), ty));
        paths.push((format!("conversions[{ty}].path"), &conversion.path));
    }
    let Hooks { types, checks, values } = &settings.hooks;
    for (kind, hooks) in [("types", types), ("checks", checks), ("values", values)] {
        for (name, path) in hooks {
            paths.push((format!("hooks.{kind}[{name}]"), path));
        }
    }
    if let Some(server) = &settings.server {
        paths.push(("server.runtime".to_owned(), &server.runtime));
        paths.push(("server.client".to_owned(), &server.client));
        paths.extend(server.json.as_deref().map(|path| ("server.json".to_owned(), path)));
    }
    paths
}

/// Checks the bounds. Their requirements must differ, because an operation's requirement selects
/// its bound.
fn bounds(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut requirements = BTreeMap::new();
    let mut names = BTreeSet::new();
    for bound in &api.settings.bounds {
        if bound.requirement.is_empty() || bound.requirement.iter().any(BTreeSet::is_empty) {
            let message = format!("bound `{}` in the settings requires nothing", bound.name);
            found.push(report(
                message,
                "remove it: an operation that is open to anyone doesn't need a bound",
            ));
        }
        if let Some(first) = requirements.insert(&bound.requirement, &bound.name) {
            let message = format!(
                "bounds `{first}` and `{}` in the settings have the same requirement",
                bound.name
            );
            found.push(report(message, "remove one of them: an operation can't have both"));
        }
        if api.settings.examples.is_some() && bound.client.is_empty() {
            let message = format!("bound `{}` in the settings has no client", bound.name);
            let help = "examples need one: `Bound::new(…).with_client(\"Client<Staff>\")`";
            found.push(report(message, help));
        }
        if !names.insert(&bound.name) {
            let message = format!("two bounds in the settings are named `{}`", bound.name);
            found.push(report(message, "rename one of them"));
        }
    }
}

/// Returns an error without a position in the document.
fn report(message: String, help: &str) -> Diagnostic {
    Diagnostic::new("settings", message).help(help)
}
