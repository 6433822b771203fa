//! How long it takes to parse a key: `cargo run --release -p mileston-bench --bin keys`.

use std::hint::black_box;
use std::process::ExitCode;

use mileston_bench::{Failure, cpu};
use mileston_keys::{AnyKey, BusinessId, CheckoutKey, NormalKey, Test};

const NORMAL: &str = "Mileston_TEST_golden0123456789abcdef";
const CHECKOUT: &str = "Mileston_TEST_CHECKOUTKEY_golden0123456789abcdef";
const BUSINESS: &str = "5f0c8a52-3a0e-4f0b-9c58-0d4f1f6c2a11";
const BATCHES: usize = 11;
const KEYS: usize = 1_000_000;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    println!("| what | ns of CPU, median |");
    println!("| --- | --- |");
    show("NormalKey", NORMAL, |text| text.parse::<NormalKey<Test>>().is_ok())?;
    show("CheckoutKey", CHECKOUT, |text| text.parse::<CheckoutKey<Test>>().is_ok())?;
    show("AnyKey", CHECKOUT, |text| AnyKey::parse(text).is_ok())?;
    show("BusinessId", BUSINESS, |text| text.parse::<BusinessId>().is_ok())?;
    show("NormalKey, refused", CHECKOUT, |text| text.parse::<NormalKey<Test>>().is_err())
}

/// Parsing includes the copy that the key keeps, and wiping it when it is dropped.
fn show(what: &str, text: &str, parse: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let mut times = Vec::with_capacity(BATCHES);
    for _ in 0..BATCHES {
        let before = cpu::of_this_thread()?;
        for _ in 0..KEYS {
            if !black_box(parse(black_box(text))) {
                return Err(format!("{what}: not as expected").into());
            }
        }
        times.push(cpu::of_this_thread()? - before);
    }
    times.sort_unstable();
    println!("| {what} | {:.0} |", times[BATCHES / 2] as f64 / KEYS as f64);
    Ok(())
}
