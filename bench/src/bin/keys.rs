//! Measures how long it takes to parse a key and to sign a body: `cargo run --release -p mileston-bench --bin keys`.

use std::hint::black_box;
use std::process::ExitCode;

use hmac::{Hmac, Mac as _};
use mileston_api::{WalletSecret, raw};
use mileston_bench::statistics::median;
use mileston_bench::{Failure, cpu};
use mileston_keys::{AnyKey, BusinessId, CheckoutKey, NormalKey, Test};
use sha2::Sha256;

const NORMAL: &str = "Mileston_TEST_golden0123456789abcdef";
const CHECKOUT: &str = "Mileston_TEST_CHECKOUTKEY_golden0123456789abcdef";
const BUSINESS: &str = "5f0c8a52-3a0e-4f0b-9c58-0d4f1f6c2a11";
const BATCHES: usize = 11;
const KEYS: usize = 1_000_000;
const ROUNDS: usize = 21;
const SIGNATURES: usize = 20_000;

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    println!("| what | ns of CPU, median |");
    println!("| --- | --- |");
    show("NormalKey", NORMAL, |text| text.parse::<NormalKey<Test>>().is_ok())?;
    show("CheckoutKey", CHECKOUT, |text| text.parse::<CheckoutKey<Test>>().is_ok())?;
    show("AnyKey", CHECKOUT, |text| AnyKey::parse(text).is_ok())?;
    show("BusinessId", BUSINESS, |text| text.parse::<BusinessId>().is_ok())?;
    show("NormalKey, rejected", CHECKOUT, |text| text.parse::<NormalKey<Test>>().is_err())?;
    show_signing()
}

/// Alternately signs 1 KiB and computes only the HMAC. The printed ratio is the median over all rounds.
fn show_signing() -> Result<(), Failure> {
    let (text, body) = ("plainly-fake-wallet-secret", [b'x'; 1024]);
    let secret: WalletSecret = text.parse()?;
    let (mut ratios, mut bare, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let alone = time(SIGNATURES, || hmac(black_box(text), black_box(&body)).is_ok())?;
        let signed =
            time(SIGNATURES, || raw::signature(black_box(&secret), black_box(&body)).is_ok())?;
        ratios.push(signed / alone);
        bare.push(alone);
        ours.push(signed);
    }
    println!("| HMAC of 1 KiB alone | {:.0} |", median(bare.into_iter()));
    println!("| signing 1 KiB | {:.0} |", median(ours.into_iter()));
    println!("\nsigning / HMAC alone: {:.3}", median(ratios.into_iter()));
    Ok(())
}

fn hmac(secret: &str, body: &[u8]) -> Result<[u8; 32], Failure> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    Ok(mac.chain_update(body).finalize().into_bytes().into())
}

/// Measures parsing. The time includes copying the text into the key, and wiping this copy when the key is dropped.
fn show(what: &str, text: &str, parse: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let mut times = Vec::with_capacity(BATCHES);
    for _ in 0..BATCHES {
        times.push(time(KEYS, || parse(black_box(text)))?);
    }
    println!("| {what} | {:.0} |", median(times.into_iter()));
    Ok(())
}

/// Returns the average CPU time of `count` repetitions, in nanoseconds.
fn time(count: usize, work: impl Fn() -> bool) -> Result<f64, Failure> {
    let before = cpu::of_this_thread()?;
    for _ in 0..count {
        if !black_box(work()) {
            return Err("unexpected result".into());
        }
    }
    Ok((cpu::of_this_thread()? - before) as f64 / count as f64)
}
