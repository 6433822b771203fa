//! Payment links: create, read, update, delete, and checkout's view of them.

use mileston_api::types::{
    Acknowledgement, CreatePaymentLink, PaymentLink, PaymentLinkEnvelope, PaymentLinkList,
    UpdatePaymentLink,
};

use super::{Emulation, acknowledge, lists, merge};
use crate::environment::environment;
use crate::runtime::{Answer, Identity, Refusal};
use crate::store::{Account, Kept};

/// Creates a payment link. `customerEmail` is accepted and ignored, because no type of the platform returns it.
pub(super) async fn create(
    platform: &Emulation,
    caller: &Identity,
    body: CreatePaymentLink,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
    let add = |account: &Account<'_>| {
        let link = new(account.draw().uuid()?, body);
        account.add(&Kept::new(link.clone()), None)?;
        Ok(link)
    };
    let link = platform.store.write(caller, add).await?;
    Ok(Answer::created(envelope(platform, link, 201, "Payment link created")))
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

pub(super) async fn list(
    platform: &Emulation,
    caller: &Identity,
    limit: Option<u32>,
) -> Result<Answer<PaymentLinkList>, Refusal> {
    let list = PaymentLinkList::new().with_status_code(200).with_message("Payment links found");
    let envelope = |links| list.with_payment_data(links);
    let shown = |kept: Kept<PaymentLink>| kept.data;
    Ok(Answer::ok(lists::list(&platform.store, caller, limit, shown, envelope).await?))
}

pub(super) async fn update(
    platform: &Emulation,
    caller: &Identity,
    body: UpdatePaymentLink,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
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
    let link = platform.store.write(caller, update).await?.data;
    Ok(Answer::ok(envelope(platform, link, 200, "Payment link updated")))
}

pub(super) async fn delete(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<Acknowledgement>, Refusal> {
    let id = id.to_owned();
    platform.store.write(caller, move |account| account.remove::<PaymentLink>(&id)).await?;
    Ok(acknowledge("Payment link deleted"))
}

pub(super) async fn get(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
    let link = find(platform, caller, id).await?;
    Ok(Answer::ok(envelope(platform, link, 200, "Payment link found")))
}

/// Returns the same as [`get`], plus `env`.
pub(super) async fn fetch(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
    let link = find(platform, caller, id).await?.with_env(environment(caller.mode));
    Ok(Answer::ok(envelope(platform, link, 200, "Payment link found")))
}

async fn find(platform: &Emulation, caller: &Identity, id: &str) -> Result<PaymentLink, Refusal> {
    let id = id.to_owned();
    Ok(platform.store.read(caller, move |account| account.find::<PaymentLink>(&id)).await?.data)
}

fn envelope(
    platform: &Emulation,
    link: PaymentLink,
    status: u16,
    message: &str,
) -> PaymentLinkEnvelope {
    PaymentLinkEnvelope::new()
        .with_status_code(status)
        .with_message(message)
        .with_payment_link(platform.page_of(&link))
        .with_payment_data(link)
}
