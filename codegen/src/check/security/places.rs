//! Checks the places in a request that carry credentials: schemes that are required together must
//! use different headers, query parameters or cookies.

use std::collections::BTreeMap;

use super::Rules;
use super::offers::written;
use super::site::{Site, used};
use crate::check::api::Api;
use crate::check::names::quoted;
use crate::lower::security::{Place, alternatives, kind, place, schemes_of, ways};
use crate::model::{KeyLocation, SchemeKind};
use crate::{Diagnostic, Entry, Node, SharedPlaces};

/// The maximum number of alternatives that [`SharedPlaces::Alternatives`] may split one alternative
/// into. If more would be needed, the shared place is reported instead.
const MAX_WAYS: usize = 16;

/// How many schemes in the same place get a label. If there are more, the help message doesn't list
/// the alternatives.
const MAX_SCHEMES: usize = 10;

pub(super) fn of(api: &Api<'_>, scheme: &str) -> Option<Place> {
    place(kind(api.security_scheme(scheme)?)?)
}

/// Returns the places that the schemes in any `security` use, each with the definition of one
/// scheme that uses the place.
pub(in crate::check) fn of_used<'a>(api: &Api<'a>) -> BTreeMap<Place, &'a Entry> {
    let definitions = used(api).into_keys().filter_map(|name| {
        let definition = api.definition("securitySchemes", name)?;
        Some((of(api, name)?, definition))
    });
    definitions.collect()
}

impl<'a> Rules<'a> {
    /// Checks that schemes that are required together have different places. Otherwise one
    /// credential would overwrite the other. Alternatives may share a place.
    pub(super) fn places(&self, site: &Site<'a>, found: &mut Vec<Diagnostic>) {
        for (number, alternative) in site.node().items().iter().enumerate() {
            if alternative.entries().len() < 2 || self.is_split(alternative) {
                continue;
            }
            let mut places: BTreeMap<Place, Vec<&Entry>> = BTreeMap::new();
            for scheme in alternative.entries() {
                if let Some(place) = of(self.api, &scheme.key) {
                    places.entry(place).or_default().push(scheme);
                }
            }
            let shared = places.into_iter().filter(|(_, schemes)| schemes.len() > 1);
            found.extend(
                shared.filter_map(|(place, schemes)| self.shared(site, number, &place, &schemes)),
            );
        }
    }

    /// Returns whether the settings turn the schemes into alternatives.
    fn is_split(&self, alternative: &Node) -> bool {
        let schemes = schemes_of(alternative).into_iter().collect();
        self.api.settings.shared_places == SharedPlaces::Alternatives
            && ways(self.api.document, &schemes) <= MAX_WAYS
    }

    fn shared(
        &self,
        site: &Site<'a>,
        alternative: usize,
        place: &Place,
        schemes: &[&Entry],
    ) -> Option<Diagnostic> {
        let (last, others) = schemes.split_last()?;
        let first = others.first()?;
        let message = format!(
            "{} requires {} and `{}` together, {} in {}",
            site.who(),
            quoted(others.iter().map(|scheme| scheme.key.as_str())),
            last.key,
            if others.len() == 1 { "both" } else { "all" },
            self.described(place, last),
        );
        let mut mistake = site.mistake("shared-place", message);
        for scheme in schemes.iter().skip(1).take(MAX_SCHEMES) {
            mistake = mistake.label(scheme.key_span, "would overwrite the first");
        }
        let help = self.parted(site.node(), alternative, place, schemes);
        let mistake = mistake.label(first.key_span, "the first one").help(help);
        Some(mistake.note(
            "if any one of these schemes is enough, and you can't edit the document, call \
             `Settings::with_shared_places(SharedPlaces::Alternatives)`",
        ))
    }

    /// Returns the name of a place for a message, spelt as in the definition of the scheme.
    fn described(&self, (location, name): &Place, scheme: &Entry) -> String {
        let definition = self.api.security_scheme(&scheme.key);
        let spelt = definition.and_then(|it| it.get("name")).and_then(Node::as_str);
        match location {
            KeyLocation::Header => {
                let spelt = spelt.filter(|spelt| spelt.eq_ignore_ascii_case(name));
                format!("the `{}` header", spelt.unwrap_or("Authorization"))
            }
            KeyLocation::Query => format!("the `{name}` query parameter"),
            KeyLocation::Cookie => format!("the `{name}` cookie"),
        }
    }

    /// Returns a help message that says how to give each scheme its own place or alternative.
    fn parted(
        &self,
        security: &Node,
        alternative: usize,
        (location, _): &Place,
        schemes: &[&Entry],
    ) -> String {
        if schemes.len() > MAX_SCHEMES {
            return "if any one of these schemes is enough, write an alternative for each"
                .to_owned();
        }
        let mut all = alternatives(security);
        let together = all.remove(alternative);
        let shares = |name: &str| schemes.iter().any(|scheme| scheme.key == name);
        let parted = schemes.iter().map(|kept| {
            let stays = |name: &str| name == kept.key || !shares(name);
            together.iter().filter(|scheme| stays(&scheme.name)).cloned().collect()
        });
        all.splice(alternative..alternative, parted.collect::<Vec<_>>());
        let either = written(&all);
        let one = match schemes.len() {
            2 => format!("if either is enough, write two alternatives:\n    {either}"),
            _ => {
                format!("if any one of these schemes is enough, write alternatives:\n    {either}")
            }
        };
        if self.offers.allows(&all.iter().cloned().collect()) {
            return one;
        }
        let is_key = |scheme: &&Entry| {
            let kind = self.api.security_scheme(&scheme.key).and_then(kind);
            matches!(kind, Some(SchemeKind::ApiKey { .. }))
        };
        if schemes.iter().any(is_key) && schemes.iter().filter(|it| !is_key(it)).count() < 2 {
            let what = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "parameter",
                KeyLocation::Cookie => "cookie",
            };
            let keys = quoted(schemes.iter().filter(|it| is_key(it)).map(|it| it.key.as_str()));
            return format!(
                "if the service reads each credential from its own {what}, change `name` of {keys} in \
                 `components.securitySchemes`"
            );
        }
        let in_order: Vec<Vec<_>> = all.into_iter().map(|it| it.into_iter().collect()).collect();
        format!("{one}\nand {}", self.offers.new_bound(&in_order))
    }
}
