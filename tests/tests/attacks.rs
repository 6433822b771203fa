//! Tests that attempts to bypass the guarantees of the types fail to compile, each with its
//! expected error.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use mileston_tests::attacks;
use mileston_tests::compile::workspace;
use mileston_tests::tools;

#[test]
fn no_mileston_credential_can_be_forged_or_extended() {
    let root = workspace();
    // Without TLS, which takes longer to compile than everything else.
    let dependencies = format!(
        "mileston-api = {{ path = {:?}, default-features = false }}\n\
         mileston-keys = {{ path = {:?}, features = [\"serde\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n",
        root.join("mileston-api"),
        root.join("mileston-keys"),
    );
    check("mileston", &dependencies);
}

#[test]
fn no_generated_credential_can_be_forged_or_extended() {
    let root = workspace();
    let dependencies = format!(
        "other-api = {{ path = {:?} }}\n\
         openapi-keys-runtime = {{ path = {:?}, default-features = false }}\n",
        root.join("tests/other-api"),
        root.join("runtime"),
    );
    check("generated", &dependencies);
}

/// Compiles the programs in a folder with these dependencies, and checks the results.
#[track_caller]
fn check(folder: &str, dependencies: &str) {
    let programs = attacks::read(&workspace().join("tests/attacks").join(folder)).unwrap();
    let said = attacks::compile(&format!("attacks-{folder}"), dependencies, &programs).unwrap();
    let tally = attacks::verdict(&programs, &said).unwrap_or_else(|wrong| {
        panic!(
            "{} of {} programs had the wrong result:\n\n{}",
            wrong.len(),
            programs.len(),
            wrong.join("\n\n")
        )
    });
    tools::say(&format!(
        "attacks: {0} of {0} on {folder} fail to compile, {1} controls compile",
        tally.attacks, tally.controls
    ));
}
