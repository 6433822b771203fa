//! Implements `openapi-keys explain`, which shows every decision and every operation that was left
//! out, with its position.

use std::collections::BTreeSet;

use super::arguments::Explain;
use super::failure::Failure;
use super::generate::say;
use super::screen::{bold, brief, count};
use super::{document, settings};
use crate::diagnostic::{Remark, remarks};
use crate::{Diagnostic, Report};

/// A placeholder code for the diagnostic about an omitted operation. The code in the report is
/// shown instead.
const OMITTED: &str = "omitted";

/// Prints the decisions about a document and the operations that were left out.
pub(super) fn explain(arguments: &Explain) -> Result<(), Failure> {
    let name = document::name(&arguments.input.document);
    let settings = settings::to_explain(&arguments.input, &name)?;
    let text = document::read(&arguments.input.document)?;
    let output = crate::generate(&text, &settings);
    let report = output.map_err(|mistakes| Failure::Explained(Box::new(mistakes)))?.report;
    let mut list = found(&report);
    if let Some(code) = &arguments.code {
        let codes: BTreeSet<&str> = list.iter().map(|remark| remark.code).collect();
        if !codes.contains(code.as_str()) {
            return Err(unknown(code, &codes, &name));
        }
        list.retain(|remark| remark.code == code);
    }
    remarks(&list, &name, &text, say)?;
    let shown = brief(&name, 400);
    let text = match &arguments.code {
        Some(code) => {
            let code = brief(code, 100);
            format!("{shown}: {} with the code {code}", count(list.len(), "remark"))
        }
        None => format!(
            "{shown}: {} of {} can be generated; {} left out, {}",
            report.generated,
            count(report.operations, "operation"),
            report.omitted.len(),
            count(report.decisions.len(), "decision")
        ),
    };
    say(&format!("{}\n", bold(&text)))
}

/// Returns decisions and omissions in document order.
fn found(report: &Report) -> Vec<Remark<'_>> {
    let omitted = report.omitted.iter().map(|omitted| {
        let what = Diagnostic::new(OMITTED, omitted.reason.as_str())
            .label(omitted.span, "")
            .note(format!("the operation `{}` is left out", omitted.operation));
        Remark { code: omitted.code, what }
    });
    let decisions = report.decisions.iter().map(|decision| {
        let what = Diagnostic::new(decision.code, decision.message.as_str());
        Remark { code: decision.code, what: what.label(decision.span, "") }
    });
    let mut all: Vec<_> = omitted.chain(decisions).collect();
    all.sort_by_key(|remark| remark.what.labels.first().map(|label| label.span));
    all
}

fn unknown(code: &str, codes: &BTreeSet<&str>, name: &str) -> Failure {
    let (name, code) = (brief(name, 400), brief(code, 100));
    let codes: Vec<&str> = codes.iter().copied().collect();
    Failure::Refused(match codes.is_empty() {
        true => format!("no remark about {name} has the code `{code}`: there are no remarks"),
        false => {
            let codes = brief(&codes.join(", "), 400);
            format!(
                "no remark about {name} has the code `{code}`; the remarks have these codes: {codes}"
            )
        }
    })
}
