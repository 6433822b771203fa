//! The key is passed as text, as with the vendor's SDKs.
use mileston_api::{BusinessId, Client};

fn main() {
    let business: BusinessId = "my-business".parse().unwrap();
    let _ = Client::new(std::env::args().next().unwrap(), business);
}
