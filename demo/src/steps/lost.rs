//! Creates a payment link, but the response is lost. The client looks for the link instead of
//! sending the request again.

use mileston_api::reconcile::{CreateCheck, Snapshot};
use mileston_api::types::PaymentLink;
use mileston_sandbox::Sandbox;

use crate::check::{Failure, same};
use crate::expected::Expected;
use crate::lossy::Lossy;
use crate::parties::Parties;
use crate::printer::Style;
use crate::show::Show;

pub(super) async fn find(
    show: &mut Show,
    sandbox: &Sandbox,
    parties: &Parties,
) -> Result<(), Failure> {
    show.printer.headline("A lost response");
    let lossy = Lossy::before(sandbox.url()).await?;
    let client = parties.backend.clone().with_origin(lossy.url())?;
    let call = client.payment_links().create("7.00").title("Order 7");
    let body = call.body()?.clone();
    let before = Snapshot::<PaymentLink>::take(&parties.backend).await?;
    show.refused(
        "The backend creates a link. The connection breaks after the platform has received the request.",
        &client,
        |_| call,
        Expected::UNKNOWN,
    )
    .await?;
    let verdict = before.check_created(&parties.backend, &body).await?;
    let CreateCheck::Created(link) = verdict else {
        return Err(format!("the link should be found, but the verdict is {verdict:?}").into());
    };
    same("title", link.title.as_deref(), Some("Order 7"))?;
    show.printer.detail(
        Style::Green,
        &format!("checked instead of resending: the link was created, id {}", link.payment_link_id),
    );
    Ok(())
}
