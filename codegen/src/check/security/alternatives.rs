//! Checks the form of a `security`, which must be a list of mappings from known schemes to lists.

use super::Rules;
use super::offers::alone;
use super::site::Site;
use crate::{Diagnostic, Node, Value};

impl<'a> Rules<'a> {
    /// Reports a malformed `security`, and any unknown schemes and invalid scopes in it.
    pub(super) fn shape(&mut self, site: &Site<'a>, found: &mut Vec<Diagnostic>) {
        let node = site.node();
        let open = says_nothing(node);
        if !matches!(node.value, Value::Sequence(_)) {
            let message = format!("{} is {}", site.title(), node.kind());
            // A missing value has no span.
            let span = if matches!(node.value, Value::Null) { site.key_span() } else { node.span };
            let mistake = site.mistake("security-shape", message);
            let mistake = mistake.label(span, "a list of alternatives was expected");
            found.push(mistake.help(self.choices(open)));
        }
        for alternative in node.items() {
            if !matches!(alternative.value, Value::Mapping(_)) {
                found.push(self.no_alternative(site, alternative, open));
            }
            for scheme in alternative.entries() {
                match self.unknown(site, alternative, scheme) {
                    Some(mistake) => found.push(mistake),
                    None => self.scopes.check(self.api, site, scheme, found),
                }
            }
        }
    }

    /// Returns the choices for a help message. `open` says whether they include opening the operation
    /// to anyone.
    fn choices(&self, open: bool) -> String {
        match open {
            true => self.offers.choices(),
            false => self.offers.closed_choices(),
        }
    }

    fn no_alternative(&self, site: &Site<'a>, alternative: &Node, open: bool) -> Diagnostic {
        let message = format!("an alternative in {} is {}", site.title(), alternative.kind());
        let declared = |name: &&str| self.api.definition("securitySchemes", name).is_some();
        let scheme = alternative.as_str().filter(declared).map(alone);
        let help = match scheme.filter(|scheme| self.offers.allows(&[scheme.clone()].into())) {
            Some(scheme) => {
                let schemes: Vec<_> = scheme.iter().map(ToString::to_string).collect();
                format!("write `{{ {} }}`", schemes.join(", "))
            }
            None => self.choices(open),
        };
        site.mistake("security-shape", message)
            .label(alternative.span, "a mapping of schemes was expected")
            .help(help)
    }
}

/// Returns whether a value doesn't say who may call the operation. Any other value was meant to
/// require something, so help messages must not suggest removing the requirement.
fn says_nothing(security: &Node) -> bool {
    let is_empty = |node: &Node| match &node.value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Sequence(_) | Value::Mapping(_) => {
            node.items().is_empty() && node.entries().is_empty()
        }
        Value::Bool(_) | Value::Number(_) => false,
    };
    is_empty(security) || security.items().iter().all(is_empty) && !security.items().is_empty()
}
