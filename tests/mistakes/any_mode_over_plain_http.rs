//! The mode of the key isn't known, so it may be a live key.
use mileston_api::{BusinessId, Client, Error, Mode, NormalClient, NormalKey};

fn connect<M: Mode>(key: NormalKey<M>, business: BusinessId) -> Result<NormalClient<M>, Error> {
    Client::builder(key, business)?.plain_http_origin("http://sandbox:7357")?.build()
}

fn main() {}
