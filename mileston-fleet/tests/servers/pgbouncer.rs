//! PgBouncer in transaction mode: each transaction may run on a different server connection.

use mileston_api::types::CreatePaymentLink;
use mileston_api::{NormalClient, Test};
use mileston_fleet::postgres::{Connection, Tables, migrate};
use mileston_fleet::{
    Begun, Decision, IfNotSeen, NewPaymentLink, Outbox, PostgresInbox, Started, Worker,
};
use mileston_sandbox::Sandbox;
use sqlx::{Connection as _, PgConnection};
use tokio_postgres::NoTls;

use crate::postgres_server::{Bouncer, Database};

#[tokio::test]
async fn inbox_and_outbox_work_through_a_pooler() {
    let Some(database) = Database::create("pgbouncer").await else { return };
    let Some(bouncer) = Bouncer::start("pgbouncer", &database) else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let mileston = NormalClient::new(sandbox.normal_key().clone(), sandbox.business_id());
    let mileston = mileston.unwrap().with_origin(sandbox.url()).unwrap();

    let mut one = connect(&bouncer).await;
    let mut two = connect(&bouncer).await;
    let mut three = PgConnection::connect(bouncer.url()).await.unwrap();
    migrate(&one, &Tables::default()).await.unwrap();
    migrate(&mut three, &Tables::default()).await.unwrap();

    // The first transaction occupies one of the pool's two connections. The other transactions take turns on the second.
    let inbox = PostgresInbox::new(&Tables::default());
    let transaction = one.transaction().await.unwrap();
    assert_eq!(inbox.begin(&transaction, "held").await.unwrap(), Begun::First);
    for round in 0..5 {
        for (key, expected) in [("a", Begun::First), ("b", Begun::First), ("a", Begun::Done)] {
            let key = format!("{key}{round}");
            let transaction = two.transaction().await.unwrap();
            assert_eq!(inbox.begin(&transaction, &key).await.unwrap(), expected);
            transaction.commit().await.unwrap();
        }
        let mut transaction = three.begin().await.unwrap();
        let key = format!("b{round}");
        assert_eq!(inbox.begin(&mut *transaction, &key).await.unwrap(), Begun::Done);
        transaction.commit().await.unwrap();
    }
    transaction.commit().await.unwrap();
    assert_eq!(inbox.begin(&two, "held").await.unwrap(), Begun::Done);

    for number in 0..5 {
        write(&mileston, &one, number).await;
        write(&mileston, &mut three, number + 5).await;
    }
    let outbox = Outbox::new(&Tables::default());
    let worker = Worker::new(&outbox, mileston, IfNotSeen::AskPerson);
    assert_eq!(worker.step(&two).await.unwrap(), None);
}

async fn write(mileston: &NormalClient<Test>, mut connection: impl Connection, number: u32) {
    let outbox = Outbox::new(&Tables::default());
    let link = CreatePaymentLink::new("12.50").unwrap().title(format!("Order {number}"));
    let key = format!("order-{number}");
    let started = outbox.begin(&mut connection, &key, NewPaymentLink(link)).await.unwrap();
    let Started::First(pending) = started else { panic!("{started:?}") };
    let decision = pending.send(&mut connection, mileston).await.unwrap();
    assert!(matches!(decision, Decision::Done { .. }), "{decision:?}");
}

async fn connect(bouncer: &Bouncer) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(bouncer.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
