//! Runs the recurring payment steps: the backend creates and changes a recurring payment, a frontend pays it, and the
//! backend deletes it.

use mileston_api::operations::CreateRecurringPaymentArguments;
use mileston_api::types::{
    Environment, RecurringPayment, RecurringPaymentEnvelope, RecurringPaymentStatus,
};

use super::payment;
use crate::check::{Failure, acknowledged, given, head, same};
use crate::expected::Expected;
use crate::parties::Parties;
use crate::show::Show;

const PRICE: &str = "9.99";
const NAME: &str = "Demo monthly";
const SUBSCRIBER: &str = "A. Subscriber";
const EMAIL: &str = "subscriber@shop.example";
const FIRST: &str = "2030-01-01T12:00:00.000Z";

/// Creates, gets, lists and changes a recurring payment.
pub(super) async fn offer(show: &mut Show, parties: &Parties) -> Result<RecurringPayment, Failure> {
    show.printer.headline("A recurring payment, created by the backend");
    let recurring = create(show, parties).await?;
    show.done(
        "It gets the recurring payment.",
        &parties.backend,
        |client| client.recurring_payments().get(&recurring.recurring_payment_id),
        |answer| found(answer, &recurring),
    )
    .await?;
    show.done(
        "It lists its recurring payments.",
        &parties.backend,
        |client| client.recurring_payments().list(),
        |answer| {
            let status = head(answer.status_code, &answer.message, 200)?;
            let wanted = std::slice::from_ref(&recurring);
            same("recurringPaymentData", &*answer.recurring_payment_data, wanted)?;
            Ok(format!("{status}; 1 recurring payment, the one above"))
        },
    )
    .await?;
    update(show, parties, recurring).await
}

async fn create(show: &mut Show, parties: &Parties) -> Result<RecurringPayment, Failure> {
    let arguments = CreateRecurringPaymentArguments {
        business_name: "Demo shop".to_owned(),
        amount: PRICE.parse()?,
        subscription_name: NAME.to_owned(),
        subscriber_full_name: SUBSCRIBER.to_owned(),
        subscriber_email: EMAIL.parse()?,
        recurring_date: FIRST.parse()?,
        recurring_interval: 30,
    };
    let answer = show
        .done(
            "The backend creates a recurring payment: 9.99 every 30 days.",
            &parties.backend,
            |client| client.recurring_payments().create(arguments),
            created,
        )
        .await?;
    Ok(answer.recurring_payment_data()?.clone())
}

fn created(answer: &RecurringPaymentEnvelope) -> Result<String, Failure> {
    let data = answer.recurring_payment_data()?;
    let expected = RecurringPayment::new(data.recurring_payment_id.clone())
        .with_amount(PRICE.into())
        .with_subscription_name(NAME)
        .with_subscriber_full_name(SUBSCRIBER)
        .with_subscriber_email(EMAIL)
        .with_recurring_date(FIRST.parse()?)
        .with_recurring_interval(30)
        .with_current_payment_status(RecurringPaymentStatus::Unpaid);
    same("recurringPaymentData", data, &expected)?;
    let status = head(answer.status_code, &answer.message, 201)?;
    Ok(format!("{status}; id {}", data.recurring_payment_id))
}

async fn update(
    show: &mut Show,
    parties: &Parties,
    recurring: RecurringPayment,
) -> Result<RecurringPayment, Failure> {
    let changed = recurring.with_recurring_interval(28);
    show.done(
        "It shortens the interval to 28 days.",
        &parties.backend,
        |client| {
            let id = &changed.recurring_payment_id;
            client.recurring_payments().update(id).recurring_interval(28)
        },
        |answer| found(answer, &changed),
    )
    .await?;
    Ok(changed)
}

/// Pays the recurring payment, and checks that the backend sees the payment.
pub(super) async fn pay(
    show: &mut Show,
    parties: &Parties,
    recurring: &RecurringPayment,
) -> Result<(), Failure> {
    show.printer.headline("The recurring payment, paid in the frontend");
    let frontend = &parties.frontend;
    let id = &recurring.recurring_payment_id;
    let (report, question) =
        (payment::report(id, PRICE, "0xdemo-recurring")?, payment::question(id, PRICE)?);
    let unpaid = recurring.clone().with_env(Environment::Test);
    let paid = recurring.clone().with_current_payment_status(RecurringPaymentStatus::Paid);
    show.done(
        "The frontend fetches the recurring payment.",
        frontend,
        |client| client.checkout().fetch_recurring_payment(id),
        |answer| found(answer, &unpaid),
    )
    .await?;
    show.refused(
        "It tries to verify the payment before anyone has paid.",
        frontend,
        |client| client.checkout().verify_recurring_payment_from(&question),
        Expected::AWAITING,
    )
    .await?;
    show.done(
        "The subscriber pays; the frontend reports the transaction.",
        frontend,
        |client| client.checkout().save_recurring_payment(report),
        acknowledged,
    )
    .await?;
    show.done(
        "It verifies the payment again.",
        frontend,
        |client| client.checkout().verify_recurring_payment_from(&question),
        |answer| Ok(format!("{}: paid", acknowledged(answer)?)),
    )
    .await?;
    show.done(
        "The backend gets the recurring payment, which is now paid.",
        &parties.backend,
        |client| client.recurring_payments().get(id),
        |answer| found(answer, &paid),
    )
    .await?;
    Ok(())
}

/// Deletes the recurring payment, and then tries to get it.
pub(super) async fn delete(
    show: &mut Show,
    parties: &Parties,
    recurring: &RecurringPayment,
) -> Result<(), Failure> {
    show.done(
        "The backend deletes the recurring payment.",
        &parties.backend,
        |client| client.recurring_payments().delete(&recurring.recurring_payment_id),
        acknowledged,
    )
    .await?;
    show.refused(
        "It tries to get the recurring payment again.",
        &parties.backend,
        |client| client.recurring_payments().get(&recurring.recurring_payment_id),
        Expected::not_found("no recurring payment with this id"),
    )
    .await
}

/// Checks that the response contains this recurring payment and nothing else.
fn found(
    answer: &RecurringPaymentEnvelope,
    recurring: &RecurringPayment,
) -> Result<String, Failure> {
    let head = head(answer.status_code, &answer.message, 200)?;
    let data = answer.recurring_payment_data()?;
    same("recurringPaymentData", data, recurring)?;
    let amount = given("amount", &data.amount)?;
    let days = given("recurringInterval", &data.recurring_interval)?;
    let status = given("currentPaymentStatus", &data.current_payment_status)?;
    Ok(format!("{head}; {amount} every {days} days, {status}"))
}
