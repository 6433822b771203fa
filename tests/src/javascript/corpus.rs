//! A list of calls that covers every kind of body that the client can send. The calls have the form of recorded calls,
//! so that the `wire` module can translate and send them.

use super::functions::{Around, FUNCTIONS, Field, Function, Kind, WITHOUT_PAYLOAD};
use super::texts::{AMOUNTS, Chance, INSTANTS, NUMBERS, email, texts};
use crate::wire::js::Js;
use crate::wire::trace::{Keys, Trace};

const CHECKOUT_KEY: &str = "Mileston_TEST_CHECKOUTKEY_fake0123";
const BUSINESS: &str = "fake-business";

/// Returns the default credentials of a call.
#[must_use]
pub fn keys() -> Keys {
    Keys {
        normal: "Mileston_TEST_fake0123".to_owned(),
        business: BUSINESS.to_owned(),
        secret: SECRETS[0].to_owned(),
    }
}

/// Edge cases for wallet secrets. The last three have 64 bytes, 65 bytes and more, because HMAC hashes the key first if
/// it is longer than 64 bytes.
const SECRETS: [&str; 6] = [
    "fake-wallet-secret",
    "00ff00ff00ff00ff00ff00ff00ff00ff",
    "sécret 🔑 \u{2028}<&>\\/",
    "fake567890123456789012345678901234567890123456789012345678901234",
    "fake5678901234567890123456789012345678901234567890123456789012345",
    "éfake5678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345",
];

/// The number of random payloads for each function, in addition to the payloads with special strings.
const BY_CHANCE: usize = 32;

/// A call and the payload that it must send, if any.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The call in the form of a recording.
    pub trace: Trace,
    /// The payload.
    pub payload: Js,
    /// The secret that signs the call, if it is a signed call.
    pub secret: &'static str,
}

/// Returns the calls, which are the same in each run.
#[must_use]
pub fn corpus() -> Vec<Entry> {
    let mut source = Source { chance: Chance::of(0x004d_494c_4553_544f), texts: texts(), at: 0 };
    let mut entries = Vec::new();
    for function in FUNCTIONS {
        for number in 0..source.texts.len() + BY_CHANCE {
            let payload = source.payload(function.fields, number);
            let arguments = arguments(function, payload.clone());
            entries.push(entry(function.call, number, arguments, payload));
        }
    }
    for call in WITHOUT_PAYLOAD {
        for number in 0..SECRETS.len() {
            entries.push(entry(call, number, vec![text("an-id")], Js::Undefined));
        }
    }
    entries
}

fn entry(call: &str, number: usize, arguments: Vec<Js>, payload: Js) -> Entry {
    let secret = SECRETS[number % SECRETS.len()];
    let trace = Trace {
        name: format!("{call} {number}"),
        call: call.to_owned(),
        args: Some(arguments),
        credentials: Js::Object(vec![("secretKey".into(), text(secret))]),
        request: None,
        error: None,
    };
    Entry { trace, payload, secret }
}

fn arguments(function: &Function, payload: Js) -> Vec<Js> {
    let keys = [("apikey", CHECKOUT_KEY), ("businessid", BUSINESS)];
    match function.around {
        Around::Nothing => vec![payload],
        Around::First => vec![text("Tom & Jerry"), payload],
        Around::Paid(what) => {
            let mut fields: Vec<_> =
                keys.iter().map(|&(name, value)| (name.into(), text(value))).collect();
            fields.extend([("type".into(), text(what)), ("body".into(), payload)]);
            vec![Js::Object(fields)]
        }
        Around::Credentials => {
            let Js::Object(mut fields) = payload else { return vec![payload] };
            fields.push(("id".into(), text("an-id")));
            let mut arguments = vec![Js::Object(fields)];
            arguments.extend(keys.iter().map(|&(_, value)| text(value)));
            arguments
        }
    }
}

/// Generates the values in payloads.
struct Source {
    chance: Chance,
    texts: Vec<String>,
    at: usize,
}

impl Source {
    /// Returns a payload. The first payloads contain the special strings in turn, so every string is sent in
    /// every type of payload.
    fn payload(&mut self, fields: &[Field], number: usize) -> Js {
        self.at = number;
        let by_chance = number >= self.texts.len();
        // Both lists of a batch have the same length.
        let length = 1 + number % 4;
        let mut given = Vec::new();
        for &(name, required, kind) in fields {
            if required || self.chance.below(4) > 0 {
                given.push((name.into(), self.value(kind, by_chance, length)));
            }
        }
        Js::Object(given)
    }

    fn value(&mut self, kind: Kind, by_chance: bool, length: usize) -> Js {
        let mut list =
            |of: Kind| Js::Array((0..length).map(|_| self.value(of, by_chance, length)).collect());
        match kind {
            Kind::Texts => list(Kind::Text),
            Kind::Amounts => list(Kind::Amount),
            Kind::Text if by_chance => text(&self.chance.text()),
            Kind::Text => {
                self.at += 1;
                text(&self.texts[(self.at - 1) % self.texts.len()])
            }
            Kind::Email if by_chance => text(&email(&self.chance.text())),
            Kind::Email => {
                self.at += 1;
                text(&email(&self.texts[(self.at - 1) % self.texts.len()]))
            }
            Kind::Amount if by_chance => text(&self.chance.amount()),
            Kind::Amount => text(self.next_of(AMOUNTS)),
            Kind::Number if by_chance => Js::Number(self.chance.below(u32::MAX).to_string()),
            Kind::Number => Js::Number(self.next_of(NUMBERS).to_owned()),
            Kind::Bool => Js::Bool(self.chance.below(2) == 0),
            Kind::Instant if by_chance => Js::Date(Some(self.chance.instant())),
            Kind::Instant => Js::Date(Some(self.next_of(INSTANTS).to_owned())),
            Kind::Env => text("test"),
        }
    }

    fn next_of(&self, of: &'static [&'static str]) -> &'static str {
        of[self.at % of.len()]
    }
}

fn text(text: &str) -> Js {
    Js::Text(text.into())
}
