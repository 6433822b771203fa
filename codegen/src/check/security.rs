//! Checks each `security`: its schemes must be declared and readable, it must be possible to send
//! their credentials together, and no operation may be open by accident.

mod alternatives;
mod flows;
mod http_schemes;
mod misplaced;
mod missing;
mod new_bound;
mod offers;
mod places;
mod schemes;
mod scopes;
mod site;
mod unknown;

use std::collections::BTreeSet;

use super::api::Api;
use crate::lower::security::lowered;
use crate::{Diagnostic, MissingSecurity, Requirement, Settings};
use misplaced::Misplaced;
use offers::{Offers, written};
use site::{Site, inherited};

pub(super) use places::of_used as places_of_used;
pub(super) use schemes::{TYPES, definitions};
pub(super) use scopes::{Scopes, is_told as is_scope_told};
pub(super) use site::used;

/// The rules for each `security`, and the information that the rules share.
struct Rules<'a> {
    api: &'a Api<'a>,
    offers: Offers<'a>,
    scopes: Scopes<'a>,
    misplaced: Misplaced<'a>,
}

pub(super) fn requirements(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut rules = Rules {
        api,
        offers: Offers::new(api),
        scopes: Scopes::default(),
        misplaced: Misplaced::of(api),
    };
    let inherited = inherited(api);
    if let Some(top) = Site::top(api) {
        let lacks = api.operations.iter().any(|it| it.node().entry("security").is_none());
        let is_used = inherited.is_some() && lacks;
        rules.check(&top, is_used, found);
    }
    let open = api.settings.missing_security == MissingSecurity::Open;
    let mut lacking = Vec::new();
    for &operation in &api.operations {
        match Site::own(operation) {
            Some(own) => rules.check(&own, true, found),
            None if inherited.is_some() || open => {}
            None => lacking.push(operation),
        }
    }
    rules.missing(&lacking, found);
}

impl<'a> Rules<'a> {
    /// Checks one `security`. `is_used` says whether an operation uses it.
    fn check(&mut self, site: &Site<'a>, is_used: bool, found: &mut Vec<Diagnostic>) {
        let before = found.len();
        self.shape(site, found);
        // If part of the requirement can't be read, help messages that repeat the requirement would
        // be incomplete.
        if found.len() == before {
            self.places(site, found);
        }
        if is_used && found.len() == before {
            found.extend(self.without_bound(site));
        }
    }

    fn without_bound(&self, site: &Site<'_>) -> Option<Diagnostic> {
        let Api { document, settings, .. } = self.api;
        let requirement: Requirement =
            lowered(document, settings, site.node()).into_iter().collect();
        // If there are no alternatives, or if one of them requires nothing, anyone may call the
        // operation.
        let open = requirement.is_empty() || requirement.iter().any(BTreeSet::is_empty);
        if open || self.offers.allows(&requirement) {
            return None;
        }
        let message = format!("no bound in the settings matches {}", site.title());
        let mistake = site
            .mistake("unknown-requirement", message)
            .label(site.node().span, format!("this is `{}`", written(&requirement)))
            .help(self.offers.without_bound(site.node(), &requirement));
        Some(mistake)
    }
}

/// Reports security settings that have no effect.
pub(super) fn unused_settings(api: &Api<'_>) -> Vec<(String, String)> {
    let Settings { credential, bounds, scoped_schemes, .. } = api.settings;
    let mut found = Vec::new();
    if let (None, Some(first)) = (credential, bounds.first()) {
        let message = format!(
            "`Settings::bounds` has `{}`, but credentials are generated",
            first.name.escape_debug()
        );
        let help = "name the trait of hand-written credentials with `Settings::with_credential`, or remove the bounds: \
                    every requirement gets a generated trait";
        found.push((message, help.to_owned()));
    }
    let misplaced = Misplaced::of(api);
    for name in scoped_schemes {
        if api.definition("securitySchemes", name).is_some() || misplaced.has(name) {
            continue;
        }
        let message = format!(
            "`Settings::scoped_schemes` has `{}`, which isn't a security scheme of the document",
            name.escape_debug()
        );
        let declared = api.section("securitySchemes").iter().map(|entry| entry.key.as_str());
        let help = match api.closest(name, declared) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove it".to_owned(),
        };
        found.push((message, help));
    }
    found
}
