//! The typed client works with the sandbox, because both are generated from the same OpenAPI document.

use mileston_api::{Address, Client, token_amount, types};
use mileston_sandbox::Sandbox;

#[tokio::test]
async fn a_payment_from_creation_to_verification() {
    let sandbox = Sandbox::start().await.unwrap();
    let (url, business) = (sandbox.url(), sandbox.business_id());
    let backend = Client::new(sandbox.normal_key().clone(), business.clone()).unwrap();
    let backend = backend.with_origin(url).unwrap();
    let frontend = Client::new(sandbox.checkout_key().clone(), business.clone()).unwrap();
    let frontend = frontend.with_origin(url).unwrap();

    let created = backend.payment_links().create("12.50").title("Beans").await.unwrap();
    let id = created.payment_data.unwrap().payment_link_id;
    let list = backend.payment_links().list().limit(1).await.unwrap();
    assert_eq!(list.payment_data[0].title.as_deref(), Some("Beans"));

    let question = types::VerifyPayment::new(types::VerifyPaymentRequired {
        payment_link_id: id.clone().into(),
        public_key: sui("11").to_string(),
        amount: token_amount!("12.5"),
        recipient_wallet_address: sui("22"),
        chain: types::Chain::Sui,
        user_uuid: business.to_string(),
        token: types::Token::Usdc,
    });
    let checkout = frontend.checkout();
    let error = checkout.verify_payment_link_payment_from(&question).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(error.messages(), ["Still awaiting payment"]);

    let payment = types::SavePaymentRequired {
        payment_link_id: id.into(),
        payer: sui("11"),
        recipient_wallet_address: sui("22"),
        amount: token_amount!("12.5"),
        user_uuid: business.to_string(),
        transaction_signature: "0x1".to_owned(),
        chain: types::Chain::Sui,
    };
    checkout.save_payment_link_payment(payment).await.unwrap();
    let paid = checkout.verify_payment_link_payment_from(&question).await.unwrap();
    assert_eq!(paid.status_code, Some(200));
}

fn sui(digits: &str) -> Address {
    format!("0x{}", digits.repeat(32)).parse().unwrap()
}
