//! Tests that pages quote compiler and generator messages correctly.

use mileston_tests::documents::markdown::Kind;

use crate::repository::{read_file, repository};

/// Folders with the exact messages that tests expect from the compiler and the generator.
const REAL: [&str; 2] = ["tests/mistakes/", "codegen/tests/diagnostics/"];

/// A page with a quoted compiler message. `tests/tests/first_call.rs` checks that message.
const FIRST_CALL: &str = "docs/extending.md";

#[test]
fn every_quoted_error_is_real() {
    let files = repository().files.iter();
    let real = files.filter(|name| {
        let is_text = name.ends_with(".stderr") || name.ends_with(".case");
        is_text && REAL.iter().any(|folder| name.starts_with(folder))
    });
    let real: Vec<String> = real.map(|name| read_file(name)).collect();
    let (mut quoted, mut problems) = (0, Vec::new());
    for (page, pieces) in &repository().pieces {
        for piece in pieces {
            let Kind::Block(info, text) = &piece.kind else { continue };
            let is_compiler = text.starts_with("error[E");
            if info != "text"
                || !text.starts_with("error[")
                || (is_compiler && page == FIRST_CALL)
                // The page quotes only the first line of the error.
                || !text.contains("-->")
            {
                continue;
            }
            quoted += 1;
            if !real.iter().any(|real| real.contains(text.as_str())) {
                problems.push(format!(
                    "{page}:{}: no expected message has this text:\n{text}",
                    piece.line
                ));
            }
        }
    }
    assert!(quoted > 3, "{quoted}");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
