//! Runs one step after another: prints the step, executes it, checks the result and counts the step.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::time::{Duration, Instant};

use mileston_api::keys::CredentialKind;
use mileston_api::operation::Operation;
use mileston_api::{Client, Credential, Error, OperationCall, Outcome};

use crate::check::Failure;
use crate::expected::Expected;
use crate::printer::{Printer, Style};

/// Prints and counts the steps.
pub(crate) struct Show {
    pub(crate) printer: Printer,
    pub(crate) tally: Tally,
    started: Instant,
}

/// The counts so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) steps: usize,
    pub(crate) done: usize,
    pub(crate) refused: usize,
    pub(crate) not_sent: usize,
    pub(crate) unanswered: usize,
    pub(crate) operations: BTreeSet<&'static str>,
}

impl Tally {
    /// Returns the number of calls that were sent.
    pub(crate) fn calls(&self) -> usize {
        self.done + self.refused + self.unanswered
    }
}

impl Show {
    pub(crate) fn new(printer: Printer) -> Self {
        Show { printer, tally: Tally::default(), started: Instant::now() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Runs a call that must succeed, and checks the response. `check` returns the text to print about the response.
    ///
    /// `build` creates the call with `client`. `what`, the request and the kind of the client's key are printed first.
    pub(crate) async fn done<K: Credential, C: OperationCall>(
        &mut self,
        what: &str,
        client: &Client<K>,
        build: impl FnOnce(&Client<K>) -> C,
        check: impl FnOnce(&C::Answer) -> Result<String, Failure>,
    ) -> Result<C::Answer, Failure> {
        let answer = self.send(what, client, build).await;
        let judged = match answer {
            Ok(answer) => check(&answer).map(|shown| (answer, shown)),
            Err(error) => Err(error.into()),
        };
        let (answer, shown) = judged.map_err(|failure| self.wrong(what, failure))?;
        self.tally.done += 1;
        self.printer.detail(Style::Green, &format!("ok: {shown}"));
        Ok(answer)
    }

    /// Runs a call that must fail as expected.
    pub(crate) async fn refused<K: Credential, C: OperationCall>(
        &mut self,
        what: &str,
        client: &Client<K>,
        build: impl FnOnce(&Client<K>) -> C,
        expected: Expected,
    ) -> Result<(), Failure> {
        let error = match self.send(what, client, build).await {
            Ok(_) => return Err(self.wrong(what, "the call should fail, but was executed")),
            Err(error) => error,
        };
        let shown = expected.judge(&error).map_err(|failure| self.wrong(what, failure))?;
        let verdict = match error.outcome() {
            Outcome::NotSent => {
                self.tally.not_sent += 1;
                "not sent"
            }
            Outcome::Unknown => {
                self.tally.unanswered += 1;
                "outcome unknown"
            }
            _ => {
                self.tally.refused += 1;
                "refused"
            }
        };
        self.printer.detail(Style::Yellow, &format!("{verdict}, as expected: {shown}"));
        Ok(())
    }

    /// Returns an error if something could not be printed.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let printed = self.printer.finish();
        printed.map_err(|error| format!("cannot write to standard output: {error}").into())
    }

    async fn send<K: Credential, C: OperationCall>(
        &mut self,
        what: &str,
        client: &Client<K>,
        build: impl FnOnce(&Client<K>) -> C,
    ) -> Result<C::Answer, Error> {
        let call = build(client);
        let operation = call.operation();
        self.tally.steps += 1;
        self.printer.step(self.tally.steps, what);
        self.printer.detail(Style::Dim, &request(operation, client.credential()));
        let answer = call.await;
        if !answer.as_ref().is_err_and(|error| error.outcome() == Outcome::NotSent) {
            self.tally.operations.insert(operation.id);
        }
        answer
    }

    fn wrong(&mut self, what: &str, failure: impl Display) -> Failure {
        let number = self.tally.steps;
        self.printer.detail(Style::Red, "WRONG: see standard error");
        format!("step {number}, \"{what}\", failed: {failure}").into()
    }
}

/// Describes a request, e.g. `POST /payment-link/create, with a Normal key (test)`.
fn request<K: Credential>(operation: &Operation, credential: &K) -> String {
    let kind = match K::KIND {
        CredentialKind::None => "without a key",
        CredentialKind::Checkout => "with a Checkout key",
        CredentialKind::Normal => "with a Normal key",
        CredentialKind::Wallet => "with a Normal key and a wallet secret",
    };
    let mode = credential.mode().map(|mode| format!(" ({mode})")).unwrap_or_default();
    format!("{} {}, {kind}{mode}", operation.method, operation.path)
}

#[cfg(test)]
mod tests;
