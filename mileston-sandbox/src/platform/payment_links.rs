//! Payment links: create, read, change, delete, and what checkout sees of them.

use mileston_api::types::{
    Acknowledgement, CreatePaymentLink, PaymentLink, PaymentLinkEnvelope, PaymentLinkList,
    UpdatePaymentLink,
};

use super::{Emulation, acknowledge, merge, new_id};
use crate::mistakes::environment;
use crate::runtime::{Answer, Identity, Refusal};
use crate::store::Kept;

/// `customerEmail` is taken and forgotten: no type of the platform gives it back.
pub(super) fn create(
    platform: &Emulation,
    caller: &Identity,
    body: CreatePaymentLink,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
    let mut link = PaymentLink::new(new_id()?.into());
    link.amount = Some(body.amount.into());
    link.title = body.title;
    link.description = body.description;
    link.redirect_url = body.redirect_url;
    link.logo_url = body.logo_url;
    link.banner_url = body.banner_url;
    let answer = envelope(platform, link.clone(), 201, "Payment link created");
    platform.store.with(caller, |account| account.add(Kept::new(link)));
    Ok(Answer::created(answer))
}

pub(super) fn list(
    platform: &Emulation,
    caller: &Identity,
    limit: Option<u32>,
) -> Result<Answer<PaymentLinkList>, Refusal> {
    let links = platform.store.with(caller, |account| {
        account.newest::<PaymentLink>(limit).map(|kept| kept.data.clone()).collect::<Vec<_>>()
    });
    let list = PaymentLinkList::new().status_code(200).message("Payment links found");
    Ok(Answer::ok(list.payment_data(links)))
}

pub(super) fn update(
    platform: &Emulation,
    caller: &Identity,
    body: UpdatePaymentLink,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
    let link = platform.store.with(caller, |account| {
        let kept = account.find_mut::<PaymentLink>(body.payment_link_id.as_str())?;
        kept.change_amount(body.amount)?;
        merge(&mut kept.data.title, body.title);
        merge(&mut kept.data.description, body.description);
        merge(&mut kept.data.redirect_url, body.redirect_url);
        merge(&mut kept.data.logo_url, body.logo_url);
        merge(&mut kept.data.banner_url, body.banner_url);
        Ok(kept.data.clone())
    })?;
    Ok(Answer::ok(envelope(platform, link, 200, "Payment link updated")))
}

pub(super) fn delete(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<Acknowledgement>, Refusal> {
    platform.store.with(caller, |account| account.remove::<PaymentLink>(id))?;
    Ok(acknowledge("Payment link deleted"))
}

pub(super) fn get(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
    let link = find(platform, caller, id)?;
    Ok(Answer::ok(envelope(platform, link, 200, "Payment link found")))
}

/// As [`get`], and with `env`.
pub(super) fn fetch(
    platform: &Emulation,
    caller: &Identity,
    id: &str,
) -> Result<Answer<PaymentLinkEnvelope>, Refusal> {
    let link = find(platform, caller, id)?.env(environment(caller.mode));
    Ok(Answer::ok(envelope(platform, link, 200, "Payment link found")))
}

fn find(platform: &Emulation, caller: &Identity, id: &str) -> Result<PaymentLink, Refusal> {
    platform.store.with(caller, |account| Ok(account.find::<PaymentLink>(id)?.data.clone()))
}

fn envelope(
    platform: &Emulation,
    link: PaymentLink,
    status: u16,
    message: &str,
) -> PaymentLinkEnvelope {
    PaymentLinkEnvelope::new()
        .status_code(status)
        .message(message)
        .payment_link(platform.page_of(&link))
        .payment_data(link)
}
