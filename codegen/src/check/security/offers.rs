//! Requirements to choose from, as a help: those of the document and of the settings, or a bound to add to the settings.

use std::collections::{BTreeMap, BTreeSet};

use super::{alone, read, unsupported};
use crate::check::api::Api;
use crate::check::names::{is_identifier, pascal, quoted};
use crate::{Bound, Node, RequiredScheme, Requirement};

/// Schemes that a help lists.
const MOST_SCHEMES: usize = 10;
/// Letters of a name for a bound. A longer one would be no help.
const LONGEST_NAME: usize = 60;

/// What an operation without a usable `security` may have, one requirement a line, ready to paste. The last one removes
/// all authentication, so the others come first.
pub(super) fn choices(api: &Api<'_>) -> String {
    let top = top_level(api);
    let mut lines: Vec<String> = Vec::new();
    if let Some(top) = &top {
        let bound = api.settings.bounds.iter().find(|bound| bound.requirement == *top);
        let needs = bound.map_or(String::new(), |bound| format!("{}, ", bound.needs));
        lines.push(format!("    {}  # {needs}as at the top level", written(top)));
    }
    lines.extend(bounds(api, top.as_ref()));
    if lines.is_empty() {
        let schemes = api.section("securitySchemes").iter();
        let supported = schemes.filter(|definition| unsupported(definition).is_none());
        let line = |name: &str| format!("    {}", written(&alone(name)));
        lines.extend(supported.take(MOST_SCHEMES).map(|definition| line(&definition.key)));
    }
    lines.push("    security: []  # anyone, also without a key".to_owned());
    format!("write one of\n{}", lines.join("\n"))
}

/// The requirement at the top level, unless it is open to anyone or can't be read.
fn top_level(api: &Api<'_>) -> Option<Requirement> {
    let requirement = read(api.document.root().get("security")?);
    let usable = |scheme: &RequiredScheme| {
        let definition = api.definition("securitySchemes", &scheme.name);
        definition.is_some_and(|definition| unsupported(definition).is_none())
    };
    let closed = !requirement.is_empty() && !requirement.iter().any(BTreeSet::is_empty);
    (closed && requirement.iter().flatten().all(usable)).then_some(requirement)
}

/// The requirements of the settings but for one, each with what the caller needs.
fn bounds(api: &Api<'_>, without: Option<&Requirement>) -> Vec<String> {
    let line = |bound: &Bound| {
        if let Some((requirement, slips)) = corrected(api, bound) {
            let slips: Vec<_> = slips
                .iter()
                .map(|(wrong, meant)| format!("`{meant}` instead of `{wrong}`"))
                .collect();
            let once = format!(
                "once the settings' bound `{}` requires {}",
                bound.name,
                slips.join(" and ")
            );
            return format!("    {}  # {}, {once}", written(&requirement), bound.needs);
        }
        let schemes: BTreeSet<&str> =
            bound.requirement.iter().flatten().map(|scheme| scheme.name.as_str()).collect();
        let missing: Vec<&str> = schemes
            .into_iter()
            .filter(|name| api.definition("securitySchemes", name).is_none())
            .collect();
        let declare = match missing.is_empty() {
            true => String::new(),
            false => format!(", once `components.securitySchemes` has {}", quoted(missing)),
        };
        format!("    {}  # {}{declare}", written(&bound.requirement), bound.needs)
    };
    let others = api.settings.bounds.iter().filter(|bound| Some(&bound.requirement) != without);
    others.map(line).collect()
}

/// What to do about a requirement without a bound: fix the bound that is meant, or add one, or write another requirement.
pub(super) fn without_bound(api: &Api<'_>, security: &Node, requirement: &Requirement) -> String {
    let meant = api.settings.bounds.iter().find_map(|bound| {
        let (_, slips) = corrected(api, bound).filter(|(found, _)| found == requirement)?;
        Some((bound, slips))
    });
    if let Some((bound, slips)) = meant {
        let slips: Vec<_> = slips
            .iter()
            .map(|(wrong, meant)| {
                let name = &bound.name;
                format!("the settings' bound `{name}` requires `{wrong}`; did you mean `{meant}`?")
            })
            .collect();
        return slips.join("\n");
    }
    let add = format!("add to `Settings::bounds`: `{}`", new_bound(api, security));
    match bounds(api, None) {
        others if others.is_empty() => add,
        others => format!("{add}\nor write one of\n{}", others.join("\n")),
    }
}

/// A requirement of the settings with the schemes that the document has, and the schemes that are misspelt there.
fn corrected<'a>(
    api: &Api<'_>,
    bound: &'a Bound,
) -> Option<(Requirement, BTreeMap<&'a str, String>)> {
    let mut slips: BTreeMap<&str, String> = BTreeMap::new();
    for name in bound.requirement.iter().flatten().map(|scheme| &scheme.name) {
        if api.definition("securitySchemes", name).is_some() || slips.contains_key(name.as_str()) {
            continue;
        }
        let declared = api.section("securitySchemes").iter().map(|entry| entry.key.as_str());
        if let Some(meant) = api.closest(name, declared) {
            slips.insert(name, meant.to_owned());
        }
    }
    let right = |scheme: &RequiredScheme| {
        let name = slips.get(scheme.name.as_str()).unwrap_or(&scheme.name);
        RequiredScheme::new(name, &scheme.scopes)
    };
    let requirement: Requirement =
        bound.requirement.iter().map(|schemes| schemes.iter().map(right).collect()).collect();
    // Another bound has it, so this one is for a scheme that the document lacks.
    let taken = api.settings.bounds.iter().any(|other| other.requirement == requirement);
    (!slips.is_empty() && !taken).then_some((requirement, slips))
}

/// A requirement as YAML on one line.
pub(super) fn written(requirement: &Requirement) -> String {
    let alternatives: Vec<_> = requirement
        .iter()
        .map(|alternative| {
            let schemes: Vec<_> = alternative.iter().map(RequiredScheme::to_string).collect();
            format!("{{ {} }}", schemes.join(", "))
        })
        .collect();
    format!("security: [{}]", alternatives.join(", "))
}

/// A bound for the settings, as in source, in the order of the document.
fn new_bound(api: &Api<'_>, security: &Node) -> String {
    let schemes = |alternative: &Node| {
        alternative.entries().iter().map(|entry| entry.key.clone()).collect::<Vec<_>>()
    };
    let alternatives: Vec<Vec<String>> = security.items().iter().map(schemes).collect();
    let joined = |each: &dyn Fn(&String) -> String, and: &str, or: &str| {
        let alternative =
            |schemes: &Vec<String>| schemes.iter().map(each).collect::<Vec<_>>().join(and);
        alternatives.iter().map(alternative).collect::<Vec<_>>().join(or)
    };
    let credential = &api.settings.credential_path();
    let (module, credential) = credential.rsplit_once("::").unwrap_or(("crate", credential));
    let name = free(api, credential, joined(&|name| pascal(name), "And", "Or"));
    let needs = joined(&String::clone, " and ", ", or ");
    let listed: Vec<_> =
        alternatives.iter().map(|schemes| format!("&[{}]", in_source(schemes))).collect();
    let path = format!("{module}::{name}");
    format!("Bound::new({}, &[{}])", in_source(&[name, path, needs]), listed.join(", "))
}

/// The wanted name, or a longer one that neither a bound of the settings nor the trait of credentials has.
fn free(api: &Api<'_>, credential: &str, wanted: String) -> String {
    let usable = is_identifier(&wanted) && wanted.len() <= LONGEST_NAME;
    let wanted = if usable { wanted } else { "Caller".to_owned() };
    let taken = |name: &String| {
        name == credential || api.settings.bounds.iter().any(|bound| bound.name == *name)
    };
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    let found = std::iter::once(wanted.clone()).chain(numbered).find(|name| !taken(name));
    found.unwrap_or(wanted)
}

/// Texts as literals of Rust.
fn in_source(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ")
}
