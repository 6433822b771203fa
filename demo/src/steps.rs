//! Runs the steps in order, and prints an introduction and a summary.

mod compiler;
mod invoices;
mod lost;
mod payment;
mod payment_links;
mod recurring_payments;
mod refusals;
mod status;
mod wallets;
mod webhook;

use mileston_api::catalogue;
use mileston_sandbox::Sandbox;

use crate::check::Failure;
use crate::parties::Parties;
use crate::printer::Style;
use crate::show::Show;

/// Prints the sandbox's address and the parties.
pub(crate) fn opening(show: &mut Show, sandbox: &Sandbox, parties: &Parties) {
    let printer = &mut show.printer;
    printer.line(Style::Bold, "mileston-rs: payments through the typed client");
    printer.line(
        Style::Plain,
        "The platform is an emulation, embedded in this program; the requests are real HTTP. No real money moves. \
                 Unofficial: never tried with Mileston's own servers.",
    );
    printer.blank();
    printer.verbatim(Style::Plain, &format!("sandbox   {}", sandbox.url()));
    printer.verbatim(Style::Plain, &format!("business  {}", sandbox.business_id()));
    // A key's `Debug` output contains only the public prefix.
    printer.verbatim(Style::Plain, &format!("backend   {:?}", parties.backend.credential()));
    printer.verbatim(Style::Plain, &format!("frontend  {:?}", parties.frontend.credential()));
    printer.verbatim(Style::Plain, &format!("anyone    {:?}", parties.anyone.credential()));
}

/// Runs all steps. Records are deleted only at the end, because another business must first try to read the paid link.
pub(crate) async fn all(
    show: &mut Show,
    sandbox: &Sandbox,
    parties: &Parties,
) -> Result<(), Failure> {
    status::ask(show, parties).await?;
    let link = payment_links::offer(show, parties).await?;
    payment_links::pay(show, parties, &link).await?;
    let invoice = invoices::offer(show, parties).await?;
    invoices::pay(show, parties, &invoice).await?;
    webhook::receive(show, parties, &invoice).await?;
    let recurring = recurring_payments::offer(show, parties).await?;
    recurring_payments::pay(show, parties, &recurring).await?;
    wallets::send(show, parties).await?;
    lost::find(show, sandbox, parties).await?;
    refusals::run(show, sandbox, parties, &link).await?;
    show.printer.headline("Deleted");
    payment_links::delete(show, parties, &link).await?;
    invoices::delete(show, parties, &invoice).await?;
    recurring_payments::delete(show, parties, &recurring).await?;
    compiler::tell(show)
}

/// Prints the counts and what to do next.
pub(crate) fn closing(show: &mut Show) {
    let (tally, seconds) = (&show.tally, show.elapsed().as_secs_f64());
    let summary = format!(
        "Done: {} steps, {} calls over HTTP ({} executed, {} refused as expected, {} without a response), \
                 {} stopped before sending, {seconds:.2} s.",
        tally.steps,
        tally.calls(),
        tally.done,
        tally.refused,
        tally.unanswered,
        tally.not_sent,
    );
    let operations = format!(
        "{} of the {} operations in the catalogue were called.",
        tally.operations.len(),
        catalogue::OPERATIONS.len()
    );
    show.printer.headline("Summary");
    show.printer.verbatim(Style::Green, &summary);
    show.printer.line(Style::Plain, &operations);
    show.printer.headline("Next");
    for line in [
        "cargo run -p mileston-sandbox -- serve   a sandbox for your own program, with keys to paste",
        "README.md                                a first program, and what is known about the platform",
        "docs/generated/operations.md             which key each operation needs",
    ] {
        show.printer.verbatim(Style::Plain, line);
    }
}
