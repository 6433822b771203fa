//! Follows docs/extending.md step by step: a client is generated from the page's document, the first call compiles, and
//! the second call doesn't compile: the error is the one that the page quotes.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use mileston_tests::compile::{self, workspace};
use mileston_tests::documents::markdown::{Kind, pieces};
use mileston_tests::metadata;

const PAGE: &str = "docs/extending.md";

#[test]
fn the_steps_on_the_page_work() {
    let page = std::fs::read_to_string(workspace().join(PAGE)).unwrap();
    let document = block(&page, "yaml");
    let ignored = blocks(&page, "rust,ignore");
    let [library, call, wrong, ..] = &ignored[..] else {
        panic!("{PAGE} has fewer than three `rust,ignore` blocks")
    };
    let texts = blocks(&page, "text");
    let message = texts.iter().find(|text| text.starts_with("error[E0277]")).unwrap();

    let folder = metadata::target().join("tests/first-call");
    // Files from an earlier run would be stale.
    drop(std::fs::remove_dir_all(&folder));
    write(&folder, "openapi.yaml", &document);
    generate(&folder);
    let made = |text: &str| {
        let made = std::fs::read_to_string(folder.join(place(text).unwrap())).unwrap();
        assert_eq!(
            text.split_once('\n').unwrap().1,
            made,
            "{PAGE} differs from the generated code"
        );
    };
    made(library);
    for manifest in blocks(&page, "toml") {
        let place = place(&manifest).unwrap_or("Cargo.toml");
        if place.starts_with("my-client/") {
            made(&manifest);
        }
        write(&folder, place, &with_paths(&manifest));
    }
    // With the workspace's lock file, cargo downloads nothing.
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    let check = |program: &str| {
        write(&folder, place(program).unwrap(), program);
        let mut command = compile::cargo(&folder);
        let output = command.args(["check", "-p", "my-app", "--message-format=json"]).output();
        let output = output.unwrap();
        let said = compile::said(&String::from_utf8_lossy(&output.stdout));
        (output.status.success(), said, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (compiles, said, stderr) = check(call);
    assert!(compiles, "the page's call doesn't compile: {said:#?}\n{stderr}");
    let (_, said, _) = check(wrong);
    let errors: Vec<&String> = said.values().flatten().collect();
    let [error] = errors[..] else { panic!("expected one error: {said:#?}") };
    assert!(error.contains(message.trim_end()), "{PAGE} quotes a different message than\n{error}");
}

/// Runs the page's command.
fn generate(folder: &Path) {
    let (document, client) = (folder.join("openapi.yaml"), folder.join("my-client"));
    let arguments: [OsString; 6] = [
        "generate".into(),
        document.into(),
        "--out".into(),
        client.into(),
        "--package".into(),
        "my-client".into(),
    ];
    assert_eq!(openapi_keys::cli::run(arguments, "openapi-keys"), ExitCode::SUCCESS);
}

/// Returns the file name that the first line of a block contains.
fn place(block: &str) -> Option<&str> {
    let first = block.lines().next()?;
    first.strip_prefix("// ").or_else(|| first.strip_prefix("# "))
}

/// Returns the manifest with paths to this workspace's crates instead of the git repository.
fn with_paths(manifest: &str) -> String {
    let git = format!("git = {:?}", env!("CARGO_PKG_REPOSITORY"));
    let folders = [("openapi-keys", "codegen"), ("openapi-keys-runtime", "runtime")];
    folders.iter().fold(manifest.to_owned(), |manifest, (name, folder)| {
        let path = format!("path = {:?}", workspace().join(folder));
        manifest.replace(&format!("{name} = {{ {git}"), &format!("{name} = {{ {path}"))
    })
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Returns the first block of this kind.
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
