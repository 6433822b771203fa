//! Runs the payment link steps: the backend creates and changes a link, a frontend pays it, and the
//! backend deletes it.

use mileston_api::types::{Environment, PaymentLink, PaymentLinkEnvelope};

use super::payment;
use crate::check::{Failure, acknowledged, given, head, same};
use crate::expected::Expected;
use crate::parties::Parties;
use crate::show::Show;

const PRICE: &str = "100.00";
const NEW_PRICE: &str = "120.00";

/// Creates, gets, lists and changes a link.
pub(super) async fn offer(show: &mut Show, parties: &Parties) -> Result<PaymentLink, Failure> {
    show.printer.headline("A payment link, created by the backend");
    let link = create(show, parties).await?;
    read(show, parties, &link).await?;
    list(show, parties, &link).await?;
    update(show, parties, link).await
}

async fn create(show: &mut Show, parties: &Parties) -> Result<PaymentLink, Failure> {
    let answer = show
        .done(
            "The backend creates a payment link for 100.00.",
            &parties.backend,
            |client| client.payment_links().create(PRICE).title("One month"),
            |answer| {
                let link = answer.payment_data()?;
                let expected = PaymentLink::new(link.payment_link_id.clone());
                same(
                    "paymentData",
                    link,
                    &expected.with_amount(PRICE.into()).with_title("One month"),
                )?;
                let (status, id) =
                    (head(answer.status_code, &answer.message, 201)?, &link.payment_link_id);
                let page = answer.payment_link()?;
                let origin = parties.backend.origin().unwrap_or_default();
                same("paymentLink", page, format!("{origin}/payment-link/{id}").as_str())?;
                Ok(format!("{status}; pay at {page}"))
            },
        )
        .await?;
    Ok(answer.payment_data()?.clone())
}

async fn read(show: &mut Show, parties: &Parties, link: &PaymentLink) -> Result<(), Failure> {
    show.done(
        "It gets the link.",
        &parties.backend,
        |client| client.payment_links().get(&link.payment_link_id),
        |answer| found(answer, link),
    )
    .await?;
    Ok(())
}

async fn list(show: &mut Show, parties: &Parties, link: &PaymentLink) -> Result<(), Failure> {
    show.done(
        "It lists at most ten of its links.",
        &parties.backend,
        |client| client.payment_links().list().limit(10),
        |answer| {
            let status = head(answer.status_code, &answer.message, 200)?;
            same("paymentData", &*answer.payment_data, std::slice::from_ref(link))?;
            Ok(format!("{status}; 1 link, the one above"))
        },
    )
    .await?;
    Ok(())
}

async fn update(
    show: &mut Show,
    parties: &Parties,
    link: PaymentLink,
) -> Result<PaymentLink, Failure> {
    let changed = link.with_amount(NEW_PRICE.into());
    show.done(
        "It raises the price to 120.00 and keeps the title.",
        &parties.backend,
        |client| client.payment_links().update(&changed.payment_link_id).amount(NEW_PRICE),
        |answer| found(answer, &changed),
    )
    .await?;
    Ok(changed)
}

/// Pays the link as a page in the payer's browser would.
pub(super) async fn pay(
    show: &mut Show,
    parties: &Parties,
    link: &PaymentLink,
) -> Result<(), Failure> {
    show.printer.headline("The payment link, paid in the frontend");
    let frontend = &parties.frontend;
    let id = &link.payment_link_id;
    let (report, question) =
        (payment::report(id, NEW_PRICE, "0xdemo-link")?, payment::question(id, NEW_PRICE)?);
    fetch(show, parties, link, "The frontend fetches the link.").await?;
    show.refused(
        "It tries to verify the payment before anyone has paid.",
        frontend,
        |client| client.checkout().verify_payment_link_payment_from(&question),
        Expected::AWAITING,
    )
    .await?;
    show.done(
        "The payer pays; the frontend reports the transaction (120.00 USDC on Base).",
        frontend,
        |client| client.checkout().save_payment_link_payment(report),
        acknowledged,
    )
    .await?;
    fetch(
        show,
        parties,
        link,
        "It fetches the link again: it is still open, and others can pay it, too.",
    )
    .await?;
    show.done(
        "It verifies the payment again.",
        frontend,
        |client| client.checkout().verify_payment_link_payment_from(&question),
        |answer| Ok(format!("{}: paid", acknowledged(answer)?)),
    )
    .await?;
    Ok(())
}

async fn fetch(
    show: &mut Show,
    parties: &Parties,
    link: &PaymentLink,
    what: &str,
) -> Result<(), Failure> {
    let seen = link.clone().with_env(Environment::Test);
    show.done(
        what,
        &parties.frontend,
        |client| client.checkout().fetch_payment_link(&link.payment_link_id),
        |answer| Ok(format!("{}, env {}", found(answer, &seen)?, Environment::Test)),
    )
    .await?;
    Ok(())
}

/// Deletes the link, and then tries to get it.
pub(super) async fn delete(
    show: &mut Show,
    parties: &Parties,
    link: &PaymentLink,
) -> Result<(), Failure> {
    show.done(
        "The backend deletes the payment link.",
        &parties.backend,
        |client| client.payment_links().delete(&link.payment_link_id),
        acknowledged,
    )
    .await?;
    show.refused(
        "It tries to get the link again.",
        &parties.backend,
        |client| client.payment_links().get(&link.payment_link_id),
        Expected::not_found("no payment link with this id"),
    )
    .await
}

/// Checks that the response contains this link and nothing else.
fn found(answer: &PaymentLinkEnvelope, link: &PaymentLink) -> Result<String, Failure> {
    let status = head(answer.status_code, &answer.message, 200)?;
    let data = answer.payment_data()?;
    same("paymentData", data, link)?;
    let (amount, title) = (given("amount", &data.amount)?, given("title", &data.title)?);
    Ok(format!("{status}; {amount}, \"{title}\""))
}
