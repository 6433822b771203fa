//! The page on other APIs, followed step by step: its document gives a client, its call compiles, and the compiler says of the
//! other one what the page quotes.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use codegen::Settings;
use mileston_tests::compile::{self, workspace};
use mileston_tests::documents::markdown::{Kind, pieces};
use mileston_tests::metadata;

const PAGE: &str = "docs/extending.md";

#[test]
fn the_page_leads_from_a_document_to_a_call() {
    let page = std::fs::read_to_string(workspace().join(PAGE)).unwrap();
    let document = block(&page, "yaml");
    let ignored = blocks(&page, "rust,ignore");
    let [library, call, wrong, ..] = &ignored[..] else { panic!("{PAGE} lacks a step") };
    let message = block(&page, "text");

    let settings = Settings::new("cargo run -p my-codegen", "openapi.yaml");
    let output = codegen::generate(&document, &settings).unwrap_or_else(|error| panic!("{error}"));
    let folder = metadata::target().join("tests/first-call");
    // A file of an earlier run would be stale.
    drop(std::fs::remove_dir_all(&folder));
    for (name, text) in &output.client {
        write(&folder, &format!("src/generated/{name}"), text);
    }
    write(&folder, "Cargo.toml", &manifest());
    write(&folder, "src/lib.rs", library);
    write(&folder, "examples/call.rs", call);
    write(&folder, "src/main.rs", wrong);
    // The versions of the workspace, so that nothing is fetched.
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    let check = |target: &[&str]| {
        let mut command = compile::cargo(&folder);
        let output = command.arg("check").args(target).arg("--message-format=json").output();
        let output = output.unwrap();
        (output.status.success(), compile::said(&String::from_utf8_lossy(&output.stdout)))
    };
    let (compiles, said) = check(&["--example", "call"]);
    assert!(compiles, "the call of the page doesn't compile: {said:#?}");
    let (_, said) = check(&["--bins"]);
    let errors: Vec<&String> = said.values().flatten().collect();
    let [error] = errors[..] else { panic!("one error was expected: {said:#?}") };
    assert!(error.contains(message.trim_end()), "{PAGE} quotes another message than\n{error}");
}

/// What the page says to depend on, from the workspace.
fn manifest() -> String {
    format!(
        "[package]\nname = \"my-client\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         openapi-keys-runtime = {{ path = {:?} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n",
        workspace().join("runtime")
    )
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The first block of this kind.
fn block(page: &str, info: &str) -> String {
    blocks(page, info).into_iter().next().unwrap()
}

fn blocks(page: &str, info: &str) -> Vec<String> {
    let blocks = pieces(page).into_iter().filter_map(|piece| match piece.kind {
        Kind::Block(its, text) if its == info => Some(text),
        _ => None,
    });
    blocks.collect()
}
