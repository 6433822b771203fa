//! Writes the summary of a run. It has at most forty lines for any document.

use std::collections::BTreeMap;
use std::path::Path;

use super::arguments::{Input, shown};
use super::folder::Written;
use super::screen::{bold, brief, count, warning};
use crate::{Omitted, Report};

/// How many codes are shown for omitted operations, each with a few operations.
const MAX_OMITTED_CODES: usize = 4;
/// How many operations are shown for each code.
const MAX_OPERATIONS: usize = 3;
/// How many codes are shown for decisions.
const MAX_DECISION_CODES: usize = 7;
/// The maximum length of a reason, in characters.
const MAX_CHARACTERS: usize = 140;

/// Summarises what was written.
pub(super) fn done(
    name: &str,
    folder: &Path,
    report: &Report,
    files: usize,
    written: Written,
) -> String {
    let text = format!(
        "{}: {} of {} generated in {} ({}, {} written, {} removed)",
        brief(name, 400),
        report.generated,
        count(report.operations, "operation"),
        brief(&shown(folder), 400),
        count(files, "file"),
        written.written,
        written.removed
    );
    format!("{}\n", bold(&text))
}

/// Lists omissions and decisions, and says how to see more.
pub(super) fn details(report: &Report, input: &Input) -> String {
    let mut text = String::new();
    if !report.omitted.is_empty() {
        let title = format!("{} left out", count(report.omitted.len(), "operation"));
        text.push_str(&format!("\n{}\n{}", warning(&title), omitted(report)));
    }
    let decisions = decisions(report);
    if !decisions.is_empty() {
        let title = count(report.decisions.len(), "decision");
        text.push_str(&format!("\n{}\n{decisions}", bold(&title)));
    }
    if !text.is_empty() {
        text.push('\n');
        text.push_str(&more(input));
        text.push('\n');
    }
    text
}

/// Lists the omitted operations by code: the most frequent codes, and the first operations of each.
pub(super) fn omitted(report: &Report) -> String {
    let mut by_code: BTreeMap<&str, Vec<&Omitted>> = BTreeMap::new();
    for omitted in &report.omitted {
        by_code.entry(omitted.code).or_default().push(omitted);
    }
    let mut by_code: Vec<_> = by_code.into_iter().collect();
    by_code.sort_by_key(|(code, all)| (std::cmp::Reverse(all.len()), *code));
    let mut text = String::new();
    for (code, all) in by_code.iter().take(MAX_OMITTED_CODES) {
        text.push_str(&format!("  {} ({})\n", bold(code), all.len()));
        for omitted in all.iter().take(MAX_OPERATIONS) {
            let operation = brief(&omitted.operation, 60);
            let reason = brief(&omitted.reason, MAX_CHARACTERS);
            text.push_str(&format!("    {operation}, line {}: {reason}\n", omitted.line));
        }
        if all.len() > MAX_OPERATIONS {
            text.push_str(&format!("    … and {} more\n", all.len() - MAX_OPERATIONS));
        }
    }
    let others = by_code.get(MAX_OMITTED_CODES..).unwrap_or_default();
    let counts: Vec<_> = others.iter().map(|(code, all)| (*code, all.len())).collect();
    text.push_str(&line(&counts));
    text
}

/// Lists how many times each kind of decision was made. Decisions that let anyone call an operation
/// come first.
fn decisions(report: &Report) -> String {
    let mut counts: Vec<_> = report.decision_counts().into_iter().collect();
    counts.sort_by_key(|&(code, count)| (code != "no-security", std::cmp::Reverse(count), code));
    let first = |code: &str| {
        let decision = report.decisions.iter().find(|decision| decision.code == code);
        decision.map_or_else(String::new, |it| brief(&it.message, MAX_CHARACTERS))
    };
    let (shown, others) = counts.split_at(counts.len().min(MAX_DECISION_CODES));
    let shown = shown
        .iter()
        .map(|(code, count)| format!("  {} ({count}), first: {}\n", bold(code), first(code)));
    shown.chain([line(others)]).collect()
}

/// Lists the codes that don't have their own lines.
fn line(counts: &[(&str, usize)]) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let counts: Vec<_> = counts.iter().map(|(code, count)| format!("{code} ({count})")).collect();
    format!("  also {}\n", brief(&counts.join(", "), 400))
}

/// Returns a line with the command that shows more.
pub(super) fn more(input: &Input) -> String {
    let typed = input.typed();
    format!("To see the relevant lines: openapi-keys explain {typed} [CODE]")
}
