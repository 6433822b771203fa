//! The responses that clients got, and the check that the data matches these responses after a restart.

use serde_json::{Value, json};

use super::load::{EACH, Setup};
use super::wire::{As, Keys, Wire};
use crate::program::text;

/// Everything that was acknowledged, and how many payments and batches were attempted.
#[derive(Default)]
pub(super) struct Claims {
    pub(super) writes: usize,
    pub(super) links: Vec<Item>,
    /// The id of each paid invoice, with the report of its payment.
    pub(super) paid_invoices: Vec<(String, Value)>,
    pub(super) sends: Vec<String>,
    pub(super) sends_tried: usize,
    pub(super) batches: Vec<String>,
    pub(super) batches_tried: usize,
}

/// A payment link. A field is `None` if a write that wasn't acknowledged may have changed it.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) title: Option<&'static str>,
    pub(super) there: Option<bool>,
}

impl Claims {
    pub(super) fn append(&mut self, mut more: Claims) {
        self.writes += more.writes;
        self.links.append(&mut more.links);
        self.paid_invoices.append(&mut more.paid_invoices);
        self.sends.append(&mut more.sends);
        self.sends_tried += more.sends_tried;
        self.batches.append(&mut more.batches);
        self.batches_tried += more.batches_tried;
    }

    /// Returns the number of acknowledged writes, including changes.
    pub(super) fn acknowledged(&self) -> usize {
        self.writes
    }

    pub(super) fn check(&self, keys: &Keys, setup: &Setup) {
        let mut wire = Wire::open(keys).unwrap();
        // After this minute, no money is in transit.
        let later = json!({ "advance": 60 });
        wire.expect(As::Program, "POST", "/_sandbox/clock", &later);
        self.links.iter().for_each(|link| check_link(&mut wire, link));
        for (id, report) in &self.paid_invoices {
            check_invoice(&mut wire, id, report);
        }
        for id in self.sends.iter().chain(&self.batches) {
            let target = format!("/user/transaction-status/{id}");
            let found = wire.expect(As::Wallet, "GET", &target, &Value::Null);
            assert_eq!(found["data"]["transactionUUID"], json!(id));
        }
        self.check_money(&mut wire, setup);
    }

    /// Checks that no cent is lost or created, and that the parts of a batch were paid together.
    fn check_money(&self, wire: &mut Wire<'_>, setup: &Setup) {
        let single = balance(wire, &setup.single.0);
        let [first, second, third] = setup.batch.each_ref().map(|(id, _)| balance(wire, id));
        assert_eq!((first, first), (second, third), "a batch is complete");
        let list = wire.expect(As::Wallet, "GET", "/user/all-wallets", &Value::Null);
        let wallets = list["walletData"].as_array().unwrap();
        let main = wallets.iter().find(|wallet| wallet["blockchain"] == "base").unwrap();
        let main = cents(&main["balance"].to_string());
        assert_eq!(main + single + first + second + third, cents("10000"), "nothing is lost");
        assert_eq!(EACH, "0.01");
        assert!((self.sends.len()..=self.sends_tried).contains(&single), "{single} cents");
        assert!((self.batches.len()..=self.batches_tried).contains(&first), "{first} cents");
    }
}

fn check_link(wire: &mut Wire<'_>, link: &Item) {
    let target = format!("/payment-link/{}", link.id);
    let (status, answer) = wire.ask(As::Backend, "GET", &target, &Value::Null).unwrap();
    let there = match status {
        200 => true,
        404 => false,
        other => panic!("{other} {answer}"),
    };
    assert!(link.there.is_none_or(|last| last == there), "{target}: unexpected {status}");
    if let (true, Some(title)) = (there, link.title) {
        assert_eq!(answer["paymentData"]["title"], title, "{target}");
    }
}

/// Checks that an invoice is paid and its payment is known: an identical report counts as a repeat.
fn check_invoice(wire: &mut Wire<'_>, id: &str, report: &Value) {
    let target = format!("/checkout/data/invoice.get/{id}");
    let found = wire.expect(As::Frontend, "GET", &target, &Value::Null);
    assert_eq!(found["invoiceData"]["status"], "paid", "{found}");
    let again = wire.expect(As::Frontend, "POST", "/checkout/save-payment/invoice.save", report);
    assert_eq!(again["message"], "Payment was already saved");
}

fn balance(wire: &mut Wire<'_>, id: &str) -> usize {
    let found = wire.expect(As::Wallet, "GET", &format!("/user/sub-wallet/{id}"), &Value::Null);
    cents(&text(&found, "balance"))
}

/// Converts a decimal amount to cents without floating point.
fn cents(decimal: &str) -> usize {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    assert!(fraction.len() <= 2, "{decimal}");
    whole.parse::<usize>().unwrap() * 100 + format!("{fraction:0<2}").parse::<usize>().unwrap()
}
