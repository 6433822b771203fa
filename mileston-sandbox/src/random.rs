//! Random strings in a given alphabet, made from bytes that the operating system or another source provides.

/// Letters and digits, for the part of a key after its prefix.
pub(crate) const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The base-58 digits, no two of which look alike.
pub(crate) const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Hexadecimal digits in lower case.
pub(crate) const HEX: &[u8] = b"0123456789abcdef";

/// The number of bytes that are requested at once.
pub(crate) const BLOCK: usize = 64;

/// Returns random letters and digits, uniformly distributed. The operating system provides the randomness.
pub(crate) fn letters(count: usize) -> Result<String, getrandom::Error> {
    text(LETTERS, count, fill)
}

/// Returns random hexadecimal digits. The operating system provides the randomness.
pub(crate) fn hex(count: usize) -> Result<String, getrandom::Error> {
    text(HEX, count, fill)
}

/// Fills the block with random bytes from the operating system.
pub(crate) fn fill(bytes: &mut [u8; BLOCK]) -> Result<(), getrandom::Error> {
    getrandom::fill(bytes)
}

/// Returns letters from an alphabet, derived from the bytes that `fill` provides.
pub(crate) fn text<E>(
    alphabet: &[u8],
    count: usize,
    mut fill: impl FnMut(&mut [u8; BLOCK]) -> Result<(), E>,
) -> Result<String, E> {
    let mut text = String::with_capacity(count);
    while text.len() < count {
        let mut bytes = [0; BLOCK];
        fill(&mut bytes)?;
        let letters = bytes.iter().filter_map(|byte| letter(alphabet, *byte));
        text.extend(letters.take(count - text.len()));
    }
    Ok(text)
}

/// Returns the letter for a byte, or `None` if using this byte would make the first letters more likely.
fn letter(alphabet: &[u8], byte: u8) -> Option<char> {
    let (size, byte) = (alphabet.len(), usize::from(byte));
    let fair = 256 - 256 % size;
    if byte >= fair {
        return None;
    }
    alphabet.get(byte % size).map(|&letter| char::from(letter))
}

/// Returns a version 4 UUID in lower case, made from the first 16 bytes.
pub(crate) fn uuid(bytes: &[u8; BLOCK]) -> String {
    let mut value = bytes.iter().take(16).fold(0, |value, byte| (value << 8) | u128::from(*byte));
    // The 13th digit is the version, and the 17th contains the variant (RFC 9562, 5.4).
    value = (value & !(0xf << 76)) | (0x4 << 76);
    value = (value & !(0x3 << 62)) | (0x2 << 62);
    let digits = format!("{value:032x}");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random_uuid() -> String {
        let mut bytes = [0; BLOCK];
        fill(&mut bytes).unwrap();
        uuid(&bytes)
    }

    #[test]
    fn random_text_has_the_requested_length_and_alphabet() {
        for count in [0, 1, 40, 1000] {
            let text = letters(count).unwrap();
            assert_eq!(text.len(), count);
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
    }

    #[test]
    fn only_digits_of_the_base_are_generated() {
        let (hex, base58) = (hex(1000).unwrap(), text(BASE58, 1000, fill).unwrap());
        assert!(hex.len() == 1000 && hex.bytes().all(|byte| HEX.contains(&byte)));
        assert!(base58.len() == 1000 && base58.bytes().all(|byte| BASE58.contains(&byte)));
        assert!(!base58.contains(['0', 'O', 'I', 'l']));
    }

    #[test]
    fn no_letter_is_favoured() {
        for alphabet in [LETTERS, BASE58, HEX] {
            let letters: Vec<_> = (0..=255).filter_map(|byte| letter(alphabet, byte)).collect();
            let each = letters.len() / alphabet.len();
            let even =
                |wanted: &u8| letters.iter().filter(|&&l| l == char::from(*wanted)).count() == each;
            assert!(alphabet.iter().all(even));
        }
    }

    #[test]
    fn a_uuid_is_valid() {
        for _ in 0..100 {
            let id = random_uuid();
            let lengths: Vec<_> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12]);
            assert!(
                id.bytes().all(|b| b == b'-' || b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
            );
            assert_eq!(id.as_bytes()[14], b'4');
            assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
        }
    }

    #[test]
    fn no_two_texts_are_equal() {
        assert_ne!(random_uuid(), random_uuid());
        assert_ne!(letters(40).unwrap(), letters(40).unwrap());
    }
}
