//! Represents text as bytes with their original positions, and decodes one layer of escapes.

/// Bytes, each with its position in the original text.
pub(super) struct Layer {
    pub(super) bytes: Vec<u8>,
    /// The start and the end of each byte in the original text.
    places: Vec<(usize, usize)>,
}

/// The character or byte that an escape represents.
enum Meaning {
    Byte(u8),
    Letter(char),
}

/// The maximum length of an HTML entity after its `&`, including the `;`. Longer entities aren't decoded.
const LONGEST_ENTITY: usize = 10;

impl Layer {
    pub(super) fn plain(text: &[u8]) -> Self {
        let places = (0..text.len()).map(|at| (at, at + 1)).collect();
        Layer { bytes: text.to_vec(), places }
    }

    /// Decodes percent-encoding, JSON escapes and HTML entities once. Returns `None` if there are none.
    pub(super) fn unescaped(&self) -> Option<Layer> {
        let mut layer = Layer { bytes: Vec::new(), places: Vec::new() };
        let (mut at, mut found) = (0, false);
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let (meaning, length) = match escape(rest) {
                Some((meaning, length)) => {
                    found = true;
                    (meaning, length)
                }
                None => (Meaning::Byte(rest[0]), 1),
            };
            layer.push(meaning, self.place(at, at + length));
            at += length;
        }
        found.then_some(layer)
    }

    fn push(&mut self, meaning: Meaning, place: (usize, usize)) {
        let mut buffer = [0; 4];
        let bytes = match meaning {
            Meaning::Byte(byte) => &[byte][..],
            Meaning::Letter(letter) => letter.encode_utf8(&mut buffer).as_bytes(),
        };
        self.bytes.extend_from_slice(bytes);
        self.places.extend(bytes.iter().map(|_| place));
    }

    /// Returns the position of these bytes in the original text.
    pub(super) fn place(&self, start: usize, end: usize) -> (usize, usize) {
        let from = self.places.get(start).map_or(0, |place| place.0);
        let to = end.checked_sub(1).and_then(|last| self.places.get(last));
        (from, to.map_or(from, |place| place.1))
    }

    /// Returns the end of the bytes, without an escape that is cut off at the end of the text.
    pub(super) fn end_without_cut_escape(&self) -> usize {
        let from = self.bytes.len().saturating_sub(LONGEST_ENTITY);
        let tail = &self.bytes[from..];
        let begins = |at: &usize| is_cut_escape(&tail[*at..]);
        (0..tail.len()).find(begins).map_or(self.bytes.len(), |at| from + at)
    }
}

/// Returns whether these bytes are the beginning of a longer escape.
fn is_cut_escape(bytes: &[u8]) -> bool {
    let (digits, count) = match bytes {
        [b'%' | b'\\'] => return true,
        [b'%' | b'\\', b'u', digits @ ..] => (digits, 4),
        [b'\\', b'x', digits @ ..] | [b'%', digits @ ..] => (digits, 2),
        [b'&', rest @ ..] => {
            return rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
        }
        _ => return false,
    };
    digits.len() < count && digits.iter().all(u8::is_ascii_hexdigit)
}

/// Returns the meaning and length of the escape at the start of the bytes.
fn escape(bytes: &[u8]) -> Option<(Meaning, usize)> {
    match bytes {
        [b'%', b'u' | b'U', digits @ ..] => Some((Meaning::Letter(letter(digits, 4)?), 6)),
        [b'%', digits @ ..] => Some((Meaning::Byte(byte(digits)?), 3)),
        [b'\\', b'u', digits @ ..] => in_json(digits),
        [b'\\', b'x', digits @ ..] => Some((Meaning::Byte(byte(digits)?), 4)),
        [b'\\', letter, ..] => Some((Meaning::Byte(short(*letter)?), 2)),
        [b'&', rest @ ..] => entity(rest),
        _ => None,
    }
}

fn short(letter: u8) -> Option<u8> {
    Some(match letter {
        b'"' | b'\\' | b'/' | b'\'' => letter,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        _ => return None,
    })
}

/// Decodes `\u0071`, or two such escapes that form one character.
fn in_json(digits: &[u8]) -> Option<(Meaning, usize)> {
    if let Some(letter) = letter(digits, 4) {
        return Some((Meaning::Letter(letter), 6));
    }
    let (high, low) = (hex(digits, 4)?, hex(digits.get(4..)?.strip_prefix(b"\\u")?, 4)?);
    let high = high.checked_sub(0xd800).filter(|high| *high < 0x400)?;
    let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    Some((Meaning::Letter(char::from_u32(0x10000 + (high << 10) + low)?), 12))
}

/// Decodes `&quot;`, `&#34;`, `&#x22;`.
fn entity(rest: &[u8]) -> Option<(Meaning, usize)> {
    let length = rest.iter().take(LONGEST_ENTITY).position(|byte| *byte == b';')?;
    let letter = match rest.get(..length)? {
        b"quot" => '"',
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"apos" => '\'',
        [b'#', b'x' | b'X', digits @ ..] => letter(digits, digits.len())?,
        [b'#', digits @ ..] => {
            let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
            char::from_u32(number)?
        }
        _ => return None,
    };
    Some((Meaning::Letter(letter), length + 2))
}

fn letter(digits: &[u8], count: usize) -> Option<char> {
    char::from_u32(hex(digits, count)?)
}

fn byte(digits: &[u8]) -> Option<u8> {
    u8::try_from(hex(digits, 2)?).ok()
}

fn hex(digits: &[u8], count: usize) -> Option<u32> {
    let digits = digits.get(..count).filter(|all| all.iter().all(u8::is_ascii_hexdigit))?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let read = Layer::plain(text.as_bytes()).unescaped();
        let read = read.map(|layer| String::from_utf8(layer.bytes).unwrap());
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn one_layer_is_decoded() {
        check("%41%4a%4A%C3%A9", Some("AJJé"));
        check("%2541", Some("%41"));
        check("%u0041", Some("A"));
        check(r#"\u0041\"\\\/\n\x41"#, Some("A\"\\/\nA"));
        check(r"\ud83d\ude00", Some("😀"));
        check("&quot;&amp;&lt;&gt;&apos;&#65;&#x41;", Some("\"&<>'AA"));
        check(r"\\u0041", Some(r"\u0041"));
    }

    #[test]
    fn other_text_is_unchanged() {
        for text in [
            "",
            "plain",
            "%",
            "%4",
            "%zz",
            "%+1",
            "50% off",
            r"\",
            r"\1",
            r"\u00",
            r"\u+041",
            r"\ud83d",
            "&",
            "&quot",
            "&other;",
            "&#;",
            "&#x;",
            "&#1114112;",
            "&#x110000;",
            "&#00000000065;",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn an_escape_that_is_cut_off_is_ignored() {
        for (text, end) in [
            ("a%", 1),
            ("a%4", 1),
            ("a%41", 4),
            ("a\\", 1),
            (r"a\u00e", 1),
            (r"a\u00e9", 7),
            (r"a\x4", 1),
            ("a&", 1),
            ("a&quo", 1),
            ("a&#3", 1),
            ("a&quot;", 7),
            ("a&b=c", 5),
            (r"a\123", 5),
            ("a", 1),
            ("", 0),
        ] {
            assert_eq!(Layer::plain(text.as_bytes()).end_without_cut_escape(), end, "{text}");
        }
    }

    #[test]
    fn each_byte_has_its_original_position() {
        let layer = Layer::plain(b"a%25%32%35b").unescaped().unwrap();
        assert_eq!(layer.bytes, b"a%25b");
        assert_eq!(layer.place(1, 4), (1, 10));
        let layer = layer.unescaped().unwrap_or(layer);
        assert_eq!(layer.place(0, 1), (0, 1));
        assert_eq!(Layer::plain(b"").place(0, 0), (0, 0));
    }
}
