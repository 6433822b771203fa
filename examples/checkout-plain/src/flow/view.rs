//! What the page shows.

use mileston_api::types::Token;
use mileston_api::{ModeName, tokens};

use super::known::Known;
use super::names::{Screen, Slot};
use super::networks;
use super::order::FEE;
use super::state::State;
use super::text::cut;

/// The title to show for a payment link that has none.
const UNTITLED: &str = "Payment";

/// The warning for a payer who may already have paid.
const CAREFUL: &str = "Already sent the money? Don’t send it twice. Check again instead.";

/// Everything on the page that can change.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The section to show.
    pub screen: Screen,
    /// The messages to show, each with its slot. Slots that aren't in the list are hidden.
    pub texts: Vec<(Slot, String)>,
    /// The radio buttons for networks and tokens.
    pub options: Vec<Choice>,
    /// The content of the QR code, or `None` to hide it.
    pub qr: Option<String>,
    /// The URL of the link back to the shop, or `None` to hide it.
    pub back: Option<String>,
    /// Whether to warn against sending real money, because the key is for test mode.
    pub is_test: bool,
    /// Whether to show a hint when the device is offline.
    pub is_about_network: bool,
}

/// A radio button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id of the button's element.
    pub id: String,
    /// Whether the payer can pick it. The style sheet hides the buttons that can't be picked.
    pub is_offered: bool,
    /// Whether the payer has picked it.
    pub is_picked: bool,
}

impl View {
    /// Returns the view of a page without valid settings.
    #[must_use]
    pub fn without_settings(problem: String) -> Self {
        let mut view = View::new(Screen::Settings);
        view.add(Slot::Title, UNTITLED);
        view.add(Slot::Detail, cut(problem));
        view
    }

    /// Returns the view of a page whose URL has no payment link.
    #[must_use]
    pub fn without_link() -> Self {
        let mut view = View::new(Screen::NoLink);
        view.add(Slot::Title, UNTITLED);
        view
    }

    /// Returns the message in a slot, or `None` if the slot is hidden.
    #[must_use]
    pub fn text(&self, slot: Slot) -> Option<&str> {
        let found = self.texts.iter().find(|(place, _)| *place == slot);
        found.map(|(_, text)| text.as_str())
    }

    pub(super) fn of(known: &Known) -> Self {
        let state = &known.state;
        let mut view = View::new(state.screen());
        view.is_test = known.mode == ModeName::Test;
        view.is_about_network = state.is_about_network();
        view.add_order(known);
        view.add_payment(known);
        match state {
            State::Failed(trouble, _) => view.add(Slot::Detail, cut(trouble.detail.clone())),
            State::TimedOut(Some(failure)) => view.add(Slot::Detail, cut(failure.clone())),
            State::Ready => view.add_options(known),
            _ => {}
        }
        if let Some(warning) = careful(known) {
            view.add(Slot::Careful, warning);
        }
        for button in state.buttons() {
            view.add(button.slot(), state.label(*button));
        }
        view
    }

    fn new(screen: Screen) -> Self {
        let (texts, options, qr, back) = (Vec::new(), Vec::new(), None, None);
        View { screen, texts, options, qr, back, is_test: false, is_about_network: false }
    }

    fn add(&mut self, slot: Slot, text: impl Into<String>) {
        self.texts.push((slot, text.into()));
    }

    fn add_order(&mut self, known: &Known) {
        let title = known.product.as_ref().and_then(|product| product.title.as_deref());
        self.add(Slot::Title, title.unwrap_or(UNTITLED));
        if known.state == State::Verified {
            self.back = known.product.as_ref().and_then(|product| product.back.clone());
        }
        let (Some(product), Some(merchant)) = (&known.product, &known.merchant) else { return };
        self.add(Slot::Price, format!("{} USD", product.price));
        self.add(Slot::Fee, format!("{} USD", FEE));
        self.add(Slot::Total, format!("{} USD", product.total));
        if let Some(description) = &product.description {
            self.add(Slot::Description, description);
        }
        if let Some(name) = &merchant.name {
            self.add(Slot::Merchant, name);
        }
    }

    fn add_payment(&mut self, known: &Known) {
        let Some(payment) = known.payments.last() else { return };
        if !matches!(known.state, State::Waiting | State::Verified) {
            return;
        }
        self.add(Slot::Network, networks::name(&payment.chain));
        // After the payment, nobody should send money again.
        if let (State::Waiting, Some(product)) = (&known.state, &known.product) {
            let wallet = payment.wallet.as_str();
            self.add(Slot::Token, payment.token.as_str());
            self.add(Slot::Amount, product.total.to_string());
            self.add(Slot::Address, wallet);
            self.qr = Some(wallet.to_owned());
        }
    }

    fn add_options(&mut self, known: &Known) {
        let mut all_tokens: Vec<&Token> = Vec::new();
        for row in &tokens::TABLE {
            self.options.push(Choice {
                id: format!("network-{}", row.chain),
                is_offered: known
                    .merchant
                    .as_ref()
                    .is_some_and(|it| it.wallet(&row.chain).is_some()),
                is_picked: known.picked.chain.as_ref() == Some(&row.chain),
            });
            for token in networks::offered(&row.chain, ModeName::Live) {
                if !all_tokens.contains(&token) {
                    all_tokens.push(token);
                }
            }
        }
        for token in all_tokens {
            let chain = known.picked.chain.as_ref();
            self.options.push(Choice {
                id: format!("token-{token}"),
                is_offered: chain.is_some_and(|chain| {
                    networks::offered(chain, known.mode).any(|it| it == token)
                }),
                is_picked: known.picked.token.as_ref() == Some(token),
            });
        }
    }
}

/// Returns a warning for a payer who may already have paid, on this network or a different one.
fn careful(known: &Known) -> Option<String> {
    let elsewhere = known.paid_elsewhere().join(" or ");
    match (known.state.may_be_paid(), elsewhere.is_empty()) {
        (true, true) => Some(CAREFUL.to_owned()),
        (true, false) => {
            Some(format!("{CAREFUL} If you sent it on {elsewhere}, choose that network again."))
        }
        (false, true) => None,
        (false, false) => Some(format!(
            "Already sent the money on {elsewhere}? Don’t send it twice. Choose that network again to check for it."
        )),
    }
}

/// Formats a duration as minutes and seconds, such as `0:07` or `12:34`.
#[must_use]
pub fn elapsed(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
