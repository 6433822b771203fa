//! Checks that, with the platform's profile, a response is treated as a success only if it contains the data that its
//! type promises.

use openapi_keys_runtime::generated::read_success;
use serde::de::DeserializeOwned;

use crate::profile::PROFILE;

/// Returns, for each body, whether it is treated as a success response of this type.
fn successes<T: DeserializeOwned + 'static>(bodies: &[&str]) -> Vec<bool> {
    let read = |body: &&str| read_success::<T>(body.as_bytes(), &PROFILE).is_ok();
    bodies.iter().map(read).collect()
}

macro_rules! types {
    ($($name:ident: $good:literal)+) => {
        [$((stringify!($name), $good, successes::<crate::types::$name> as fn(&[&str]) -> Vec<bool>)),+]
    };
}

#[test]
fn every_response_type_needs_its_promised_data() {
    let types = types! {
        Acknowledgement: r#"{"statusCode":200,"message":"Deleted"}"#
        BusinessEnvelope: r#"{"statusCode":200,"userData":{"businessName":"a"}}"#
        DeletedSubwalletEnvelope: r#"{"statusCode":200,"message":"Deleted","data":{}}"#
        InvoiceEnvelope: r#"{"statusCode":201,"invoiceData":{"invoiceId":"1"}}"#
        InvoiceList: r#"{"statusCode":200,"invoiceData":[]}"#
        OnRampEnvelope: r#"{"data":{"link":"a"}}"#
        OnRampPaymentEnvelope: r#"{"statusCode":200,"data":{"data":{"status":"a"}}}"#
        PaymentLinkEnvelope: r#"{"statusCode":201,"paymentLink":"a"}"#
        PaymentLinkList: r#"{"statusCode":200,"paymentData":[]}"#
        PaymentWalletEnvelope: r#"{"statusCode":200,"publicKey":"a"}"#
        RecurringPaymentEnvelope: r#"{"recurringPaymentData":{"recurringPaymentId":"1"}}"#
        RecurringPaymentList: r#"{"statusCode":200,"recurringPaymentData":[]}"#
        ServiceStatus: r#"{"status":"error","service":"a"}"#
        SubwalletBalancesEnvelope: r#"{"statusCode":200,"data":{"balances":{}}}"#
        SubwalletEnvelope: r#"{"uuid":"1"}"#
        SubwalletList: r#"{"statusCode":200,"address":{}}"#
        TransactionEnvelope: r#"{"statusCode":200,"data":{"status":"pending"}}"#
        TransferEnvelope: r#"{"statusCode":201,"message":"Payment sent"}"#
        WalletList: r#"{"statusCode":200,"data":{"walletData":[]}}"#
    };
    let mut named: Vec<_> = crate::catalogue::OPERATIONS.iter().filter_map(|o| o.answer).collect();
    named.sort_unstable();
    named.dedup();
    assert_eq!(types.map(|(name, ..)| name).to_vec(), named, "there must be a case for each type");

    let errors = [
        r#"{"statusCode":400,"message":"no","error":"Bad Request"}"#,
        r#"{"statusCode":"500","message":["no"]}"#,
        r#"{"success":false,"message":"no"}"#,
        r#"{"error":"no"}"#,
        r#"{"errors":[{"message":"no"}]}"#,
        r#"{"statusCode":200,"data":{"error":"no"}}"#,
        r#"[{"id":"1"}]"#,
        r#""ok""#,
    ];
    let empty = [
        "{}",
        r#"{"statusCode":201}"#,
        r#"{"statusCode":200,"message":"ok","data":null}"#,
        r#"{"statusCode":200,"data":{}}"#,
        r#"{"statusCode":200,"data":[{"id":"1"}]}"#,
        r#"{"statusCode":200,"result":{"id":"1"}}"#,
    ];
    for (name, good, successes) in types {
        assert_eq!(successes(&[good]), [true], "{name}");
        let mut expected = [false; 8];
        // The `data` of `DeletedSubwalletEnvelope` has no fields, so any content is valid data, and only the status
        // decides whether the response is a success.
        expected[5] = name == "DeletedSubwalletEnvelope";
        assert_eq!(successes(&errors), expected, "{name}");
        let expected = match name {
            "Acknowledgement" => [true; 6],
            // These two types expect an object in `data`. If `data` is a list, only the status decides.
            "DeletedSubwalletEnvelope" | "TransferEnvelope" => {
                [false, true, true, true, true, true]
            }
            _ => [false; 6],
        };
        assert_eq!(successes(&empty), expected, "{name}");
    }
}

/// The last body reports a payment that failed. All other bodies report a link that was created.
#[test]
fn a_success_response_may_have_unusual_fields() {
    let link = |odd: &str| format!(r#"{{{odd},"paymentLink":"a"}}"#);
    for odd in [
        r#""status":1"#,
        r#""status":0"#,
        r#""error":"None""#,
        r#""errors":[null]"#,
        r#""error":{"code":0,"message":null}"#,
        r#""errorCode":"00","errorMessage":"""#,
    ] {
        assert_eq!(successes::<crate::types::PaymentLinkEnvelope>(&[&link(odd)]), [true], "{odd}");
    }
    let body = br#"{"statusCode":200,"data":{"status":"failed","error":"insufficient funds"}}"#;
    let read = read_success::<crate::types::TransactionEnvelope>(body, &PROFILE).unwrap();
    let status = read.data.unwrap().status;
    assert_eq!(status, Some(crate::types::TransactionStatus::Failed));
}

#[test]
fn an_error_with_unusual_fields_is_an_error() {
    for odd in [
        r#"{"data":{"statusCode":400,"message":"no"},"statusCode":200}"#,
        r#"{"statusCode":200,"errorMessage":"no"}"#,
        r#"{"statusCode":200,"Success":false}"#,
    ] {
        assert_eq!(successes::<crate::types::TransferEnvelope>(&[odd]), [false], "{odd}");
        assert_eq!(successes::<crate::types::Acknowledgement>(&[odd]), [false], "{odd}");
    }
}

#[test]
fn a_list_in_a_different_form_is_not_an_empty_list() {
    for list in [r#"{"items":[{"paymentLinkId":"1"}]}"#, "{}", r#"[{"id":"1"}]"#, "[null]"] {
        let body = format!(r#"{{"statusCode":200,"paymentData":{list}}}"#);
        assert_eq!(successes::<crate::types::PaymentLinkList>(&[&body]), [false], "{list}");
    }
}
