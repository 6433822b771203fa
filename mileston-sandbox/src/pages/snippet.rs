//! A piece of code with a heading and a button that copies it.

use maud::{Markup, html};

use super::code::{Language, colored};

/// A piece of code on a page.
pub(super) struct Snippet<'a> {
    /// The id of the HTML element. It is unique on the page.
    pub(super) id: &'a str,
    /// The heading.
    pub(super) title: &'a str,
    pub(super) language: Language,
    pub(super) text: &'a str,
}

impl Snippet<'_> {
    /// Renders the snippet. The script `mileston-sandbox/assets/copy.js` copies the text.
    pub(super) fn view(&self) -> Markup {
        let Snippet { id, title, language, text } = self;
        html! {
            figure.snippet {
                figcaption { (title) }
                button.small type="button" data-copy=(id) aria-label={ "Copy: " (title) } { "Copy" }
                pre tabindex="0" aria-label=(title) { code #(id) { (colored(*language, text)) } }
            }
        }
    }
}
