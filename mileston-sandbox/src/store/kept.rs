//! A thing that can be paid, and whether it is.

use mileston_api::Amount;

use super::resource::Resource;
use crate::runtime::Refusal;

/// A thing and whether it is paid. This is the one place that knows; what answers say of it is made from here.
#[derive(Clone, Debug)]
pub(crate) struct Kept<R> {
    pub(crate) data: R,
    paid: bool,
    /// When it was paid, if that was before it was read. In milliseconds since 1970.
    paid_at: Option<i64>,
    /// Whether the payments until now count no more.
    starts_afresh: bool,
}

impl<R: Resource> Kept<R> {
    /// Something that nobody has paid.
    pub(crate) fn new(data: R) -> Self {
        Kept { data, paid: false, paid_at: None, starts_afresh: false }
    }

    /// Something as it was kept, at this time: what has fallen due again since it was paid is not paid.
    pub(super) fn stored(data: R, paid_at: Option<i64>, now: i64) -> Self {
        let schedule = data.schedule();
        let is_due = |paid| schedule.is_some_and(|schedule| schedule.is_due_again(paid, now));
        let lasting = paid_at.filter(|paid| !is_due(*paid));
        let starts_afresh = paid_at.is_some() && lasting.is_none();
        Kept { data, paid: lasting.is_some(), paid_at: lasting, starts_afresh }
    }

    /// When it was paid, which is now if it was not before.
    pub(super) fn paid_at(&self, now: i64) -> Option<i64> {
        self.paid.then(|| self.paid_at.unwrap_or(now))
    }

    /// Whether what was paid before counts no more.
    pub(super) fn starts_afresh(&self) -> bool {
        self.starts_afresh
    }

    pub(crate) fn is_paid(&self) -> bool {
        self.paid
    }

    /// The business says itself whether it is paid. What was paid before counts no more once it says that it is not.
    pub(crate) fn mark(&mut self, paid: bool) {
        self.paid = paid;
        if !paid {
            self.paid_at = None;
            self.starts_afresh = true;
        }
    }

    /// Another amount to ask for. The same number in other digits is no other amount.
    ///
    /// Whatever is settled for good keeps its amount, or a cheap payment would settle an expensive thing. A payment
    /// link is paid by one payer after the other: with another amount it waits for the first of them again.
    pub(crate) fn change_amount(&mut self, amount: Option<Amount>) -> Result<(), Refusal> {
        let Some(amount) = amount else { return Ok(()) };
        let before = self.data.amount().and_then(|text| text.parse::<Amount>().ok());
        if before != Some(amount) {
            if self.paid && R::PAID_ONCE {
                return Err(Refusal::conflict(format!(
                    "This {} is paid: its amount cannot be changed.",
                    R::NAME
                )));
            }
            self.mark(false);
        }
        self.data.set_amount(amount);
        Ok(())
    }
}
