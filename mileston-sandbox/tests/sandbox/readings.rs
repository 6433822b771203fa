//! Some of the vendor's sources can be read in two ways. The client works with both.

use mileston_api::{Client, types};
use mileston_sandbox::{Readings, Sandbox};

use crate::webhooks::endpoint::{Endpoint, hasty, token};
use crate::webhooks::shop::{KINDS, Kind, Shop};

#[tokio::test]
async fn sub_wallets_are_flat_or_wrapped() {
    for wrapped in [false, true] {
        let readings = Readings::new().wrapped_sub_wallets(wrapped);
        let sandbox = Sandbox::builder().readings(readings).start().await.unwrap();
        let credentials = sandbox.credentials();
        let client = Client::new(credentials.wallet_key(), credentials.business_id());
        let client = client.unwrap().with_origin(sandbox.url()).unwrap();
        let made = client.wallets().create_subwallet().await.unwrap();
        assert_eq!((made.data.is_some(), made.uuid.is_none()), (wrapped, wrapped));
        let status = made.status_code;
        assert_eq!(status, Some(201), "status and message stay at the top level");
        let id = made.uuid.or_else(|| made.data?.uuid).unwrap();
        let wallets = client.wallets();
        let chain = wallets.create_chain_subwallet(&id, types::Chain::Sui).await.unwrap();
        assert_eq!((chain.data.is_some(), chain.address.is_none()), (wrapped, wrapped));
        let found = client.wallets().get_subwallet(&id).await.unwrap();
        let balance = if wrapped { found.data.unwrap().balance } else { found.balance };
        assert_eq!(balance.unwrap().as_str(), "0.00");
    }
}

#[tokio::test]
async fn webhooks_name_ids_as_in_the_report_or_by_kind() {
    for own in [false, true] {
        let readings = Readings::new().own_ids_in_webhooks(own);
        let builder = Sandbox::builder().readings(readings).webhooks(hasty());
        let sandbox = builder.start().await.unwrap();
        let (shop, endpoint) = (Shop::of(&sandbox), Endpoint::start().await);
        sandbox.webhooks().register(&endpoint.url, &token(), &[]).await.unwrap();
        for (at, kind) in KINDS.into_iter().enumerate() {
            let id = shop.sell(kind).await;
            let got = endpoint.wait_for(at + 1).await.remove(at);
            let name = match kind {
                Kind::Invoice if own => "invoiceId",
                Kind::Recurring if own => "recurringPaymentId",
                _ => "paymentLinkId",
            };
            let delivery = got.delivery();
            assert_eq!(delivery.raw[name], id, "{}", delivery.raw);
            // The client finds the id under either name.
            assert_eq!(delivery.paid_id(), Some(id.as_str()));
        }
    }
}
