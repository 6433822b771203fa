//! Checks the names of the server's identities: each alternative needs a usable Rust name, and each
//! enum needs a unique name.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Operation};
use super::generated_names::{new_name, new_scheme_name, renaming, suggestion};
use crate::lower::credentials::{Generated, renamed, with_bounds};
use crate::lower::identities::{self, Identity};
use crate::lower::security;
use crate::{Diagnostic, RequiredScheme, Span, names};

/// Returns the identity enums that the generated server has for this document. Returns an
/// empty list if no server is generated.
pub(super) fn identities(api: &Api<'_>) -> Vec<Identity> {
    if api.settings.server.is_none() {
        return Vec::new();
    }
    let generated = Generated::of(api.document, api.settings);
    let settings = with_bounds(api.settings, generated.as_ref());
    let securities: Vec<_> = api.operations.iter().map(|it| alternatives(api, it)).collect();
    identities::distinct(securities.iter().map(Vec::as_slice), &settings)
}

fn alternatives(api: &Api<'_>, operation: &Operation<'_>) -> Vec<BTreeSet<RequiredScheme>> {
    let Api { document, settings, .. } = *api;
    let security = security::of(document, operation.node());
    security.map(|it| security::lowered(document, settings, it)).unwrap_or_default()
}

pub(super) fn distinct(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let identities = identities(api);
    // A different rule checks the names of generated credentials.
    if api.settings.credential.is_some() {
        unusable(api, &identities, found);
    }
    // Colliding schemes and scopes have already been reported. Without this return, they would be
    // reported again.
    if found.iter().any(|mistake| mistake.code == "credential-name") {
        return;
    }
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for identity in &identities {
        if !names::is_type(&identity.ident) && api.settings.credential.is_some() {
            let message = format!(
                "the server would have an enum `{}`, which isn't a valid name for a type",
                identity.ident
            );
            let help = "give the bound a name such as `Reader`";
            found.push(Diagnostic::new("settings", message).help(help));
        }
        let mut variants: BTreeMap<&str, &BTreeSet<RequiredScheme>> = BTreeMap::new();
        for variant in &identity.variants {
            if let Some(first) = variants.insert(&variant.ident, &variant.alternative) {
                let problem = format!(
                    "two alternatives would be named `{}` in the server: {} and {}",
                    variant.ident,
                    shown(first),
                    shown(&variant.alternative)
                );
                // The alternative without credentials has no scheme that could be renamed.
                let scheme = variant.alternative.iter().chain(first).next();
                found.push(clash(api, identity, scheme, problem));
            }
        }
        if !taken.insert(&identity.ident) {
            let problem =
                format!("two requirements would be named `{}` in the server", identity.ident);
            let scheme = identity.requirement.iter().flatten().next();
            found.push(clash(api, identity, scheme, problem));
        }
    }
}

/// Reports schemes and scopes whose names can't be part of a variant's name.
fn unusable(api: &Api<'_>, identities: &[Identity], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for identity in identities {
        for RequiredScheme { name, scopes } in identity.requirement.iter().flatten() {
            let scopes = scopes.iter().map(|scope| (scope, "Scope"));
            for (name, word) in [(name, "Credential")].into_iter().chain(scopes) {
                if names::is_type(&renamed(api.settings, name)) || !seen.insert(name) {
                    continue;
                }
                let problem = format!("`{name}` isn't usable as a Rust name in the server");
                let wanted = new_name(name, word, |_| true);
                found.push(renaming(problem, place(api, identity).1, name, &wanted));
            }
        }
    }
}

fn clash(
    api: &Api<'_>,
    identity: &Identity,
    scheme: Option<&RequiredScheme>,
    problem: String,
) -> Diagnostic {
    let (operation, span) = place(api, identity);
    Diagnostic::new("credential-name", problem)
        .operation(operation.and_then(|operation| operation.id()))
        .label(span, "the server has an enum for this requirement")
        .help(match scheme {
            Some(scheme) => {
                let generated = Generated::of(api.document, api.settings).unwrap_or_default();
                suggestion(&scheme.name, &new_scheme_name(&generated, &scheme.name))
            }
            None => "give a scheme a different name with `Settings::with_names`".to_owned(),
        })
}

/// Returns the first operation that has the requirement of an identity, and the span of the
/// requirement.
fn place<'a>(api: &Api<'a>, identity: &Identity) -> (Option<Operation<'a>>, Span) {
    let has_it = |operation: &&Operation<'_>| {
        let alternatives = alternatives(api, operation);
        alternatives.into_iter().collect::<BTreeSet<_>>() == identity.requirement
    };
    let operation = api.operations.iter().find(has_it).copied();
    let security = operation.and_then(|operation| security::of(api.document, operation.node()));
    (operation, security.map_or(api.document.root().span, |security| security.span))
}

fn shown(alternative: &BTreeSet<RequiredScheme>) -> String {
    match alternative.is_empty() {
        true => "`{}`".to_owned(),
        false => {
            let schemes: Vec<String> = alternative.iter().map(ToString::to_string).collect();
            format!("`{{ {} }}`", schemes.join(", "))
        }
    }
}
