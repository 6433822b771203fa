//! Writes the pages. `maud` escapes every value in them.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};
use mileston_api::Amount;

use crate::orders::Order;

/// Returns the front page, with the item for sale and a button to buy it.
pub(crate) fn front(name: &str, item: &str, price: Amount) -> Html<String> {
    page(
        name,
        html! {
            p { (item) " costs $" (price) "." }
            form method="post" action="/orders" {
                label { "Your email address " input type="email" name="email" required; }
                button { "Buy" }
            }
        },
    )
}

/// Returns the page of an order, with the link to pay or the ticket.
pub(crate) fn order(name: &str, item: &str, order: &Order) -> Html<String> {
    page(
        name,
        html! {
            p { (item) }
            @match order.ticket {
                None => {
                    p { "Waiting for your payment." }
                    @match &order.link {
                    Some(link) => p { a href=(link) { "Pay now" } ", then reload this page." }
                    None => p { "We are sending you an email with the link. Reload this page after you have paid." }
                }
                }
                Some(number) => p { "Paid. Your ticket number is " (number) "." }
            }
        },
    )
}

/// Returns the page for a failed purchase. The page says what to do.
pub(crate) fn problem(name: &str, text: &str) -> Html<String> {
    page(name, html! { p { (text) } })
}

fn page(title: &str, content: Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
            }
            body { h1 { (title) } (content) }
        }
    };
    Html(page.into_string())
}
