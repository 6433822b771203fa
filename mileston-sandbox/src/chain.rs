//! Defines the speed of the simulated chains, and selects the payments that together pay an amount.

use mileston_api::types::Chain;

use crate::money::Money;

/// The speed of a chain. The times are made up. The slowest real chain is the slowest here as well, but all times are
/// short enough to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    /// The milliseconds between blocks.
    pub(crate) block: u32,
    /// The number of blocks that confirm a transaction.
    pub(crate) blocks: u32,
}

impl Pace {
    /// Returns the pace of a chain.
    pub(crate) fn of(chain: &Chain) -> Self {
        match chain {
            Chain::Eth => Pace { block: 2000, blocks: 3 },
            Chain::Sui | Chain::Solana => Pace { block: 500, blocks: 4 },
            _ => Pace { block: 1000, blocks: 3 },
        }
    }

    /// Returns the milliseconds until a transaction is confirmed.
    pub(crate) fn time(self) -> i64 {
        i64::from(self.block) * i64::from(self.blocks)
    }

    /// Returns the number of confirmations that a transaction has. `age` is in milliseconds.
    pub(crate) fn confirmations(self, age: i64) -> i64 {
        age.max(0) / i64::from(self.block)
    }
}

/// An unused payment on a chain: its number and its amount.
pub(crate) type Unused = (i64, Money);

/// Returns the payments that pay an amount, and how much of each one is used. A payment of exactly this amount is
/// preferred; otherwise the oldest payments are used first. Returns `None` if the sum is too low.
pub(crate) fn choose(due: Money, unused: &[Unused]) -> Option<Vec<Unused>> {
    if let Some(exact) = unused.iter().find(|(_, money)| *money == due) {
        return Some(vec![*exact]);
    }
    let (mut left, mut chosen) = (due, Vec::new());
    for (number, money) in unused {
        let used = left.min(*money);
        chosen.push((*number, used));
        left = left.minus(used)?;
        if left == Money::default() {
            return Some(chosen);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::of(text.parse().unwrap())
    }

    #[track_caller]
    fn check(due: &str, unused: &[&str], expected: Option<&[(i64, &str)]>) {
        let unused: Vec<_> = (0..).zip(unused.iter().map(|text| money(text))).collect();
        let expected: Option<Vec<_>> =
            expected.map(|all| all.iter().map(|(number, text)| (*number, money(text))).collect());
        assert_eq!(choose(money(due), &unused), expected);
    }

    #[test]
    fn payments_pay_the_amount_if_their_sum_is_enough() {
        check("5", &[], None);
        check("5", &["4.999999"], None);
        check("5", &["5"], Some(&[(0, "5")]));
        check("5", &["7"], Some(&[(0, "5")]));
        check("5", &["2", "1", "2"], Some(&[(0, "2"), (1, "1"), (2, "2")]));
        check("5", &["2", "4", "9"], Some(&[(0, "2"), (1, "3")]));
    }

    #[test]
    fn an_exact_payment_is_preferred() {
        check("5", &["2", "9", "5"], Some(&[(2, "5")]));
    }

    #[test]
    fn a_transaction_is_confirmed_block_by_block() {
        let pace = Pace { block: 1000, blocks: 3 };
        assert_eq!(pace.time(), 3000);
        for (age, confirmations) in [(-1, 0), (0, 0), (999, 0), (1000, 1), (3000, 3), (9999, 9)] {
            assert_eq!(pace.confirmations(age), confirmations);
        }
    }
}
