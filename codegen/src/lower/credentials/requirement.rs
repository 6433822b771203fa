//! Represents a distinct security requirement as a trait: the trait's name, and a description of
//! what a client needs.

use std::collections::BTreeSet;

use super::scheme::{GeneratedScheme, renamed, renamed_scope};
use crate::model::SchemeKind;
use crate::{RequiredScheme, Requirement, Settings, names};

/// A security requirement, and the trait that its operations use as a bound.
#[derive(Clone, Debug)]
pub(crate) struct GeneratedRequirement {
    pub ident: String,
    /// The trait's default name, e.g. `HasApiKey`, `ApiKeyAndAppKey` or `TokenWithRead`. The
    /// settings can define a different name.
    pub default_ident: String,
    pub requirement: Requirement,
    /// What a client must hold, e.g. "an `ApiKey` and an `AppKey`, or a `Token` with the scope
    /// `read`".
    pub needs: String,
}

impl GeneratedRequirement {
    pub(super) fn of(
        settings: &Settings,
        schemes: &[GeneratedScheme],
        requirement: Requirement,
    ) -> Self {
        let names = requirement.iter().map(|alternative| alternative_name(settings, alternative));
        let joined = names.collect::<Vec<_>>().join("Or");
        // The type of a credential may already have this name. If two items had the same name,
        // rustc would print their full paths in error messages.
        let is_taken = schemes.iter().any(|scheme| scheme.ident == joined);
        let default_ident = if is_taken { format!("Has{joined}") } else { joined };
        let needs = needs(schemes, &requirement);
        let ident = settings.names.get(&default_ident).unwrap_or(&default_ident).clone();
        GeneratedRequirement { ident, default_ident, requirement, needs }
    }
}

/// Returns the name of an alternative, e.g. `ApiKeyAndToken`.
pub(crate) fn alternative_name(
    settings: &Settings,
    alternative: &BTreeSet<RequiredScheme>,
) -> String {
    let names = alternative.iter().map(|required| named(settings, required));
    names.collect::<Vec<_>>().join("And")
}

/// Returns the name of a required scheme, e.g. `Token` or `TokenWithReadAndWrite`.
fn named(settings: &Settings, required: &RequiredScheme) -> String {
    let scheme = renamed(settings, &required.name);
    let scopes: Vec<String> = required
        .scopes
        .iter()
        .map(|scope| renamed_scope(settings, &required.name, scope))
        .collect();
    match scopes.is_empty() {
        true => scheme,
        false => format!("{scheme}With{}", scopes.join("And")),
    }
}

/// Describes what the alternatives need. A scheme without a generated type is shown by its name.
pub(crate) fn needs<'a>(
    schemes: &[GeneratedScheme],
    alternatives: impl IntoIterator<Item = &'a BTreeSet<RequiredScheme>>,
) -> String {
    let each = |required: &RequiredScheme| match schemes
        .iter()
        .find(|scheme| scheme.name == required.name)
    {
        Some(scheme) => credential(scheme, required),
        None => format!("`{}`", required.name),
    };
    let alternatives = alternatives.into_iter().map(|alternative| {
        let all: Vec<String> = alternative.iter().map(each).collect();
        listed(&all)
    });
    alternatives.collect::<Vec<_>>().join(", or ")
}

fn credential(scheme: &GeneratedScheme, required: &RequiredScheme) -> String {
    let GeneratedScheme { ident, kind, .. } = scheme;
    let article = names::article(ident);
    let what = match kind {
        SchemeKind::OAuth2 | SchemeKind::OpenIdConnect if !ident.ends_with("Token") => " token",
        _ => "",
    };
    format!("{article} `{ident}`{what}{}", with_scopes(required))
}

/// Returns e.g. " with the scopes `read` and `write`", to append to the name of the scheme. Returns
/// an empty string for a scheme without scopes.
pub(crate) fn with_scopes(required: &RequiredScheme) -> String {
    let scopes: Vec<String> = required.scopes.iter().map(|scope| format!("`{scope}`")).collect();
    match scopes.as_slice() {
        [] => String::new(),
        [scope] => format!(" with the scope {scope}"),
        scopes => format!(" with the scopes {}", listed(scopes)),
    }
}

/// Returns `a, b and c`.
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
