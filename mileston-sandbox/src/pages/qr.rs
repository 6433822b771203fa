//! QR codes as SVG, for addresses that a payer scans with a wallet.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::runtime::{Incoming, Refusal, Response};

/// The path of the image. The text to encode is in `?text=`.
pub(super) const PATH: &str = "/_sandbox/qr.svg";

/// The maximum length of the text. A QR code for a longer text would be slow to draw. An address has at most 66
/// characters.
const LONGEST: usize = 256;

/// Draws the text in the query as a QR code.
pub(super) async fn draw(incoming: Incoming) -> Result<Response, Refusal> {
    let text = incoming.query::<String>("text")?;
    if text.is_empty() || text.len() > LONGEST {
        let message = format!("text must have 1 to {LONGEST} bytes");
        return Err(Refusal::invalid([message]));
    }
    let svg =
        svg_of(&text).ok_or_else(|| Refusal::internal("The text doesn't fit into a QR code."))?;
    Ok((StatusCode::OK, [(CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// Draws the code in black on white, even in dark mode, because not every scanner can read an inverted code.
fn svg_of(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let colors = (svg::Color("#000"), svg::Color("#fff"));
    Some(code.render().min_dimensions(240, 240).dark_color(colors.0).light_color(colors.1).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_qr_code_is_not_in_its_svg_source() {
        let svg = svg_of("0xfa4e<script>").unwrap();
        assert!(svg.contains("<svg") && svg.contains("#fff"), "{svg}");
        assert!(!svg.contains("script"), "{svg}");
        assert_ne!(svg, svg_of("0xfa4f").unwrap());
        assert!(svg_of(&"x".repeat(LONGEST)).is_some());
    }
}
