//! What stands around every page.

use maud::{DOCTYPE, Markup, html};

use super::assets::{LOGO, STYLE};

/// A page: its title, the script that it runs, if any, and what it shows.
pub(super) fn page(title: &str, script: Option<&str>, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Mileston sandbox" }
                link rel="icon" href=(LOGO.path) type="image/svg+xml";
                link rel="stylesheet" href=(STYLE.path);
                @if let Some(script) = script { script type="module" src=(script) {} }
            }
            body {
                header.top {
                    img.logo src=(LOGO.path) alt="" width="28" height="28";
                    span.name { "Mileston sandbox" }
                    span.badge { "No real money" }
                }
                main { (content) }
                footer { "An unofficial emulation. Mileston neither wrote nor reviewed it." }
            }
        }
    }
}

/// A page that says why there is nothing to see, and what to do.
pub(super) fn problem(title: &str, text: &str) -> Markup {
    page(title, None, html! { div.card { h1 { (title) } p { (text) } } })
}
