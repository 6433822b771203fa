//! The function that builds the request is called directly, to get around the bound.
fn main() {
    let _ = mileston_api::generated::raw::delete_invoice("https://invoice-service.mileston.co", &"id".into());
}
