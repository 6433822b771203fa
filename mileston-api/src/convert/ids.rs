//! Defines conversions to ids. They accept any text, but a call that has the id in its path rejects `""`, `.` and `..`.
//! Code that passes the wrong kind of id doesn't compile.

use super::implement::conversions;
use crate::{
    InvoiceId, OnRampId, PaymentId, PaymentLinkId, RecurringPaymentId, SubwalletId, TransactionId,
};

conversions! { plain:
    /// Converts to a [`PaymentLinkId`].
    ///
    /// ```compile_fail,E0277
    /// # use mileston_api::{IntoPaymentLinkId, InvoiceId};
    /// # fn take(id: impl IntoPaymentLinkId) {}
    /// take(InvoiceId::from("7"));
    /// ```
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't the id of a payment link",
        label = "expected a `PaymentLinkId` or its text",
        note = "pass the id of a payment link as text, or write `PaymentLinkId::from(text)`"
    )]
    IntoPaymentLinkId::into_payment_link_id -> PaymentLinkId;
        from [];

    /// Converts to an [`InvoiceId`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't the id of an invoice",
        label = "expected an `InvoiceId` or its text",
        note = "pass the id of an invoice as text, or write `InvoiceId::from(text)`"
    )]
    IntoInvoiceId::into_invoice_id -> InvoiceId;
        from [];

    /// Converts to a [`RecurringPaymentId`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't the id of a recurring payment",
        label = "expected a `RecurringPaymentId` or its text",
        note = "pass the id of a recurring payment as text, or write `RecurringPaymentId::from(text)`"
    )]
    IntoRecurringPaymentId::into_recurring_payment_id -> RecurringPaymentId;
        from [];

    /// Converts to a [`SubwalletId`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't the id of a sub wallet",
        label = "expected a `SubwalletId` or its text",
        note = "pass the id of a sub wallet as text, or write `SubwalletId::from(text)`"
    )]
    IntoSubwalletId::into_subwallet_id -> SubwalletId;
        from [];

    /// Converts to a [`TransactionId`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't the id of a payment from a wallet",
        label = "expected a `TransactionId` or its text",
        note = "pass the id of a payment from a wallet as text, or write `TransactionId::from(text)`"
    )]
    IntoTransactionId::into_transaction_id -> TransactionId;
        from [];

    /// Converts to an [`OnRampId`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't the id of a card payment",
        label = "expected an `OnRampId` or its text",
        note = "pass the id of a card payment as text, or write `OnRampId::from(text)`"
    )]
    IntoOnRampId::into_on_ramp_id -> OnRampId;
        from [];

    /// Converts a value to a [`PaymentId`]. Also converts the id of a payment link, an invoice or a recurring payment.
    ///
    /// ```
    /// use mileston_api::{IntoPaymentId, InvoiceId};
    ///
    /// assert_eq!(InvoiceId::from("7").into_payment_id(), "7");
    /// ```
    #[diagnostic::on_unimplemented(
        message = "`{Self}` isn't the id of a payment link, an invoice or a recurring payment",
        label = "expected a `PaymentId`, a `PaymentLinkId`, an `InvoiceId`, a `RecurringPaymentId`, or its text",
        note = "pass the id of the payment link, invoice or recurring payment as text, or write \
        `PaymentId::from(text)`"
    )]
    IntoPaymentId::into_payment_id -> PaymentId;
        from [PaymentLinkId, &PaymentLinkId, InvoiceId, &InvoiceId, RecurringPaymentId, &RecurringPaymentId];
}
