//! The page that lists payment links, invoices and recurring payments, and updates itself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use maud::{Markup, html};

use super::menu::{Menu, Menus};
use super::tab::Tab;
use super::{assets, headers, layout};
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::{Line, Store};
use crate::text::plain;

/// The number of entries on the page.
const LISTED: u32 = 100;

/// Shows the page.
pub(super) async fn show(
    State(store): State<Arc<Store>>,
    State(menus): State<Menus>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = menus.of(Tab::Payments, &incoming).await?;
    let lines = store.overview(&menu.identity(), LISTED).await?;
    Ok(headers::html(StatusCode::OK, view(&menu, &lines)))
}

fn view(menu: &Menu, lines: &[Line]) -> Markup {
    let scripts = [assets::COPY.path, assets::LIVE.path];
    layout::tab(
        menu,
        &scripts,
        html! {
            p { "Payment links, invoices and recurring payments, newest first. The list updates itself." }
            (menu.switches())
            div #list data-live {
                @if lines.is_empty() {
                    p.empty { "Nothing here yet. Create a payment link, an invoice or a recurring payment with the API." }
                } @else {
                    (table(menu, lines))
                }
            }
        },
    )
}

fn table(menu: &Menu, lines: &[Line]) -> Markup {
    html! {
        (layout::table(
            &["Title", "Amount", "State", "Checkout page"],
            html! { @for line in lines { (row(menu, line)) } },
        ))
        @if lines.len() == LISTED as usize {
            p.soft { "The newest " (LISTED) " are shown." }
        }
    }
}

fn row(menu: &Menu, line: &Line) -> Markup {
    let kind = line.kind.replace('-', " ");
    html! {
        tr {
            td data-label="Title" {
                span.title { @if line.title.is_empty() { "Untitled" } @else { (plain(&line.title)) } }
                span.soft { (kind) }
            }
            td.number data-label="Amount" { (line.amount) " USD" }
            td data-label="State" { (state(line)) }
            td data-label="Checkout page" {
                a href=(menu.urls.to(&format!("/{}/{}", line.kind, line.id))) { "Open" span.hidden { " " (kind) " " (line.id) } }
            }
        }
    }
}

fn state(line: &Line) -> Markup {
    let times = match line.payments {
        0 | 1 => String::new(),
        times => format!(" {times} times"),
    };
    html! {
        @if line.paid {
            span.state.good { "Paid" (times) }
            @if let Some(chain) = &line.chain { span.soft { "on " (chain) } }
        } @else {
            span.state { "Not paid" }
        }
    }
}
