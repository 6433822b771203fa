//! Draws a terminal whose output appears one part at a time. The terminal scrolls when it is full.

use super::{terminal, titled};

/// The height of a line and the space around the text, in pixels, as `anstyle-svg` draws them.
const LINE: usize = 18;
const PADDING: usize = 10;

/// The number of pixels by which the picture from `anstyle-svg` is moved up, so that each line of text fits its row.
const ABOVE: usize = 15;

/// The time that each line takes, and the time that the last screen stays, in milliseconds.
const FOR_A_LINE: usize = 160;
const FOR_THE_END: usize = 6_000;

/// Draws a terminal of `rows` lines. Its output appears one part at a time, in a loop.
///
/// Each part is one or more complete lines, with ANSI escape sequences. Readers who prefer reduced motion see only the
/// last screen.
#[must_use]
pub fn film(title: &str, parts: &[String], rows: usize) -> String {
    let text = parts.concat();
    let inner = terminal().background(false).render_svg(text.trim_end());
    let width = attribute(&inner, "width").unwrap_or("100%");
    let height = rows * LINE + 2 * PADDING;
    let total = text.trim_end().lines().count();
    let duration = total * FOR_A_LINE + FOR_THE_END;

    let (mut scroll, mut cover, mut shown) = (String::new(), String::new(), 0);
    for part in parts {
        let percent = (shown * FOR_A_LINE * 10_000 / duration) as f64 / 100.0;
        shown = total.min(shown + part.lines().count());
        scroll.push_str(&frame(percent, &up(shown.saturating_sub(rows))));
        cover.push_str(&frame(percent, &format!("translateY({}px)", shown * LINE)));
    }
    let last = up(total.saturating_sub(rows));
    titled(
        title,
        &format!(
            r##"<svg width="{width}" height="{height}px" xmlns="http://www.w3.org/2000/svg">
  <style>
    .scroll {{ transform: {last} }}
    .cover {{ visibility: hidden }}
    @media (prefers-reduced-motion: no-preference) {{
      .scroll {{ animation: scroll {duration}ms step-end infinite }}
      .cover {{ visibility: visible; animation: cover {duration}ms step-end infinite }}
    }}
    @keyframes scroll {{
{scroll}    }}
    @keyframes cover {{
{cover}    }}
  </style>
  <rect width="100%" height="100%" rx="4.5" fill="#0C0C0C" />
  <svg y="{PADDING}" width="100%" height="{inside}px"><g class="scroll"><g transform="translate(0,-{ABOVE})">
{inner}  </g><rect class="cover" width="100%" height="{behind}" fill="#0C0C0C" /></g></svg>
</svg>
"##,
            inside = rows * LINE,
            behind = total * LINE,
        ),
    )
}

fn up(lines: usize) -> String {
    format!("translateY(-{}px)", lines * LINE)
}

fn frame(percent: f64, transform: &str) -> String {
    format!("      {percent:.2}% {{ transform: {transform} }}\n")
}

fn attribute<'t>(svg: &'t str, name: &str) -> Option<&'t str> {
    svg.split_once(&format!("{name}=\""))?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_a_frame_and_the_last_screen_stays() {
        let parts = ["one\ntwo\n", "three\n", "four\n"].map(str::to_owned);
        let svg = film("a film", &parts, 3);
        assert!(svg.contains("height=\"74px\""), "three lines and the space around them: {svg}");
        // The frames start after 0, 2 and 3 of the 4 lines. The film takes 6,640 ms.
        for (percent, up, shown) in [("0.00", 0, 36), ("4.81", 0, 54), ("7.22", 18, 72)] {
            assert!(
                svg.contains(&format!("{percent}% {{ transform: translateY(-{up}px) }}")),
                "{svg}"
            );
            assert!(
                svg.contains(&format!("{percent}% {{ transform: translateY({shown}px) }}")),
                "{svg}"
            );
        }
        assert!(svg.contains(".scroll { transform: translateY(-18px) }"), "{svg}");
    }
}
