//! The vendor's SDK functions whose requests have a body or a signature. The lists of body fields are hand-written and
//! based on the wire contract. The fields are in the order in which our types write them.

/// The type of a field.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string, an open enum, an id or an address.
    Text,
    /// An email address.
    Email,
    /// A list of strings.
    Texts,
    /// An amount of money, as text.
    Amount,
    /// A list of amounts.
    Amounts,
    /// A 32-bit integer.
    Number,
    /// `true` or `false`.
    Bool,
    /// A date and time.
    Instant,
    /// The environment, which the client takes from its key.
    Env,
}

use Kind::{Amount, Amounts, Bool, Email, Env, Instant, Number, Text, Texts};

/// A field: its name on the wire, whether it is required, and its type.
pub type Field = (&'static str, bool, Kind);

/// A function of the vendor's SDKs, and the fields of its payload.
#[derive(Debug)]
pub struct Function {
    /// Class and function.
    pub call: &'static str,
    /// The arguments in addition to the payload.
    pub around: Around,
    /// The fields, in the order in which our type writes them.
    pub fields: &'static [Field],
}

/// The arguments of a function in addition to its payload.
#[derive(Clone, Copy, Debug)]
pub enum Around {
    /// No other argument.
    Nothing,
    /// An argument before the payload: a name or an id.
    First,
    /// A payment type, in the same object as the payload.
    Paid(&'static str),
    /// An id in the payload's object, followed by the credentials.
    Credentials,
}

use Around::{Credentials, First, Nothing, Paid};

/// Every function with a payload that our client can send.
pub const FUNCTIONS: &[Function] = &[
    Function { call: "PaymentLink.create", around: Nothing, fields: CREATE_PAYMENT_LINK },
    Function { call: "PaymentLink.update", around: Nothing, fields: UPDATE_PAYMENT_LINK },
    Function { call: "Invoice.create", around: First, fields: CREATE_INVOICE },
    Function { call: "Invoice.update", around: Nothing, fields: UPDATE_INVOICE },
    Function { call: "RecurringPayment.create", around: First, fields: CREATE_RECURRING },
    Function { call: "RecurringPayment.update", around: Nothing, fields: UPDATE_RECURRING },
    Function { call: "Wallet.sendPayment", around: Nothing, fields: SEND_PAYMENT },
    Function { call: "Wallet.sendFunds", around: First, fields: SEND_PAYMENT },
    Function { call: "Wallet.batchPayment", around: Nothing, fields: SEND_BATCH },
    Function { call: "Wallet.createNewSubWallet", around: Nothing, fields: CREATE_SUBWALLET },
    Function { call: "savePayment", around: Paid("payment-link"), fields: SAVE },
    Function { call: "savePayment", around: Paid("invoice"), fields: SAVE },
    Function { call: "savePayment", around: Paid("recurring"), fields: SAVE },
    Function { call: "verifyPaymentWithWallet", around: Paid("payment-link"), fields: VERIFY },
    Function { call: "verifyPaymentWithWallet", around: Paid("invoice"), fields: VERIFY },
    Function { call: "verifyPaymentWithWallet", around: Paid("recurring"), fields: VERIFY },
    Function { call: "getOnRampPaymentStatus", around: Credentials, fields: CHECK_ON_RAMP },
];

/// Signed calls without a payload: the signature is computed over `{}`.
pub const WITHOUT_PAYLOAD: [&str; 6] = [
    "Wallet.createSubWallet",
    "Wallet.getAllWallets",
    "Wallet.getAllSubWallets",
    "Wallet.getSubWallet",
    "Wallet.deleteSubWallet",
    "Wallet.getTransactionStatus",
];

const CREATE_PAYMENT_LINK: &[Field] = &[
    ("amount", true, Amount),
    ("title", false, Text),
    ("description", false, Text),
    ("redirectUrl", false, Text),
    ("logoUrl", false, Text),
    ("bannerUrl", false, Text),
    ("customerEmail", false, Email),
];
const UPDATE_PAYMENT_LINK: &[Field] = &[
    ("paymentLinkId", true, Text),
    ("amount", false, Amount),
    ("title", false, Text),
    ("description", false, Text),
    ("redirectUrl", false, Text),
    ("logoUrl", false, Text),
    ("bannerUrl", false, Text),
];
const CREATE_INVOICE: &[Field] = &[
    ("amount", true, Amount),
    ("itemName", true, Text),
    ("customerEmail", true, Email),
    ("dueDate", true, Instant),
    ("addPdf", false, Bool),
];
const UPDATE_INVOICE: &[Field] = &[
    ("invoiceId", true, Text),
    ("amount", false, Amount),
    ("itemName", false, Text),
    ("customerEmail", false, Email),
    ("dueDate", false, Instant),
    ("addPdf", false, Bool),
];
const CREATE_RECURRING: &[Field] = &[
    ("amount", true, Amount),
    ("subscriptionName", true, Text),
    ("subscriberFullName", true, Text),
    ("subscriberEmail", true, Email),
    ("recurringDate", true, Instant),
    ("recurringInterval", true, Number),
    ("subscriberWalletAddress", false, Text),
    ("currentPaymentStatus", false, Text),
    ("addPdf", false, Bool),
];
const UPDATE_RECURRING: &[Field] = &[
    ("recurringPaymentId", true, Text),
    ("amount", false, Amount),
    ("subscriptionName", false, Text),
    ("subscriberFullName", false, Text),
    ("subscriberEmail", false, Email),
    ("recurringDate", false, Instant),
    ("recurringInterval", false, Number),
    ("subscriberWalletAddress", false, Text),
    ("currentPaymentStatus", false, Text),
    ("addPdf", false, Bool),
];
const SEND_PAYMENT: &[Field] =
    &[("amount", true, Amount), ("recipientAddress", true, Text), ("walletType", true, Text)];
const SEND_BATCH: &[Field] =
    &[("recipients", true, Texts), ("amounts", true, Amounts), ("walletType", true, Text)];
const CREATE_SUBWALLET: &[Field] = &[("subWalletUuid", true, Text), ("walletType", true, Text)];
const SAVE: &[Field] = &[
    ("paymentLinkId", true, Text),
    ("payer", true, Text),
    ("recipientWalletAddress", true, Text),
    ("amount", true, Amount),
    ("userUUID", true, Text),
    ("transactionSignature", true, Text),
    ("feeSignature", false, Text),
    ("chain", true, Text),
    ("env", true, Env),
    ("subWalletUuid", false, Text),
];
const VERIFY: &[Field] = &[
    ("paymentLinkId", true, Text),
    ("publicKey", true, Text),
    ("amount", true, Amount),
    ("recipientWalletAddress", true, Text),
    ("chain", true, Text),
    ("env", true, Env),
    ("userUUID", true, Text),
    ("token", true, Text),
    ("subWalletUuid", false, Text),
    ("customerInformation", false, Text),
    ("evmChain", false, Text),
    ("walletAddress", false, Text),
];
const CHECK_ON_RAMP: &[Field] = &[
    ("amount", true, Amount),
    ("chain", true, Text),
    ("recipientWalletAddress", true, Text),
    ("subWalletUuid", false, Text),
    ("userUUID", false, Text),
];
