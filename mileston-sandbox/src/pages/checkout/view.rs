//! The checkout page as HTML. It doesn't contain the amount and details: its script fetches them from the API with a
//! Checkout key, as any frontend would.

use maud::{Markup, html};
use mileston_api::tokens::{self, Supported};
use mileston_api::types::{Chain, Token};
use mileston_keys::{AnyKey, ModeName};

use super::Kind;
use crate::environment::environment;
use crate::pages::urls::Urls;
use crate::pages::{assets, layout, qr};

/// The data of the page.
pub(super) struct Checkout<'a> {
    pub(super) urls: &'a Urls,
    pub(super) kind: Kind,
    pub(super) id: &'a str,
    pub(super) mode: ModeName,
    pub(super) business: &'a str,
    /// Anyone who can see the page may see its Checkout key.
    pub(super) key: &'a AnyKey,
}

/// Renders the page in its initial state. The script shows the sections that apply.
pub(super) fn page(checkout: &Checkout<'_>) -> Markup {
    let Checkout { urls, kind, id, mode, business, key } = checkout;
    let content = html! {
        div.card #checkout
            data-kind=(kind.word()) data-id=(id) data-mode=(environment(*mode)) data-business=(business)
            data-key=(key.expose_secret()) data-base=(urls.base()) data-qr=(urls.to(qr::PATH)) {
            @if *mode == ModeName::Live { (live_notice()) }
            p.kind { (kind.name()) }
            div #due aria-busy="true" {
                p #loading role="status" { "Loading…" }
                noscript { p.problem { "This page needs JavaScript to talk to the sandbox." } }
            }
            form #choice hidden { (chains()) (tokens_of_each(*mode)) }
            (wallet(*mode))
            div.problem #problem role="alert" hidden {}
            (paid())
        }
    };
    layout::page(urls, "Checkout", Some(assets::CHECKOUT.path), content)
}

fn live_notice() -> Markup {
    html! {
        p.notice {
            strong { "Simulated live mode. " }
            "This is a sandbox, so no real money moves. Never send money to the address below."
        }
    }
}

fn chains() -> Markup {
    html! {
        fieldset {
            legend { "Chain" }
            div.options {
                @for row in &tokens::TABLE {
                    (option("chain", &row.chain.to_string(), name_of(&row.chain)))
                }
            }
        }
    }
}

/// Renders one group for each chain; the script shows the group of the chosen chain.
fn tokens_of_each(mode: ModeName) -> Markup {
    html! {
        @for row in &tokens::TABLE {
            @let chain = row.chain.to_string();
            fieldset data-chain=(chain) hidden {
                legend { "Token on " (name_of(&row.chain)) }
                div.options {
                    @for token in accepted(row, mode) {
                        (option(&format!("token-{chain}"), &token.to_string(), &token.to_string()))
                    }
                }
            }
        }
    }
}

fn option(group: &str, value: &str, label: &str) -> Markup {
    html! {
        label.option {
            input type="radio" name=(group) value=(value);
            span { (label) }
        }
    }
}

fn wallet(mode: ModeName) -> Markup {
    html! {
        section #wallet aria-labelledby="wallet-title" hidden {
            h2 #wallet-title { "Send to this address" }
            img #qr alt="QR code of the address" width="240" height="240";
            p.address { code #address {} }
            button #copy type="button" { "Copy address" }
            p #waiting role="status" {}
            div.actions {
                @if mode == ModeName::Test {
                    button.primary #pay type="button" { "Pay as a test payer" }
                }
                button #check type="button" { "Check for a payment" }
            }
        }
    }
}

fn paid() -> Markup {
    html! {
        section #paid aria-labelledby="paid-title" hidden {
            h2 #paid-title tabindex="-1" { "Paid" }
            p #paid-text {}
            p #back hidden { a rel="noreferrer" { "Back to the shop" } }
        }
    }
}

fn accepted(row: &Supported, mode: ModeName) -> &'static [Token] {
    match mode {
        ModeName::Test => row.test,
        ModeName::Live => row.live,
    }
}

fn name_of(chain: &Chain) -> &str {
    match chain {
        Chain::Eth => "Ethereum",
        Chain::Pol => "Polygon",
        Chain::Avax => "Avalanche",
        Chain::Arb => "Arbitrum",
        Chain::Base => "Base",
        Chain::Solana => "Solana",
        Chain::Sui => "Sui",
        other => other.as_str(),
    }
}
