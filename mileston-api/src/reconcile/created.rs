//! Whether something was created: what is listed afterwards and was not before.

use std::collections::BTreeSet;

use mileston_keys::scope;

use super::records::Record;
use crate::{Client, Error};

/// What was there before something is created. Take it before the write; ask [`created`](Snapshot::created) if the
/// write's outcome is unknown.
///
/// ```no_run
/// use mileston_api::reconcile::{Snapshot, Verdict};
/// use mileston_api::types::{CreatePaymentLink, PaymentLink};
/// use mileston_api::{NormalClient, Outcome};
///
/// # async fn run(client: NormalClient) -> Result<(), mileston_api::Error> {
/// let body = CreatePaymentLink::new("100.00".parse()?).title("Order 7");
/// let before = Snapshot::<PaymentLink>::take(&client).await?;
/// let link = match client.payment_links().create(&body).await {
///     Ok(answer) => answer.payment_data,
///     Err(error) if error.outcome() == Outcome::Unknown => {
///         match before.created(&client, &body).await? {
///             Verdict::Created(link) => Some(link),
///             // Nothing was created, as far as can be told: it can be sent again.
///             Verdict::NotSeen { whole: true } => client.payment_links().create(&body).await?.payment_data,
///             // A person has to look.
///             other => return Err(error),
///         }
///     }
///     Err(error) => return Err(error),
/// };
/// # let _ = link;
/// # Ok(())
/// # }
/// ```
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
    /// It is there, it is new, and it is the only one that could be meant.
    Created(R),
    /// These could be meant: there are several, or the first list was full, so that one may have been there before.
    Candidates(Vec<R>),
    /// Nothing new that could be meant is listed.
    NotSeen {
        /// Whether the list was not full, so that there is nothing beyond it.
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
        let whole = is_whole(&listed, self.limit);
        let is_meant = |record: &R| !self.known.contains(&record.id()) && record.answers(body);
        let mut meant: Vec<R> = listed.into_iter().filter(is_meant).collect();
        Ok(match (meant.len(), self.whole) {
            (0, _) => Verdict::NotSeen { whole },
            (1, true) => meant.pop().map_or(Verdict::NotSeen { whole }, Verdict::Created),
            _ => Verdict::Candidates(meant),
        })
    }
}

/// A list that is as long as was asked for may go on.
fn is_whole<R>(listed: &[R], limit: u32) -> bool {
    u32::try_from(listed.len()).is_ok_and(|length| length < limit)
}
