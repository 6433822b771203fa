//! Finds security schemes that a `security` names but the document doesn't declare. The fix is to
//! declare the scheme or to require a different one.
//!
//! The author of such a `security` meant to require a credential, so no help message suggests
//! opening the operation.

use heck::ToTrainCase;

use super::Rules;
use super::places;
use super::site::Site;
use crate::check::headers::is_token;
use crate::check::names::listed;
use crate::model::KeyLocation;
use crate::{Diagnostic, Entry, Node, RequiredScheme};

/// The maximum length of a header name derived from the name of a scheme.
const LONGEST_HEADER: usize = 60;
/// A suggestion is compared with at most this many schemes, so that checking a document full of
/// errors doesn't take quadratic time.
const MAX_COMPARED: usize = 20;

impl<'a> Rules<'a> {
    pub(super) fn unknown(
        &self,
        site: &Site<'a>,
        alternative: &Node,
        scheme: &Entry,
    ) -> Option<Diagnostic> {
        let name = scheme.key.as_str();
        if self.api.definition("securitySchemes", name).is_some() || self.misplaced.has(name) {
            return None;
        }
        let declared = self.api.section("securitySchemes").iter().map(|entry| entry.key.as_str());
        let help = match self.api.closest(name, declared) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => self.declare(alternative, scheme) + &self.instead(alternative, scheme),
        };
        let message = format!("{} requires an unknown security scheme `{name}`", site.who());
        Some(
            site.mistake("unknown-security-scheme", message)
                .label(scheme.key_span, "not in `components.securitySchemes`")
                .help(help),
        )
    }

    /// Returns a help message that says how to declare the scheme, with lines to choose from.
    fn declare(&self, alternative: &Node, scheme: &Entry) -> String {
        let lines = self.declarations(alternative, scheme);
        let one_of = if lines.len() > 1 { " one of" } else { "" };
        format!(
            "declare `{}` under `components.securitySchemes`, e.g.{one_of}\n    {}",
            scheme.key,
            lines.join("\n    ")
        )
    }

    fn declarations(&self, alternative: &Node, scheme: &Entry) -> Vec<String> {
        let name = scheme.key.as_str();
        let key = RequiredScheme::new(name, [] as [&str; 0]).to_string();
        let key = key.trim_end_matches("[]");
        if self.needs_scopes(scheme) {
            let flow = "clientCredentials: { tokenUrl: 'https://login.example/token', scopes: {} }";
            return vec![format!("{key}{{ type: oauth2, flows: {{ {flow} }} }}")];
        }
        let header = self.free_header(name);
        let mut lines = vec![format!("{key}{{ type: apiKey, in: header, name: {header} }}")];
        // Schemes that are required together need different places.
        let authorization = (KeyLocation::Header, "authorization".to_owned());
        let is_elsewhere = |other: &Entry| {
            let place = places::of(self.api, &other.key);
            other.key == name || place.is_some_and(|place| place != authorization)
        };
        if alternative.entries().iter().take(MAX_COMPARED).all(is_elsewhere) {
            lines.push(format!("{key}{{ type: http, scheme: bearer }}"));
        }
        lines
    }

    fn needs_scopes(&self, scheme: &Entry) -> bool {
        !scheme.value.items().is_empty() && !self.api.settings.scoped_schemes.contains(&scheme.key)
    }

    /// Returns a header that is named after a scheme and that no other scheme uses.
    fn free_header(&self, scheme: &str) -> String {
        let words = scheme.to_train_case();
        let words = words.strip_prefix("X-").unwrap_or(&words);
        let usable = is_token(words) && words.len() <= LONGEST_HEADER;
        let name = if usable { format!("X-{words}") } else { "X-Api-Key".to_owned() };
        let is_free = |name: &String| {
            let place = (KeyLocation::Header, name.to_ascii_lowercase());
            !self.api.credentials.contains_key(&place)
        };
        let numbered = (2..=MAX_COMPARED).map(|number| format!("{name}-{number}"));
        std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name)
    }

    /// Returns a help message that says what to require instead of an undeclared scheme. Following
    /// this help message changes who may call the operation.
    fn instead(&self, alternative: &Node, scheme: &Entry) -> String {
        if self.offers.in_a_bound(&scheme.key) {
            return String::new();
        }
        let by_hand = self.api.settings.credential.is_some();
        let bound = match by_hand {
            true => "\nand add a bound that requires it to `Settings::bounds`",
            false => "",
        };
        let lines = self.offers.bound_lines();
        if by_hand && !lines.is_empty() {
            return format!("{bound}\nor write one of\n{}", lines.join("\n"));
        }
        let declared = self.offers.declared(self.needs_scopes(scheme));
        let is_new = |name: &&str| alternative.get(name).is_none();
        match listed(declared.iter().copied(), is_new) {
            Some(names) => format!("{bound}\nor require a declared scheme instead: {names}"),
            None => bound.to_owned(),
        }
    }
}
