//! What `{:?}` prints of the errors of this crate.

#[path = "../../mileston-keys/tests/errors/rules.rs"]
mod rules;

use codegen::cli::folder::FolderError;
use codegen::cli::format::Unformatted;
use codegen::{Diagnostic, Diagnostics};

#[test]
fn debug_is_the_text_and_alternate_debug_the_fields() {
    let list = vec![Diagnostic::new("no-security", "the operation has no security")];
    let error = Diagnostics::new("api.yaml", "openapi: 3.0.3", list);
    let folder = FolderError::Link("src/generated".into());
    let errors = "error: no such option".to_owned();
    let format = Unformatted::Refused { program: "rustfmt".into(), errors };
    rules::check_all(
        env!("CARGO_MANIFEST_DIR"),
        &[("Diagnostics", &error), ("FolderError", &folder), ("Unformatted", &format)],
    );
    let fields = format!("{error:#?}");
    assert!(fields.contains("code: \"no-security\"") && !fields.contains("3.0.3"), "{fields}");
}
