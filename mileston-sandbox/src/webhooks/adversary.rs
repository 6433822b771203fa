//! Plans what the adversary does to a delivery. The plan depends only on the seed and the delivery's number.

use sha2::{Digest, Sha256};

/// The plan for one delivery. The same seed and number give the same plan, on any machine and in any version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The delay before the first attempt, in units of the first wait. The delay lets other deliveries overtake this
    /// one.
    pub(crate) hold: u8,
    /// The number of attempts that are dropped: nothing is sent.
    pub(crate) lost: u8,
    /// How many more times the delivery is sent after it was acknowledged.
    pub(crate) copies: u8,
    /// Whether a forged delivery is sent first. It has a wrong token, and its payment doesn't exist.
    pub(crate) forged: bool,
}

impl Plan {
    /// Returns the plan. On average, of 100 deliveries, 30 are delayed a little, so that others overtake them, and 10
    /// are delayed longer; 25 lose the first attempt, and 5 lose the first three; 30 are sent twice, and 5 are sent
    /// four times; and 20 are preceded by a forged delivery.
    pub(crate) fn of(seed: u64, number: i64) -> Self {
        let mut dice = Dice::of(seed, number);
        Plan {
            hold: match dice.hundred() {
                0..30 => 1 + dice.hundred() % 3,
                30..40 => 4 + dice.hundred() % 13,
                _ => 0,
            },
            lost: match dice.hundred() {
                0..25 => 1,
                25..30 => 3,
                _ => 0,
            },
            copies: match dice.hundred() {
                0..30 => 1,
                30..35 => 3,
                _ => 0,
            },
            forged: dice.hundred() < 20,
        }
    }
}

/// Returns the token of a forged delivery, in a valid format.
pub(crate) fn forged_token(seed: u64, number: i64) -> String {
    let Dice { bytes, .. } = Dice::of(!seed, number);
    bytes.iter().take(20).fold("forged-".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// Returns the body of a forged delivery: the original body with a different amount and transaction.
pub(crate) fn forged_body(body: &str) -> String {
    let Ok(mut json) = serde_json::from_str::<serde_json::Value>(body) else {
        return body.to_owned();
    };
    if let Some(payload) = json.get_mut("payload").and_then(serde_json::Value::as_object_mut) {
        payload.insert("amount".to_owned(), "0.01".into());
        payload.insert("transactionSignature".to_owned(), "forged".into());
    }
    json.to_string()
}

/// Pseudorandom numbers from the bytes of a hash.
struct Dice {
    bytes: [u8; 32],
    at: usize,
}

impl Dice {
    fn of(seed: u64, number: i64) -> Self {
        let hash =
            Sha256::new().chain_update(seed.to_be_bytes()).chain_update(number.to_be_bytes());
        Dice { bytes: hash.finalize().into(), at: 0 }
    }

    /// Returns a number from 0 to 99. It is computed from two bytes, so that the modulo bias is below 0.1%.
    fn hundred(&mut self) -> u8 {
        let mut next = || {
            let byte = self.bytes.get(self.at).copied().unwrap_or_default();
            self.at += 1;
            u16::from(byte)
        };
        let number = (next() << 8) | next();
        u8::try_from(number % 100).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected plan is written out, because a recorded seed must give the same plan later.
    #[test]
    fn a_seed_always_gives_the_same_plan() {
        let parts_of = |seed, number| {
            let Plan { hold, lost, copies, forged } = Plan::of(seed, number);
            (hold, lost, copies, forged)
        };
        let plans: Vec<_> = (1..=8).map(|number| parts_of(7, number)).collect();
        let expected = [
            (0, 0, 0, false),
            (0, 0, 1, false),
            (0, 0, 0, false),
            (0, 1, 0, false),
            (1, 0, 1, true),
            (0, 0, 0, false),
            (0, 1, 0, false),
            (6, 0, 0, false),
        ];
        assert_eq!(plans, expected);
    }

    #[test]
    fn each_disturbance_is_as_frequent_as_documented() {
        let plans: Vec<_> = (0..10_000).map(|number| Plan::of(1, number)).collect();
        let percent = |test: fn(&Plan) -> bool| {
            f64::from(u32::try_from(plans.iter().filter(|plan| test(plan)).count()).unwrap()) / 1e2
        };
        for (found, documented) in [
            (percent(|plan| (1..4).contains(&plan.hold)), 30.0),
            (percent(|plan| (4..17).contains(&plan.hold)), 10.0),
            (percent(|plan| plan.lost == 1), 25.0),
            (percent(|plan| plan.lost == 3), 5.0),
            (percent(|plan| plan.copies == 1), 30.0),
            (percent(|plan| plan.copies == 3), 5.0),
            (percent(|plan| plan.forged), 20.0),
            (percent(|plan| *plan == Plan::default()), 100.0 * 0.6 * 0.7 * 0.65 * 0.8),
        ] {
            assert!((found - documented).abs() < 1.5, "{found} instead of {documented}");
        }
    }

    #[test]
    fn a_forged_delivery_has_a_different_payment_and_token() {
        let body = r#"{"event":"invoice-paid","payload":{"amount":"12.50","payer":"0x1"}}"#;
        let forged = forged_body(body);
        assert!(forged.contains(r#""amount":"0.01""#) && forged.contains(r#""payer":"0x1""#));
        assert!(forged_token(1, 1).parse::<mileston_keys::WebhookToken>().is_ok());
        assert_ne!(forged_token(1, 1), forged_token(1, 2));
    }
}
