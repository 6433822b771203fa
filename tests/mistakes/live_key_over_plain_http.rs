//! The sandbox of another container is replaced by a live key, over plain http.
use mileston_api::{BusinessId, Client, Error, Live, NormalClient, NormalKey};

fn connect(key: NormalKey<Live>, business: BusinessId) -> Result<NormalClient<Live>, Error> {
    Client::new(key, business)?.with_plain_http_origin("http://sandbox:7357")
}

fn main() {}
