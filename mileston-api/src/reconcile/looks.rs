//! Whether something was changed or deleted.

use mileston_keys::scope;

use super::comparison::Comparison;
use super::records::Record;
use crate::{Client, Error, StatusCode};

/// What is there of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Updated {
    /// All the new values are there.
    Same,
    /// A value is there that is not the new one: the change was not made, not yet, or somebody made another one since.
    Differs,
    /// The platform answers 404: it was deleted, or is no record of this business and mode.
    Gone,
    /// The platform answers without a record, or leaves out some of what was changed, and nothing that it tells differs.
    Untold,
}

/// Whether a change was made.
///
/// To send a change again sets the same values again. If they differ, it also undoes what somebody else may have
/// changed since, and nothing tells one from the other.
///
/// # Errors
///
/// Those of the read, but for 404. They say nothing about the write.
///
/// ```no_run
/// use mileston_api::reconcile::{self, Updated};
/// use mileston_api::types::{PaymentLink, UpdatePaymentLink};
///
/// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
/// let body = UpdatePaymentLink::new("31f0".into()).amount("120.00".parse()?);
/// match reconcile::is_updated::<PaymentLink, _>(&client, &body).await? {
///     Updated::Same => println!("it was changed"),
///     // Right where nobody else changes payment links.
///     Updated::Differs => drop(client.payment_links().update(&body).await?),
///     Updated::Gone => println!("there is nothing to change any more"),
///     other => println!("the platform does not say: {other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
pub async fn is_updated<R: Record, K: scope::Normal>(
    client: &Client<K>,
    body: &R::Update,
) -> Result<Updated, Error> {
    match R::get(client, &R::id_of(body)).await {
        Ok(Some(record)) => Ok(match record.has(body) {
            Comparison::Same => Updated::Same,
            Comparison::Differs => Updated::Differs,
            Comparison::Untold => Updated::Untold,
        }),
        Ok(None) => Ok(Updated::Untold),
        Err(error) if is_gone(&error) => Ok(Updated::Gone),
        Err(error) => Err(error),
    }
}

/// Whether something is gone: `Some(true)` if the platform answers 404, `Some(false)` if it is still there, `None` if
/// the platform answers without saying: a success without a record is no proof of anything.
///
/// Ask with the client that the deletion was sent with: the platform answers 404 also for what another business or the
/// other mode has.
///
/// # Errors
///
/// Those of the read, but for 404. They say nothing about the write.
///
/// ```no_run
/// use mileston_api::reconcile;
/// use mileston_api::types::Invoice;
///
/// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
/// match reconcile::is_deleted::<Invoice, _>(&client, &"7".into()).await? {
///     Some(true) => println!("it is gone"),
///     Some(false) => println!("it is still there, or was so a moment ago: ask again before sending again"),
///     None => println!("the platform does not say"),
/// }
/// # Ok(())
/// # }
/// ```
pub async fn is_deleted<R: Record, K: scope::Normal>(
    client: &Client<K>,
    id: &R::Id,
) -> Result<Option<bool>, Error> {
    match R::get(client, id).await {
        Ok(Some(_)) => Ok(Some(false)),
        Ok(None) => Ok(None),
        Err(error) if is_gone(&error) => Ok(Some(true)),
        Err(error) => Err(error),
    }
}

fn is_gone(error: &Error) -> bool {
    error.status() == Some(StatusCode::NOT_FOUND)
}
