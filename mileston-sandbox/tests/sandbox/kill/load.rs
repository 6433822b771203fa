//! Clients that write as fast as they get responses, and record the responses.

use std::sync::mpsc::Sender;

use serde_json::{Value, json};

use super::claims::{Claims, Item};
use super::wire::{As, Keys, Wire};
use crate::program::text;

/// Sub wallets, created before the first kill: one for single payments, three for batches.
pub(super) struct Setup {
    pub(super) single: (String, String),
    pub(super) batch: [(String, String); 3],
}

/// The amount of each payment, and of each part of a batch.
pub(super) const EACH: &str = "0.01";

impl Setup {
    pub(super) fn make(keys: &Keys) -> Self {
        let mut wire = Wire::open(keys).unwrap();
        let mut make = || {
            let made = wire.expect(As::Wallet, "POST", "/user/sub-wallet", &json!({}));
            let id = text(&made, "uuid");
            let body = json!({ "subWalletUuid": id, "walletType": "base" });
            let made = wire.expect(As::Wallet, "POST", "/user/sub-wallet/create", &body);
            (id, text(&made, "address"))
        };
        Setup { single: make(), batch: [make(), make(), make()] }
    }
}

/// A client that writes until the responses stop.
pub(super) struct Customer<'a> {
    wire: Wire<'a>,
    setup: &'a Setup,
    number: usize,
    claims: Claims,
}

impl<'a> Customer<'a> {
    pub(super) fn new(keys: &'a Keys, setup: &'a Setup, number: usize) -> Self {
        let wire = Wire::open(keys).unwrap();
        Customer { wire, setup, number, claims: Claims::default() }
    }

    /// Writes until the responses stop, and signals after each acknowledged write.
    pub(super) fn work(mut self, progress: &Sender<()>) -> Claims {
        for turn in self.number.. {
            let done = match turn % 5 {
                0 => self.create_and_change(progress),
                1 => self.create_and_delete(progress),
                2 => self.pay_an_invoice(progress),
                3 => self.send(progress),
                _ => self.send_batch(progress),
            };
            if done.is_none() {
                break;
            }
        }
        self.claims
    }

    fn create_and_change(&mut self, progress: &Sender<()>) -> Option<()> {
        let id = self.create_link(progress)?;
        let item = self.claims.links.last_mut()?;
        item.title = None;
        let body = json!({ "paymentLinkId": id, "title": "changed" });
        self.write(progress, As::Backend, "PATCH", "/payment-link/update", &body)?;
        self.claims.links.last_mut()?.title = Some("changed");
        Some(())
    }

    fn create_and_delete(&mut self, progress: &Sender<()>) -> Option<()> {
        let id = self.create_link(progress)?;
        self.claims.links.last_mut()?.there = None;
        let target = format!("/payment-link/delete/{id}");
        self.write(progress, As::Backend, "DELETE", &target, &json!({}))?;
        self.claims.links.last_mut()?.there = Some(false);
        Some(())
    }

    fn create_link(&mut self, progress: &Sender<()>) -> Option<String> {
        let body = json!({ "amount": "1", "title": "new" });
        let made = self.write(progress, As::Backend, "POST", "/payment-link/create", &body)?;
        let id = text(&made["paymentData"], "paymentLinkId");
        self.claims.links.push(Item { id: id.clone(), title: Some("new"), there: Some(true) });
        Some(id)
    }

    fn pay_an_invoice(&mut self, progress: &Sender<()>) -> Option<()> {
        let body = json!({
            "amount": "3", "itemName": "i", "customerEmail": "a@example.com",
            "dueDate": "2031-01-31T00:00:00.000Z",
        });
        let target = "/invoice/create?businessName=A";
        let made = self.write(progress, As::Backend, "POST", target, &body)?;
        let id = text(&made["invoiceData"], "invoiceId");
        let report = json!({
            "paymentLinkId": id, "payer": "0x1111111111111111111111111111111111111111",
            "recipientWalletAddress": "0x2222222222222222222222222222222222222222",
            "amount": "3", "chain": "base", "userUUID": "u", "env": "test",
            "transactionSignature": format!("tx-{id}"),
        });
        self.write(progress, As::Frontend, "POST", "/checkout/save-payment/invoice.save", &report)?;
        self.claims.paid_invoices.push((id, report));
        Some(())
    }

    fn send(&mut self, progress: &Sender<()>) -> Option<()> {
        self.claims.sends_tried += 1;
        let to = &self.setup.single.1;
        let body = json!({ "amount": EACH, "recipientAddress": to, "walletType": "base" });
        let sent = self.write(progress, As::Wallet, "POST", "/user/send-payment", &body)?;
        self.claims.sends.push(text(&sent, "transactionUUID"));
        Some(())
    }

    fn send_batch(&mut self, progress: &Sender<()>) -> Option<()> {
        self.claims.batches_tried += 1;
        let to = self.setup.batch.each_ref().map(|(_, address)| address);
        let body = json!({ "recipients": to, "amounts": [EACH, EACH, EACH], "walletType": "base" });
        let sent = self.write(progress, As::Wallet, "POST", "/user/batch-payment", &body)?;
        self.claims.batches.push(text(&sent, "transactionUUID"));
        Some(())
    }

    /// Returns `None` if there was no response, so the write may or may not have been applied.
    fn write(
        &mut self,
        progress: &Sender<()>,
        who: As,
        method: &str,
        target: &str,
        body: &Value,
    ) -> Option<Value> {
        let (status, answer) = self.wire.ask(who, method, target, body).ok()?;
        assert!((200..300).contains(&status), "{method} {target}: {status} {answer}");
        self.claims.writes += 1;
        // The test stops counting after the kill.
        let _ = progress.send(());
        Some(answer)
    }
}
