//! A helper that signs requests is called with a client that has no wallet secret.
use mileston_api::keys::scope;
use mileston_api::{Client, NormalClient, Test};

fn pay_out<K: scope::Wallet>(_client: &Client<K>, _amount: &str) {}

fn salaries(client: &NormalClient<Test>) {
    pay_out(client, "1000.00");
}

fn main() {}
