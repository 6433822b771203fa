//! The page of API requests: each request, its result and reason, and code to repeat it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use maud::{Markup, html};

use super::menu::{Menu, Menus};
use super::tab::Tab;
use super::time::when;
use super::{assets, headers, layout};
use crate::log::{self, Entry, RequestLog};
use crate::runtime::{Incoming, Refusal, Response};
use crate::text::plain;

/// The number of entries on the page.
const LISTED: usize = 50;

/// Shows the page.
pub(super) async fn show(
    State(menus): State<Menus>,
    State(log): State<Arc<RequestLog>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = menus.of(Tab::Requests, &incoming).await?;
    let only_refused = incoming.optional_query::<String>("show")?.as_deref() == Some("refused");
    let (entries, counted) = log.newest(LISTED, |entry| !only_refused || is_refused(entry));
    let shown = Shown { entries: &entries, counted, only_refused };
    Ok(headers::html(StatusCode::OK, view(&menu, &shown)))
}

/// The data of the page.
struct Shown<'a> {
    /// Newest first.
    entries: &'a [Entry],
    /// The number of requests since the start.
    counted: u64,
    only_refused: bool,
}

/// Returns whether the request failed. A request without a response failed.
fn is_refused(entry: &Entry) -> bool {
    entry.status.is_none_or(|status| status.is_client_error() || status.is_server_error())
}

fn view(menu: &Menu, shown: &Shown<'_>) -> Markup {
    let Shown { entries, counted, only_refused } = *shown;
    let scripts = [assets::COPY.path, assets::LIVE.path];
    layout::tab(
        menu,
        &scripts,
        html! {
            p { "API requests of all businesses, newest first. Keys and signatures are not kept." }
            (filter(menu, only_refused))
            div #list data-live {
                @if entries.is_empty() {
                    p.empty { "No such request yet." }
                } @else {
                    p.soft { (counted) " requests since the start; the newest " (entries.len()) @if only_refused { " refused ones" } " are shown." }
                    ol.requests { @for entry in entries { li { (one(entry)) } } }
                }
            }
        },
    )
}

fn filter(menu: &Menu, only_refused: bool) -> Markup {
    let all = menu.address(Tab::Requests);
    html! {
        p.switch {
            span { "Show" }
            a href=(all) aria-current=[(!only_refused).then_some("true")] { "all" }
            a href={ (all) "&show=refused" } aria-current=[only_refused.then_some("true")] { "refused" }
        }
    }
}

fn one(entry: &Entry) -> Markup {
    let refused = is_refused(entry);
    html! {
        details #{ "request-" (entry.number) } {
            summary {
                span.state.good[!refused].bad[refused] { (entry.status.as_ref().map_or("–", StatusCode::as_str)) }
                span.call { strong { (plain(&entry.method)) } " " (plain(&entry.target)) }
                span.soft {
                    (entry.operation.map_or("no operation", |operation| operation.id))
                    " · " (entry.key.words())
                    @if let Some(at) = &entry.at { " · " (when(at)) }
                    " · " (entry.took.as_micros()) " µs"
                }
                @if let Some(reason) = &entry.reason { span.reason { (plain(reason)) } }
            }
            (again(entry))
        }
    }
}

fn again(entry: &Entry) -> Markup {
    html! {
        @if entry.is_cut {
            p.notice { "The body was too long to keep, so the commands below have only its first part." }
        }
        (snippet(entry.number, "curl", &log::curl(entry)))
        @if let Some(program) = log::rust(entry) { (snippet(entry.number, "Rust", &program)) }
    }
}

fn snippet(number: u64, language: &str, text: &str) -> Markup {
    let id = format!("{}-{number}", language.to_lowercase());
    html! {
        div.snippet {
            p.soft { (language) }
            button.small type="button" data-copy=(id) aria-label={ "Copy as " (language) } { "Copy" }
            pre tabindex="0" aria-label={ "The request as " (language) } { code #(id) { (text) } }
        }
    }
}
