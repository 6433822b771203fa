//! Makes invalid calls that compile. The platform rejects them, or the client doesn't send them.

use mileston_api::types::PaymentLink;
use mileston_api::{BusinessId, NormalClient, NormalKey, Test};
use mileston_sandbox::Sandbox;

use crate::check::{Failure, head, same};
use crate::expected::Expected;
use crate::parties::{Parties, client};
use crate::show::Show;

/// A key that has a valid format but was never issued. The platform rejects it like a revoked key.
const UNKNOWN_KEY: &str = "Mileston_TEST_fakeneverissued";

pub(super) async fn run(
    show: &mut Show,
    sandbox: &Sandbox,
    parties: &Parties,
    link: &PaymentLink,
) -> Result<(), Failure> {
    show.printer.headline("Refused at run time: what types can't check");
    ids(show, parties).await?;
    unknown_key(show, sandbox).await?;
    other_business(show, sandbox, link).await
}

async fn ids(show: &mut Show, parties: &Parties) -> Result<(), Failure> {
    show.refused(
        "The backend tries to get a link that doesn't exist.",
        &parties.backend,
        |client| client.payment_links().get("no-such-link"),
        Expected::not_found("no payment link with this id"),
    )
    .await?;
    show.refused(
        "It tries to delete a link with an empty id: the client sends nothing.",
        &parties.backend,
        |client| client.payment_links().delete(""),
        Expected::NOT_SENT,
    )
    .await
}

async fn unknown_key(show: &mut Show, sandbox: &Sandbox) -> Result<(), Failure> {
    let key: NormalKey<Test> = UNKNOWN_KEY.parse()?;
    let client = client(sandbox, key, sandbox.business_id())?;
    show.refused(
        "Someone tries to create a link with an unknown (or revoked) key.",
        &client,
        |client| client.payment_links().create("1.00"),
        Expected::unauthorized("was not created by this sandbox"),
    )
    .await
}

async fn other_business(
    show: &mut Show,
    sandbox: &Sandbox,
    link: &PaymentLink,
) -> Result<(), Failure> {
    let other = sandbox.add_business().await?;
    let stranger = |business: &BusinessId| client(sandbox, other.normal_key().clone(), business);
    show.refused(
        "Another business uses its own key with the first business's id.",
        &stranger(sandbox.business_id())?,
        |client| client.payment_links().list(),
        Expected::unauthorized("doesn't belong to the business"),
    )
    .await?;
    let stranger = stranger(other.business_id())?;
    show.refused(
        "With its own business id, it tries to get the first business's link.",
        &stranger,
        |client| client.payment_links().get(&link.payment_link_id),
        Expected::not_found("no payment link with this id"),
    )
    .await?;
    nothing_to_see(show, &stranger).await
}

async fn nothing_to_see(show: &mut Show, stranger: &NormalClient<Test>) -> Result<(), Failure> {
    show.done(
        "It lists its own links: there are none.",
        stranger,
        |client| client.payment_links().list(),
        |answer| {
            let status = head(answer.status_code, &answer.message, 200)?;
            same("the number of links", answer.payment_data.len(), 0)?;
            Ok(format!("{status}; 0 links"))
        },
    )
    .await?;
    Ok(())
}
