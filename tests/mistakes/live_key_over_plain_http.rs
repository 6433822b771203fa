//! A live key is used with the plain http origin of a sandbox in another container.
use mileston_api::{BusinessId, Client, Error, Live, NormalClient, NormalKey};

fn connect(key: NormalKey<Live>, business: BusinessId) -> Result<NormalClient<Live>, Error> {
    Client::new(key, business)?.with_plain_http_origin("http://sandbox:7357")
}

fn main() {}
