//! The key is passed as text.
use other_api::archive::Client;

fn main() {
    let _ = Client::new("not-a-real-key");
}
