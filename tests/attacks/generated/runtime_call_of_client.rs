//! Calls a different operation with a client's core.
// error: E0616 field `core` of struct `Client` is private

use openapi_keys_runtime::generated::CallCore;
use other_api::archive::catalogue;
use other_api::archive::clients::OpenClient;
use other_api::archive::types::Receipt;

fn main() {
    let _ = |client: &OpenClient| CallCore::<Receipt>::new(&client.core, &catalogue::OPEN_VAULT);
}
