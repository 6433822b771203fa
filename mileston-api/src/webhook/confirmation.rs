//! Describes the result of asking the platform about a delivery.

use std::fmt;

use crate::ReportedAmount;

/// How each fact of a delivery compares with the platform's data. [`advice`](Confirmation::advice) says what to do.
///
/// ```no_run
/// use mileston_api::webhook::{Advice, Confirmation};
///
/// fn judge(found: &Confirmation) -> &'static str {
///     match found.advice() {
///         Advice::Fulfil => "ship the order with this id, unless it was already shipped",
///         Advice::CheckFurther => "a payment link: look for the payment on the chain before you ship",
///         Advice::DontFulfil => "don't ship: the delivery is forged, or the platform's record isn't up to date",
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    pub(crate) existence: FactCheck,
    pub(crate) amount: FactCheck,
    pub(crate) environment: FactCheck,
    pub(crate) status: FactCheck,
    pub(crate) platform_amount: Option<ReportedAmount>,
}

/// What to do about a delivery after comparing it with the platform's data. [`Confirmation::advice`] returns it.
///
/// To fulfil an order, look it up in your own records by the delivery's [`paid_id`](crate::webhook::Delivery::paid_id),
/// and never rely on a value that only the delivery contains. Fulfil each order only once, and a recurring payment only
/// once for each period that is due. A [`dedupe_key`](crate::webhook::Delivery::dedupe_key) is not enough for this,
/// because anyone who has the token can send another delivery for the same payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Advice {
    /// The platform itself says that the record is paid, and doesn't contradict the delivery. As far as is known, only
    /// invoices and recurring payments get this result.
    Fulfil,
    /// The platform has the record and doesn't contradict the delivery, but doesn't say that the record is paid. This is
    /// always the case for payment links: **nothing that the platform says proves that a link was paid**, so don't
    /// fulfil the order because of the delivery. `docs/webhooks.md` in the repository describes what to check on the
    /// chain.
    CheckFurther,
    /// The platform doesn't have the record, or contradicts the delivery. Either the delivery is forged, or the
    /// platform hasn't updated its record yet. Respond with [`SEND_AGAIN`](crate::webhook::SEND_AGAIN).
    ///
    /// This is also the advice if there is no record to compare: the delivery contains no id, the event isn't known, or
    /// the response contains no record. If the event isn't known, respond with [`RECEIVED`](crate::webhook::RECEIVED)
    /// instead.
    DontFulfil,
}

/// A fact that is compared between a delivery and the platform's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// The platform has a record with the id in the delivery.
    Existence,
    /// The amounts are the same number.
    Amount,
    /// The platform reports the environment of the client's key (`test` for a test key, `prod` for a live key), and the
    /// delivery doesn't report a different one.
    Environment,
    /// The platform says that the record is paid, and the delivery doesn't contradict that. As far as is known, the
    /// platform doesn't report this for a payment link.
    Status,
}

/// How a fact in the delivery compares with the platform's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FactCheck {
    /// The platform reports what the delivery says or implies.
    Matches,
    /// The platform doesn't have the record, or the two amounts aren't the same number, or the platform or the delivery
    /// reports a status other than paid or an environment that doesn't match the client's key.
    Contradicts,
    /// The platform doesn't report the fact, or the delivery doesn't contain the amount or the id to compare.
    NotReported,
}

impl Confirmation {
    /// Returns every fact with the result of its comparison, in the order of [`Fact`].
    pub fn facts(&self) -> [(Fact, FactCheck); 4] {
        [Fact::Existence, Fact::Amount, Fact::Environment, Fact::Status]
            .map(|fact| (fact, self.fact(fact)))
    }

    /// Returns the result of comparing one fact.
    pub fn fact(&self, fact: Fact) -> FactCheck {
        match fact {
            Fact::Existence => self.existence,
            Fact::Amount => self.amount,
            Fact::Environment => self.environment,
            Fact::Status => self.status,
        }
    }

    /// Returns the facts on which the platform and the delivery agree.
    pub fn matched(&self) -> impl Iterator<Item = Fact> {
        self.with(FactCheck::Matches)
    }

    /// Returns the facts that are contradicted. One of them is enough to distrust the delivery.
    pub fn contradicted(&self) -> impl Iterator<Item = Fact> {
        self.with(FactCheck::Contradicts)
    }

    /// Returns the facts that were not compared, because one side doesn't report them.
    pub fn not_reported(&self) -> impl Iterator<Item = Fact> {
        self.with(FactCheck::NotReported)
    }

    fn with(&self, wanted: FactCheck) -> impl Iterator<Item = Fact> {
        self.facts().into_iter().filter(move |(_, check)| *check == wanted).map(|(fact, _)| fact)
    }

    /// Returns what to do: fulfil the order, check further, or don't fulfil it.
    pub fn advice(&self) -> Advice {
        if self.is_paid() {
            Advice::Fulfil
        } else if self.is_confirmed() {
            Advice::CheckFurther
        } else {
            Advice::DontFulfil
        }
    }

    /// Returns whether the platform has the record and doesn't contradict the delivery.
    ///
    /// This does **not** mean that the record was paid, so don't fulfil an order because of it. As far as is known, the
    /// platform doesn't report the status of a payment link, and a fact that it doesn't report can't contradict the
    /// delivery. Use [`advice`](Confirmation::advice).
    pub fn is_confirmed(&self) -> bool {
        self.existence == FactCheck::Matches && self.contradicted().next().is_none()
    }

    /// Returns whether the delivery is confirmed and the platform itself says that the record is paid.
    ///
    /// This can be true for invoices and recurring payments, but, as far as is known, not for payment links. An invoice
    /// stays paid, so this is also true for an old delivery that is sent again, and you still need
    /// [`dedupe_key`](crate::webhook::Delivery::dedupe_key). For a recurring payment, the status refers to the *current*
    /// period.
    pub fn is_paid(&self) -> bool {
        self.is_confirmed() && self.status == FactCheck::Matches
    }

    /// Returns the amount that the platform reports, which is the amount due. Use it instead of the amount in the
    /// delivery.
    pub fn platform_amount(&self) -> Option<&ReportedAmount> {
        self.platform_amount.as_ref()
    }
}

/// Writes one line for a log, such as
/// `existence matches, amount contradicts, environment matches, status not reported`.
impl fmt::Display for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (fact, check)) in self.facts().into_iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}{fact} {check}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fact::Existence => "existence",
            Fact::Amount => "amount",
            Fact::Environment => "environment",
            Fact::Status => "status",
        })
    }
}

impl fmt::Display for FactCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FactCheck::Matches => "matches",
            FactCheck::Contradicts => "contradicts",
            FactCheck::NotReported => "not reported",
        })
    }
}
