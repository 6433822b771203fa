//! Tests the complete compiler messages for users' mistakes, one mistake per file.
//!
//! The messages are those of the compiler in `rust-toolchain.toml`. To update them, run `TRYBUILD=overwrite cargo test
//! -p mileston-tests --test mistakes`, and read every change before you commit it.

#[test]
fn the_compiler_says_what_to_do() {
    trybuild::TestCases::new().compile_fail("mistakes/*.rs");
}
