//! Creates, reads, updates and deletes payment links, for the backend and the checkout.

use std::sync::Arc;

use mileston_api::PaymentLinkId;
use mileston_api::types::{
    Acknowledgement, CreatePaymentLink, PaymentLink, PaymentLinkEnvelope, PaymentLinkList,
    UpdatePaymentLink,
};

use super::lists;
use super::success::{Success, acknowledge, merge};
use crate::generated::server::answers::Answer;
use crate::generated::server::services;
use crate::links::Links;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, Kept, Store};

/// The payment links of all businesses.
#[derive(Clone)]
pub(crate) struct PaymentLinks {
    pub(super) store: Arc<Store>,
    pub(super) links: Links,
}

impl services::PaymentLinks for PaymentLinks {
    /// Creates a payment link. `customerEmail` is accepted and ignored, because a `PaymentLink` has no such field.
    async fn create_payment_link(
        &self,
        caller: &Identity,
        body: CreatePaymentLink,
    ) -> Success<PaymentLinkEnvelope> {
        let add = |account: &Account<'_>| {
            let link = new(account.draw().uuid()?, body);
            account.add(&Kept::new(link.clone()), None)?;
            Ok(link)
        };
        let link = self.store.write(caller, add).await?;
        Ok(Answer::created(envelope(&self.links, link, 201, "Payment link created")))
    }

    async fn list_payment_links(
        &self,
        caller: &Identity,
        limit: Option<u32>,
    ) -> Success<PaymentLinkList> {
        let list = PaymentLinkList::new().with_status_code(200).with_message("Payment links found");
        let envelope = |links| list.with_payment_data(links);
        let shown = |kept: Kept<PaymentLink>| kept.data;
        Ok(Answer::ok(lists::list(&self.store, caller, limit, shown, envelope).await?))
    }

    async fn update_payment_link(
        &self,
        caller: &Identity,
        body: UpdatePaymentLink,
    ) -> Success<PaymentLinkEnvelope> {
        let id = body.payment_link_id.clone();
        let change = move |kept: &mut Kept<PaymentLink>| {
            kept.change_amount(body.amount)?;
            merge(&mut kept.data.title, body.title);
            merge(&mut kept.data.description, body.description);
            merge(&mut kept.data.redirect_url, body.redirect_url);
            merge(&mut kept.data.logo_url, body.logo_url);
            merge(&mut kept.data.banner_url, body.banner_url);
            Ok(())
        };
        let update = move |account: &Account<'_>| account.change(id.as_str(), change);
        let link = self.store.write(caller, update).await?.data;
        Ok(Answer::ok(envelope(&self.links, link, 200, "Payment link updated")))
    }

    async fn delete_payment_link(
        &self,
        caller: &Identity,
        payment_link_id: PaymentLinkId,
    ) -> Success<Acknowledgement> {
        let remove =
            move |account: &Account<'_>| account.remove::<PaymentLink>(payment_link_id.as_str());
        self.store.write(caller, remove).await?;
        Ok(acknowledge("Payment link deleted"))
    }

    async fn get_payment_link(
        &self,
        caller: &Identity,
        payment_link_id: PaymentLinkId,
    ) -> Success<PaymentLinkEnvelope> {
        let link = find(&self.store, caller, payment_link_id).await?;
        Ok(Answer::ok(envelope(&self.links, link, 200, "Payment link found")))
    }
}

fn new(id: String, body: CreatePaymentLink) -> PaymentLink {
    let mut link = PaymentLink::new(id.into());
    link.amount = Some(body.amount.into());
    link.title = body.title;
    link.description = body.description;
    link.redirect_url = body.redirect_url;
    link.logo_url = body.logo_url;
    link.banner_url = body.banner_url;
    link
}

pub(super) async fn find(
    store: &Store,
    caller: &Identity,
    id: PaymentLinkId,
) -> Result<PaymentLink, Refusal> {
    let find = move |account: &Account<'_>| account.find::<PaymentLink>(id.as_str());
    Ok(store.read(caller, find).await?.data)
}

pub(super) fn envelope(
    links: &Links,
    link: PaymentLink,
    status: u16,
    message: &str,
) -> PaymentLinkEnvelope {
    PaymentLinkEnvelope::new()
        .with_status_code(status)
        .with_message(message)
        .with_payment_link(links.checkout::<PaymentLink>(link.payment_link_id.as_str()))
        .with_payment_data(link)
}
