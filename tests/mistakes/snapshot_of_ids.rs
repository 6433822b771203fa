//! The snapshot has the type of an id instead of the record's type.
use mileston_api::reconcile::Snapshot;
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn look(client: &NormalClient<Test>) -> Result<(), mileston_api::Error> {
    Snapshot::<PaymentLinkId>::take(client).await?;
    Ok(())
}

fn main() {}
