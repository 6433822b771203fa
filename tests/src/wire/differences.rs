//! All intended differences on the wire between our client and the vendor's SDKs. Each has a name, a reason and a
//! rule.
//!
//! A rule depends on the caller's values and on the SDK's request, not on an individual trace. It allows only its
//! own difference. Everything else in the requests must be equal.

use mileston_api::keys::pattern::{MAX_BUSINESS_ID_LEN, MAX_KEY_LEN, MAX_WALLET_SECRET_LEN};

use super::call::{Case, Sdk};
use super::compare::{Expected, signature};
use super::from_js::Unrepresentable;
use super::instant::canonical;
use super::js::Js;
use super::json::{Json, Text};
use super::ours::By;
use super::recorder::Recorded;
use super::target::form;
use super::trace::Trace;

/// An intended difference.
#[derive(Debug)]
pub struct Difference {
    /// The name in the table.
    pub name: &'static str,
    /// The reason for the difference.
    pub reason: &'static str,
    /// When the difference applies, and what our client must then do.
    pub rule: Rule,
    /// Where to find a trace that needs the difference.
    pub seen: Seen,
}

/// When a difference applies, and what our client must then do.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Changes the vendor's request into the request that ours must equal. Returns whether anything
    /// was changed.
    Sent(fn(&Case, &mut Expected) -> bool),
    /// Like `Sent`, but the expected request depends on the bytes that arrived.
    Arrived(fn(&Case, &Recorded, &mut Expected) -> bool),
    /// The vendor's SDK fails before sending; our client must send the request that the wire contract describes.
    Unsent(fn(&Case, &Trace) -> bool),
    /// Our client rejects the call before sending.
    Refused(By, fn(&Case) -> bool),
    /// Our types can't represent the call. The translation detects that.
    Unrepresentable(Unrepresentable),
}

/// Where to find a trace that needs the difference. A difference that no trace needs is obsolete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// In the recordings of this crate.
    Recorded,
    /// In the traces that are hand-written from the wire contract. Recordings in `GOLDEN_DIR` may also need the
    /// difference.
    Written,
}

/// All differences. The differences of the kinds `Sent` and `Arrived` are applied in this order.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "get-and-delete-without-body",
        reason: "the backend SDK sends `{}` with GET and DELETE, where a body has no meaning and some proxies reject it. \
                 (Ours sends `{}` if the call is signed)",
        rule: Rule::Sent(without_body),
        seen: Seen::Recorded,
    },
    Difference {
        name: "ids-are-escaped",
        reason: "the SDKs paste ids into the URL, where `/ \\ ? # %`, dots and whitespace change the path; our id arrives as \
                 one segment with the exact text",
        rule: Rule::Sent(ids_escaped),
        seen: Seen::Recorded,
    },
    Difference {
        name: "more-is-escaped",
        reason: "a URL parser leaves `& = + : @ ! $ ' ( ) * , ; [ ] ^ |` unescaped in a path; our client escapes all \
                 characters except the unreserved ones. The decoded path is the same",
        rule: Rule::Sent(more_escaped),
        seen: Seen::Recorded,
    },
    Difference {
        name: "query-is-escaped",
        reason: "the backend SDK pastes the business name into the query, where `& # + %` and whitespace change or truncate \
                 it; with ours, it arrives unchanged",
        rule: Rule::Sent(query_escaped),
        seen: Seen::Recorded,
    },
    Difference {
        name: "query-is-in-order-of-names",
        reason: "the checkout SDK writes query parameters in a fixed order, and ours sorts them by name; the \
                 parameters are the same",
        rule: Rule::Sent(query_in_order_of_names),
        seen: Seen::Recorded,
    },
    Difference {
        name: "environment-is-filled-in",
        reason: "if the caller doesn't pass `env`, the SDK requests an EVM wallet without it; ours takes `env` from the key",
        rule: Rule::Sent(environment_filled_in),
        seen: Seen::Recorded,
    },
    Difference {
        name: "no-limit-is-left-out",
        reason: "with `getAll()`, the SDK sends `limit=undefined`; our client sends no query",
        rule: Rule::Sent(no_limit),
        seen: Seen::Recorded,
    },
    Difference {
        name: "unknown-fields-are-left-out",
        reason: "the SDK also sends fields that it doesn't know; our types have only known fields. Known fields are compared",
        rule: Rule::Sent(without_unknown_fields),
        seen: Seen::Recorded,
    },
    Difference {
        name: "null-is-left-out",
        reason: "the SDK sends `null` for an optional field; ours leaves it out. (Both leave out `undefined`)",
        rule: Rule::Sent(without_nulls),
        seen: Seen::Recorded,
    },
    Difference {
        name: "instants-are-normalized",
        reason: "if a date is text, the SDK sends it unchanged; ours is an instant, written in UTC with milliseconds as \
                 JavaScript writes a `Date`. Both must be the same instant",
        rule: Rule::Sent(instants),
        seen: Seen::Written,
    },
    Difference {
        name: "signature-is-of-our-bytes",
        reason: "the SDK and our client each sign the body that they send. If the bodies differ, in the order of fields or \
                 because of a difference above, the expected signature is that of our body",
        rule: Rule::Arrived(signature_of_our_bytes),
        seen: Seen::Recorded,
    },
    Difference {
        name: "payout-is-signed-here",
        reason: "the class `PayoutAPI`, which the SDK no longer exports, posts a payment without a signature; ours makes the \
                 same wallet call, and always signs it",
        rule: Rule::Arrived(payout_signed),
        seen: Seen::Recorded,
    },
    Difference {
        name: "leading-slash-can-be-sent",
        reason: "axios treats `//…` as a full URL, so the SDK's `get` fails for an id that starts with `/`; our client escapes \
                 the id",
        rule: Rule::Unsent(leading_slash),
        seen: Seen::Recorded,
    },
    Difference {
        name: "odd-business-ids-are-refused",
        reason: "a business id is 1 to 128 visible ASCII characters, without quotes, and doesn't contain a key; the SDK \
                 sends any text",
        rule: Rule::Refused(By::Business, |case| !is_business_id(&case.business)),
        seen: Seen::Recorded,
    },
    Difference {
        name: "odd-keys-are-refused",
        reason: "our key must have the documented format and the kind that the call needs; the SDKs check neither. (The \
                 recording server uses plain HTTP, where our client rejects live keys, so the key here is a test key)",
        rule: Rule::Refused(By::Key, |case| !is_key(case.sdk, &case.key)),
        seen: Seen::Recorded,
    },
    Difference {
        name: "odd-secrets-are-refused",
        reason: "a wallet secret is 1 to 1024 bytes, without control characters, without whitespace or quotes around it, and \
                 doesn't start like a key; the SDK accepts any text, and sends payments unsigned if it is empty",
        rule: Rule::Refused(By::Secret, |case| {
            case.secret.as_deref().is_some_and(|it| !is_secret(it))
        }),
        seen: Seen::Recorded,
    },
    Difference {
        name: "evm-fields-are-checked",
        reason: "for an EVM chain, both the SDK and our client send nothing if `evmChain` or `walletAddress` is missing",
        rule: Rule::Refused(By::Call, evm_fields),
        seen: Seen::Recorded,
    },
    Difference {
        name: "tokens-that-a-chain-lacks-are-refused",
        reason: "the vendor's table for test keys doesn't list the token for the chain; the SDK's function sends the \
                 token anyway, although the SDK's components don't offer it",
        rule: Rule::Refused(By::Call, token_not_on_chain),
        seen: Seen::Recorded,
    },
    Difference {
        name: "empty-batches-are-refused",
        reason: "ours rejects a batch without payments; the SDK sends it",
        rule: Rule::Refused(By::Call, empty_batch),
        seen: Seen::Recorded,
    },
    Difference {
        name: "empty-or-dot-ids-are-refused",
        reason: "`\"\"`, `.` and `..` can't be path segments: with the SDKs, they reach a different operation. Ours sends nothing",
        rule: Rule::Refused(By::Call, |case| matches!(case.id.as_deref(), Some("" | "." | ".."))),
        seen: Seen::Recorded,
    },
    Difference {
        name: "another-type",
        reason: "cannot be represented: a number where we have a string, a string where we have a number, and so on",
        rule: Rule::Unrepresentable(Unrepresentable::WrongType),
        seen: Seen::Recorded,
    },
    Difference {
        name: "another-number",
        reason: "cannot be represented: a limit or an interval that is negative, fractional, NaN or larger than 32 bits",
        rule: Rule::Unrepresentable(Unrepresentable::NumberOutOfRange),
        seen: Seen::Recorded,
    },
    Difference {
        name: "required-is-missing",
        reason: "cannot be represented: a value that our function or type requires is `undefined`, `null` or missing",
        rule: Rule::Unrepresentable(Unrepresentable::Missing),
        seen: Seen::Recorded,
    },
    Difference {
        name: "payload-is-not-an-object",
        reason: "cannot be represented: an array or a string, which the SDK spreads into `{\"0\":…}`. The vendor's \
                 documentation shows `update(id, payload)`, but the SDK treats the first argument as the payload",
        rule: Rule::Unrepresentable(Unrepresentable::NotAnObject),
        seen: Seen::Recorded,
    },
    Difference {
        name: "lone-surrogate",
        reason: "cannot be represented: half a surrogate pair isn't valid in a Rust string",
        rule: Rule::Unrepresentable(Unrepresentable::LoneSurrogate),
        seen: Seen::Recorded,
    },
    Difference {
        name: "invalid-date",
        reason: "cannot be represented: an invalid `Date`, which the SDK sends as `null`",
        rule: Rule::Unrepresentable(Unrepresentable::InvalidDate),
        seen: Seen::Recorded,
    },
    Difference {
        name: "date-out-of-range",
        reason: "cannot be represented: a `Date` outside the range of our instants, which ends in the last days of the year 9999",
        rule: Rule::Unrepresentable(Unrepresentable::DateOutOfRange),
        seen: Seen::Written,
    },
    Difference {
        name: "text-is-not-an-instant",
        reason: "cannot be represented: text that isn't a date with time and zone, where our type has an instant",
        rule: Rule::Unrepresentable(Unrepresentable::NotADate),
        seen: Seen::Written,
    },
    Difference {
        name: "unknown-payment-type",
        reason: "cannot be represented: each payment type has its own operation, and there are only three",
        rule: Rule::Unrepresentable(Unrepresentable::PaymentType),
        seen: Seen::Recorded,
    },
    Difference {
        name: "unknown-wallet-type",
        reason: "cannot be represented: each type of payment wallet has its own operation, and there are only three",
        rule: Rule::Unrepresentable(Unrepresentable::WalletType),
        seen: Seen::Recorded,
    },
    Difference {
        name: "missing-credential",
        reason: "cannot be represented: a client is built with a key and a business id, and also with a secret if it signs; \
                 the SDKs leave out the header or send the text `undefined`",
        rule: Rule::Unrepresentable(Unrepresentable::MissingCredential),
        seen: Seen::Recorded,
    },
    Difference {
        name: "invalid-amount",
        reason: "cannot be represented: text that isn't a positive decimal, or has more decimal places than the token",
        rule: Rule::Unrepresentable(Unrepresentable::InvalidAmount),
        seen: Seen::Recorded,
    },
    Difference {
        name: "invalid-email",
        reason: "cannot be represented: text that isn't an email address, which has one `@` with text on both sides and no \
                 whitespace",
        rule: Rule::Unrepresentable(Unrepresentable::InvalidEmail),
        seen: Seen::Written,
    },
    Difference {
        name: "invalid-business-id",
        reason: "cannot be represented: text that can't be a business id, because no header can contain the text",
        rule: Rule::Unrepresentable(Unrepresentable::InvalidBusinessId),
        seen: Seen::Written,
    },
    Difference {
        name: "unequal-lists",
        reason: "cannot be represented: our batch is a list of pairs, each with a recipient and an amount",
        rule: Rule::Unrepresentable(Unrepresentable::UnequalLists),
        seen: Seen::Written,
    },
    Difference {
        name: "another-environment",
        reason: "cannot be represented: `env` comes from the key, never from the caller; the key here is a test key",
        rule: Rule::Unrepresentable(Unrepresentable::WrongEnvironment),
        seen: Seen::Recorded,
    },
    Difference {
        name: "beyond-json",
        reason: "cannot be represented: arguments that the recording can't contain, such as objects with methods",
        rule: Rule::Unrepresentable(Unrepresentable::NotRecordable),
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

/// Escapes a value that the SDK pasted. Applies only if a server wouldn't read the caller's value from the SDK's URL,
/// or if the value contains a `%`, because only lenient servers accept a `%` that doesn't start an escape.
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

/// Removes the caller's extra fields, but only those that the SDK sent exactly as `JSON.stringify` writes them.
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

/// Replaces the signature with that of our body. Applies only if the vendor's SDK signed its body or the
/// payload. The body and the payload can differ: `{"__proto__":…}` arrives as `{}`.
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

/// Changes dates to our format. Applies only to the caller's strings that the vendor's SDK sent
/// unchanged.
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

/// Returns whether a known chain lacks a known token. Test networks have only USDC. Our client doesn't check unknown
/// chains or tokens.
fn token_not_on_chain(case: &Case) -> bool {
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

/// Adds the environment. Applies only if the caller left it out.
fn environment_filled_in(case: &Case, expected: &mut Expected) -> bool {
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

/// Returns whether a key has the documented format. This implementation is independent of the key
/// parser.
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
