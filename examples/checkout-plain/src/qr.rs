//! Draws QR codes as SVG paths.

use qrcodegen::{QrCode, QrCodeEcc};

/// The width, in modules, of the light margin that scanners need.
const MARGIN: i32 = 4;

/// A QR code, drawn as one dark path on a light background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The `viewBox` attribute of the `<svg>`. It includes the margin.
    pub view_box: String,
    /// The `d` attribute of the `<path>`: a rectangle for each run of dark modules.
    pub path: String,
}

/// Draws `text` as a QR code. Returns `None` if the text is too long for a QR code. Addresses are
/// always short enough.
#[must_use]
pub fn draw(text: &str) -> Option<Drawing> {
    // Encode bytes, because the denser encodings don't support the lower-case letters in addresses.
    let code = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            // Modules outside the code are light, so every run ends.
            let run = (x..).take_while(|&x| code.get_module(x, y)).count();
            if run > 0 {
                path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
            }
            x += i32::try_from(run).unwrap_or(size) + 1;
        }
    }
    let all = size + 2 * MARGIN;
    Some(Drawing { view_box: format!("-{MARGIN} -{MARGIN} {all} {all}"), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUI: &str = "0xfa4e222222222222222222222222222222222222222222222222222222222222";

    /// Paints the path like an SVG renderer.
    fn painted(drawing: &Drawing, size: usize) -> Vec<Vec<bool>> {
        let mut modules = vec![vec![false; size]; size];
        for part in drawing.path.split('M').skip(1) {
            let (x, rest) = part.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (run, rest) = rest.split_once('v').unwrap();
            assert_eq!(rest, format!("1h-{run}z"), "the rectangle is closed");
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            modules[y][x..x + run.parse::<usize>().unwrap()].fill(true);
        }
        modules
    }

    #[test]
    fn every_module_is_painted() {
        for text in ["0xfa4e111111111111111111111111111111111111", SUI, ""] {
            let drawing = draw(text).unwrap();
            let code = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Medium).unwrap();
            let size = usize::try_from(code.size()).unwrap();
            let modules = painted(&drawing, size);
            for (y, row) in modules.iter().enumerate() {
                for (x, &dark) in row.iter().enumerate() {
                    let expected = code.get_module(x.try_into().unwrap(), y.try_into().unwrap());
                    assert_eq!(dark, expected, "{text} at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn the_finder_patterns_are_in_the_corners() {
        let drawing = draw(SUI).unwrap();
        // Version 5 at medium correction: 66 bytes fit, 37 modules.
        assert_eq!(drawing.view_box, "-4 -4 45 45");
        assert!(drawing.path.starts_with("M0 0h7v1h-7z"), "{}", drawing.path);
        assert!(drawing.path.contains("M30 0h7v1h-7zM0 1h1v1h-1zM6 1h1v1h-1z"), "{}", drawing.path);
        assert!(drawing.path.contains("M0 36h7v1h-7z"), "{}", drawing.path);
    }

    #[test]
    fn text_that_is_too_long_for_a_code_is_not_drawn() {
        assert_eq!(draw(&"x".repeat(3000)), None);
    }
}
