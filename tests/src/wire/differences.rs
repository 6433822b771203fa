//! Every way in which our client differs from the vendor's SDKs on the wire, on purpose: name, reason, rule.
//!
//! A rule looks at what the caller wanted and at what the vendor's SDK made of it, never at which trace it is, and
//! explains no more than it says: what it leaves must be equal.

use mileston_api::keys::pattern::{MAX_BUSINESS_ID_LEN, MAX_KEY_LEN, MAX_WALLET_SECRET_LEN};

use super::call::{Case, Sdk};
use super::compare::{Expected, signature};
use super::instant::canonical;
use super::js::Js;
use super::json::{Json, Text};
use super::ours::By;
use super::recorder::Recorded;
use super::say::Unsayable;
use super::target::form;
use super::trace::Trace;

/// A difference that is meant.
#[derive(Debug)]
pub struct Difference {
    /// What it is called in the table.
    pub name: &'static str,
    /// Why it is.
    pub reason: &'static str,
    /// Where it applies, and what must be instead.
    pub rule: Rule,
    /// Where a trace that needs it can be found.
    pub seen: Seen,
}

/// Where a difference applies, and what must be instead.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Changes the vendor's request into what ours must be, and says whether it did.
    Sent(fn(&Case, &mut Expected) -> bool),
    /// The same, where ours must be what follows from the bytes that arrived.
    Arrived(fn(&Case, &Recorded, &mut Expected) -> bool),
    /// The vendor's SDK fails before sending; ours must send what the contract says.
    Unsent(fn(&Case, &Trace) -> bool),
    /// Ours refuses before sending.
    Refused(By, fn(&Case) -> bool),
    /// There is no call of ours: found out by trying.
    Unsayable(Unsayable),
}

/// Where a trace that needs a difference can be found. A difference that none needs is a dead entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// In the recordings of this crate.
    Recorded,
    /// In the traces written by hand after the wire contract; recordings elsewhere may have it as well.
    Written,
}

/// All of them. Those of the kinds `Sent` and `Arrived` are applied in this order.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "get-and-delete-without-body",
        reason: "the backend SDK sends `{}` with GET and DELETE; a body has no meaning there, and some proxies refuse it. (Ours \
                 sends it where it is what the signature is of)",
        rule: Rule::Sent(without_body),
        seen: Seen::Recorded,
    },
    Difference {
        name: "ids-are-escaped",
        reason: "the SDKs paste ids into the URL, so that `/ \\ ? # %`, dots and white space ask for something else; ours \
                 arrives as one segment that is the id",
        rule: Rule::Sent(ids_escaped),
        seen: Seen::Recorded,
    },
    Difference {
        name: "more-is-escaped",
        reason: "a parser of URLs leaves `& = + : @ ! $ ' ( ) * , ; [ ] ^ |` in a path as they are; ours escapes all but the \
                 unreserved ones. Decoded it's the same",
        rule: Rule::Sent(more_escaped),
        seen: Seen::Recorded,
    },
    Difference {
        name: "query-is-escaped",
        reason: "the backend SDK pastes the business name into the query, so that `& # + %` and white space change or cut it; \
                 ours arrives as it was given",
        rule: Rule::Sent(query_escaped),
        seen: Seen::Recorded,
    },
    Difference {
        name: "query-is-in-order-of-names",
        reason: "the client SDK writes a query in the order of its code, ours in the order of the names: the same form",
        rule: Rule::Sent(query_in_order_of_names),
        seen: Seen::Recorded,
    },
    Difference {
        name: "environment-is-told",
        reason: "the SDK asks for an EVM wallet without `env` if the caller gives none; ours takes it from the key",
        rule: Rule::Sent(environment_told),
        seen: Seen::Recorded,
    },
    Difference {
        name: "no-limit-is-left-out",
        reason: "`getAll()` makes the SDK ask for `limit=undefined`; our list without a limit has no query",
        rule: Rule::Sent(no_limit),
        seen: Seen::Recorded,
    },
    Difference {
        name: "unknown-fields-cannot-be-said",
        reason: "the SDK sends whatever the caller adds; our types have the fields that the vendor's have. The rest is compared",
        rule: Rule::Sent(without_unknown_fields),
        seen: Seen::Recorded,
    },
    Difference {
        name: "null-is-left-out",
        reason: "the SDK sends `null` for an optional field; ours is there or not. (`undefined` is left out by both)",
        rule: Rule::Sent(without_nulls),
        seen: Seen::Recorded,
    },
    Difference {
        name: "instants-are-written-alike",
        reason: "the SDK sends a date that is given as text as it is; ours is an instant, written in UTC with milliseconds as \
                 JavaScript writes a `Date`. It must be the same instant",
        rule: Rule::Sent(instants),
        seen: Seen::Written,
    },
    Difference {
        name: "signature-is-of-our-bytes",
        reason: "both sign the bytes of their body. Where those differ, in the order of fields or by a difference above, the \
                 signature is of ours",
        rule: Rule::Arrived(signature_of_our_bytes),
        seen: Seen::Recorded,
    },
    Difference {
        name: "payout-is-signed-here",
        reason: "the class `PayoutAPI`, which the SDK no longer exports, posts a payment without a signature; ours is the same \
                 call of the wallets, and never leaves the signature out",
        rule: Rule::Arrived(payout_signed),
        seen: Seen::Recorded,
    },
    Difference {
        name: "leading-slash-can-be-sent",
        reason: "axios takes `//…` for a full URL, so the SDK's `get` of an id that starts with `/` fails; ours is escaped",
        rule: Rule::Unsent(leading_slash),
        seen: Seen::Recorded,
    },
    Difference {
        name: "odd-business-ids-are-refused",
        reason: "a business id is 1 to 128 visible ASCII characters without quotes and holds no key; the SDK sends anything",
        rule: Rule::Refused(By::Business, |case| !is_business_id(&case.business)),
        seen: Seen::Recorded,
    },
    Difference {
        name: "odd-keys-are-refused",
        reason: "a key is of the documented form and of the kind that the call needs; the SDKs look at neither. (The recording \
                 server speaks plain http, so here it is a test key)",
        rule: Rule::Refused(By::Key, |case| !is_key(case.sdk, &case.key)),
        seen: Seen::Recorded,
    },
    Difference {
        name: "odd-secrets-are-refused",
        reason: "a wallet secret is 1 to 1024 bytes without control characters, without white space or quotes around it, and doesn't begin \
                 like a key; the SDK takes any, and with an empty one sends payments unsigned",
        rule: Rule::Refused(By::Secret, |case| {
            case.secret.as_deref().is_some_and(|it| !is_secret(it))
        }),
        seen: Seen::Recorded,
    },
    Difference {
        name: "evm-fields-are-checked",
        reason: "for an EVM chain both SDKs demand `evmChain` and `walletAddress` before anything is sent",
        rule: Rule::Refused(By::Call, evm_fields),
        seen: Seen::Recorded,
    },
    Difference {
        name: "tokens-that-a-chain-lacks-are-refused",
        reason: "the vendor's table has no such token on the chain for a test key; the SDK's function asks the server, its \
                 components don't offer it",
        rule: Rule::Refused(By::Call, token_that_is_not_there),
        seen: Seen::Recorded,
    },
    Difference {
        name: "empty-batches-are-refused",
        reason: "a batch without a payment pays nobody; the SDK sends it",
        rule: Rule::Refused(By::Call, empty_batch),
        seen: Seen::Recorded,
    },
    Difference {
        name: "empty-or-dot-ids-are-refused",
        reason: "`\"\"`, `.` and `..` cannot be a segment: with the SDKs they reach another operation. Nothing is sent",
        rule: Rule::Refused(By::Call, |case| matches!(case.id.as_deref(), Some("" | "." | ".."))),
        seen: Seen::Recorded,
    },
    Difference {
        name: "another-type",
        reason: "cannot be expressed: a number where we have a string, a string where we have a number, and so on",
        rule: Rule::Unsayable(Unsayable::AnotherType),
        seen: Seen::Recorded,
    },
    Difference {
        name: "another-number",
        reason: "cannot be expressed: a limit or an interval that is negative, broken, NaN or beyond 32 bits",
        rule: Rule::Unsayable(Unsayable::AnotherNumber),
        seen: Seen::Recorded,
    },
    Difference {
        name: "required-is-missing",
        reason: "cannot be expressed: what our function or type requires is `undefined`, `null` or not there",
        rule: Rule::Unsayable(Unsayable::Missing),
        seen: Seen::Recorded,
    },
    Difference {
        name: "payload-is-no-object",
        reason: "cannot be expressed: an array or a string, which the SDK spreads into `{\"0\":…}`; `update(id, payload)` of the \
                 vendor's documentation is one",
        rule: Rule::Unsayable(Unsayable::NoObject),
        seen: Seen::Recorded,
    },
    Difference {
        name: "lone-surrogate",
        reason: "cannot be expressed: half a surrogate pair is no Rust string",
        rule: Rule::Unsayable(Unsayable::LoneSurrogate),
        seen: Seen::Recorded,
    },
    Difference {
        name: "invalid-date",
        reason: "cannot be expressed: an invalid `Date`, which the SDK sends as `null`",
        rule: Rule::Unsayable(Unsayable::InvalidDate),
        seen: Seen::Recorded,
    },
    Difference {
        name: "date-out-of-range",
        reason: "cannot be expressed: a `Date` outside of the range of our instants, which ends on the last days of the year 9999",
        rule: Rule::Unsayable(Unsayable::DateOutOfRange),
        seen: Seen::Written,
    },
    Difference {
        name: "date-is-no-instant",
        reason: "cannot be expressed: a text that is no date with time and zone, where we have an instant",
        rule: Rule::Unsayable(Unsayable::DateText),
        seen: Seen::Written,
    },
    Difference {
        name: "unknown-payment-type",
        reason: "cannot be expressed: each type of payment is an operation of its own, and there is no fourth",
        rule: Rule::Unsayable(Unsayable::PaymentType),
        seen: Seen::Recorded,
    },
    Difference {
        name: "unknown-wallet-type",
        reason: "cannot be expressed: each type of wallet to pay to is an operation of its own, and there is no fourth",
        rule: Rule::Unsayable(Unsayable::WalletType),
        seen: Seen::Recorded,
    },
    Difference {
        name: "no-credential",
        reason: "cannot be expressed: a client is built with a key and a business id, one that signs also with a secret; the \
                 SDKs leave the header out or send the text `undefined`",
        rule: Rule::Unsayable(Unsayable::NoCredential),
        seen: Seen::Recorded,
    },
    Difference {
        name: "no-amount",
        reason: "cannot be expressed: a text that is no positive decimal, or has more decimal places than the token",
        rule: Rule::Unsayable(Unsayable::NoAmount),
        seen: Seen::Recorded,
    },
    Difference {
        name: "no-email",
        reason: "cannot be expressed: a text that isn't an e-mail address, which has one `@` with text on both sides and no \
                 whitespace",
        rule: Rule::Unsayable(Unsayable::NoEmail),
        seen: Seen::Written,
    },
    Difference {
        name: "no-business-id",
        reason: "cannot be expressed: a text that isn't the id of a business, because no header can carry it",
        rule: Rule::Unsayable(Unsayable::NoBusinessId),
        seen: Seen::Written,
    },
    Difference {
        name: "unequal-lists",
        reason: "cannot be expressed: a batch is pairs of recipient and amount",
        rule: Rule::Unsayable(Unsayable::UnequalLists),
        seen: Seen::Written,
    },
    Difference {
        name: "another-environment",
        reason: "cannot be expressed: `env` is that of the key, never typed by hand; here it's a test key",
        rule: Rule::Unsayable(Unsayable::OtherEnvironment),
        seen: Seen::Recorded,
    },
    Difference {
        name: "beyond-json",
        reason: "cannot be expressed: arguments that the recording itself cannot write down, such as objects with code",
        rule: Rule::Unsayable(Unsayable::BeyondJson),
        seen: Seen::Written,
    },
];

fn without_body(case: &Case, expected: &mut Expected) -> bool {
    let applies = case.sdk == Sdk::Backend
        && case.secret.is_none()
        && ["GET", "DELETE"].contains(&case.method)
        && expected.body == Some(Json::Object(Vec::new()));
    if applies {
        expected.body = None;
    }
    applies
}

fn ids_escaped(case: &Case, expected: &mut Expected) -> bool {
    case.id.as_ref().is_some_and(|id| escape(case, expected, id))
}

fn query_escaped(case: &Case, expected: &mut Expected) -> bool {
    let mut values = case.pairs.iter().map(|(_, value)| value);
    case.sdk == Sdk::Backend && values.next().is_some_and(|value| escape(case, expected, value))
}

/// Only if what was sent is just what pasting gives, and that is not read as it was meant. A `%` that starts no
/// escape is read as it was meant by lenient servers only.
fn escape(case: &Case, expected: &mut Expected, value: &str) -> bool {
    let escaped = case.escaped();
    let meant = expected.target.reads_like(&escaped) && !value.contains('%');
    let applies = !meant && case.pasted().is_some_and(|target| target.reads_like(&expected.target));
    if applies {
        expected.target = escaped;
    }
    applies
}

fn more_escaped(case: &Case, expected: &mut Expected) -> bool {
    let escaped = case.escaped();
    let applies = case.id.is_some()
        && expected.target.reads_like(&escaped)
        && expected.target.path != escaped.path;
    if applies {
        expected.target = escaped;
    }
    applies
}

fn query_in_order_of_names(case: &Case, expected: &mut Expected) -> bool {
    let mut pairs = case.pairs.clone();
    pairs.sort();
    let applies = case.sdk == Sdk::Client
        && pairs != case.pairs
        && expected.target.pairs().as_ref() == Some(&case.pairs);
    if applies {
        expected.target.query = Some(form(&pairs));
    }
    applies
}

fn no_limit(case: &Case, expected: &mut Expected) -> bool {
    let applies = case
        .unlimited
        .is_some_and(|word| expected.target.query.as_deref() == Some(&format!("limit={word}")));
    if applies {
        expected.target.query = None;
    }
    applies
}

/// Only what the caller added, as JavaScript writes it.
fn without_unknown_fields(case: &Case, expected: &mut Expected) -> bool {
    let Js::Object(given) = &case.payload else { return false };
    let is_given = |field: &Text, json: &Json| {
        given.iter().any(|(key, value)| key == field && value.json().as_ref() == Some(json))
    };
    take_out(expected, |key, value| case.noted.unknown.contains(key) && is_given(key, value))
}

fn without_nulls(case: &Case, expected: &mut Expected) -> bool {
    let is_optional = |key: &Text| case.noted.nulls.iter().any(|name| key == *name);
    take_out(expected, |key, value| *value == Json::Null && is_optional(key))
}

fn take_out(expected: &mut Expected, goes: impl Fn(&Text, &Json) -> bool) -> bool {
    let Some(Json::Object(fields)) = &mut expected.body else { return false };
    let before = fields.len();
    fields.retain(|(key, value)| !goes(key, value));
    fields.len() < before
}

/// Only if the vendor's SDK signed what it was given, which its body need not be: `{"__proto__":…}` arrives as `{}`.
fn signature_of_our_bytes(case: &Case, arrived: &Recorded, expected: &mut Expected) -> bool {
    let Some(secret) = &case.secret else { return false };
    let given = case.payload.json().map(|json| json.to_string()).unwrap_or_default();
    let vendors =
        [expected.bytes.as_slice(), given.as_bytes()].map(|bytes| signature(secret, bytes));
    let ours = signature(secret, &arrived.body);
    let Some(Some(sent)) = expected.signature() else { return false };
    let applies = vendors.contains(sent) && *sent != ours;
    if applies {
        *sent = ours;
    }
    applies
}

fn payout_signed(case: &Case, arrived: &Recorded, expected: &mut Expected) -> bool {
    let (Some(secret), "PayoutAPI") = (&case.secret, case.class.as_str()) else { return false };
    let Some(sent @ None) = expected.signature() else { return false };
    *sent = Some(signature(secret, &arrived.body));
    true
}

/// Only what the caller gave as text, and only if the vendor's SDK sent that text.
fn instants(case: &Case, expected: &mut Expected) -> bool {
    let Some(Json::Object(fields)) = &mut expected.body else { return false };
    let mut applies = false;
    for name in case.noted.instants {
        let Js::Text(given) = case.payload.get(name) else { continue };
        let sent = fields.iter_mut().find(|(key, _)| key == *name).map(|(_, value)| value);
        let Some(sent) = sent.filter(|sent| **sent == Json::Text(given.clone())) else { continue };
        let instant = given.text().as_deref().and_then(canonical);
        if let Some(instant) = instant.filter(|instant| given != instant.as_str()) {
            *sent = Json::Text(instant.as_str().into());
            applies = true;
        }
    }
    applies
}

fn leading_slash(case: &Case, trace: &Trace) -> bool {
    case.sdk == Sdk::Backend
        && case.secret.is_none()
        && case.function == "get"
        && case.id.as_ref().is_some_and(|id| id.starts_with('/'))
        && says(trace, "Invalid URL")
}

fn evm_fields(case: &Case) -> bool {
    let chain = case.payload.get("chain").json().and_then(|chain| chain.text());
    let evm = ["eth", "base", "pol", "avax", "arb"];
    let given = |name| !case.payload.get(name).is_falsy();
    case.function == "verifyPaymentWithWallet"
        && chain.is_some_and(|chain| evm.contains(&chain.as_str()))
        && !(given("evmChain") && given("walletAddress"))
}

/// Test networks have USDC alone; a chain or token that neither of us knows is for the server to judge.
fn token_that_is_not_there(case: &Case) -> bool {
    let text = |name| case.payload.get(name).json().and_then(|value| value.text());
    let chains = ["eth", "base", "pol", "avax", "arb", "sui", "solana"];
    let tokens = ["USDT", "AVAX", "ETH", "POL", "SOL"];
    case.function == "verifyPaymentWithWallet"
        && text("chain").is_some_and(|chain| chains.contains(&chain.as_str()))
        && text("token").is_some_and(|token| tokens.contains(&token.as_str()))
}

fn empty_batch(case: &Case) -> bool {
    matches!(case.payload.get("recipients"), Js::Array(recipients) if recipients.is_empty())
        && case.function == "batchPayment"
}

/// Only where the caller left it out.
fn environment_told(case: &Case, expected: &mut Expected) -> bool {
    let pairs = expected.target.pairs().unwrap_or_default();
    let applies = case.operation == "getEvmPaymentWallet"
        && !case.pairs.iter().any(|(name, _)| name == "env")
        && !pairs.iter().any(|(name, _)| name == "env");
    if applies {
        let mut pairs = pairs;
        pairs.push(("env".to_owned(), "test".to_owned()));
        pairs.sort();
        expected.target.query = Some(form(&pairs));
    }
    applies
}

fn says(trace: &Trace, text: &str) -> bool {
    trace.error.as_ref().is_some_and(|error| error.contains(text))
}

/// The documented form, reckoned apart from the parser of keys.
fn is_key(sdk: Sdk, text: &str) -> bool {
    let prefix = match sdk {
        Sdk::Backend => "Mileston_TEST_",
        Sdk::Client => "Mileston_TEST_CHECKOUTKEY_",
    };
    let secret = text.strip_prefix(prefix).unwrap_or_default();
    let letters = secret.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !secret.is_empty() && letters && text.len() <= MAX_KEY_LEN
}

fn is_secret(text: &str) -> bool {
    let quotes = ['"', '\'', '`', '“', '”', '‘', '’'];
    let bare = text.trim() == text && text.trim_matches(quotes) == text;
    let lower = text.to_ascii_lowercase();
    let key = ["mileston_test", "mileston_live", "mileston_prod"];
    (1..=MAX_WALLET_SECRET_LEN).contains(&text.len())
        && bare
        && !text.contains(char::is_control)
        && !key.iter().any(|start| lower.starts_with(start))
}

fn is_business_id(text: &str) -> bool {
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'`".contains(&byte));
    let keys = ["mileston_test_", "mileston_live_", "mileston_prod_"];
    let holds_key = keys.iter().any(|key| text.to_ascii_lowercase().contains(key));
    (1..=MAX_BUSINESS_ID_LEN).contains(&text.len()) && visible && !holds_key
}
