//! What `cargo xtask --help` prints.

/// The tasks and what each does.
pub const HELP: &str = "\
Tasks of this workspace.

Usage: cargo xtask <TASK>

Tasks:
  codegen          generate the client, the server trait and docs/generated from openapi/mileston.yaml
  codegen --check  write nothing; fail and name the files that differ
  demo             take a payment: embedded sandbox, real client, real HTTP
  test             everything that CI asks for: drift, format, lints, docs, licences, tests

To add an operation: edit openapi/mileston.yaml, run `cargo xtask codegen`, and let the compiler
say what the sandbox must now implement. openapi/README.md walks through it.
";
