//! Draws terminal output as SVG, for the README and the book.

mod film;
mod wrap;

use anstyle_svg::{Term, WIN10_CONSOLE};

pub use film::film;
pub use wrap::wrap;

/// Draws terminal output in colour. `title` describes the picture to screen readers.
///
/// `text` is UTF-8 with ANSI escape sequences, as programs write it.
#[must_use]
pub fn still(title: &str, text: &str) -> String {
    titled(title, &terminal().render_svg(text.trim_end()))
}

/// Returns the settings of every drawn terminal.
const fn terminal() -> Term {
    Term::new().palette(WIN10_CONSOLE)
}

/// Adds the title where screen readers and browsers look for it: as the first child of the outermost element.
fn titled(title: &str, svg: &str) -> String {
    let (head, rest) = svg.split_once('\n').unwrap_or((svg, ""));
    let head = head.replacen("<svg ", "<svg role=\"img\" ", 1);
    format!("{head}\n  <title>{}</title>\n{rest}", escaped(title))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_and_its_colour_are_drawn() {
        let svg = still("a <title>", "\x1b[91merror\x1b[0m: `K<M>`\n");
        assert!(svg.contains("<title>a &lt;title&gt;</title>"), "{svg}");
        assert!(svg.contains("class=\"fg-bright-red\">error</tspan>"), "{svg}");
        assert!(svg.contains(": `K&lt;M&gt;`"), "{svg}");
        assert!(!svg.contains('\x1b'), "{svg}");
    }
}
