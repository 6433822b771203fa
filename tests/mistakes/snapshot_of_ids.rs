//! What is looked for is named by the type of its id.
use mileston_api::reconcile::Snapshot;
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn look(client: &NormalClient<Test>) -> Result<(), mileston_api::Error> {
    Snapshot::<PaymentLinkId>::take(client).await?;
    Ok(())
}

fn main() {}
