//! The layout that all pages share.

use maud::{DOCTYPE, Markup, html};

use super::assets::{LOGO, STYLE};
use super::menu::Menu;
use super::urls::Urls;

/// Renders a page for a payer: title, script if any, and content.
pub(super) fn page(urls: &Urls, title: &str, script: Option<&str>, content: Markup) -> Markup {
    frame(
        urls,
        title,
        script.as_slice(),
        html! { span.badge { "No real money" } },
        html! {
            main { (content) }
        },
    )
}

/// Renders a page for developers: the menu, the title, a sentence about what the page is for, and content.
pub(super) fn tab(menu: &Menu, scripts: &[&str], lead: Markup, content: Markup) -> Markup {
    frame(
        &menu.urls,
        menu.tab.name(),
        scripts,
        menu.view(),
        html! {
            main.wide {
                div.head {
                    div {
                        h1 { (menu.tab.name()) }
                        p.lead { (lead) }
                    }
                    (menu.modes())
                }
                (menu.businesses())
                (content)
            }
        },
    )
}

/// Renders a page that explains a problem and what to do.
pub(super) fn problem(urls: &Urls, title: &str, text: &str) -> Markup {
    page(urls, title, None, html! { div.card.narrow { h1 { (title) } p { (text) } } })
}

/// Renders a table with these headings.
pub(super) fn table(headings: &[&str], rows: Markup) -> Markup {
    html! {
        table {
            thead {
                tr { @for heading in headings { th scope="col" { (heading) } } }
            }
            tbody { (rows) }
        }
    }
}

fn frame(urls: &Urls, title: &str, scripts: &[&str], beside_logo: Markup, main: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Mileston sandbox" }
                link rel="icon" href=(urls.to(LOGO.path)) type="image/svg+xml";
                link rel="stylesheet" href=(urls.to(STYLE.path));
                @for script in scripts { script type="module" src=(urls.to(script)) {} }
            }
            body {
                header.top {
                    img.logo src=(urls.to(LOGO.path)) alt="" width="28" height="28";
                    span.name { "Mileston sandbox" }
                    (beside_logo)
                }
                (main)
                footer { "An unofficial emulation, neither written nor reviewed by Mileston. No real money moves." }
            }
        }
    }
}
