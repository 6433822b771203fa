//! Whether something was changed or deleted.

use mileston_keys::scope;

use super::comparison::Comparison;
use super::records::Record;
use crate::{Client, Error};

/// What is there of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Updated {
    /// All the new values are there.
    Same,
    /// A value is there that is not the new one: the change was not made, not yet, or somebody made another one since.
    Differs,
    /// The platform says that it has no such record ([`Error::is_not_found`]): it was deleted, or belongs to another
    /// business or mode.
    Gone,
    /// The platform answers without the record, or leaves out some of what was changed, and nothing that it tells differs.
    Untold,
}

/// Whether a change was made.
///
/// To send a change again sets the same values again. If they differ, it also undoes what somebody else may have
/// changed since, and nothing tells one from the other.
///
/// # Errors
///
/// Those of the read, but for the platform's own 404. They say nothing about the write. A 404 of a proxy, or of a path that
/// the platform doesn't serve, is such an error.
///
/// ```no_run
/// use mileston_api::reconcile::{self, Updated};
/// use mileston_api::types::{PaymentLink, UpdatePaymentLink};
/// use mileston_api::{NormalClient, Test};
///
/// # async fn run(client: NormalClient<Test>) -> Result<(), mileston_api::Error> {
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
    let id = R::id_of(body);
    match R::get(client, &id).await {
        Ok(Some(record)) if record.id() == id => Ok(match record.has(body) {
            Comparison::Same => Updated::Same,
            Comparison::Differs => Updated::Differs,
            Comparison::Untold => Updated::Untold,
        }),
        Ok(_) => Ok(Updated::Untold),
        Err(error) if error.is_not_found() => Ok(Updated::Gone),
        Err(error) => Err(error),
    }
}

/// Returns `Some(true)` if the platform itself says that it has no such record ([`Error::is_not_found`]), `Some(false)` if
/// the record is still there, and `None` if the platform answers with neither: a success without the record proves nothing.
///
/// Ask with the client that sent the deletion: the platform also answers 404 for records of another business or mode.
///
/// # Errors
///
/// Those of the read, but for the platform's own 404. They say nothing about the write. A 404 of a proxy, or of a path that
/// the platform doesn't serve, is such an error.
///
/// ```no_run
/// use mileston_api::reconcile;
/// use mileston_api::types::Invoice;
/// use mileston_api::{NormalClient, Test};
///
/// # async fn run(client: NormalClient<Test>) -> Result<(), mileston_api::Error> {
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
        Ok(Some(record)) if record.id() == *id => Ok(Some(false)),
        Ok(_) => Ok(None),
        Err(error) if error.is_not_found() => Ok(Some(true)),
        Err(error) => Err(error),
    }
}
