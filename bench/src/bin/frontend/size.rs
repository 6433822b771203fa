//! Measures what a visitor downloads.

use mileston_bench::Failure;
use wasm_build::{Built, File, Frontend, Toolchain};

use crate::button;

/// Builds the page with a standard library that is optimised for size. This needs the sources of the standard library.
///
/// # Errors
///
/// Returns an error if the sources are missing, or the page can't be built.
pub(crate) fn with_small_std(frontend: &Frontend) -> Result<Built, Failure> {
    let toolchain = Toolchain::find_small()?;
    Ok(frontend.clone().name("checkout-plain-small-std").build(&toolchain)?)
}

/// Prints the files of `page`, and the total size of each page. If the page with a small standard library couldn't be
/// built, prints the reason instead of its total.
pub(crate) fn print(page: &Built, small: &Result<Built, Failure>, button: &Built) {
    println!("| file | bytes | gzip |");
    println!("| --- | --- | --- |");
    for File { path, raw, gzip } in &page.files {
        println!("| {path} | {} | {} |", grouped(*raw), grouped(*gzip));
    }
    println!("| all | {} | **{}** |", grouped(page.raw()), grouped(page.gzip()));

    println!("\n| page | bytes | gzip | relative to the button |");
    println!("| --- | --- | --- | --- |");
    let row = |name: &str, built: &Built| {
        let ratio = built.gzip() as f64 / button.gzip() as f64;
        println!("| {name} | {} | {} | {ratio:.2} |", grouped(built.raw()), grouped(built.gzip()));
    };
    row("checkout-plain", page);
    match small {
        Ok(small) => row("checkout-plain, with a standard library built for size", small),
        Err(failure) => {
            eprintln!("cannot measure the page with a standard library built for size: {failure}")
        }
    }
    row(button::NAME, button);
}

/// Formats `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
