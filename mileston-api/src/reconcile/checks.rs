//! Checks whether a record was updated or deleted.

use mileston_keys::scope;

use super::comparison::Comparison;
use super::records::Record;
use crate::{Client, Error};

/// The result of [`check_updated`]: whether the update was executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpdateCheck {
    /// The record contains all the new values.
    Same,
    /// A value differs from the new one. The update was not executed, or has not been executed yet, or someone has
    /// updated the record again since.
    Differs,
    /// The platform has no such record ([`Error::is_not_found`]): it was deleted, or belongs to a different business or
    /// mode.
    Gone,
    /// The response doesn't contain the record, or the record leaves out some of the updated values but otherwise
    /// matches.
    NotReported,
}

/// The result of [`check_deleted`]: whether the deletion was executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeleteCheck {
    /// The platform has no such record ([`Error::is_not_found`]).
    Gone,
    /// The record still exists. The deletion was not executed, or has not been executed yet.
    StillThere,
    /// The response has a 2xx status but doesn't contain the record. That proves nothing.
    NotReported,
}

/// Checks whether an update was executed.
///
/// If the record differs, sending the update again may undo a later update by someone else. The check can't
/// distinguish a record that was updated again from a record whose update wasn't executed.
///
/// # Errors
///
/// Returns any error from the read. Such an error says nothing about the write. The platform's own 404 isn't treated as
/// an error, but a 404 from a proxy, or for a path that the platform doesn't serve, is.
///
/// ```no_run
/// use mileston_api::Outcome;
/// use mileston_api::reconcile::{UpdateCheck, check_updated};
/// use mileston_api::types::PaymentLink;
///
/// # async fn run(
/// #     client: mileston_api::NormalClient<mileston_api::Live>,
/// # ) -> Result<(), mileston_api::Error> {
/// let call = client.payment_links().update("31f0").amount("120.00");
/// let body = call.body()?.clone();
/// let error = match call.await {
///     Ok(_) => return Ok(()),
///     Err(error) => error,
/// };
/// if error.outcome() != Outcome::Unknown {
///     return Err(error);
/// }
/// // No `?`: an error from the check says nothing about the update.
/// match check_updated::<PaymentLink, _>(&client, &body).await {
///     Ok(UpdateCheck::Same) => return Ok(()),
///     // Do this only if no other program updates payment links.
///     Ok(UpdateCheck::Differs) => {
///         return client.payment_links().update_from(&body).await.map(drop);
///     }
///     Ok(UpdateCheck::Gone) => println!("the payment link no longer exists"),
///     Ok(other) => println!("the platform doesn't say: {other:?}"),
///     Err(check) => eprintln!("the check failed: {check}"),
/// }
/// Err(error)
/// # }
/// ```
pub async fn check_updated<R: Record, K: scope::Normal>(
    client: &Client<K>,
    body: &R::Update,
) -> Result<UpdateCheck, Error> {
    let id = R::id_of(body);
    match R::get(client, &id).await {
        Ok(Some(record)) if record.id() == id => Ok(match record.has(body) {
            Comparison::Same => UpdateCheck::Same,
            Comparison::Differs => UpdateCheck::Differs,
            Comparison::NotReported => UpdateCheck::NotReported,
        }),
        Ok(_) => Ok(UpdateCheck::NotReported),
        Err(error) if error.is_not_found() => Ok(UpdateCheck::Gone),
        Err(error) => Err(error),
    }
}

/// Checks whether a deletion was executed.
///
/// Use the client that sent the deletion, because the platform also responds with 404 for a record that belongs
/// to a different business or mode.
///
/// # Errors
///
/// Returns any error from the read. Such an error says nothing about the write. The platform's own 404 isn't treated as
/// an error, but a 404 from a proxy, or for a path that the platform doesn't serve, is.
///
/// ```no_run
/// use mileston_api::reconcile::{DeleteCheck, check_deleted};
/// use mileston_api::types::Invoice;
/// use mileston_api::{InvoiceId, Outcome};
///
/// # async fn run(
/// #     client: mileston_api::NormalClient<mileston_api::Live>,
/// # ) -> Result<(), mileston_api::Error> {
/// let id = InvoiceId::from("7");
/// let error = match client.invoices().delete(&id).await {
///     Ok(_) => return Ok(()),
///     Err(error) => error,
/// };
/// if error.outcome() != Outcome::Unknown {
///     return Err(error);
/// }
/// // No `?`: an error from the check says nothing about the deletion.
/// match check_deleted::<Invoice, _>(&client, &id).await {
///     Ok(DeleteCheck::Gone) => return Ok(()),
///     Ok(DeleteCheck::StillThere) => println!("still there: check again before retrying"),
///     Ok(other) => println!("the platform doesn't say: {other:?}"),
///     Err(check) => eprintln!("the check failed: {check}"),
/// }
/// Err(error)
/// # }
/// ```
pub async fn check_deleted<R: Record, K: scope::Normal>(
    client: &Client<K>,
    id: &R::Id,
) -> Result<DeleteCheck, Error> {
    match R::get(client, id).await {
        Ok(Some(record)) if record.id() == *id => Ok(DeleteCheck::StillThere),
        Ok(_) => Ok(DeleteCheck::NotReported),
        Err(error) if error.is_not_found() => Ok(DeleteCheck::Gone),
        Err(error) => Err(error),
    }
}
