//! Hand-written versions of the typed client's requests, as a competent engineer would write them with reqwest. The
//! hand-written requests use the typed client's settings, headers and types.

use std::time::Duration;

use hmac::{Hmac, Mac as _};
use mileston_api::types::{
    CreateInvoice, InvoiceEnvelope, PaymentLinkEnvelope, PaymentLinkList, SendPayment,
    TransferEnvelope,
};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;
use sha2::Sha256;

use crate::{Failure, answers};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const LIMIT: usize = 8 * 1024 * 1024;

/// How the body of a response is read.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// Calls `.json().await`, without a limit.
    Json,
    /// Collects the chunks into a `Vec`, with the typed client's size limit.
    Bounded,
}

/// A hand-written client for the measured requests.
#[derive(Debug)]
pub struct ByHand {
    http: Client,
    base: String,
    credentials: HeaderMap,
    body: Body,
}

impl ByHand {
    /// Creates a client with the typed client's settings.
    ///
    /// # Errors
    ///
    /// Returns an error if the reqwest client can't be built.
    pub fn new(base: &str, body: Body) -> Result<Self, Failure> {
        let http = Client::builder()
            .user_agent(concat!("mileston-rs/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .no_proxy()
            .http1_only()
            .build()?;
        let mut credentials = HeaderMap::new();
        for (name, value) in [("apikey", answers::KEY), ("businessid", answers::BUSINESS)] {
            let mut value = HeaderValue::from_static(value);
            value.set_sensitive(true);
            credentials.insert(HeaderName::from_static(name), value);
        }
        Ok(ByHand { http, base: base.to_owned(), credentials, body })
    }

    /// Sends `GET /payment-link/{id}`.
    ///
    /// # Errors
    ///
    /// Returns an error if the call failed.
    pub async fn payment_link(&self, id: &str) -> Result<PaymentLinkEnvelope, Failure> {
        self.send(self.http.get(format!("{}/payment-link/{id}", self.base))).await
    }

    /// Sends `GET /payment-link/?limit=`.
    ///
    /// # Errors
    ///
    /// Returns an error if the call failed.
    pub async fn payment_links(&self, limit: u32) -> Result<PaymentLinkList, Failure> {
        let request = self.http.get(format!("{}/payment-link/", self.base));
        self.send(request.query(&[("limit", limit)])).await
    }

    /// Sends `POST /invoice/create?businessName=`.
    ///
    /// # Errors
    ///
    /// Returns an error if the call failed.
    pub async fn create_invoice(
        &self,
        business_name: &str,
        invoice: &CreateInvoice,
    ) -> Result<InvoiceEnvelope, Failure> {
        let request = self.http.post(format!("{}/invoice/create", self.base));
        self.send(request.query(&[("businessName", business_name)]).json(invoice)).await
    }

    /// Sends `POST /user/send-payment`, signed.
    ///
    /// # Errors
    ///
    /// Returns an error if the call failed.
    pub async fn send_payment(&self, payment: &SendPayment) -> Result<TransferEnvelope, Failure> {
        let body = serde_json::to_vec(payment)?;
        let request = self.http.post(format!("{}/user/send-payment", self.base));
        let signature = signature(answers::SECRET, &body)?;
        self.send(request.header("x-request-signature", signature).body(body)).await
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Failure> {
        let request = request
            .header(CONTENT_TYPE, JSON)
            .header(ACCEPT, JSON)
            .headers(self.credentials.clone());
        let mut response = request.send().await?.error_for_status()?;
        if let Body::Json = self.body {
            return Ok(response.json().await?);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > LIMIT {
                return Err("the body is too large".into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(serde_json::from_slice(&body)?)
    }
}

/// Returns the HMAC-SHA256 of a body in hexadecimal digits.
///
/// # Errors
///
/// Never fails, because HMAC accepts keys of any length.
pub fn signature(secret: &str, body: &[u8]) -> Result<String, Failure> {
    use std::fmt::Write as _;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(body);
    let mut digits = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        write!(digits, "{byte:02x}")?;
    }
    Ok(digits)
}
