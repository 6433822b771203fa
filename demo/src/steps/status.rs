//! Calls the only operation that needs no key. This operation returns the health of a service.

use mileston_api::operations::Service;
use mileston_api::types::HealthState;

use crate::check::{Failure, given, same};
use crate::parties::Parties;
use crate::show::Show;

pub(super) async fn ask(show: &mut Show, parties: &Parties) -> Result<(), Failure> {
    show.printer.headline("Without a key");
    show.done(
        "Someone without a key gets the payment service's status.",
        &parties.anyone,
        |client| client.status().get(Service::Payment),
        |answer| {
            let state = given("status", &answer.status)?;
            same("status", state, &HealthState::Healthy)?;
            let (service, version) =
                (given("service", &answer.service)?, given("version", &answer.version)?);
            Ok(format!("{state}; {service} {version}"))
        },
    )
    .await?;
    Ok(())
}
