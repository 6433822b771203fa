//! Searches for every sufficiently long part of a secret, and of its encodings that `layer` doesn't decode: base64,
//! hexadecimal, and `+` for a space.

use std::collections::BinaryHeap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The minimum length of a match. This many consecutive characters of a secret are unlikely to be a coincidence. A
/// shorter secret is found only as a whole.
const PART: usize = 8;

/// How many of a secret's first characters are enough for a match at the end of the text, where the secret may be
/// truncated. After a public prefix, one character is enough.
const TELLING: usize = 4;

#[derive(Default)]
pub(super) struct Needles {
    /// The parts, in lower case and sorted. Each part is encoded as one number.
    parts: Vec<u64>,
    /// Secrets that are too short to have parts.
    whole: Vec<Vec<u8>>,
    heads: Vec<Head>,
    /// The public text before secrets, in lower case.
    prefixes: Vec<Vec<u8>>,
}

/// The beginning of a secret, in lower case.
struct Head {
    bytes: Vec<u8>,
    telling: usize,
}

impl Needles {
    pub(super) fn add(&mut self, public: &str, private: &str) {
        match private.len() {
            0 => return,
            PART.. => self.add_long(public, private),
            _ => self.add_short(&format!("{public}{private}")),
        }
        if !public.is_empty() {
            let bytes = format!("{public}{private}").to_ascii_lowercase().into_bytes();
            self.prefixes.push(bytes[..public.len()].to_vec());
            self.heads.push(Head { bytes, telling: public.len() + 1 });
        }
    }

    fn add_long(&mut self, public: &str, private: &str) {
        // After a prefix, fewer characters are enough for a match.
        let before = public.len().saturating_sub(PART - TELLING);
        self.add_parts(&format!("{}{private}", public.get(before..).unwrap_or_default()));
        // The secret is also added with its spaces encoded as in a submitted form.
        self.add_parts(&private.replace(' ', "+"));
        self.add_parts(&private.bytes().map(|byte| format!("{byte:02x}")).collect::<String>());
        for text in encoded(private) {
            self.add_parts(&text);
        }
        // A heap sort adds only a tenth as much code as other sorts.
        self.parts = BinaryHeap::from(std::mem::take(&mut self.parts)).into_sorted_vec();
        let bytes = private.to_ascii_lowercase().into_bytes();
        self.heads.push(Head { bytes, telling: TELLING });
    }

    /// Adds a short secret. The secret may be a common word, so the search is case-sensitive and includes the secret's
    /// prefix.
    fn add_short(&mut self, secret: &str) {
        self.whole.push(secret.as_bytes().to_vec());
        if secret.contains(' ') {
            self.whole.push(secret.replace(' ', "+").into_bytes());
        }
        let encoded = encoded(secret).into_iter().filter(|text| text.len() >= PART);
        self.whole.extend(encoded.map(String::into_bytes));
        let bytes = secret.to_ascii_lowercase().into_bytes();
        self.heads.push(Head { bytes, telling: TELLING });
    }

    fn add_parts(&mut self, text: &str) {
        let lower = text.to_ascii_lowercase();
        self.parts.extend(lower.as_bytes().windows(PART).map(|part| part.iter().fold(0, next)));
    }

    /// Returns the ranges in which the bytes contain a part of a secret. Ranges may overlap.
    pub(super) fn found_in(&self, bytes: &[u8]) -> Vec<(usize, usize)> {
        let lower = bytes.to_ascii_lowercase();
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut number = 0_u64;
        for (at, byte) in lower.iter().enumerate() {
            number = next(number, byte);
            if at + 1 < PART || self.parts.binary_search(&number).is_err() {
                continue;
            }
            match found.last_mut() {
                Some((_, end)) if *end > at + 1 - PART => *end = at + 1,
                _ => found.push((self.with_prefix(&lower, at + 1 - PART), at + 1)),
            }
        }
        for whole in &self.whole {
            let places = bytes.windows(whole.len()).enumerate();
            let places = places.filter(|(_, window)| window == whole);
            found.extend(places.map(|(at, window)| (at, at + window.len())));
        }
        found
    }

    /// Returns the start of the match. If the public prefix comes before the match, the match includes it.
    fn with_prefix(&self, lower: &[u8], start: usize) -> usize {
        let starts = self.prefixes.iter().flat_map(|prefix| {
            (0..=PART - TELLING).filter_map(move |inside| {
                let end = start + inside;
                let from = end.checked_sub(prefix.len())?;
                (lower.get(from..end) == Some(prefix)).then_some(from)
            })
        });
        starts.min().unwrap_or(start)
    }

    /// Returns the start of an incomplete secret at the end of the bytes, where the text may be truncated. Complete
    /// secrets are found by [`found_in`](Needles::found_in).
    pub(super) fn cut_off_in(&self, bytes: &[u8]) -> Option<usize> {
        let longest = self.heads.iter().map(|head| head.bytes.len()).max()?;
        let from = bytes.len().saturating_sub(longest);
        let end = bytes[from..].to_ascii_lowercase();
        let starts = self.heads.iter().filter_map(|head| {
            let lengths = (head.telling..=end.len().min(head.bytes.len() - 1)).rev();
            let mut cut = lengths.map(|length| end.len() - length);
            cut.find(|at| head.bytes.starts_with(&end[*at..]))
        });
        starts.min().map(|at| from + at)
    }
}

/// Appends a byte to the number that encodes the last `PART` bytes.
fn next(number: u64, byte: &u8) -> u64 {
    (number << 8) | u64::from(*byte)
}

/// Encodes three forms of the secret in base64 (the original, lower case and upper case), each in both alphabets and
/// at the three possible offsets. The results contain only the characters that depend on the secret alone.
fn encoded(secret: &str) -> Vec<String> {
    let cases = [secret.to_owned(), secret.to_ascii_lowercase(), secret.to_ascii_uppercase()];
    let mut all = Vec::new();
    for (before, text) in (0..3).flat_map(|before| cases.iter().map(move |text| (before, text))) {
        let mut bytes = vec![0; before];
        bytes.extend_from_slice(text.as_bytes());
        let own = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
        for encoded in [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
            all.extend(encoded.get(own.clone()).map(str::to_owned));
        }
    }
    all
}
