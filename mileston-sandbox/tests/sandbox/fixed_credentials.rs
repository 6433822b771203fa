//! Credentials for test mode that stay the same when a sandbox is restarted.

use mileston_sandbox::{Credentials, FixedCredentials, Sandbox, StartErrorKind};

use crate::http::Client;
use crate::temporary::Folder;

fn exposed(of: &Credentials) -> [String; 3] {
    [
        of.normal_key().expose_secret(),
        of.checkout_key().expose_secret(),
        of.wallet_secret().expose_secret(),
    ]
    .map(str::to_owned)
}

fn fixed() -> FixedCredentials {
    FixedCredentials::new()
        .business_id("my-business".parse().unwrap())
        .normal_key("Mileston_TEST_sandboxfake0123".parse().unwrap())
        .checkout_key("Mileston_TEST_CHECKOUTKEY_sandboxfake0123".parse().unwrap())
        .wallet_secret("sandboxwalletsecretfake0123".parse().unwrap())
}

#[tokio::test]
async fn given_credentials_are_used_and_the_rest_is_random() {
    let one = Sandbox::builder().credentials(fixed()).start().await.unwrap();
    assert_eq!(one.business_id().as_str(), "my-business");
    assert_eq!(
        exposed(one.credentials()),
        [
            "Mileston_TEST_sandboxfake0123",
            "Mileston_TEST_CHECKOUTKEY_sandboxfake0123",
            "sandboxwalletsecretfake0123"
        ]
    );
    Client::backend(&one).get("/payment-link/").await.expect(200);
    let only = FixedCredentials::new().normal_key(one.normal_key().clone());
    let two = Sandbox::builder().credentials(only).start().await.unwrap();
    assert_eq!(exposed(one.credentials())[0], exposed(two.credentials())[0]);
    assert_ne!(exposed(one.credentials())[1], exposed(two.credentials())[1]);
    let other = two.add_business().await.unwrap();
    assert_ne!(exposed(&other)[0], exposed(two.credentials())[0]);
}

#[tokio::test]
async fn a_seed_gives_the_same_test_keys_but_different_live_keys() {
    let start = || Sandbox::builder().seed(7).seed_keys(true).live_keys(true).start();
    let (one, two) = (start().await.unwrap(), start().await.unwrap());
    assert_eq!(exposed(one.credentials()), exposed(two.credentials()));
    assert_eq!(one.business_id(), two.business_id());
    let live = |of: &Sandbox| of.live_normal_key().unwrap().expose_secret().to_owned();
    assert_ne!(live(&one), live(&two));
    let random = Sandbox::builder().seed(7).start().await.unwrap();
    assert_ne!(exposed(one.credentials()), exposed(random.credentials()));
    assert_eq!(one.business_id(), random.business_id());
}

#[tokio::test]
async fn a_platform_credential_is_rejected_without_being_shown() {
    let key = "Mileston_TEST_hunter2".parse().unwrap();
    let builder = Sandbox::builder().credentials(FixedCredentials::new().normal_key(key));
    let error = builder.start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::InvalidOption);
    let said = format!("{error} {error:?} {error:#?}");
    assert!(said.contains("isn't from a sandbox") && !said.contains("hunter2"), "{said}");
}

#[tokio::test]
async fn a_file_keeps_the_credentials_that_it_was_created_with() {
    let folder = Folder::new("fixed");
    let start = |fixed| Sandbox::builder().credentials(fixed).store(folder.file()).start();
    start(fixed()).await.unwrap().stop().await;
    let again = start(fixed()).await.unwrap();
    let [key, ..] = exposed(again.credentials().unwrap());
    assert_eq!(key, "Mileston_TEST_sandboxfake0123");
    let client = Client::of_url(again.url()).header("apikey", &key);
    client.header("businessid", "my-business").get("/payment-link/").await.expect(200);
    again.stop().await;
    let without_keys = FixedCredentials::new().business_id("my-business".parse().unwrap());
    for fixed in [FixedCredentials::new(), without_keys] {
        let again = start(fixed).await.unwrap();
        assert!(again.credentials().is_none());
        again.stop().await;
    }
    for other in [
        fixed().business_id("other".parse().unwrap()),
        fixed().normal_key("Mileston_TEST_sandboxother0".parse().unwrap()),
        fixed().wallet_secret("sandboxwalletsecretother0".parse().unwrap()),
    ] {
        let error = start(other).await.unwrap_err();
        assert_eq!(error.kind(), StartErrorKind::OtherCredentials, "{error}");
        assert!(!error.to_string().contains("other0"), "{error}");
    }
}
