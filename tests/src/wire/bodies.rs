//! Converts payloads to our types, using their constructors and setters. The field names are the vendor's.

use mileston_api::types::{
    CheckOnRampPayment, CreateChainSubwallet, CreateInvoice, CreatePaymentLink,
    CreateRecurringPayment, CreateRecurringPaymentRequired, SavePayment, SavePaymentRequired,
    SendBatchPayment, SendPayment, UpdateInvoice, UpdatePaymentLink, UpdateRecurringPayment,
    VerifyPayment, VerifyPaymentRequired,
};
use mileston_api::{
    Address, Amount, Email, Error, InvoiceId, PaymentLinkId, RecurringPaymentId, SubwalletId,
    Timestamp,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::from_js::{Fields, Stop, Unrepresentable};
use super::js::Js;
use super::json::{Json, Text};

/// The parts of a payload that our type can't represent, and the fields that are instants.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    /// Fields that our type doesn't have.
    pub unknown: Vec<Text>,
    /// Optional fields that are `null`.
    pub nulls: Vec<&'static str>,
    /// Fields that are instants in our type.
    pub instants: &'static [&'static str],
}

/// One of our client's types for request bodies.
pub trait Body: Serialize + DeserializeOwned + PartialEq {
    /// The fields that are instants.
    const INSTANTS: &'static [&'static str] = &[];

    /// Whether the client fills in `env`, so callers don't set it.
    const FILLS_ENV: bool = false;

    /// Reads all fields of the body.
    ///
    /// # Errors
    ///
    /// Returns an error if a field is missing or can't be represented.
    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop>;
}

/// Converts a payload to a body.
///
/// Compares the result with what our type's `Deserialize` returns. This detects values that this file leaves out or
/// rejects by mistake.
///
/// # Errors
///
/// Returns an error if the payload can't be represented, or the two results differ.
pub fn body<B: Body>(payload: &Js) -> Result<(B, Noted), Stop> {
    let mut fields = Fields::of(payload)?;
    let said = B::read(&mut fields);
    let json = payload.json().map(|json| without_env::<B>(json).to_string()).unwrap_or_default();
    let by_serde = serde_json::from_str::<B>(&json);
    match (&said, by_serde) {
        (Ok(body), Ok(by_serde)) if *body != by_serde => Err(Stop::Wrong(format!(
            "`Body::read` and `Deserialize` read different values from {json}"
        ))),
        // In JSON, a number such as `NaN` becomes `null`, which our type may accept.
        (
            Err(Stop::Unrepresentable(Unrepresentable::WrongType | Unrepresentable::Missing, at)),
            Ok(_),
        ) if payload.get(at).json() != Some(Json::Null) => Err(Stop::Wrong(format!(
            "`{at}` was rejected as unrepresentable, but our type accepts {json}"
        ))),
        (Err(_), _) => Err(said.err().unwrap_or(Stop::Wrong(String::new()))),
        (Ok(body), _) => {
            let unknown = fields.unknown();
            none_is_kept(body, &json, &unknown)?;
            let noted = Noted { unknown, nulls: fields.nulls, instants: B::INSTANTS };
            said.map(|body| (body, noted))
        }
    }
}

/// Removes `env` from a payload if the client fills it in.
fn without_env<B: Body>(mut json: Json) -> Json {
    if let Json::Object(fields) = &mut json
        && B::FILLS_ENV
    {
        fields.retain(|(key, _)| key != "env");
    }
    json
}

/// Checks that our type, too, ignores the fields that this file doesn't read.
fn none_is_kept<B: Body>(body: &B, json: &str, unknown: &[Text]) -> Result<(), Stop> {
    let Ok(read) = serde_json::from_str::<B>(json) else { return Ok(()) };
    let written = [serde_json::to_value(read), serde_json::to_value(body)];
    for key in unknown.iter().filter_map(Text::text) {
        if written.iter().flatten().any(|value| value.get(&key).is_some()) {
            return Err(Stop::Wrong(format!("our type has a field `{key}`: add it to bodies.rs")));
        }
    }
    Ok(())
}

/// Calls a setter if there is a value.
fn set<B, T>(body: B, value: Option<T>, setter: impl FnOnce(B, T) -> B) -> B {
    match value {
        Some(value) => setter(body, value),
        None => body,
    }
}

/// Calls a setter that can reject a value.
fn set_checked<B, T>(
    body: B,
    value: Option<T>,
    setter: impl FnOnce(B, T) -> Result<B, Error>,
) -> Result<B, Stop> {
    match value {
        Some(value) => Ok(setter(body, value)?),
        None => Ok(body),
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Wrong(error.to_string())
    }
}

impl Body for CreatePaymentLink {
    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let body = Self::new(fields.required::<Amount>("amount")?)?;
        let body = set(body, fields.optional::<String>("title")?, Self::title);
        let body = set(body, fields.optional::<String>("description")?, Self::description);
        let body = set(body, fields.optional::<String>("redirectUrl")?, Self::redirect_url);
        let body = set(body, fields.optional::<String>("logoUrl")?, Self::logo_url);
        let body = set(body, fields.optional::<String>("bannerUrl")?, Self::banner_url);
        set_checked(body, fields.optional::<Email>("customerEmail")?, Self::customer_email)
    }
}

impl Body for UpdatePaymentLink {
    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let body = Self::new(fields.required::<PaymentLinkId>("paymentLinkId")?);
        let body = set_checked(body, fields.optional::<Amount>("amount")?, Self::amount)?;
        let body = set(body, fields.optional::<String>("title")?, Self::title);
        let body = set(body, fields.optional::<String>("description")?, Self::description);
        let body = set(body, fields.optional::<String>("redirectUrl")?, Self::redirect_url);
        let body = set(body, fields.optional::<String>("logoUrl")?, Self::logo_url);
        Ok(set(body, fields.optional::<String>("bannerUrl")?, Self::banner_url))
    }
}

impl Body for CreateInvoice {
    const INSTANTS: &'static [&'static str] = &["dueDate"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let body = Self::new(
            fields.required::<Amount>("amount")?,
            fields.required::<String>("itemName")?,
            fields.required::<Email>("customerEmail")?,
            fields.required::<Timestamp>("dueDate")?,
        )?;
        Ok(set(body, fields.optional("addPdf")?, Self::add_pdf))
    }
}

impl Body for UpdateInvoice {
    const INSTANTS: &'static [&'static str] = &["dueDate"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let body = Self::new(fields.required::<InvoiceId>("invoiceId")?);
        let body = set_checked(body, fields.optional::<Amount>("amount")?, Self::amount)?;
        let body = set(body, fields.optional::<String>("itemName")?, Self::item_name);
        let body =
            set_checked(body, fields.optional::<Email>("customerEmail")?, Self::customer_email)?;
        let body = set_checked(body, fields.optional::<Timestamp>("dueDate")?, Self::due_date)?;
        Ok(set(body, fields.optional("addPdf")?, Self::add_pdf))
    }
}

impl Body for CreateRecurringPayment {
    const INSTANTS: &'static [&'static str] = &["recurringDate"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let body = Self::new(CreateRecurringPaymentRequired {
            amount: fields.required("amount")?,
            subscription_name: fields.required("subscriptionName")?,
            subscriber_full_name: fields.required("subscriberFullName")?,
            subscriber_email: fields.required("subscriberEmail")?,
            recurring_date: fields.required("recurringDate")?,
            recurring_interval: fields.required("recurringInterval")?,
        });
        let wallet = fields.optional::<Address>("subscriberWalletAddress")?;
        let body = set_checked(body, wallet, Self::subscriber_wallet_address)?;
        let status = fields.optional("currentPaymentStatus")?;
        let body = set(body, status, Self::current_payment_status);
        Ok(set(body, fields.optional("addPdf")?, Self::add_pdf))
    }
}

impl Body for UpdateRecurringPayment {
    const INSTANTS: &'static [&'static str] = &["recurringDate"];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let body = Self::new(fields.required::<RecurringPaymentId>("recurringPaymentId")?);
        let body = set_checked(body, fields.optional::<Amount>("amount")?, Self::amount)?;
        let name = fields.optional::<String>("subscriptionName")?;
        let body = set(body, name, Self::subscription_name);
        let name = fields.optional::<String>("subscriberFullName")?;
        let body = set(body, name, Self::subscriber_full_name);
        let body = set_checked(
            body,
            fields.optional::<Email>("subscriberEmail")?,
            Self::subscriber_email,
        )?;
        let body = set_checked(
            body,
            fields.optional::<Timestamp>("recurringDate")?,
            Self::recurring_date,
        )?;
        let body = set(body, fields.optional("recurringInterval")?, Self::recurring_interval);
        let wallet = fields.optional::<Address>("subscriberWalletAddress")?;
        let body = set_checked(body, wallet, Self::subscriber_wallet_address)?;
        let status = fields.optional("currentPaymentStatus")?;
        let body = set(body, status, Self::current_payment_status);
        Ok(set(body, fields.optional("addPdf")?, Self::add_pdf))
    }
}

impl Body for SavePayment {
    const FILLS_ENV: bool = true;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        fields.environment()?;
        let body = Self::new(SavePaymentRequired {
            payment_link_id: fields.required("paymentLinkId")?,
            payer: fields.required("payer")?,
            recipient_wallet_address: fields.required("recipientWalletAddress")?,
            amount: fields.required("amount")?,
            user_uuid: fields.required("userUUID")?,
            transaction_signature: fields.required("transactionSignature")?,
            chain: fields.required("chain")?,
        });
        let body = set(body, fields.optional::<String>("feeSignature")?, Self::fee_signature);
        Ok(set(body, fields.optional::<SubwalletId>("subWalletUuid")?, Self::sub_wallet_uuid))
    }
}

impl Body for VerifyPayment {
    const FILLS_ENV: bool = true;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        fields.environment()?;
        let body = Self::new(VerifyPaymentRequired {
            payment_link_id: fields.required("paymentLinkId")?,
            public_key: fields.required("publicKey")?,
            amount: fields.required("amount")?,
            recipient_wallet_address: fields.required("recipientWalletAddress")?,
            chain: fields.required("chain")?,
            user_uuid: fields.required("userUUID")?,
            token: fields.required("token")?,
        });
        let body =
            set(body, fields.optional::<SubwalletId>("subWalletUuid")?, Self::sub_wallet_uuid);
        let information = fields.optional::<String>("customerInformation")?;
        let body = set(body, information, Self::customer_information);
        let body = set(body, fields.optional("evmChain")?, Self::evm_chain);
        set_checked(body, fields.optional::<Address>("walletAddress")?, Self::wallet_address)
    }
}

impl Body for SendPayment {
    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        Ok(Self::new(
            fields.required::<Amount>("amount")?,
            fields.required::<Address>("recipientAddress")?,
            fields.required("walletType")?,
        )?)
    }
}

impl Body for SendBatchPayment {
    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let recipients: Vec<Address> = fields.required("recipients")?;
        let amounts: Vec<Amount> = fields.required("amounts")?;
        let chain = fields.required("walletType")?;
        if recipients.len() != amounts.len() {
            return Err(Stop::Unrepresentable(Unrepresentable::UnequalLists, "amounts".to_owned()));
        }
        Ok(Self::from_pairs(chain, recipients.into_iter().zip(amounts)))
    }
}

impl Body for CreateChainSubwallet {
    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        Ok(Self::new(
            fields.required::<SubwalletId>("subWalletUuid")?,
            fields.required("walletType")?,
        ))
    }
}

impl Body for CheckOnRampPayment {
    fn read(fields: &mut Fields<'_>) -> Result<Self, Stop> {
        let body = Self::new(
            fields.required::<Amount>("amount")?,
            fields.required("chain")?,
            fields.required::<Address>("recipientWalletAddress")?,
        )?;
        let body =
            set(body, fields.optional::<SubwalletId>("subWalletUuid")?, Self::sub_wallet_uuid);
        Ok(set(body, fields.optional::<String>("userUUID")?, Self::user_uuid))
    }
}
