//! Mistakes that people make, and what the compiler tells them: one mistake a file, whole messages.
//!
//! The texts hold for the compiler of `rust-toolchain.toml`. `TRYBUILD=overwrite cargo test -p mileston-tests --test
//! mistakes` writes them anew; read every changed one before it is committed.

#[test]
fn the_compiler_says_what_to_do() {
    trybuild::TestCases::new().compile_fail("mistakes/*.rs");
}
