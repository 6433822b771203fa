//! The page of what was asked of the API: each call, how it ended and why, and how to make it again.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use maud::{Markup, html};

use super::menu::{Menu, Tab};
use super::time::when;
use super::{assets, headers, layout};
use crate::log::{self, Entry};
use crate::platform::Emulation;
use crate::runtime::{Incoming, Refusal, Response};

/// How many are listed.
const LISTED: usize = 50;

/// Shows it.
pub(super) async fn show(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = Menu::of(&platform, Tab::Requests, &incoming).await?;
    let (entries, counted) = platform.log.newest(LISTED);
    Ok(headers::html(StatusCode::OK, view(&menu, &entries, counted)))
}

fn view(menu: &Menu, entries: &[Entry], counted: u64) -> Markup {
    let scripts = [assets::COPY.path, assets::LIVE.path];
    layout::tab(
        menu,
        &scripts,
        html! {
            p { "What was asked of the API, of all businesses, the newest first. No key and no signature is kept." }
            div #list data-live {
                @if entries.is_empty() {
                    p.empty { "There was no request yet." }
                } @else {
                    p.soft { (counted) " requests since the start; the newest " (entries.len()) " are shown." }
                    ol.requests { @for entry in entries { li { (one(entry)) } } }
                }
            }
        },
    )
}

fn one(entry: &Entry) -> Markup {
    let refused = !entry.status.is_some_and(|status| status.is_success());
    html! {
        details #{ "request-" (entry.number) } {
            summary {
                span.state.good[!refused].bad[refused] { (entry.status.as_ref().map_or("–", StatusCode::as_str)) }
                span.call { strong { (entry.method) } " " (entry.target) }
                span.soft {
                    (entry.operation.map_or("no operation", |operation| operation.id))
                    " · " (entry.key.words())
                    @if let Some(at) = &entry.at { " · " (when(at)) }
                    " · " (entry.took.as_micros()) " µs"
                }
                @if let Some(reason) = &entry.reason { span.reason { (reason) } }
            }
            (again(entry))
        }
    }
}

fn again(entry: &Entry) -> Markup {
    html! {
        @if entry.is_cut {
            p.notice { "It was too long to be kept whole: what follows ends too early." }
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
