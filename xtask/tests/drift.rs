//! Tests that the committed files match the OpenAPI document. If they differ, plain `cargo test` fails and says what to
//! do.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::path::{Path, PathBuf};

use xtask::codegen::{DOCUMENT, Mode, codegen};

#[test]
fn generated_files_are_up_to_date() {
    if let Err(drift) = codegen(&xtask::root(), Mode::Check) {
        panic!("{drift}");
    }
}

/// A folder with the OpenAPI document and all files that are generated from it. Dropping this value removes the folder.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let root =
            std::env::temp_dir().join(format!("mileston-drift-{}-{name}", std::process::id()));
        let document = root.join(DOCUMENT);
        std::fs::create_dir_all(document.parent().unwrap()).unwrap();
        // The two `.toml` files decide which `rustfmt` runs and how it formats.
        for file in [DOCUMENT, "rust-toolchain.toml", "rustfmt.toml"] {
            std::fs::copy(xtask::root().join(file), root.join(file)).unwrap();
        }
        codegen(&root, Mode::Write).unwrap();
        codegen(&root, Mode::Check).unwrap();
        Copy(root)
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.0.join(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        std::fs::write(self.0.join(file), text.replacen(from, to, 1)).unwrap();
    }

    #[track_caller]
    fn check(&self, expected: &[&str]) {
        let drift = codegen(&self.0, Mode::Check).unwrap_err().to_string();
        for text in expected.iter().chain(&["cargo xtask codegen"]) {
            assert!(drift.contains(text), "{text:?} is not in:\n{drift}");
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A leftover folder does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const FILE: &str = "mileston-api/src/generated/operations/invoices/create.rs";

#[test]
fn a_manually_edited_file_is_named_with_its_line() {
    let copy = Copy::new("edited");
    copy.edit(FILE, ".path(\"/invoice/create\")", ".path(\"/invoice/make\")");
    copy.check(&[
        FILE,
        "found:",
        "/invoice/make",
        "expected:",
        "/invoice/create",
        "1 generated file differs",
    ]);
}

#[test]
fn editing_the_document_makes_the_check_report_the_outdated_files() {
    let copy = Copy::new("document");
    copy.edit(DOCUMENT, "summary: Creates a payment link", "summary: Makes a payment link");
    copy.check(&[
        "mileston-api/src/generated/mod.rs:2: differs",
        "mileston-api/src/generated/operations/payment_links/create.rs:",
        "docs/generated/operations.md",
    ]);
    codegen(&copy.0, Mode::Write).unwrap();
    codegen(&copy.0, Mode::Check).unwrap();
}

#[test]
fn missing_and_leftover_files_are_named() {
    let copy = Copy::new("files");
    std::fs::remove_file(copy.0.join(FILE)).unwrap();
    std::fs::write(copy.0.join("mileston-api/src/generated/old.rs"), "// nobody").unwrap();
    copy.check(&[
        "mileston-api/src/generated/operations/invoices/create.rs: missing",
        "mileston-api/src/generated/old.rs: no longer generated",
    ]);
    codegen(&copy.0, Mode::Write).unwrap();
    assert!(!copy.0.join("mileston-api/src/generated/old.rs").exists());
}

/// Checks that a symbolic link isn't accepted as a file, even if its target has the right content: writing to the link
/// would change the target.
#[cfg(unix)]
#[test]
fn symbolic_links_are_named_and_replaced() {
    use std::os::unix::fs::symlink;

    let copy = Copy::new("links");
    let elsewhere = copy.0.join("elsewhere.rs");
    std::fs::rename(copy.0.join(FILE), &elsewhere).unwrap();
    let text = std::fs::read_to_string(&elsewhere).unwrap();
    symlink(&elsewhere, copy.0.join(FILE)).unwrap();
    let folder = copy.0.join("mileston-api/src/generated");
    symlink(copy.0.join("nowhere"), folder.join("broken.rs")).unwrap();
    symlink(std::env::temp_dir(), folder.join("folder")).unwrap();
    copy.check(&[
        "mileston-api/src/generated/operations/invoices/create.rs: a symbolic link instead of a file",
        "mileston-api/src/generated/broken.rs: no longer generated",
        "mileston-api/src/generated/folder: no longer generated",
        "3 generated files differ",
    ]);
    std::fs::write(&elsewhere, "// changed").unwrap();
    codegen(&copy.0, Mode::Write).unwrap();
    codegen(&copy.0, Mode::Check).unwrap();
    assert!(!copy.0.join(FILE).is_symlink());
    assert_eq!(std::fs::read_to_string(copy.0.join(FILE)).unwrap(), text);
    assert_eq!(
        std::fs::read_to_string(&elsewhere).unwrap(),
        "// changed",
        "the target of the link was written"
    );

    std::fs::rename(&folder, copy.0.join("moved")).unwrap();
    symlink(copy.0.join("moved"), &folder).unwrap();
    let refused = codegen(&copy.0, Mode::Write).unwrap_err().to_string();
    assert!(refused.contains("mileston-api/src/generated is a symbolic link"), "{refused}");
}

#[test]
fn a_document_with_mistakes_does_not_change_any_file() {
    let copy = Copy::new("mistakes");
    let before = std::fs::read_to_string(copy.0.join(FILE)).unwrap();
    copy.edit(DOCUMENT, "operationId: createInvoice", "operationId: createPaymentLink");
    let mistakes = codegen(&copy.0, Mode::Write).unwrap_err().to_string();
    assert!(mistakes.contains("error["), "{mistakes}");
    assert!(mistakes.contains("openapi/mileston.yaml:"), "{mistakes}");
    assert_eq!(std::fs::read_to_string(copy.0.join(FILE)).unwrap(), before);
}

#[test]
fn line_endings_of_a_checkout_are_not_drift() {
    let copy = Copy::new("crlf");
    for file in [DOCUMENT, FILE] {
        let text = std::fs::read_to_string(copy.0.join(file)).unwrap();
        std::fs::write(copy.0.join(file), text.replace('\n', "\r\n")).unwrap();
    }
    codegen(&copy.0, Mode::Check).unwrap();
}

#[test]
fn the_path_of_a_missing_document_is_named() {
    let missing = codegen(Path::new("/nonexistent"), Mode::Check).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read /nonexistent/openapi/mileston.yaml"), "{missing}");
}
