//! Shows mistakes that no step can make, because they don't compile. The compiler's messages are read from files that
//! tests keep up to date.

use std::collections::BTreeMap;

use mileston_api::catalogue;

use crate::check::Failure;
use crate::printer::Style;
use crate::show::Show;

/// The mistakes, each with the compiler's complete output. `cargo test -p mileston-tests --test mistakes` compares
/// these with the real output.
const MISTAKES: &[(&str, &str)] = &[
    (
        "A Checkout key in a backend: create a payment link.",
        include_str!("../../../tests/mistakes/checkout_key_in_a_backend.stderr"),
    ),
    (
        "A Normal key in a frontend: fetch what has to be paid.",
        include_str!("../../../tests/mistakes/normal_key_in_a_frontend.stderr"),
    ),
    ("No key: list invoices.", include_str!("../../../tests/mistakes/no_key_at_all.stderr")),
    (
        "A helper that signs, with a client that has no wallet secret.",
        include_str!("../../../tests/mistakes/wallet_scope_without_a_secret.stderr"),
    ),
    (
        "A live key where a test key is needed.",
        include_str!("../../../tests/mistakes/live_key_where_test_is_required.stderr"),
    ),
    (
        "Text that was not parsed as a key.",
        include_str!("../../../tests/mistakes/text_instead_of_a_key.stderr"),
    ),
    ("A key in a log line.", include_str!("../../../tests/mistakes/key_in_a_log_line.stderr")),
];

pub(super) fn tell(show: &mut Show) -> Result<(), Failure> {
    show.printer.headline("Mistakes that don't compile");
    for (what, output) in MISTAKES {
        let says = says(output).ok_or_else(|| format!("the output for \"{what}\" has no error"))?;
        show.printer.bullet(what);
        show.printer.detail(Style::Yellow, &says);
    }
    show.printer.blank();
    show.printer.line(Style::Plain, &needs());
    show.printer.line(
        Style::Plain,
        "Complete messages: tests/mistakes/*.stderr. Every operation with every kind of key: tests/tests/matrix.rs.",
    );
    Ok(())
}

/// Returns the first line of the compiler's output. If a label in the output shows mismatched types, adds the label.
fn says(output: &str) -> Option<String> {
    let head = output.lines().next().filter(|line| line.starts_with("error"))?;
    let label = output.lines().find(|line| line.contains("^ expected `"));
    let types = label.and_then(|line| line.split_once("^ ")).map(|(_, types)| types);
    Some(types.map_or_else(|| head.to_owned(), |types| format!("{head}: {types}")))
}

/// Returns a sentence with the number of operations for each kind of key, according to the catalogue.
fn needs() -> String {
    let mut counts = BTreeMap::<_, usize>::new();
    for operation in catalogue::OPERATIONS {
        *counts.entry(operation.bound).or_default() += 1;
    }
    let total = catalogue::OPERATIONS.len();
    let counts: Vec<String> = counts.iter().map(|(scope, count)| need(*scope, *count)).collect();
    format!("The catalogue has {total} operations: {}.", counts.join(", "))
}

fn need(scope: Option<&str>, count: usize) -> String {
    match scope {
        Some(scope) => format!("{count} for a {scope} key"),
        None => format!("{count} without a key"),
    }
}
