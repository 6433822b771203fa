//! The shape of a `security`: a list of mappings, of known schemes to lists.

use super::Rules;
use super::offers::alone;
use super::site::Site;
use crate::{Diagnostic, Entry, Node, Value};

impl<'a> Rules<'a> {
    /// Reports what is wrong with the shape of a `security`, with its schemes and their scopes.
    pub(super) fn shape(&mut self, site: &Site<'a>, found: &mut Vec<Diagnostic>) {
        let node = site.node();
        if !matches!(node.value, Value::Sequence(_)) {
            let message = format!("{} is {}", site.title(), node.kind());
            // A missing value has no place.
            let span = if matches!(node.value, Value::Null) { site.key_span() } else { node.span };
            let mistake = site.mistake("security-shape", message);
            let mistake = mistake.label(span, "a list of alternatives was expected");
            found.push(mistake.help(self.offers.choices()));
        }
        for alternative in node.items() {
            if !matches!(alternative.value, Value::Mapping(_)) {
                found.push(self.no_alternative(site, alternative));
            }
            for scheme in alternative.entries() {
                match self.unknown(site, scheme) {
                    Some(mistake) => found.push(mistake),
                    None => self.scopes.check(self.api, site, scheme, found),
                }
            }
        }
    }

    fn no_alternative(&self, site: &Site<'a>, alternative: &Node) -> Diagnostic {
        let message = format!("an alternative in {} is {}", site.title(), alternative.kind());
        let declared = |name: &&str| self.api.definition("securitySchemes", name).is_some();
        let scheme = alternative.as_str().filter(declared).map(alone);
        let help = match scheme.filter(|scheme| self.offers.allows(&[scheme.clone()].into())) {
            Some(scheme) => {
                let schemes: Vec<_> = scheme.iter().map(ToString::to_string).collect();
                format!("write `{{ {} }}`", schemes.join(", "))
            }
            None => self.offers.choices().to_owned(),
        };
        site.mistake("security-shape", message)
            .label(alternative.span, "a mapping of schemes was expected")
            .help(help)
    }

    fn unknown(&self, site: &Site<'a>, scheme: &Entry) -> Option<Diagnostic> {
        let Rules { api, offers, .. } = self;
        let name = scheme.key.as_str();
        if api.definition("securitySchemes", name).is_some() {
            return None;
        }
        let declared = || api.section("securitySchemes").iter().map(|entry| entry.key.as_str());
        let help = match api.closest(name, declared()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if offers.in_a_bound(name) => {
                "declare it under `components.securitySchemes`".to_owned()
            }
            None => offers.choices().to_owned(),
        };
        let message = format!("{} needs an unknown security scheme `{name}`", site.who());
        Some(
            site.mistake("unknown-security-scheme", message)
                .label(scheme.key_span, "not in `components.securitySchemes`")
                .help(help),
        )
    }
}
