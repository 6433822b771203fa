//! Sets the environment variables that the pages' examples read when they are compiled.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=MILESTON_CHECKOUT_KEY=Mileston_TEST_CHECKOUTKEY_fake0123");
    println!("cargo::rustc-env=MILESTON_BUSINESS_ID=fake-business");
}
