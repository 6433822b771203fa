//! What asking the platform about a delivery brought.

use std::fmt;

use crate::ReportedAmount;

/// What became of each fact of a delivery when the platform was asked. [`advice`](Confirmation::advice) says what to do.
///
/// ```no_run
/// use mileston_api::webhook::{Advice, Confirmation};
///
/// fn judge(found: &Confirmation) -> &'static str {
///     match found.advice() {
///         Advice::Serve => "ship what the order with this id says, once",
///         Advice::LookFurther => "a payment link: look for the payment on the chain before you ship",
///         Advice::DontServe => "don't ship: it is false, or the platform is not ready yet",
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    pub(crate) existence: Verdict,
    pub(crate) amount: Verdict,
    pub(crate) environment: Verdict,
    pub(crate) status: Verdict,
    pub(crate) platform_amount: Option<ReportedAmount>,
}

/// What to do about a delivery, by what the platform says. [`Confirmation::advice`] returns it.
///
/// Serve what your own records say for [`paid_id`](crate::webhook::Delivery::paid_id), never what only the delivery says,
/// and serve each order once: by its id, or for a recurring payment by its id and the period that is due. A
/// [`dedupe_key`](crate::webhook::Delivery::dedupe_key) is not enough, because someone who has the token can send another
/// delivery of the same payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Advice {
    /// The platform itself says that it is paid, and contradicts nothing. So far, that is known of invoices and recurring
    /// payments.
    Serve,
    /// The platform has it and contradicts nothing, but doesn't say that it is paid. Every payment link is such: **nothing
    /// that the platform says proves that it was paid**, so don't serve it because of the delivery. The page
    /// `docs/webhooks.md` of the repository says what to look for on the chain.
    LookFurther,
    /// The platform doesn't have it, or says something else: the delivery is false, or the platform is not ready yet.
    /// Answer [`SEND_AGAIN`](crate::webhook::SEND_AGAIN).
    DontServe,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// The platform has what was paid, under the id that the delivery names.
    Existence,
    /// The amounts are the same number.
    Amount,
    /// Delivery and platform are of the client's mode: `test` for a test key, `prod` for a live key.
    Environment,
    /// It is paid, as delivery and platform say. The platform is not known to say so of a payment link.
    Status,
}

/// How a comparison ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The platform says what the delivery says, or what it implies.
    Matches,
    /// It says something else, or what one of them says cannot be read.
    Contradicts,
    /// It does not say, or the delivery names nothing to compare with.
    Unsaid,
}

impl Confirmation {
    /// All verdicts, in the order of [`Fact`].
    pub fn verdicts(&self) -> [(Fact, Verdict); 4] {
        [Fact::Existence, Fact::Amount, Fact::Environment, Fact::Status]
            .map(|fact| (fact, self.verdict(fact)))
    }

    /// How the comparison of one fact ended.
    pub fn verdict(&self, fact: Fact) -> Verdict {
        match fact {
            Fact::Existence => self.existence,
            Fact::Amount => self.amount,
            Fact::Environment => self.environment,
            Fact::Status => self.status,
        }
    }

    /// What the platform says as the delivery does.
    pub fn matched(&self) -> impl Iterator<Item = Fact> {
        self.with(Verdict::Matches)
    }

    /// What it says differently. One of them is reason enough not to believe the delivery.
    pub fn contradicted(&self) -> impl Iterator<Item = Fact> {
        self.with(Verdict::Contradicts)
    }

    /// What was not compared, since one side does not say.
    pub fn unsaid(&self) -> impl Iterator<Item = Fact> {
        self.with(Verdict::Unsaid)
    }

    fn with(&self, wanted: Verdict) -> impl Iterator<Item = Fact> {
        self.verdicts()
            .into_iter()
            .filter(move |(_, verdict)| *verdict == wanted)
            .map(|(fact, _)| fact)
    }

    /// Returns what to do: serve the order, look further, or don't serve it.
    pub fn advice(&self) -> Advice {
        if self.is_paid() {
            Advice::Serve
        } else if self.is_confirmed() {
            Advice::LookFurther
        } else {
            Advice::DontServe
        }
    }

    /// Whether the platform has what was paid, and contradicts nothing.
    ///
    /// This does **not** say that it was paid, so don't serve an order because of it: the platform is not known to give the
    /// status of a payment link, and what it leaves out contradicts nothing. Use [`advice`](Confirmation::advice).
    pub fn is_confirmed(&self) -> bool {
        self.existence == Verdict::Matches && self.contradicted().next().is_none()
    }

    /// Whether it is confirmed and the platform itself says that it is paid.
    ///
    /// To be expected of invoices and recurring payments; of a payment link it is false as far as is known. An invoice
    /// stays paid: an old delivery that is sent again passes, so [`dedupe_key`](crate::webhook::Delivery::dedupe_key)
    /// is still needed. And it speaks of the *current* payment of a recurring one.
    pub fn is_paid(&self) -> bool {
        self.is_confirmed() && self.status == Verdict::Matches
    }

    /// The amount that the platform tells. It is what was asked for; trust it before that of the delivery.
    pub fn platform_amount(&self) -> Option<&ReportedAmount> {
        self.platform_amount.as_ref()
    }
}

/// One line for a log, e.g. `existence matches, amount contradicts, environment matches, status unsaid`.
impl fmt::Display for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (fact, verdict)) in self.verdicts().into_iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}{fact} {verdict}")?;
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

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Matches => "matches",
            Verdict::Contradicts => "contradicts",
            Verdict::Unsaid => "unsaid",
        })
    }
}
