//! The states of a checkout.

use super::names::{Screen, Slot};
use super::trouble::{Kind, Trouble};

/// What the page is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The page is fetching the payment link and the business.
    Loading,
    /// The payer is picking a network and a token.
    Ready,
    /// The page is requesting the address to pay to.
    Preparing,
    /// The page is showing where to pay and waiting for the payment.
    Waiting,
    /// The platform has confirmed that the payment has arrived.
    Verified,
    /// The payment didn't arrive in time. This contains the reason why the last request failed, or
    /// `None` if it didn't fail.
    TimedOut(Option<String>),
    /// The payer ended the wait.
    Cancelled,
    /// Something went wrong. This contains the problem and the step that the payer can repeat.
    Failed(Trouble, Step),
}

/// A step that can be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Fetching the payment link and the business.
    Load,
    /// Requesting the wallet to pay into.
    Prepare,
    /// Waiting for the payment.
    Wait,
}

/// A button that retries or cancels a step, or goes back to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Retries what failed, timed out or was cancelled.
    Retry,
    /// Goes back to choosing a network and a token.
    Change,
    /// Cancels the current step.
    Cancel,
}

impl Button {
    /// All buttons.
    pub const ALL: [Button; 3] = [Button::Retry, Button::Change, Button::Cancel];

    /// Returns the slot of the button's label. The name of the slot is also the id of the button's element.
    #[must_use]
    pub fn slot(self) -> Slot {
        match self {
            Button::Retry => Slot::Retry,
            Button::Change => Slot::Change,
            Button::Cancel => Slot::Cancel,
        }
    }
}

impl State {
    /// Returns the section that the page shows.
    #[must_use]
    pub fn screen(&self) -> Screen {
        match self {
            State::Loading => Screen::Loading,
            State::Ready => Screen::Ready,
            State::Preparing => Screen::Preparing,
            State::Waiting => Screen::Waiting,
            State::Verified => Screen::Verified,
            State::TimedOut(_) => Screen::TimedOut,
            State::Cancelled => Screen::Cancelled,
            State::Failed(trouble, _) => match trouble.kind {
                Kind::NotFound => Screen::NotFound,
                Kind::Refused => Screen::Refused,
                Kind::NoResponse => Screen::NoResponse,
                Kind::Unavailable => Screen::Unavailable,
                Kind::Unexpected => Screen::Unexpected,
            },
        }
    }

    /// Returns the buttons that can be clicked. The others are hidden.
    #[must_use]
    pub fn buttons(&self) -> &'static [Button] {
        match self {
            State::Loading | State::Ready | State::Verified => &[],
            State::Preparing | State::Waiting => &[Button::Cancel],
            // A second request would have the same result.
            State::Failed(Trouble { kind: Kind::NotFound, .. }, _) => &[],
            State::Failed(_, Step::Load) => &[Button::Retry],
            State::TimedOut(_)
            | State::Cancelled
            | State::Failed(_, Step::Prepare | Step::Wait) => &[Button::Retry, Button::Change],
        }
    }

    /// Returns whether the page shows a hint in this state when the device is offline.
    #[must_use]
    pub fn is_about_network(&self) -> bool {
        match self {
            State::Waiting => true,
            State::Failed(trouble, _) => trouble.kind == Kind::NoResponse,
            _ => false,
        }
    }

    /// Returns the label of a button.
    #[must_use]
    pub fn label(&self, button: Button) -> &'static str {
        match button {
            Button::Retry if self.may_be_paid() => "Check again",
            Button::Retry => "Try again",
            Button::Change => "Choose another network",
            Button::Cancel => "Cancel",
        }
    }

    /// Returns whether the payer may already have sent the money.
    #[must_use]
    pub fn may_be_paid(&self) -> bool {
        matches!(self, State::TimedOut(_) | State::Cancelled | State::Failed(_, Step::Wait))
    }
}
