//! Decides where a key may be sent. The rules are stricter for a live key, because it moves real money.

use mileston_keys::{Credential, ModeName};
use openapi_keys_runtime::{Origin, OriginPolicy, OriginRefused, SecureOrigins};

use crate::catalogue::SERVERS;
use crate::credentials::Held;

/// A live key may be sent to the platform's own servers, and to this machine over https. A test key may be sent to
/// any https host, and to this machine over plain http.
impl<K: Credential> OriginPolicy for Held<K> {
    fn check(&self, origin: &Origin) -> Result<(), OriginRefused> {
        let mode = self.key().mode();
        if mode == Some(ModeName::Test) && !origin.is_https() && !origin.is_loopback() {
            return Err(OriginRefused::new(
                "plain http is allowed only to this machine (127.0.0.1, [::1], localhost); use https, or call \
                 `with_plain_http_origin` (in a builder: `plain_http_origin`) to send a test key to another host in \
                 clear text",
            ));
        }
        Anywhere { mode }.check(origin)?;
        if mode == Some(ModeName::Live) && !origin.is_loopback() && !is_of_platform(origin) {
            return Err(OriginRefused::new(
                "it isn't one of the platform's servers, and a live key moves real money; to send the key there, call \
                 `send_live_key_to`",
            ));
        }
        Ok(())
    }
}

/// A live key may be sent to any https host, because the caller allowed that with `send_live_key_to`.
pub(crate) struct Anywhere {
    pub(crate) mode: Option<ModeName>,
}

impl OriginPolicy for Anywhere {
    fn check(&self, origin: &Origin) -> Result<(), OriginRefused> {
        if self.mode == Some(ModeName::Live) && !origin.is_https() {
            return Err(OriginRefused::new(
                "a live key is never sent over plain http: use https, or a test key if this is a sandbox",
            ));
        }
        SecureOrigins.check(origin)
    }
}

/// Allows every origin. The compiler has checked that the credential may be sent in clear text.
pub(crate) struct InClear;

impl OriginPolicy for InClear {
    fn check(&self, _: &Origin) -> Result<(), OriginRefused> {
        Ok(())
    }
}

/// Returns whether the OpenAPI document lists this server.
fn is_of_platform(origin: &Origin) -> bool {
    SERVERS.iter().any(|server| Origin::parse(server).is_ok_and(|server| server == *origin))
}

#[cfg(test)]
mod tests {
    use mileston_keys::{Live, NormalKey, Test};

    use super::*;
    use crate::catalogue::OPERATIONS;

    fn live(text: &str) -> Result<(), OriginRefused> {
        let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse().unwrap();
        judged(key, text)
    }

    fn test(text: &str) -> Result<(), OriginRefused> {
        let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
        judged(key, text)
    }

    fn judged<K: Credential>(key: K, text: &str) -> Result<(), OriginRefused> {
        let held = Held::new(key, Some("my-business".parse().unwrap()));
        held.check(&Origin::parse(text).unwrap())
    }

    #[test]
    fn a_live_key_is_sent_to_the_platform_unless_the_caller_says_otherwise() {
        for server in OPERATIONS.iter().flat_map(|operation| operation.servers) {
            live(server).unwrap();
        }
        for text in ["https://127.0.0.1:4010", "https://localhost", "https://[::1]"] {
            live(text).unwrap();
        }
        for text in [
            "https://payment-service.mileston.co.example",
            "https://payment-service.mileston.co:8443",
            "https://xpayment-service.mileston.co",
            "https://mileston.co",
            "https://localhost.example",
            "https://10.0.0.1",
        ] {
            let refused = live(text).unwrap_err().to_string();
            assert!(refused.contains("call `send_live_key_to`"), "{text}: {refused}");
            let anywhere = Anywhere { mode: Some(ModeName::Live) };
            anywhere.check(&Origin::parse(text).unwrap()).unwrap();
            test(text).unwrap();
        }
    }

    #[test]
    fn plain_http_is_only_for_a_test_key_on_this_machine() {
        for text in ["http://127.0.0.1:4010", "http://[::1]:4010", "http://localhost:4010"] {
            test(text).unwrap();
            let refused = live(text).unwrap_err().to_string();
            assert!(refused.contains("a live key is never sent over plain http"), "{refused}");
        }
        for text in ["http://sandbox.example", "http://127.0.0.1.example", "http://10.0.0.1"] {
            let refused = test(text).unwrap_err().to_string();
            assert!(refused.contains("plain http is allowed only to this machine"), "{refused}");
            assert!(refused.contains("`with_plain_http_origin`"), "{refused}");
            live(text).unwrap_err();
        }
    }
}
