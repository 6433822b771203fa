//! Takes a client's secret and adds it to other credentials.
// error: E0616 field `catalogue_key` of struct `Credentials` is private
// error: E0616 field `badge` of struct `Credentials` is private

use other_api::archive::clients::CatalogueKeyClient;
use other_api::archive::credentials::Credentials;

fn main() {
    let _ = |client: &CatalogueKeyClient| {
        let held = client.credential();
        Credentials::new().catalogue_key(held.catalogue_key.clone()).badge(held.badge.clone())
    };
}
