//! Values that JSON writers may write differently, and random values, which are the same in each run.

/// A seeded random number generator: SplitMix64.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Creates a generator. The same seed gives the same numbers.
    #[must_use]
    pub fn of(seed: u64) -> Chance {
        Chance(seed)
    }

    /// Returns a number below the bound.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let number = (mixed ^ (mixed >> 31)) >> 32;
        // `number` has 32 bits, so the upper half of the product is below the bound.
        u32::try_from((number * u64::from(bound)) >> 32).unwrap_or(0)
    }

    /// Returns a string of up to 40 characters from all of Unicode.
    pub fn text(&mut self) -> String {
        (0..self.below(41)).map(|_| self.char()).collect()
    }

    fn char(&mut self) -> char {
        let upto = [0x20, 0x80, 0x100, 0x800, 0x3000, 0x1_0000, 0x11_0000][self.below(7) as usize];
        // Surrogates aren't characters.
        char::from_u32(self.below(upto)).unwrap_or('\u{fffd}')
    }

    /// Returns an amount with up to 10 integer digits and up to 6 decimal places.
    pub fn amount(&mut self) -> String {
        let whole = 1 + self.below(u32::MAX);
        match self.below(7) as usize {
            0 => whole.to_string(),
            decimals => format!("{whole}.{}", &format!("{:06}", self.below(1_000_000))[..decimals]),
        }
    }

    /// Returns a date and time in RFC 3339 format, except that the year can be negative and then has six digits.
    /// The year is between -9998 and 9998.
    pub fn instant(&mut self) -> String {
        let year = match self.below(4) {
            0 => format!("{:04}", self.below(9999)),
            1 => format!("-{:06}", 1 + self.below(9998)),
            _ => format!("{}", 1960 + self.below(80)),
        };
        let [month, day] = [12, 28].map(|upto| 1 + self.below(upto));
        let [hour, minute, second] = [24, 60, 60].map(|upto| self.below(upto));
        let fraction = match self.below(4) {
            0 => String::new(),
            1 => format!(".{}", self.below(10)),
            2 => format!(".{:06}", self.below(1_000_000)),
            _ => format!(".{:03}", self.below(1000)),
        };
        let zone = match self.below(3) {
            0 => {
                let sign = if self.below(2) == 0 { '+' } else { '-' };
                format!("{sign}{:02}:{:02}", self.below(24), self.below(60))
            }
            _ => "Z".to_owned(),
        };
        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
    }
}

/// Returns the special strings: one for each control character, one with all characters below U+0100, a long one,
/// and `TEXTS`.
#[must_use]
pub fn texts() -> Vec<String> {
    let controls = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32);
    let mut texts: Vec<String> = controls.map(|control| format!("a{control}1")).collect();
    texts.push((0..0x100).filter_map(char::from_u32).collect());
    texts.push("long ".repeat(4000));
    texts.extend(TEXTS.iter().map(|&text| text.to_owned()));
    texts
}

/// Returns an email address that contains up to 40 characters of a string. Skips characters that aren't allowed.
#[must_use]
pub fn email(text: &str) -> String {
    let allowed = |each: &char| !each.is_whitespace() && !each.is_control() && *each != '@';
    let user: String = text.chars().filter(allowed).take(40).collect();
    format!("a{user}@example.com")
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "\u{8}\t\n\u{b}\u{c}\r\u{1f}",
    "\u{7f}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "before\u{2028}between\u{2029}after",
    "\u{feff}",
    "\u{fffd}\u{fffe}\u{ffff}",
    // The characters before and after the surrogates, and the first and last characters that need a surrogate pair.
    "\u{d7ff}\u{e000}",
    "\u{10000}",
    "\u{10ffff}",
    "🚀👩‍👩‍👧‍👦🇳🇬",
    "é",
    "e\u{301}",
    "ñandú 北京 العربية ไทย",
    "\u{202e}abc\u{200b}",
    "\"",
    "'",
    "`",
    "\\",
    "\\\\\"",
    "\\u0041",
    "\\n",
    "/",
    "</script>",
    "<!--",
    "<>&",
    "&lt;&amp;",
    "=+%20",
    "{\"amount\":\"1\"}",
    "[1,2]",
    "null",
    "undefined",
    "__proto__",
    "toJSON",
    "0",
    "-0",
    "1.0",
    "1e21",
    "NaN",
    "9007199254740993",
    "115792089237316195423570985008687907853269984665640564039457584007913129639935",
    "0.1000000000000000055511151231257827",
    "0x742d35Cc6634C0532925a3b844Bc9e7595f0bEb1",
    // A known value of the enums for chains and wallets, which also accept any other text.
    "sui",
];

/// Edge cases for numbers, as JavaScript literals. All of them fit into our 32-bit integers.
pub const NUMBERS: &[&str] = &["0", "-0", "1", "10", "255", "65536", "2147483648", "4294967295"];

/// Edge cases of amounts: the text must stay unchanged, including zeros.
pub const AMOUNTS: &[&str] = &[
    "1",
    "100.00",
    "0.000001",
    "0.10",
    "1.0",
    "10000000000000000000",
    "9007199254740993",
    "18446744073709551616",
    "12345678901234567890.123456",
];

/// Edge cases of dates and times, in RFC 3339 format. Years before 0 are in the format of JavaScript's `toISOString`.
pub const INSTANTS: &[&str] = &[
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00.001Z",
    "1969-12-31T23:59:59.999Z",
    "1969-12-31T23:59:59.9999Z",
    "2031-01-31T00:00:00.1Z",
    "2031-01-31T00:00:00.120Z",
    "2031-01-31T00:00:00.123999999Z",
    "2024-02-29T23:59:59.999+14:00",
    "2024-03-01T00:00:00-00:01",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "-000001-12-31T23:59:59.999Z",
    "-009998-01-01T00:00:00Z",
    "9999-12-30T22:00:00.999Z",
];
