//! Whether something was created: what is listed afterwards and was not before.

use std::collections::BTreeSet;

use mileston_keys::scope;

use super::comparison::Comparison;
use super::records::Record;
use crate::{Client, Error};

/// What was there before something is created. Take it before the write; ask [`created`](Snapshot::created) if the
/// write's outcome is unknown.
///
/// "Not seen" is not "not made": the request may still be under way, and lists may lag. So wait, ask again, and if it is
/// still not seen let a person decide whether to send it again.
///
/// ```no_run
/// use std::time::Duration;
///
/// use mileston_api::reconcile::{Snapshot, Verdict};
/// use mileston_api::types::{CreatePaymentLink, PaymentLink};
/// use mileston_api::{NormalClient, Outcome, Test};
///
/// # async fn run(client: NormalClient<Test>) -> Result<PaymentLink, mileston_api::Error> {
/// // The title is what tells it from all others.
/// let body = CreatePaymentLink::new("100.00".parse()?).title("Order 7");
/// let before = Snapshot::<PaymentLink>::take(&client).await?;
/// let error = match client.payment_links().create(&body).await {
///     Ok(answer) => return answer.payment_data().cloned(),
///     Err(error) => error,
/// };
/// if error.outcome() != Outcome::Unknown {
///     return Err(error);
/// }
/// for pause in [2, 10, 60] {
///     tokio::time::sleep(Duration::from_secs(pause)).await;
///     if let Verdict::Created(link) = before.created(&client, &body).await? {
///         return Ok(link);
///     }
/// }
/// // A person has to look, and to decide.
/// Err(error)
/// # }
/// ```
///
/// # Equal things at the same time
///
/// If two callers create the same at the same time, the one's record may be taken for the other's. So
/// [`Verdict::Created`] takes a text that tells it from others: the title of a payment link, the item's name of an
/// invoice, the subscription's name of a recurring payment. A payment link without a title is never more than one of
/// the [`Candidates`](Verdict::Candidates). Whether the text is given only once is up to the caller: put the order's
/// number in it. What the caller was told about meanwhile can be taken out with [`know`](Snapshot::know).
#[derive(Clone, Debug)]
pub struct Snapshot<R: Record> {
    known: BTreeSet<R::Id>,
    limit: u32,
    whole: bool,
}

/// Whether it was created.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Verdict<R> {
    /// It is there, it is new, it has the amount and the title or name that was asked for, nothing that it tells differs,
    /// both lists were whole, and no other could be meant.
    Created(R),
    /// These could be meant, and it is not certain: there are several, or one whose amount or title or name is not told
    /// or was not given, or a list was not whole, so that it may have been there before.
    ///
    /// A new record is among them even if some of it differs, as long as it has the amount that was asked for or a text
    /// that resembles one: somebody may have edited it since, and the platform may have changed a text. If the body or
    /// the record has no title or name, there is nothing to tell them apart by, and the record is among them.
    Candidates(Vec<R>),
    /// Nothing new that could be meant is listed. That does not say that it was not created: see [`Snapshot`]. A record
    /// that was deleted again, or of which amount and all texts were edited, is not seen.
    NotSeen {
        /// Whether both lists were whole, as far as can be told: neither was as long as was asked for, the second one is
        /// not as long as a page often is (10, 25, 64, 100 …), and all that was known before is in it. If something known
        /// is missing, the platform gives fewer than were asked for, lags behind, or something was deleted meanwhile.
        whole: bool,
    },
}

impl<R: Record> Snapshot<R> {
    /// How many are asked for. What the platform gives at most is not documented.
    const LIMIT: u32 = 1000;

    /// Lists what is there.
    ///
    /// # Errors
    ///
    /// Those of the list: nothing is known then, so don't send the write.
    pub async fn take<K: scope::Normal>(client: &Client<K>) -> Result<Self, Error> {
        let listed = R::list(client, Self::LIMIT).await?;
        let whole = is_whole(&listed, Self::LIMIT);
        let known = listed.iter().map(Record::id).collect();
        Ok(Snapshot { known, limit: Self::LIMIT, whole })
    }

    /// Counts this one as known, so that it is not taken for what is looked for: something that was created meanwhile
    /// and whose id was answered.
    ///
    /// ```no_run
    /// # use mileston_api::reconcile::Snapshot;
    /// # use mileston_api::types::{CreatePaymentLink, PaymentLink};
    /// # use mileston_api::{NormalClient, Test};
    /// # async fn run(
    /// #     client: NormalClient<Test>,
    /// #     mut before: Snapshot<PaymentLink>,
    /// #     other: CreatePaymentLink,
    /// # ) -> Result<(), mileston_api::Error> {
    /// if let Some(link) = client.payment_links().create(&other).await?.payment_data {
    ///     before.know(link.payment_link_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn know(&mut self, id: R::Id) {
        self.known.insert(id);
    }

    /// Lists again, and looks for what a body asked for. Can be asked more than once: something new may take a while to
    /// be listed.
    ///
    /// # Errors
    ///
    /// Those of the list. They say nothing about the write.
    pub async fn created<K: scope::Normal>(
        &self,
        client: &Client<K>,
        body: &R::Create,
    ) -> Result<Verdict<R>, Error> {
        let listed = R::list(client, self.limit).await?;
        let whole = self.whole && is_whole(&listed, self.limit) && self.is_all_in(&listed);
        let may_be_page = is_length_of_page(listed.len());
        let is_meant = |record: &R| !self.known.contains(&record.id()) && could_be_of(record, body);
        let mut meant: Vec<R> = listed.into_iter().filter(is_meant).collect();
        if meant.is_empty() {
            return Ok(Verdict::NotSeen { whole: whole && !may_be_page });
        }
        Ok(match only(&meant, body).filter(|_| whole) {
            Some(at) => Verdict::Created(meant.swap_remove(at)),
            None => Verdict::Candidates(meant),
        })
    }

    /// A list that lacks what was there was cut, or is not of now.
    fn is_all_in(&self, listed: &[R]) -> bool {
        let ids: BTreeSet<R::Id> = listed.iter().map(Record::id).collect();
        self.known.is_subset(&ids)
    }
}

/// Whether a new record may be what became of the body, also if it was edited since.
fn could_be_of<R: Record>(record: &R, body: &R::Create) -> bool {
    let is_named = R::name_in(body).is_some_and(|name| !name.trim().is_empty());
    !is_named
        || record.name().is_none()
        || record.answers(body) != Comparison::Differs
        || record.amount_of(body) == Comparison::Same
        || record.is_namesake_of(body)
        || record.resembles(body)
}

/// Returns the place of the one record that is certainly meant: no other one fits the body or has its name.
fn only<R: Record>(meant: &[R], body: &R::Create) -> Option<usize> {
    let fits = |record: &R| record.answers(body) != Comparison::Differs;
    let mut rivals =
        meant.iter().enumerate().filter(|(_, one)| fits(one) || one.is_namesake_of(body));
    let (Some((at, one)), None) = (rivals.next(), rivals.next()) else { return None };
    let is_certain = one.amount_of(body) == Comparison::Same && one.is_named_by(body);
    (fits(one) && is_certain).then_some(at)
}

/// A platform that gives a page at most, the oldest first, never lists what is new.
fn is_length_of_page(length: usize) -> bool {
    length >= 10
        && (length.is_multiple_of(10) || length.is_multiple_of(25) || length.is_power_of_two())
}

/// A list that is as long as was asked for may go on.
fn is_whole<R>(listed: &[R], limit: u32) -> bool {
    u32::try_from(listed.len()).is_ok_and(|length| length < limit)
}
