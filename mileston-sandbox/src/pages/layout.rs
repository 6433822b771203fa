//! What stands around every page.

use maud::{DOCTYPE, Markup, html};

use super::assets::{LOGO, STYLE};
use super::menu::Menu;

/// A page for whoever pays: its title, the script that it runs, if any, and what it shows.
pub(super) fn page(title: &str, script: Option<&str>, content: Markup) -> Markup {
    frame(
        title,
        script.as_slice(),
        html! { span.badge { "No real money" } },
        html! {
            main { (content) }
        },
    )
}

/// A page for developers, with the menu.
pub(super) fn tab(menu: &Menu, scripts: &[&str], content: Markup) -> Markup {
    frame(
        menu.tab.name(),
        scripts,
        menu.view(),
        html! {
            main.wide {
                h1 { (menu.tab.name()) }
                (content)
            }
        },
    )
}

/// A page that says why there is nothing to see, and what to do.
pub(super) fn problem(title: &str, text: &str) -> Markup {
    page(title, None, html! { div.card { h1 { (title) } p { (text) } } })
}

/// A table with these headings.
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

fn frame(title: &str, scripts: &[&str], beside_logo: Markup, main: Markup) -> Markup {
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
                @for script in scripts { script type="module" src=(script) {} }
            }
            body {
                header.top {
                    img.logo src=(LOGO.path) alt="" width="28" height="28";
                    span.name { "Mileston sandbox" }
                    (beside_logo)
                }
                (main)
                footer { "An unofficial emulation. Mileston neither wrote nor reviewed it. No money moves." }
            }
        }
    }
}
