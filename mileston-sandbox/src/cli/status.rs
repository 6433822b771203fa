//! `status`: reports whether a sandbox is running, for health checks and users.

use std::fmt;

use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::session::with_sandbox;
use super::target::Target;

/// Report whether a sandbox is running, and which one.
///
/// The command sends a control request, which neither appears in the request log nor uses up a fault. The exit code is
/// 1 if no sandbox responds, so a health check can use this command.
///
/// With --json, prints {"status", "sandbox"}.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Status {
    #[command(flatten)]
    target: Target,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox status
  mileston-sandbox status --json";

/// Asks the sandbox to identify itself.
pub(super) fn run(Status { target }: Status) -> Result<(), Failure> {
    with_sandbox(&target, async |sandbox| sandbox.print(&Running { status: "running" }))
}

/// What `status` prints if a sandbox responds.
#[derive(Serialize)]
struct Running {
    status: &'static str,
}

impl fmt::Display for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.status)
    }
}
