//! The committed files are what the document gives: plain `cargo test` catches drift.

use xtask::codegen::{Mode, codegen};

#[test]
fn generated_files_are_fresh() {
    if let Err(drift) = codegen(&xtask::root(), Mode::Check) {
        panic!("{drift}");
    }
}
