//! Checks the names of generated credentials: each security scheme, scope and requirement needs a usable and distinct
//! Rust name.
//!
//! If two names collide, the settings have to rename one of them. A number that is appended
//! automatically would change when the document grows.

mod renaming;

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, list};
use super::identities::identities;
use super::security::{self, Scopes};
use crate::lower::credentials::{Generated, GeneratedRequirement, GeneratedScheme, alias_name};
use crate::lower::security::{lowered, of};
use crate::{Diagnostic, Node, RequiredScheme, Requirement, Span, names};
use renaming::parting;
pub(super) use renaming::{new_name, new_scheme_name, renaming, suggestion};

/// The names in generated modules that don't come from security schemes.
const RESERVED: &[&str] = &[
    "Clone",
    "Combined",
    "Credential",
    "Credentials",
    "New",
    "Open",
    "Parts",
    // The type parameter of credentials that have scopes.
    "S",
    "ScopedSlot",
    "Sealed",
    "Self",
    "Slot",
    "Unset",
];

pub(super) fn distinct(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let Some(generated) = Generated::of(api.document, api.settings) else { return };
    let before = found.len();
    let places = places(api);
    unknown(api, &generated, &places, found);
    schemes(api, &generated, found);
    let mut misspelt = Scopes::default();
    for scheme in &generated.schemes {
        scopes(api, scheme, &places, &mut misspelt, found);
    }
    // If names of schemes or scopes collide, the names derived from them also collide. Reporting
    // both would only repeat the error.
    if found.len() == before {
        requirements(api, &generated, &mut misspelt, found);
    }
    if found.len() == before {
        aliases(api, &generated, found);
    }
}

/// Reports names in the settings that match nothing in the document.
fn unknown(api: &Api<'_>, generated: &Generated, places: &Places<'_>, found: &mut Vec<Diagnostic>) {
    let schemes = generated.schemes.iter().map(|scheme| scheme.name.as_str());
    let scopes = generated.schemes.iter().flat_map(|scheme| &scheme.scopes);
    let requirements = generated.requirements.iter().map(|it| it.default_ident.as_str());
    let identities = identities(api);
    let identities = identities.iter().map(|identity| identity.default_ident.as_str());
    // A different rule reports schemes that aren't declared.
    let is_undeclared = |name: &str| api.definition("securitySchemes", name).is_none();
    let undeclared = security::used(api).into_keys().filter(|name| is_undeclared(name));
    let their_scopes = places.keys().filter(|(name, _)| is_undeclared(name));
    let known: BTreeSet<&str> = schemes
        .chain(scopes.map(|scope| scope.text.as_str()))
        .chain(requirements)
        .chain(identities)
        .chain(undeclared)
        .chain(their_scopes.map(|(_, scope)| *scope))
        .collect();
    // A setting can also rename a scope of one particular scheme: `token: [read]`.
    let own: BTreeSet<String> = generated
        .schemes
        .iter()
        .flat_map(|scheme| scheme.scopes.iter().map(|it| (&scheme.name, &it.text)))
        .map(|(scheme, scope)| RequiredScheme::new(scheme, [scope]).to_string())
        .collect();
    for (name, rust) in &api.settings.names {
        let shown = name.escape_debug();
        if !known.contains(name.as_str()) && !own.contains(name) {
            let message =
                format!("`Settings::names` has `{shown}`, which no operation's `security` uses");
            let help = match api.closest(name, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "correct the name, or remove it".to_owned(),
            };
            found.push(Diagnostic::new("settings", message).help(help));
        }
        if !names::is_type(rust) {
            let message = format!(
                "`Settings::names[{shown}]` is `{}`, which isn't a valid name for a type",
                rust.escape_debug()
            );
            found.push(
                Diagnostic::new("settings", message).help("write a type name, e.g. `ApiKey`"),
            );
        }
    }
}

fn schemes(api: &Api<'_>, generated: &Generated, found: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<String, &GeneratedScheme> = BTreeMap::new();
    let mut proposed: BTreeSet<String> = BTreeSet::new();
    for scheme in &generated.schemes {
        let Some(definition) = api.definition("securitySchemes", &scheme.name) else { continue };
        let GeneratedScheme { name, ident, .. } = scheme;
        let is_reserved = RESERVED.contains(&ident.as_str()) || is_parameter(ident);
        let problem = if !names::is_type(ident) {
            format!("security scheme `{name}` has no usable name in Rust")
        } else if is_reserved {
            format!(
                "security scheme `{name}` would be named `{ident}`, which generated code already uses"
            )
        } else if let Some(first) = taken.insert(scheme.module(), scheme) {
            format!(
                "security schemes `{}` and `{name}` would have the same name in Rust",
                first.name
            )
        } else {
            continue;
        };
        let is_free = |wanted: &str| {
            let module = names::module(&names::accessor(wanted));
            !proposed.contains(wanted) && !generated.schemes.iter().any(|it| it.module() == module)
        };
        let wanted = new_name(name, "Credential", is_free);
        found.push(renaming(problem, definition.key_span, name, &wanted));
        proposed.insert(wanted);
    }
}

/// Returns whether this is the name of a type parameter of `Credentials`.
fn is_parameter(ident: &str) -> bool {
    ident.strip_prefix('P').is_some_and(|number| number.parse::<usize>().is_ok())
}

/// The span at which each scope is first required, by scheme and scope.
type Places<'a> = BTreeMap<(&'a str, &'a str), Span>;

fn scopes<'g>(
    api: &Api<'g>,
    scheme: &'g GeneratedScheme,
    places: &Places<'_>,
    misspelt: &mut Scopes<'g>,
    found: &mut Vec<Diagnostic>,
) {
    // A different rule reports a misspelt scope. The correctly spelt scope doesn't need a new name.
    let mut is_misspelt = |text: &'g str| misspelt.meant(api, &scheme.name, text).is_some();
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    let mut proposed: BTreeSet<String> = BTreeSet::new();
    for scope in &scheme.scopes {
        let (text, ident) = (&scope.text, &scope.ident);
        if security::is_scope_told(api, &scheme.name, text) {
            continue;
        }
        let problem = if !names::is_type(ident) {
            format!("scope `{text}` of `{}` has no usable name in Rust", scheme.name)
        } else if let Some(first) = taken.insert(ident, text) {
            if is_misspelt(first) {
                continue;
            }
            if is_misspelt(text) {
                taken.insert(ident, first);
                continue;
            }
            format!(
                "scopes `{first}` and `{text}` of `{}` would have the same name in Rust",
                scheme.name
            )
        } else {
            continue;
        };
        let place = places.get(&(scheme.name.as_str(), text.as_str()));
        let span = place.copied().unwrap_or(api.document.root().span);
        let is_free = |wanted: &str| {
            !proposed.contains(wanted) && !scheme.scopes.iter().any(|it| it.ident == wanted)
        };
        let wanted = new_name(text, "Scope", is_free);
        found.push(renaming(problem, span, text, &wanted));
        proposed.insert(wanted);
    }
}

fn requirements<'g>(
    api: &Api<'g>,
    generated: &'g Generated,
    misspelt: &mut Scopes<'g>,
    found: &mut Vec<Diagnostic>,
) {
    let mut is_misspelt = |it: &'g GeneratedRequirement| {
        let mut scopes = it.requirement.iter().flatten().flat_map(|scheme| {
            scheme.scopes.iter().map(|scope| (scheme.name.as_str(), scope.as_str()))
        });
        scopes.any(|(scheme, scope)| misspelt.meant(api, scheme, scope).is_some())
    };
    let mut taken: BTreeMap<&str, &GeneratedRequirement> = BTreeMap::new();
    for requirement in &generated.requirements {
        if requirement.ident == TYPE_PARAMETER {
            let message = format!(
                "`Settings::names[{}]` is `{TYPE_PARAMETER}`, which generated code already uses",
                requirement.default_ident
            );
            found.push(Diagnostic::new("settings", message).help("write a longer name"));
        }
        let Some(first) = taken.insert(&requirement.ident, requirement) else { continue };
        if is_misspelt(first) || is_misspelt(requirement) {
            continue;
        }
        let problem = format!(
            "two requirements would be named `{}`: {}; and {}",
            requirement.ident, first.needs, requirement.needs
        );
        found.push(
            Diagnostic::new("credential-name", problem)
                .label(required_at(api, &requirement.requirement), "the second one")
                .help(parting(generated, &first.requirement, &requirement.requirement)),
        );
    }
}

/// The type parameter in the code that is generated for requirements.
const TYPE_PARAMETER: &str = "K";

/// Checks the names of client aliases. Each set of schemes has an alias.
fn aliases(api: &Api<'_>, generated: &Generated, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    let mut taken: BTreeMap<String, &BTreeSet<RequiredScheme>> = BTreeMap::new();
    for requirement in &generated.requirements {
        for alternative in &requirement.requirement {
            if !seen.insert(alternative.iter().map(|scheme| scheme.name.as_str()).collect()) {
                continue;
            }
            let schemes = alternative.iter().map(|required| generated.scheme(&required.name));
            let Some(schemes) = schemes.collect::<Option<Vec<_>>>() else { continue };
            let name = alias_name(&schemes);
            let Some(first) = taken.insert(name.clone(), alternative) else { continue };
            let problem = format!("two client aliases would be named `{name}`");
            let [first, second] = [first, alternative].map(|it| Requirement::from([it.clone()]));
            found.push(
                Diagnostic::new("credential-name", problem)
                    .label(required_at(api, &requirement.requirement), "requires the second one")
                    .help(parting(generated, &first, &second)),
            );
        }
    }
}

/// Returns the span of the requirement in the first operation that has it. If the operation inherits the requirement,
/// the span is that of the document's `security`.
fn required_at(api: &Api<'_>, requirement: &Requirement) -> Span {
    let Api { document, settings, .. } = *api;
    let place = api.operations.iter().find_map(|operation| {
        let security = of(document, operation.node())?;
        let read: Requirement = lowered(document, settings, security).into_iter().collect();
        (read == *requirement).then_some(security.span)
    });
    place.unwrap_or(document.root().span)
}

/// Returns the span at which each scope of each scheme is first required.
fn places<'a>(api: &Api<'a>) -> Places<'a> {
    let of_operations = api.operations.iter().flat_map(|it| list(it.node(), "security"));
    let alternatives = list(api.document.root(), "security").iter().chain(of_operations);
    let mut places = BTreeMap::new();
    for scheme in alternatives.flat_map(Node::entries) {
        for item in scheme.value.items() {
            if let Some(scope) = item.as_str() {
                places.entry((scheme.key.as_str(), scope)).or_insert(item.span);
            }
        }
    }
    places
}
