//! The constructors of the Mileston client, with their documentation. The examples in the documentation run as tests of
//! `mileston-api`.

use openapi_keys::Constructor;

/// Returns two pairs of constructors: one pair takes a key and its business id, and the other pair
/// takes neither.
pub(super) fn constructors() -> [Constructor; 2] {
    [
        Constructor::new("new", "builder", "crate::credentials::keyed")
            .with_bound("crate::ApiKey")
            .with_arguments([("key", "K"), ("business_id", "impl crate::IntoBusinessId")])
            .fallible()
            .with_documentation(NEW, BUILDER),
        Constructor::new("without_key", "builder_without_key", "crate::credentials::without_key")
            .with_credential("crate::NoKey")
            .with_documentation(WITHOUT_KEY, BUILDER_WITHOUT_KEY),
    ]
}

// In `dist/apis/*.js` of mileston-payments 0.2.3, both modes use the same servers.
const NEW: &str = r#"
Creates a client for Mileston's production servers, with the default settings. Nothing is sent.

Test and live mode use the same servers; the key distinguishes them.

# Errors

* Returns [`ErrorKind::InvalidArgument`](openapi_keys_runtime::ErrorKind::InvalidArgument) if the text for `business_id` isn't a business id.
* Returns [`ErrorKind::Setup`](openapi_keys_runtime::ErrorKind::Setup) if TLS can't be set up, e.g. because the system has no root certificates.

# Examples

```
use mileston_api::{BusinessId, CheckoutClient, CheckoutKey, Client, Test};

let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse()?;
let client: CheckoutClient<Test> = Client::new(key, "my-business")?;
assert_eq!(client.business_id().map(BusinessId::as_str), Some("my-business"));
assert!(!format!("{client:?}").contains("fake0123"));
# Ok::<(), Box<dyn std::error::Error>>(())
```
"#;

const BUILDER: &str = r#"
Returns a builder to change the default settings.

# Errors

Returns [`ErrorKind::InvalidArgument`](openapi_keys_runtime::ErrorKind::InvalidArgument) if the text for `business_id` isn't a business id.

# Examples

```
use std::time::Duration;

use mileston_api::{Client, NormalKey, RetryPolicy, Test};

let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
let client = Client::builder(key, "my-business")?
    .origin("http://127.0.0.1:4010")?
    .total_timeout(Duration::from_secs(5))
    .retries(RetryPolicy::new(4))
    .build()?;
assert_eq!(client.origin(), Some("http://127.0.0.1:4010"));
# Ok::<(), Box<dyn std::error::Error>>(())
```
"#;

const WITHOUT_KEY: &str = r"
Creates a client that can only call operations that need no key.

# Errors

Returns [`ErrorKind::Setup`](openapi_keys_runtime::ErrorKind::Setup) if TLS can't be set up, e.g. because the system has no root certificates.

# Examples

```
use mileston_api::{Client, OpenClient};

let client: OpenClient = Client::without_key()?;
# Ok::<(), mileston_api::Error>(())
```
";

const BUILDER_WITHOUT_KEY: &str = r#"
Returns a builder to change the default settings of a client without a key.

# Examples

```
use std::time::Duration;

use mileston_api::{Client, reqwest};

let proxy = reqwest::Proxy::https("http://proxy.shop.example:3128")?;
let client = Client::builder_without_key()
    .total_timeout(Duration::from_secs(5))
    .configure_http(move |http| http.proxy(proxy.clone()))
    .build()?;
# Ok::<(), Box<dyn std::error::Error>>(())
```
"#;
