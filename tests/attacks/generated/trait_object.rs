//! Uses a trait object that claims to have the credential.
// error: E0038 the trait `Credential` is not dyn compatible

use openapi_keys_runtime::logic::Yes;
use other_api::archive::credentials::Credential;

fn main() {
    let _: Option<Box<dyn Credential<CatalogueKey = Yes>>> = None;
}
