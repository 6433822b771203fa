//! The page of payments as HTML.

use maud::{Markup, html};
use mileston_api::types::PaymentLink;

use crate::pages::menu::Menu;
use crate::pages::tab::Tab;
use crate::pages::time::when;
use crate::pages::{assets, layout, names};
use crate::store::{Line, PaidState, Resource};
use crate::text::plain;

/// The data of the page.
pub(super) struct Payments<'a> {
    pub(super) menu: &'a Menu,
    /// Newest first.
    pub(super) lines: &'a [Line],
    pub(super) has_newer: bool,
    pub(super) has_older: bool,
}

/// Renders the page.
pub(super) fn page(of: &Payments<'_>) -> Markup {
    layout::tab(
        of.menu,
        &[assets::COPY.path, assets::LIVE.path],
        html! { "Payment links, invoices and recurring payments, newest first. The list updates itself." },
        html! {
            div #list data-live {
                @if of.lines.is_empty() { (nothing(of)) } @else { (table(of)) }
            }
        },
    )
}

fn nothing(of: &Payments<'_>) -> Markup {
    html! {
        div.empty {
            @if of.has_newer {
                p { "There is nothing older." }
            } @else {
                h2 { "Nothing here yet" }
                p {
                    "Create a payment link, an invoice or a recurring payment with the API, or run "
                    code { "mileston-sandbox trigger paymentlink-paid" } "."
                }
            }
        }
    }
}

fn table(of: &Payments<'_>) -> Markup {
    let first = of.menu.address(Tab::Payments);
    html! {
        div.payments {
            (layout::table(
                &["Payment", "Amount", "State", "Created", "Checkout page"],
                html! { @for line in of.lines { (row(of.menu, line)) } },
            ))
        }
        @if of.has_newer || of.has_older {
            nav.pager aria-label="Older and newer" {
                @if of.has_newer { a href=(first) { "Newest" } }
                @if let (true, Some(last)) = (of.has_older, of.lines.last()) {
                    a href={ (first) "&before=" (last.sequence) } { "Older" }
                }
            }
        }
        p.soft {
            "A payment link stays open after a payment, and the API doesn't report a state for it. So the list shows its number of payments instead."
        }
    }
}

fn row(menu: &Menu, line: &Line) -> Markup {
    let kind = line.kind.replace('-', " ");
    let id = format!("id-{}", line.sequence);
    html! {
        tr {
            td data-label="Payment" {
                span.title dir="auto" { @if line.title.is_empty() { "Untitled" } @else { (plain(&line.title)) } }
                span.soft.identity {
                    span.kind { (kind) } " "
                    span {
                        code #(id) { (line.id) } " "
                        button.small type="button" data-copy=(id) aria-label={ "Copy the id " (line.id) } { "Copy" }
                    }
                }
            }
            td.number data-label="Amount" { (line.amount) " USD" }
            td data-label="State" { (state(line)) }
            td.time data-label="Created" { (when(&line.created)) }
            td data-label="Checkout page" {
                a href=(menu.urls.to(&format!("/{}/{}", line.kind, line.id))) {
                    "Open" span.hidden { " " (kind) " " (line.id) }
                }
            }
        }
    }
}

/// A payment link has no state, so its payments are counted.
fn state(line: &Line) -> Markup {
    let is_link = line.kind == PaymentLink::PAGE;
    html! {
        @match line.standing {
            PaidState::NotPaid if is_link => span.state { "No payments" },
            PaidState::NotPaid => span.state { "Not paid" },
            PaidState::DueAgain { since } => {
                span.state { "Due again" }
                span.soft { "since " (when(&since)) }
            }
            PaidState::Paid { at, .. } => {
                span.state.good { @if is_link { (count(line.payments)) } @else { "Paid" } }
                @if let Some(chain) = &line.chain { " on " (names::chain(chain)) }
                span.soft { (when(&at)) }
            }
        }
    }
}

fn count(payments: u32) -> String {
    match payments {
        0 | 1 => "1 payment".to_owned(),
        more => format!("{more} payments"),
    }
}
