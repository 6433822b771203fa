//! Checks whether a record was created, by comparing the lists from before and after the write.

use std::collections::BTreeSet;

use mileston_keys::scope;

use super::comparison::Comparison;
use super::records::Record;
use crate::{Client, Error};

/// The records that existed before a write. Take a snapshot before you create something. If the outcome of the write is
/// unknown, call [`check_created`](Snapshot::check_created).
///
/// "Not seen" doesn't mean "not created", because the request may still be running, and lists may be out of date. So
/// wait and check again. If the record still isn't there, let a person decide whether to send the request again.
///
/// ```no_run
/// use std::time::Duration;
///
/// use mileston_api::reconcile::{CreateCheck, Snapshot};
/// use mileston_api::types::PaymentLink;
/// use mileston_api::{Live, NormalClient, Outcome};
///
/// # async fn run(client: NormalClient<Live>) -> Result<Option<PaymentLink>, mileston_api::Error> {
/// // The title identifies the payment link.
/// let call = client.payment_links().create("100.00").title("Order 7");
/// let body = call.body()?.clone();
/// let before = Snapshot::<PaymentLink>::take(&client).await?;
/// let error = match call.await {
///     Ok(response) => return Ok(response.payment_data),
///     Err(error) => error,
/// };
/// if error.outcome() != Outcome::Unknown {
///     return Err(error);
/// }
/// for pause in [2, 10, 60] {
///     tokio::time::sleep(Duration::from_secs(pause)).await;
///     // No `?`: an error from a check says nothing about the write.
///     match before.check_created(&client, &body).await {
///         Ok(CreateCheck::Created(link)) => return Ok(Some(link)),
///         Ok(_) => {}
///         Err(check) => eprintln!("the check failed: {check}"),
///     }
/// }
/// // The outcome is still unknown, so a person has to decide.
/// Err(error)
/// # }
/// ```
///
/// # Equal records at the same time
///
/// If two callers create equal records at the same time, one caller's check could return the other caller's
/// record. So [`CreateCheck::Created`] requires a value that identifies the record: the title of a payment link, the
/// item name of an invoice, or the subscription name of a recurring payment. A payment link without a title can only be
/// one of the [`Candidates`](CreateCheck::Candidates). The caller must make the value unique, for example with the
/// order number. To exclude records whose ids you know, use [`exclude`](Snapshot::exclude).
#[derive(Clone, Debug)]
pub struct Snapshot<R: Record> {
    known: BTreeSet<R::Id>,
    limit: u32,
    whole: bool,
}

/// The result of [`Snapshot::check_created`]: whether the record was created.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CreateCheck<R> {
    /// This record was created. It is new, it has the body's amount and title or name, and no other value differs. The
    /// lists from before and after the write were complete, and no other new record fits the body or has a similar
    /// title or name.
    Created(R),
    /// Any of these records could be the one that was created, for at least one of these reasons:
    ///
    /// * Several of them fit the body or have a similar title or name.
    /// * A value differs.
    /// * The amount, title or name isn't reported or wasn't sent.
    /// * A list was incomplete, so the record may have existed before.
    ///
    /// A new record is a candidate even if some values differ, as long as it has the body's amount or a text field that
    /// resembles the body's. Someone may have edited the record since, and the platform may have changed a value. If
    /// the body contains no title or name, every new record is a candidate. A new record without a title or name is
    /// always a candidate.
    Candidates(Vec<R>),
    /// No new record in the list is a candidate. That doesn't mean that the record wasn't created: see [`Snapshot`].
    /// `NotSeen` is also the result if the record has been deleted since, or if its amount and all its text fields were
    /// edited.
    NotSeen {
        /// Whether the lists from before and after the write were complete, as far as the client can determine. A list
        /// that contains as many records as the client requested may be incomplete. The second list may also be
        /// incomplete if it lacks a record from the first: either the platform returns fewer records than requested, or
        /// the list is out of date, or the record was deleted. For `NotSeen` only, the second list is also treated as
        /// incomplete if its length is a typical page length (10, 25, 64, 100 …).
        complete: bool,
    },
}

/// The number of records to request. The platform doesn't document a maximum.
pub(super) const LIMIT: u32 = 1000;

impl<R: Record> Snapshot<R> {
    /// Lists the records that exist now.
    ///
    /// # Errors
    ///
    /// Returns any error from the list operation. After an error, don't send the write, because there would be nothing
    /// to compare with later.
    pub async fn take<K: scope::Normal>(client: &Client<K>) -> Result<Self, Error> {
        let listed = R::list(client, LIMIT).await?;
        let whole = is_whole(&listed, LIMIT);
        let known = listed.iter().map(Record::id).collect();
        Ok(Snapshot { known, limit: LIMIT, whole })
    }

    /// Excludes a record from later checks. Use this for a record that was created in the meantime and whose id you
    /// know.
    ///
    /// ```no_run
    /// # use mileston_api::reconcile::Snapshot;
    /// # use mileston_api::types::PaymentLink;
    /// # async fn run(
    /// #     client: mileston_api::NormalClient<mileston_api::Live>,
    /// #     mut before: Snapshot<PaymentLink>,
    /// # ) -> Result<(), mileston_api::Error> {
    /// let response = client.payment_links().create("5.00").title("Order 8").await?;
    /// if let Some(link) = response.payment_data {
    ///     before.exclude(link.payment_link_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn exclude(&mut self, id: R::Id) {
        self.known.insert(id);
    }

    /// Lists the records again, and looks for the record that the request may have created. Call this method more than
    /// once, because the platform may not list a new record immediately.
    ///
    /// # Errors
    ///
    /// Returns any error from the list operation. Such an error says nothing about the write.
    pub async fn check_created<K: scope::Normal>(
        &self,
        client: &Client<K>,
        body: &R::Create,
    ) -> Result<CreateCheck<R>, Error> {
        let listed = R::list(client, self.limit).await?;
        let whole = self.whole && is_whole(&listed, self.limit) && self.is_all_in(&listed);
        let may_be_page = is_length_of_page(listed.len());
        let is_meant = |record: &R| !self.known.contains(&record.id()) && could_be_of(record, body);
        let mut meant: Vec<R> = listed.into_iter().filter(is_meant).collect();
        if meant.is_empty() {
            return Ok(CreateCheck::NotSeen { complete: whole && !may_be_page });
        }
        Ok(match only(&meant, body).filter(|_| whole) {
            Some(at) => CreateCheck::Created(meant.swap_remove(at)),
            None => CreateCheck::Candidates(meant),
        })
    }

    /// Returns whether the list contains every record in the snapshot. If it doesn't, the list is truncated or out of
    /// date, or a record was deleted.
    fn is_all_in(&self, listed: &[R]) -> bool {
        let ids: BTreeSet<R::Id> = listed.iter().map(Record::id).collect();
        self.known.is_subset(&ids)
    }
}

/// Returns whether this new record may have been created with the body, even if someone has edited the record since.
fn could_be_of<R: Record>(record: &R, body: &R::Create) -> bool {
    let is_named = R::name_in(body).is_some_and(|name| !name.trim().is_empty());
    !is_named
        || record.name().is_none()
        || record.compare(body) != Comparison::Differs
        || record.amount_of(body) == Comparison::Same
        || record.is_namesake_of(body)
        || record.resembles(body)
}

/// Returns the index of the record that was certainly created with the body, or `None` if there isn't one. That record
/// has the body's amount and name, and no other record fits the body or has a similar name.
fn only<R: Record>(meant: &[R], body: &R::Create) -> Option<usize> {
    let fits = |record: &R| record.compare(body) != Comparison::Differs;
    let mut rivals =
        meant.iter().enumerate().filter(|(_, one)| fits(one) || one.is_namesake_of(body));
    let (Some((at, one)), None) = (rivals.next(), rivals.next()) else { return None };
    let is_certain = one.amount_of(body) == Comparison::Same && one.is_named_by(body);
    (fits(one) && is_certain).then_some(at)
}

/// Returns whether a list of this length may be a single page. If the platform returns only one page, with the oldest
/// records first, the list never contains a new record.
///
/// Typical page lengths are powers of two and round numbers, such as 20 or 500. If every multiple of ten were treated
/// as a page length, the check would be useless for a tenth of all lists.
pub(super) fn is_length_of_page(length: usize) -> bool {
    let mut digits = length;
    while digits >= 10 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    length >= 10
        && (length.is_power_of_two() || matches!(digits, 1..=6 | 8 | 12 | 15 | 24 | 25 | 75))
}

/// Returns whether the list is shorter than requested. If it isn't, there may be more records.
pub(super) fn is_whole<R>(listed: &[R], limit: u32) -> bool {
    u32::try_from(listed.len()).is_ok_and(|length| length < limit)
}
