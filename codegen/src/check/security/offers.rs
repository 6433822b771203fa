//! Requirements to choose from, as a help: those of the document and of the settings, or a scope to add to the settings.

use std::collections::{BTreeMap, BTreeSet};

use super::{Requirement, read, unsupported};
use crate::check::api::Api;
use crate::check::names::{is_identifier, pascal, quoted};
use crate::{Node, Scope};

/// Schemes that a help lists.
const MOST_SCHEMES: usize = 10;
/// Letters of a name for a scope. A longer one would be no help.
const LONGEST_NAME: usize = 60;

/// What an operation without a usable `security` may have, one requirement a line, ready to paste. The last one removes
/// all authentication, so the others come first.
pub(super) fn choices(api: &Api<'_>) -> String {
    let top = top_level(api);
    let mut lines: Vec<String> = Vec::new();
    if let Some(top) = &top {
        let scope = api.settings.scopes.iter().find(|scope| scope.requirement == *top);
        let needs = scope.map_or(String::new(), |scope| format!("{}, ", scope.needs));
        lines.push(format!("    {}  # {needs}as at the top level", written(top)));
    }
    lines.extend(scopes(api, top.as_ref()));
    if lines.is_empty() {
        let schemes = api.section("securitySchemes").iter();
        let supported = schemes.filter(|definition| unsupported(definition).is_none());
        let alone = |name: &str| Requirement::from([BTreeSet::from([name.to_owned()])]);
        let line = |name: &str| format!("    {}", written(&alone(name)));
        lines.extend(supported.take(MOST_SCHEMES).map(|definition| line(&definition.key)));
    }
    lines.push("    security: []  # anyone, also without a key".to_owned());
    format!("write one of\n{}", lines.join("\n"))
}

/// The requirement at the top level, unless it is open to anyone or can't be read.
fn top_level(api: &Api<'_>) -> Option<Requirement> {
    let requirement = read(api.document.root().get("security")?);
    let usable = |name: &String| {
        let definition = api.definition("securitySchemes", name);
        definition.is_some_and(|definition| unsupported(definition).is_none())
    };
    let closed = !requirement.is_empty() && !requirement.iter().any(BTreeSet::is_empty);
    (closed && requirement.iter().flatten().all(usable)).then_some(requirement)
}

/// The requirements of the settings but for one, each with what the caller needs.
fn scopes(api: &Api<'_>, without: Option<&Requirement>) -> Vec<String> {
    let line = |scope: &Scope| {
        if let Some((requirement, slips)) = corrected(api, scope) {
            let slips: Vec<_> = slips
                .iter()
                .map(|(wrong, meant)| format!("`{meant}` instead of `{wrong}`"))
                .collect();
            let once = format!(
                "once the settings' scope `{}` requires {}",
                scope.name,
                slips.join(" and ")
            );
            return format!("    {}  # {}, {once}", written(&requirement), scope.needs);
        }
        let schemes: BTreeSet<&String> = scope.requirement.iter().flatten().collect();
        let missing: Vec<&str> = schemes
            .into_iter()
            .filter(|name| api.definition("securitySchemes", name).is_none())
            .map(String::as_str)
            .collect();
        let declare = match missing.is_empty() {
            true => String::new(),
            false => format!(", once `components.securitySchemes` has {}", quoted(missing)),
        };
        format!("    {}  # {}{declare}", written(&scope.requirement), scope.needs)
    };
    let others = api.settings.scopes.iter().filter(|scope| Some(&scope.requirement) != without);
    others.map(line).collect()
}

/// What to do about a requirement that has no scope: fix the scope that is meant, or add one, or write another requirement.
pub(super) fn without_scope(api: &Api<'_>, security: &Node, requirement: &Requirement) -> String {
    let meant = api.settings.scopes.iter().find_map(|scope| {
        let (_, slips) = corrected(api, scope).filter(|(found, _)| found == requirement)?;
        Some((scope, slips))
    });
    if let Some((scope, slips)) = meant {
        let slips: Vec<_> = slips
            .iter()
            .map(|(wrong, meant)| {
                let name = &scope.name;
                format!("the settings' scope `{name}` requires `{wrong}`; did you mean `{meant}`?")
            })
            .collect();
        return slips.join("\n");
    }
    let add = format!("add to `Settings::scopes`: `{}`", new_scope(api, security));
    match scopes(api, None) {
        others if others.is_empty() => add,
        others => format!("{add}\nor write one of\n{}", others.join("\n")),
    }
}

/// A requirement of the settings with the schemes that the document has, and the schemes that are misspelt there.
fn corrected<'a>(
    api: &Api<'_>,
    scope: &'a Scope,
) -> Option<(Requirement, BTreeMap<&'a str, String>)> {
    let mut slips: BTreeMap<&str, String> = BTreeMap::new();
    for name in scope.requirement.iter().flatten() {
        if api.definition("securitySchemes", name).is_some() || slips.contains_key(name.as_str()) {
            continue;
        }
        let declared = api.section("securitySchemes").iter().map(|entry| entry.key.as_str());
        if let Some(meant) = api.closest(name, declared) {
            slips.insert(name, meant.to_owned());
        }
    }
    let right = |name: &String| slips.get(name.as_str()).unwrap_or(name).clone();
    let requirement: Requirement =
        scope.requirement.iter().map(|schemes| schemes.iter().map(right).collect()).collect();
    // Another scope has it, so this one is for a scheme that the document lacks.
    let taken = api.settings.scopes.iter().any(|other| other.requirement == requirement);
    (!slips.is_empty() && !taken).then_some((requirement, slips))
}

/// A requirement as YAML on one line.
pub(super) fn written(requirement: &Requirement) -> String {
    let alternatives: Vec<_> = requirement
        .iter()
        .map(|alternative| {
            let schemes: Vec<_> = alternative.iter().map(|name| format!("{name}: []")).collect();
            format!("{{ {} }}", schemes.join(", "))
        })
        .collect();
    format!("security: [{}]", alternatives.join(", "))
}

/// A scope for the settings, as in source, in the order of the document.
fn new_scope(api: &Api<'_>, security: &Node) -> String {
    let schemes = |alternative: &Node| {
        alternative.entries().iter().map(|entry| entry.key.clone()).collect::<Vec<_>>()
    };
    let alternatives: Vec<Vec<String>> = security.items().iter().map(schemes).collect();
    let joined = |each: &dyn Fn(&String) -> String, and: &str, or: &str| {
        let alternative =
            |schemes: &Vec<String>| schemes.iter().map(each).collect::<Vec<_>>().join(and);
        alternatives.iter().map(alternative).collect::<Vec<_>>().join(or)
    };
    let credential = &api.settings.credential;
    let (module, credential) = credential.rsplit_once("::").unwrap_or(("crate", credential));
    let name = free(api, credential, joined(&|name| pascal(name), "And", "Or"));
    let needs = joined(&String::clone, " and ", ", or ");
    let listed: Vec<_> =
        alternatives.iter().map(|schemes| format!("&[{}]", in_source(schemes))).collect();
    let path = format!("{module}::{name}");
    format!("Scope::new({}, &[{}])", in_source(&[name, path, needs]), listed.join(", "))
}

/// The wanted name, or a longer one that neither a scope of the settings nor the trait of credentials has.
fn free(api: &Api<'_>, credential: &str, wanted: String) -> String {
    let usable = is_identifier(&wanted) && wanted.len() <= LONGEST_NAME;
    let wanted = if usable { wanted } else { "Caller".to_owned() };
    let taken = |name: &String| {
        name == credential || api.settings.scopes.iter().any(|scope| scope.name == *name)
    };
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    let found = std::iter::once(wanted.clone()).chain(numbered).find(|name| !taken(name));
    found.unwrap_or(wanted)
}

/// Texts as literals of Rust.
fn in_source(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ")
}
