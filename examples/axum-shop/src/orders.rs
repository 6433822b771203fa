//! Keeps the orders in memory. In a real shop, they are rows in a database.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mileston_api::InvoiceId;

/// An order. The shop finds it by the id of its invoice.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// The URL where the customer pays. `None` if the response didn't contain the URL. The customer
    /// also gets the URL by email.
    pub(crate) link: Option<String>,
    /// The number of the ticket. `None` until the order is fulfilled.
    pub(crate) ticket: Option<u32>,
}

/// The result of fulfilling an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fulfilled {
    /// The order was fulfilled just now.
    Now,
    /// The order was already fulfilled, so nothing was done.
    Before,
    /// This shop has no such order.
    NoSuchOrder,
}

/// All orders of the shop.
#[derive(Clone, Default)]
pub(crate) struct Orders(Arc<Mutex<Records>>);

#[derive(Default)]
struct Records {
    /// The orders, by the ids of their invoices.
    orders: HashMap<InvoiceId, Order>,
    /// The number of tickets that were issued.
    tickets: u32,
}

impl Orders {
    /// Adds an order that isn't paid yet.
    pub(crate) fn add(&self, invoice: InvoiceId, link: Option<String>) {
        self.records().orders.insert(invoice, Order { link, ticket: None });
    }

    /// Returns the order with this invoice.
    pub(crate) fn find(&self, invoice: &InvoiceId) -> Option<Order> {
        self.records().orders.get(invoice).cloned()
    }

    /// Gives the order its ticket, unless it already has one.
    ///
    /// The check and the change are one step, because deliveries can arrive at the same time. In a database, they are one
    /// statement: `UPDATE orders SET ticket = … WHERE invoice = ? AND ticket IS NULL`.
    pub(crate) fn fulfil(&self, invoice: &InvoiceId) -> Fulfilled {
        let mut records = self.records();
        let Records { orders, tickets } = &mut *records;
        match orders.get_mut(invoice) {
            None => Fulfilled::NoSuchOrder,
            Some(Order { ticket: Some(_), .. }) => Fulfilled::Before,
            Some(order) => {
                *tickets += 1;
                order.ticket = Some(*tickets);
                Fulfilled::Now
            }
        }
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
