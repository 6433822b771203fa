//! The text that `cargo xtask --help` prints.

/// The help: all tasks, with a short description of each.
pub const HELP: &str = "\
Tasks of this workspace.

Usage: cargo xtask <TASK>

Tasks:
  bundle              build the sandbox, and pack it for npm and PyPI, and as an OCI image
  bundle --old-glibc  do the same with zig, for systems with glibc 2.17 or later
  codegen             generate the client, the server trait and docs/generated from openapi/mileston.yaml
  codegen --check     write nothing; fail and name the files that differ
  demo                take a payment with an embedded sandbox, the real client and real HTTP
  docs                build the book in docs, check its links, and print its folder
  frontend            build examples/checkout-plain for browsers, and print its folder and size
  frontend serve      do the same, and serve it on http://127.0.0.1:8000
  package             pack the published crates, check their contents, and build them as users do
  test                run the checks and tests that every change must pass: generated files, format,
                      book, lints, rustdoc, packages, tests

To add an operation, edit openapi/mileston.yaml, run `cargo xtask codegen`, and then add to the
sandbox what the compiler says is missing. openapi/README.md lists all steps.
";
