//! What `cargo xtask --help` prints.

/// The tasks and what each does.
pub const HELP: &str = "\
Tasks of this workspace.

Usage: cargo xtask <TASK>

Tasks:
  codegen          generate the client, the server trait and docs/generated from openapi/mileston.yaml
  codegen --check  write nothing; fail and name the files that differ
  demo             take a payment: embedded sandbox, real client, real HTTP
  docs             build the book in docs, check its links, print where it is
  frontend         build examples/checkout-plain for browsers, print where it is and how large
  frontend serve   the same, and serve it on http://127.0.0.1:8000
  package          pack what is published, check what is in the packages, and build them as users do
  test             everything that CI requires: drift, format, book, lints, rustdoc, packages, tests

To add an operation: edit openapi/mileston.yaml, run `cargo xtask codegen`, and let the compiler
say what the sandbox must now implement. openapi/README.md walks through it.
";
