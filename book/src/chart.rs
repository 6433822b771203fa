//! Draws bar charts as SVG. The charts have their own background, so that they are readable on
//! light and dark pages.

use std::fmt::Write as _;

/// A chart with groups of bars, all on the same scale.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chart {
    /// The measured quantity, with its unit.
    pub(crate) title: String,
    pub(crate) groups: Vec<Group>,
}

/// Bars under a common label, which may be empty.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) label: String,
    pub(crate) bars: Vec<Bar>,
}

/// A value with its label. `ours` says whether the value belongs to this project.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: f64,
    pub(crate) ours: bool,
}

const WIDTH: f64 = 720.0;
const MARGIN: f64 = 16.0;
/// The maximum width of a letter in a label.
const LETTER: f64 = 7.6;
/// The space for the number after the longest bar.
const NUMBER: f64 = 84.0;
const LINE: f64 = 26.0;
const BAR: f64 = 16.0;

const STYLE: &str = "\
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title, .group { font-weight: 600; }
  .end { text-anchor: end; }
  .back { fill: #ffffff; stroke: #d1d9e0; }
  .bar { fill: #8c959f; }
  .ours { fill: #0a7ea4; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .back { fill: #161b22; stroke: #3d444d; }
    .bar { fill: #7d8590; }
    .ours { fill: #39b3d7; }
  }
";

impl Chart {
    /// Returns the picture.
    pub(crate) fn svg(&self) -> String {
        let bars = self.groups.iter().flat_map(|group| &group.bars);
        let most = bars.clone().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
        let letters = bars.map(|bar| bar.label.chars().count()).max().unwrap_or_default();
        // Bars begin after the longest label.
        let start = (MARGIN + LETTER * letters as f64 + 8.0).max(110.0).round();
        let longest = WIDTH - NUMBER - start;
        let mut lines = String::new();
        let mut y = MARGIN + LINE;
        for group in &self.groups {
            if !group.label.is_empty() {
                text(&mut lines, "group", MARGIN, y, &group.label);
                y += LINE;
            }
            for bar in &group.bars {
                let length = longest * bar.value / most;
                let class = if bar.ours { "bar ours" } else { "bar" };
                text(&mut lines, "end", start - 8.0, y, &bar.label);
                // Writing to a string can't fail.
                let _ = writeln!(
                    lines,
                    "<rect class=\"{class}\" x=\"{start}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{BAR}\" rx=\"2\"/>"
                );
                text(&mut lines, "number", start + length + 8.0, y, &number(bar.value));
                y += LINE;
            }
        }
        let height = y + MARGIN;
        let title = escape(&self.title);
        let mut heading = String::new();
        text(&mut heading, "title", MARGIN, MARGIN - 4.0, &self.title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n\
             <rect class=\"back\" x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"6\"/>\n{heading}{lines}</svg>\n",
            WIDTH - 1.0,
            height - 1.0,
        )
    }
}

/// Adds text to the row of the bar at `y`.
fn text(out: &mut String, class: &str, x: f64, y: f64, text: &str) {
    let y = y + BAR - 3.0;
    let _ =
        writeln!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escape(text));
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Formats a number with commas between thousands, and with one decimal place if it is below 100 and not an integer.
fn number(value: f64) -> String {
    if value < 100.0 && value.fract() != 0.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_has_the_whole_width_and_the_others_are_in_proportion() {
        let bar = |label: &str, value, ours| Bar { label: label.to_owned(), value, ours };
        let bars = vec![bar("a & b", 50.0, false), bar("c", 200.0, true)];
        let group = Group { label: "<g>".to_owned(), bars };
        let svg = Chart { title: "Calls".to_owned(), groups: vec![group] }.svg();
        assert!(svg.contains("class=\"bar\" x=\"110\" y=\"68.0\" width=\"131.5\""), "{svg}");
        assert!(svg.contains("class=\"bar ours\" x=\"110\" y=\"94.0\" width=\"526.0\""), "{svg}");
        assert!(svg.contains(">a &amp; b</text>") && svg.contains(">&lt;g&gt;</text>"), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 720 136\""), "{svg}");
    }

    #[test]
    fn numbers_are_easy_to_read() {
        for (value, text) in [
            (7.0, "7"),
            (18.34, "18.3"),
            (999.6, "1,000"),
            (38604.0, "38,604"),
            (1234567.0, "1,234,567"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
