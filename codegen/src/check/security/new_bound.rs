//! Suggests a bound to add to the settings, as source code, with a name that isn't used yet.

use std::collections::{BTreeMap, BTreeSet};

use super::offers::Offers;
use crate::check::names::{is_identifier, pascal};
use crate::{RequiredScheme, Requirement};

/// The maximum length of a bound that is written on one line.
const LONGEST_LINE: usize = 300;
/// The maximum length of the text that describes what the caller needs.
const LONGEST_NEEDS: usize = 100;
/// The maximum length of a suggested name. A longer name would be unreadable.
const LONGEST: usize = 60;

impl Offers<'_> {
    /// Returns a help message with the Rust code to add to the settings: a bound for these
    /// alternatives.
    pub(super) fn new_bound(&self, alternatives: &[Vec<RequiredScheme>]) -> String {
        let joined = |each: &dyn Fn(&RequiredScheme) -> String, and: &str, or: &str| {
            let alternative = |schemes: &Vec<RequiredScheme>| {
                schemes.iter().map(each).collect::<Vec<_>>().join(and)
            };
            alternatives.iter().map(alternative).collect::<Vec<_>>().join(or)
        };
        let requirement = alternatives.iter().map(|it| it.iter().cloned().collect()).collect();
        let name = self.names.borrow_mut().of(requirement, joined(&in_rust, "And", "Or"));
        let path = self.api.settings.credential_path();
        let module = path.rsplit_once("::").map_or("crate", |(module, _)| module);
        let candidates =
            [joined(&in_words, " and ", ", or "), joined(&|it| it.name.clone(), " and ", ", or ")];
        let short = |needs: &String| needs.chars().count() <= LONGEST_NEEDS;
        let needs = candidates.into_iter().find(short).unwrap_or_else(|| name.clone());
        let requirement: Vec<_> = alternatives
            .iter()
            .map(|schemes| {
                let schemes: Vec<_> = schemes.iter().map(in_source).collect();
                format!("&[{}]", schemes.join(", "))
            })
            .collect();
        let texts = [name.clone(), format!("{module}::{name}"), needs].map(|it| format!("{it:?}"));
        let line = format!("Bound::new({}, &[{}])", texts.join(", "), requirement.join(", "));
        if line.chars().count() <= LONGEST_LINE {
            return format!("add to `Settings::bounds`: `{line}`");
        }
        let (texts, requirement) = (texts.join(",\n        "), requirement.join(",\n            "));
        format!(
            "add to `Settings::bounds`:\n    Bound::new(\n        {texts},\n        &[\n            \
             {requirement},\n        ],\n    )"
        )
    }
}

/// Returns a scheme as part of a bound's name.
fn in_rust(scheme: &RequiredScheme) -> String {
    std::iter::once(&scheme.name).chain(&scheme.scopes).map(|part| pascal(part)).collect()
}

/// Returns a scheme in the form that is used in documentation.
fn in_words(scheme: &RequiredScheme) -> String {
    let scopes: Vec<_> = scheme.scopes.iter().map(String::as_str).collect();
    match scopes.is_empty() {
        true => scheme.name.clone(),
        false => format!("{} ({})", scheme.name, scopes.join(", ")),
    }
}

/// Returns a scheme in the form that [`Bound::new`] reads, as a Rust literal.
fn in_source(scheme: &RequiredScheme) -> String {
    let is_plain = RequiredScheme::from(scheme.name.as_str()) == *scheme;
    match is_plain {
        true => format!("{:?}", scheme.name),
        false => format!("{:?}", scheme.to_string()),
    }
}

/// The names of bounds.
pub(super) struct Names {
    given: BTreeMap<Requirement, String>,
    taken: BTreeSet<String>,
    /// The next number to try for each preferred name.
    next: BTreeMap<String, usize>,
}

impl Names {
    pub(super) fn new<'n>(taken: impl IntoIterator<Item = &'n str>) -> Self {
        let taken = taken.into_iter().map(str::to_owned).collect();
        Names { given: BTreeMap::new(), taken, next: BTreeMap::new() }
    }

    /// Returns the name of the bound for a requirement: the preferred name, or a different one if
    /// the preferred name is unusable or taken.
    pub(super) fn of(&mut self, requirement: Requirement, wanted: String) -> String {
        if let Some(name) = self.given.get(&requirement) {
            return name.clone();
        }
        let is_name = is_identifier(&wanted) && syn::parse_str::<syn::Ident>(&wanted).is_ok();
        let usable = is_name && wanted.len() <= LONGEST;
        let wanted = if usable { wanted } else { "Caller".to_owned() };
        let next = self.next.entry(wanted.clone()).or_insert(1);
        let name = loop {
            let name = if *next == 1 { wanted.clone() } else { format!("{wanted}{next}") };
            *next += 1;
            if self.taken.insert(name.clone()) {
                break name;
            }
        };
        self.given.insert(requirement, name.clone());
        name
    }
}
