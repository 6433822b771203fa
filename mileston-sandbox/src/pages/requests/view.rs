//! The Requests page as HTML.

use axum::http::StatusCode;
use maud::{Markup, html};

use crate::log::{self, Entry};
use crate::pages::code::Language;
use crate::pages::menu::Menu;
use crate::pages::snippet::Snippet;
use crate::pages::tab::Tab;
use crate::pages::time::{milliseconds, when_exactly};
use crate::pages::{assets, layout};
use crate::reach::Reach;
use crate::text::{escape_json, lines, plain, pretty_json};

/// The data of the page.
pub(super) struct Requests<'a> {
    pub(super) menu: &'a Menu,
    /// Newest first.
    pub(super) entries: &'a [Entry],
    /// The number of requests since the sandbox started.
    pub(super) counted: u64,
    pub(super) only_failed: bool,
    pub(super) reach: &'a Reach,
}

/// Renders the page.
pub(super) fn page(of: &Requests<'_>) -> Markup {
    layout::tab(
        of.menu,
        &[assets::COPY.path, assets::LIVE.path],
        html! { "API requests from all businesses, newest first. The list updates itself. Keys and signatures are not kept." },
        html! {
            div.bar { (filter(of)) }
            div #list data-live { (list(of)) }
        },
    )
}

fn filter(of: &Requests<'_>) -> Markup {
    let all = of.menu.address(Tab::Requests);
    html! {
        nav.switch aria-label="Show" {
            a href=(all) aria-current=[(!of.only_failed).then_some("true")] { "All" }
            a href={ (all) "&show=failed" } aria-current=[of.only_failed.then_some("true")] { "Failed" }
        }
    }
}

fn list(of: &Requests<'_>) -> Markup {
    html! {
        @if of.entries.is_empty() {
            div.empty {
                @if of.only_failed {
                    p { "No request has failed yet." }
                } @else {
                    h2 { "No requests yet" }
                    p { "Requests to the API are listed here, with code to repeat them." }
                }
            }
        } @else {
            p.soft {
                (of.counted) " requests since the sandbox started; the newest " (of.entries.len())
                @if of.only_failed { " that failed" } " are shown."
            }
            ol.requests { @for entry in of.entries { li { (one(of, entry)) } } }
        }
    }
}

fn one(of: &Requests<'_>, entry: &Entry) -> Markup {
    let failed = entry.has_failed();
    html! {
        details #{ "request-" (entry.number) } {
            summary {
                span.state.good[!failed].bad[failed] { (entry.status.as_ref().map_or("–", StatusCode::as_str)) }
                span.call { strong { (plain(&entry.method)) } " " (plain(&entry.target)) }
                span.soft.facts {
                    (entry.operation.map_or("no operation", |operation| operation.id))
                    " · " (entry.key.words())
                    @if let Some(at) = &entry.at { " · " (when_exactly(at)) }
                    " · " (milliseconds(entry.took))
                }
                @if let Some(reason) = &entry.reason { span.reason { (plain(reason)) } }
            }
            (again(of, entry))
        }
    }
}

fn again(of: &Requests<'_>, entry: &Entry) -> Markup {
    html! {
        @if entry.is_cut {
            p.notice { "The request was too long to keep, so the code below has only its first part." }
        }
        @if !entry.body.is_empty() { (snippet(entry, "Body", Language::Json, &body(entry))) }
        (snippet(entry, "curl", Language::Shell, &log::curl(entry)))
        @if let Some(program) = log::rust(entry, of.reach) { (snippet(entry, "Rust", Language::Rust, &program)) }
    }
}

/// Returns the body: indented if it is JSON, otherwise as it was sent.
fn body(entry: &Entry) -> String {
    let text = entry.body_text();
    match pretty_json(&text) {
        Some(json) => json.lines().map(escape_json).collect::<Vec<_>>().join("\n"),
        None => lines(&text).into_owned(),
    }
}

fn snippet(entry: &Entry, title: &str, language: Language, text: &str) -> Markup {
    let id = format!("{}-{}", title.to_lowercase(), entry.number);
    Snippet { id: &id, title, language, text }.view()
}
