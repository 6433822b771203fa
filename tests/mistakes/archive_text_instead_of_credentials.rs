//! The key is given as text.
use other_api::archive::Client;

fn main() {
    let _ = Client::new("not-a-real-key");
}
