//! Lowers the enums of generated servers. Each enum shows which alternative of `security` a request
//! satisfied.

use std::collections::BTreeSet;

use super::credentials::alternative_name;
use crate::{RequiredScheme, Requirement, Settings, names};

/// The variant for a request without a credential.
pub(crate) const ANONYMOUS: &str = "Anonymous";

/// A security requirement with several alternatives that need credentials, and its enum, which has
/// a variant for each alternative.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub ident: String,
    /// The enum's default name. The settings can define a different name.
    pub default_ident: String,
    pub requirement: Requirement,
    /// The variants, in a fixed order, so that operations with the same alternatives share the
    /// enum.
    pub variants: Vec<Variant>,
}

/// An alternative of a requirement.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub ident: String,
    pub alternative: BTreeSet<RequiredScheme>,
}

impl Identity {
    /// Returns the enum for a requirement, or `None` if at most one alternative needs credentials.
    pub(crate) fn of(security: &[BTreeSet<RequiredScheme>], settings: &Settings) -> Option<Self> {
        let requirement: Requirement = security.iter().cloned().collect();
        if requirement.iter().filter(|alternative| !alternative.is_empty()).count() < 2 {
            return None;
        }
        // The empty set sorts first in a requirement, but here it comes last: it is the fallback if
        // no other alternative is satisfied.
        let (open, closed): (Vec<_>, Vec<_>) =
            requirement.iter().cloned().partition(BTreeSet::is_empty);
        let variant = |alternative| Variant { ident: named(settings, &alternative), alternative };
        let variants: Vec<Variant> = closed.into_iter().chain(open).map(variant).collect();
        let names = variants.iter().map(|variant| variant.ident.as_str());
        let default_ident = names.collect::<Vec<_>>().join("Or");
        let bound = settings.bounds.iter().find(|bound| bound.requirement == requirement);
        let ident = match bound {
            Some(bound) if names::is_type(&bound.name) => bound.name.clone(),
            Some(bound) => names::pascal(&bound.name),
            None => settings.names.get(&default_ident).unwrap_or(&default_ident).clone(),
        };
        Some(Identity { ident, default_ident, requirement, variants })
    }

    pub(crate) fn variant(&self, alternative: &BTreeSet<RequiredScheme>) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.alternative == *alternative)
    }
}

/// Returns the enums for operations with these requirements, in the order of the requirements.
/// There are none if the settings disable them.
pub(crate) fn distinct<'a>(
    securities: impl Iterator<Item = &'a [BTreeSet<RequiredScheme>]>,
    settings: &Settings,
) -> Vec<Identity> {
    if settings.server.as_ref().is_some_and(|server| !server.identities) {
        return Vec::new();
    }
    let mut all: Vec<Identity> =
        securities.filter_map(|security| Identity::of(security, settings)).collect();
    all.sort_by(|one, other| one.requirement.cmp(&other.requirement));
    all.dedup_by(|one, other| one.requirement == other.requirement);
    all
}

fn named(settings: &Settings, alternative: &BTreeSet<RequiredScheme>) -> String {
    match alternative.is_empty() {
        true => ANONYMOUS.to_owned(),
        false => alternative_name(settings, alternative),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bound;

    fn identity(security: &[&[&str]], settings: &Settings) -> Option<(String, Vec<String>)> {
        let security: Vec<BTreeSet<RequiredScheme>> = security
            .iter()
            .map(|alternative| {
                alternative.iter().map(|scheme| RequiredScheme::from(*scheme)).collect()
            })
            .collect();
        let identity = Identity::of(&security, settings)?;
        Some((identity.ident, identity.variants.into_iter().map(|it| it.ident).collect()))
    }

    #[track_caller]
    fn check(security: &[&[&str]], settings: &Settings, name: &str, variants: &[&str]) {
        let variants = variants.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(identity(security, settings), Some((name.to_owned(), variants)));
    }

    #[test]
    fn only_a_requirement_with_several_alternatives_has_an_enum() {
        let settings = Settings::new("", "a.yaml");
        let none: [&[&[&str]]; 6] = [
            &[],
            &[&[]],
            &[&["key"]],
            &[&["key", "token"]],
            &[&["key"], &["key"]],
            &[&["key"], &[]],
        ];
        for security in none {
            assert_eq!(identity(security, &settings), None, "{security:?}");
        }
    }

    #[test]
    fn names_do_not_depend_on_the_order_of_alternatives() {
        let settings = Settings::new("", "a.yaml");
        let variants = ["KeyAndTokenWithReadAndWrite", "Token"];
        for security in [
            [&["token: [write, read]", "key"][..], &["token"]],
            [&["token"], &["key", "token: [read, write]"]],
        ] {
            check(&security, &settings, "KeyAndTokenWithReadAndWriteOrToken", &variants);
        }
        for security in [[&["key"][..], &["token"], &[]], [&[], &["token"], &["key"]]] {
            let variants = ["Key", "Token", "Anonymous"];
            check(&security, &settings, "KeyOrTokenOrAnonymous", &variants);
        }
    }

    #[test]
    fn the_settings_can_name_an_enum() {
        let settings = Settings::new("", "a.yaml")
            .with_names([("KeyOrLoginOrAnonymous", "Visitor"), ("token", "Login")]);
        let variants = ["Key", "Login", "Anonymous"];
        check(&[&["key"], &["token"], &[]], &settings, "Visitor", &variants);
        check(&[&["key"], &["token"]], &settings, "KeyOrLogin", &["Key", "Login"]);
    }

    #[test]
    fn a_hand_written_bound_names_its_enum() {
        let bound = |name| Bound::new(name, "crate::Known", "a key", &[&["key"], &["token"]]);
        for (name, expected) in
            [("Known", "Known"), ("KnownIDs", "KnownIDs"), ("who is known", "WhoIsKnown")]
        {
            let settings = Settings::new("", "a.yaml").with_bounds([bound(name)]);
            check(&[&["token"], &["key"]], &settings, expected, &["Key", "Token"]);
        }
    }
}
