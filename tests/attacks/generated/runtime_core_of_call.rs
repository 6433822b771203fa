//! Takes the core out of a call, to send a different request.
// error: E0061 this method takes 1 argument but 0 arguments were supplied

use openapi_keys_runtime::OperationCall;
use openapi_keys_runtime::generated::CallCore;
use other_api::archive::clients::OpenClient;
use other_api::archive::types::Receipt;

fn main() {
    let _ = |client: &OpenClient| {
        let _: &mut CallCore<Receipt> = client.desk().read_notice().core();
    };
}
