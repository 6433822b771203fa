//! Formats times for people.

use maud::{Markup, html};
use mileston_api::Timestamp;

/// Formats date and time to the second. The `datetime` attribute contains the exact time for programs.
pub(super) fn when(at: &Timestamp) -> Markup {
    let exact = at.to_string();
    let short = exact.split('.').next().unwrap_or(&exact).replace('T', " ");
    html! { time datetime=(exact) { (short.trim_end_matches('Z')) " UTC" } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_short_and_exact() {
        let at: Timestamp = "2031-01-31T08:00:05.120Z".parse().unwrap();
        let expected =
            r#"<time datetime="2031-01-31T08:00:05.120Z">2031-01-31 08:00:05 UTC</time>"#;
        assert_eq!(when(&at).into_string(), expected);
    }
}
