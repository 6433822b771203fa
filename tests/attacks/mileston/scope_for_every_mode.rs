//! Gives the Normal key of every mode the scope of a wallet secret.
// error: E0117 only traits defined in the current crate can be implemented

use mileston_api::keys::scope;
use mileston_api::{Mode, NormalKey};

impl<M: Mode> scope::Wallet for NormalKey<M> {}

fn main() {}
