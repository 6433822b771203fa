//! A frontend reads its origin from the environment, with a live Checkout key.
use mileston_api::{CheckoutClient, Error, Live};

fn connect(client: CheckoutClient<Live>) -> Result<CheckoutClient<Live>, Error> {
    client.with_plain_http_origin_from_env("MILESTON_URL")
}

fn main() {}
