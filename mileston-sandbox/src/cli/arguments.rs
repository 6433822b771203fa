//! The program's commands, and the help text of the program itself.

use clap::{Parser, Subcommand};

use super::chain::Chain;
use super::clock::Clock;
use super::deliveries::{Deliveries, Resend};
use super::faults::Faults;
use super::keys::Keys;
use super::logs::Logs;
use super::manual::{Completions, Man};
use super::reset::Reset;
use super::serve::Serve;
use super::status::Status;
use super::trigger::Trigger;
use super::webhooks::Webhooks;

/// Emulate the Mileston platform for development and tests.
///
/// This program is unofficial and moves no real money. `serve` starts a sandbox; `keys` manages the keys in a stopped
/// sandbox's file; most other commands control a running sandbox.
#[derive(Parser)]
#[command(
    name = "mileston-sandbox",
    bin_name = "mileston-sandbox",
    version,
    max_term_width = 100,
    after_help = EXAMPLES,
    after_long_help = MORE
)]
pub(super) struct Program {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    Serve(Serve),
    Keys(Keys),
    Trigger(Trigger),
    Logs(Logs),
    Clock(Clock),
    Chain(Chain),
    Faults(Faults),
    Webhooks(Webhooks),
    Deliveries(Deliveries),
    Resend(Resend),
    Reset(Reset),
    Status(Status),
    Completions(Completions),
    Man(Man),
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox serve
  mileston-sandbox trigger paymentlink-paid
  mileston-sandbox logs --follow

Run any command with `--help` for details.";

const MORE: &str = "\
Examples:
  Start a sandbox, which prints its URL, a business id, keys and `export` lines:
    mileston-sandbox serve
  Create a payment link, in a shell where you have pasted the `export` lines:
    curl -s \"$MILESTON_URL/payment-link/create\" \\
      -H 'Content-Type: application/json' \\
      -H \"apikey: $MILESTON_KEY\" -H \"businessid: $MILESTON_BUSINESS_ID\" \\
      -d '{\"amount\": \"12.50\", \"title\": \"Coffee beans\"}'
  Pay a new payment link as a test payer:
    mileston-sandbox trigger paymentlink-paid
  Watch the requests:
    mileston-sandbox logs --follow

Kinds of keys:
  Normal key    Mileston_TEST_…
                for the backend: payment links, invoices, recurring payments
  Checkout key  Mileston_TEST_CHECKOUTKEY_…
                for the frontend: fetch a payment link, pay it, verify it
  Send either key in the `apikey` header, and the business id in the
  `businessid` header.

Environment:
  MILESTON_URL            the sandbox to control, if `--url` isn't given
  MILESTON_SANDBOX_TOKEN  the sandbox's token, if other machines can reach it
  MILESTON_WEBHOOK_TOKEN  the token of a webhook that `webhooks add` registers

With --json, each command prints one JSON document; `logs` prints one per line.
Later versions may add fields, but won't rename any.

Exit codes:
  0  success, or stopped by a signal
  1  failure, for example the port is in use or nothing listens at the URL
  2  invalid command line or environment variable";

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        Program::command().debug_assert();
    }

    #[test]
    fn examples_fit_a_terminal_of_80_columns() {
        fn check(command: &clap::Command) {
            let [short, long] = [command.get_after_help(), command.get_after_long_help()];
            for text in [short, long].into_iter().flatten() {
                for line in text.to_string().lines() {
                    assert!(line.chars().count() <= 80, "{}: {line}", command.get_name());
                }
            }
            command.get_subcommands().for_each(check);
        }
        check(&crate::cli::command());
    }
}
