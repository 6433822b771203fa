//! A resource and whether it is paid.

use mileston_api::Amount;

use super::rejection::Rejection;
use super::resource::Resource;

/// A resource and whether it is paid. Only this type decides whether a resource is paid, and responses derive their
/// status from this type.
#[derive(Clone, Debug)]
pub(crate) struct Kept<R> {
    pub(crate) data: R,
    paid: bool,
    /// When the resource was paid, in milliseconds since 1970; `None` if it was unpaid when it was read from the store,
    /// or was marked as unpaid after that.
    paid_at: Option<i64>,
    /// Whether earlier payments no longer count.
    starts_afresh: bool,
}

impl<R: Resource> Kept<R> {
    /// Creates an unpaid resource.
    pub(crate) fn new(data: R) -> Self {
        Kept { data, paid: false, paid_at: None, starts_afresh: false }
    }

    /// Creates a resource that was read from the store at time `now`. If the resource has fallen due since it was paid,
    /// it is unpaid again.
    pub(super) fn stored(data: R, paid_at: Option<i64>, now: i64) -> Self {
        let schedule = data.schedule();
        let is_due = |paid| schedule.is_some_and(|schedule| schedule.is_due_again(paid, now));
        let lasting = paid_at.filter(|paid| !is_due(*paid));
        let starts_afresh = paid_at.is_some() && lasting.is_none();
        Kept { data, paid: lasting.is_some(), paid_at: lasting, starts_afresh }
    }

    /// Returns when the resource was paid, or `None` if it isn't paid. A resource that was just marked as paid was paid
    /// `now`.
    pub(super) fn paid_at(&self, now: i64) -> Option<i64> {
        self.paid.then(|| self.paid_at.unwrap_or(now))
    }

    /// Returns whether earlier payments no longer count.
    pub(super) fn starts_afresh(&self) -> bool {
        self.starts_afresh
    }

    pub(crate) fn is_paid(&self) -> bool {
        self.paid
    }

    /// Marks the resource as paid or unpaid. Once it is marked as unpaid, earlier payments no longer count.
    pub(crate) fn mark(&mut self, paid: bool) {
        self.paid = paid;
        if !paid {
            self.paid_at = None;
            self.starts_afresh = true;
        }
    }

    /// Changes the amount. Different notations of the same number, such as `5` and `5.00`, are the same amount.
    ///
    /// A paid invoice or recurring payment keeps its amount, because otherwise a cheap payment would settle an
    /// expensive item. A payment link can have several payers. After its amount changes, the link waits for its first
    /// payment again.
    pub(crate) fn change_amount(&mut self, amount: Option<Amount>) -> Result<(), Rejection> {
        let Some(amount) = amount else { return Ok(()) };
        let before = self.data.amount().and_then(|text| text.parse::<Amount>().ok());
        if before != Some(amount) {
            if self.paid && R::PAID_ONCE {
                return Err(Rejection::AmountIsFinal(R::NAME));
            }
            self.mark(false);
        }
        self.data.set_amount(amount);
        Ok(())
    }
}
