//! Tests the arguments.

use std::process::Command;

use crate::{Place, contains};

#[test]
fn wrong_arguments_are_rejected() {
    let place = Place::new("usage");
    place.run(&[]).failed(2, &["Usage: openapi-keys <COMMAND>"]);
    place.run(&["generate", "api.yaml"]).failed(2, &["--out <FOLDER>"]);
    place.run(&["generat"]).failed(2, &["'generate'"]);
    place
        .generate(&["--unsecured", "closed"])
        .failed(2, &["possible values: declared, open, refuse"]);
    assert!(!place.path("src").exists());
}

#[test]
fn a_folder_that_cannot_be_a_module_is_rejected() {
    let place = Place::new("module");
    for (folder, expected) in [
        ("my-client", "a Rust module can't be called `my-client`"),
        ("src/type", "a Rust module can't be called `type`"),
        ("client/src", "choose a folder in it, e.g. `--out client/src/generated`"),
        (".", "cannot derive a module name"),
    ] {
        place.run(&["generate", "api.yaml", "--out", folder]).failed(2, &[expected]);
    }
    assert_eq!(place.files(".").len(), 1);
    place.write("keys.toml", "module = \"crate::client\"\n");
    let named = ["generate", "api.yaml", "--out", "my-client", "--settings", "keys.toml"];
    place.run(&named).done(&["generated in my-client"]);
}

#[test]
fn the_module_is_derived_from_the_folder() {
    let place = Place::new("deduced");
    place
        .run(&["generate", "api.yaml", "--out", "a/src/api/books"])
        .done(&["module crate::api::books,"]);
    let files = place.files("a/src/api/books");
    assert!(files.values().any(|text| text.contains("crate::api::books::")));
}

#[test]
fn the_help_has_examples() {
    let place = Place::new("help");
    place.run(&["--help"]).done(&["Examples:", "openapi-keys explain openapi.yaml", "Exit codes:"]);
    place.run(&["generate", "--help"]).done(&["--deny-omitted", "--package", "Examples:"]);
    place.run(&["explain", "-h"]).done(&["Examples:", "media-type"]);
    let version = format!("openapi-keys {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(place.run(&["--version"]).out, version);
}

#[test]
fn cargo_runs_the_command_as_a_subcommand() {
    let place = Place::new("cargo");
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_cargo-openapi-keys"))
            .args(arguments)
            .current_dir(&place.0)
            .output()
            .unwrap()
    };
    let wrong = run(&["openapi-keys", "generate"]);
    assert_eq!(wrong.status.code(), Some(2));
    contains(&String::from_utf8_lossy(&wrong.stderr), &["Usage: cargo openapi-keys generate"]);
    let arguments = ["openapi-keys", "generate", "api.yaml", "--out", "src/generated"];
    assert!(run(&arguments).status.success());
    // Both ways of running the command generate the same files.
    place.generate(&["--check"]).done(&[]);
    assert!(run(&arguments[1..]).status.success());
}
