//! Finds operations without `security`, so that no operation is open to anyone by accident.

use super::Rules;
use crate::check::api::Operation;
use crate::{Diagnostic, MissingSecurity};

impl Rules<'_> {
    pub(super) fn missing(&self, lacking: &[Operation<'_>], found: &mut Vec<Diagnostic>) {
        let Some((first, others)) = lacking.split_first() else { return };
        let strict = self.api.settings.missing_security == MissingSecurity::Refused;
        // If operations inherit `security`, a single `security` at the top level is enough for all
        // of them.
        if !strict && lacking.len() == self.api.operations.len() {
            found.push(self.nowhere(first, others.len()));
        } else {
            found.extend(lacking.iter().map(|operation| self.missing_in(operation)));
        }
    }

    /// Returns a single error for a document without any `security`, with a label at the first
    /// operation.
    fn nowhere(&self, first: &Operation<'_>, others: usize) -> Diagnostic {
        let title = first.title();
        let message = match others {
            0 => format!("{title} has no `security`"),
            1 => format!("{title} and 1 other have no `security`"),
            _ => format!("{title} and {others} others have no `security`"),
        };
        first
            .mistake("missing-security", message)
            .label(first.method.key_span, "doesn't declare who may call it")
            .help(self.offers.at_the_top())
    }

    fn missing_in(&self, operation: &Operation<'_>) -> Diagnostic {
        let message = format!("{} has no `security`", operation.title());
        let mut mistake = operation
            .mistake("missing-security", message)
            .label(operation.method.key_span, "doesn't declare here who may call it")
            .help(self.offers.instead_of_nothing());
        if let Some(top) = self.api.document.root().entry("security") {
            mistake = mistake.label(top.key_span, "this `security` is ignored").note(
                "`security` at the top level is ignored: each operation must declare its own, so \
                 that opening an operation is a deliberate decision",
            );
        }
        mistake
    }
}
