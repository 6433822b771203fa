//! What the page shows.

use mileston_api::types::Token;
use mileston_api::{ModeName, tokens};

use super::{Flow, State, networks};

/// The title of what has none.
const UNTITLED: &str = "Payment";

/// What the page shows, as a list of changes to its document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The value of `data-state` on `<main>`. The style sheet shows the section with the same `data-view`.
    pub state: &'static str,
    /// The text of every element with this `data-text`. Elements whose text isn't in the list are hidden.
    pub texts: Vec<(&'static str, String)>,
    /// The radio buttons of networks and tokens.
    pub options: Vec<Choice>,
    /// The text of the QR code.
    pub qr: Option<String>,
    /// Where the link back to the shop goes.
    pub back: Option<String>,
    /// Whether to warn against sending real money.
    pub is_test: bool,
    /// Whether to say so if the device is offline.
    pub is_about_network: bool,
}

/// A radio button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id of its element.
    pub id: String,
    /// Whether it can be picked. The style sheet hides the others.
    pub is_offered: bool,
    /// Whether it is picked.
    pub is_picked: bool,
}

impl View {
    /// The page has no valid settings.
    #[must_use]
    pub fn without_settings(problem: String) -> Self {
        let texts = vec![("title", UNTITLED.to_owned()), ("detail", problem)];
        View { state: "settings", texts, ..View::default() }
    }

    /// The page's URL names no payment link.
    #[must_use]
    pub fn without_link() -> Self {
        View { state: "no-link", texts: vec![("title", UNTITLED.to_owned())], ..View::default() }
    }

    pub(super) fn of(flow: &Flow) -> Self {
        let mut view = View {
            state: flow.state.name(),
            is_test: flow.mode == ModeName::Test,
            is_about_network: flow.state.is_about_network(),
            ..View::default()
        };
        view.add_order(flow);
        view.add_payment(flow);
        if let State::Failed(trouble, _) = &flow.state {
            view.add("detail", &trouble.detail);
        }
        if let State::TimedOut(Some(failure)) = &flow.state {
            view.add("detail", failure);
        }
        if flow.state.may_be_paid() {
            view.add("careful", "Already sent the money? Don’t send it twice. Check again instead.");
        }
        for button in flow.state.buttons() {
            view.add(button.id(), flow.state.label(*button));
        }
        if flow.state == State::Ready {
            view.add_options(flow);
        }
        view
    }

    fn add(&mut self, slot: &'static str, text: impl Into<String>) {
        self.texts.push((slot, text.into()));
    }

    fn add_order(&mut self, flow: &Flow) {
        let title = flow.product.as_ref().and_then(|product| product.title.as_deref());
        self.add("title", title.unwrap_or(UNTITLED));
        let (Some(product), Some(merchant)) = (&flow.product, &flow.merchant) else { return };
        self.add("price", format!("{} USD", product.price));
        self.add("fee", format!("{} USD", super::FEE));
        self.add("total", format!("{} USD", product.total));
        if let Some(description) = &product.description {
            self.add("description", description);
        }
        if let Some(name) = &merchant.name {
            self.add("merchant", name);
        }
        if flow.state == State::Verified {
            self.back.clone_from(&product.back);
        }
    }

    fn add_payment(&mut self, flow: &Flow) {
        let (Some(product), Some(payment)) = (&flow.product, &flow.payment) else { return };
        if !matches!(flow.state, State::Waiting | State::Verified) {
            return;
        }
        let wallet = payment.wallet.as_str();
        self.add("network", networks::name(&payment.chain));
        self.add("token", payment.token.as_str());
        self.add("amount", product.total.to_string());
        self.add("address", wallet);
        if flow.state == State::Waiting {
            self.qr = Some(wallet.to_owned());
        }
    }

    fn add_options(&mut self, flow: &Flow) {
        let mut all_tokens: Vec<&Token> = Vec::new();
        for row in &tokens::TABLE {
            self.options.push(Choice {
                id: format!("network-{}", row.chain),
                is_offered: flow
                    .merchant
                    .as_ref()
                    .is_some_and(|it| it.wallet(&row.chain).is_some()),
                is_picked: flow.picked.chain.as_ref() == Some(&row.chain),
            });
            for token in networks::offered(&row.chain, ModeName::Live) {
                if !all_tokens.contains(&token) {
                    all_tokens.push(token);
                }
            }
        }
        for token in all_tokens {
            let chain = flow.picked.chain.as_ref();
            self.options.push(Choice {
                id: format!("token-{token}"),
                is_offered: chain
                    .is_some_and(|chain| networks::offered(chain, flow.mode).any(|it| it == token)),
                is_picked: flow.picked.token.as_ref() == Some(token),
            });
        }
    }
}

/// How long something took, such as `0:07` or `12:34`.
#[must_use]
pub fn elapsed(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
