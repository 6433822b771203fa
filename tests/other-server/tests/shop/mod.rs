//! A shop whose API uses non-JSON bodies: a server that records what it reads, and a transport that sends a client's
//! requests to it.

use std::sync::{Arc, Mutex};

use axum::http::{Request, Response};
use futures_util::{StreamExt, stream};
use openapi_keys_runtime::{Body, BoxFuture, Bytes, Transport, TransportError};
use other_api::small::bodies::Client;
use other_api::small::bodies::credentials::Credentials;
use other_api::small::bodies::types::{
    AttachBody, ImportResponse, Order, Owner, PlaceOrderResponse, UploadBody, UploadResponse,
};
use other_server::runtime::{Event, File, Items, Refusal};
use other_server::small::bodies::server::answers::{Created, NoContent, SetOwnerAnswer};
use other_server::small::bodies::server::services::{Feed, Notes, Orders, Photos};
use other_server::small::bodies::server::{Services, router};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_service::Service;

/// The values that the operations received, in order.
#[derive(Clone, Default)]
pub(crate) struct Shop(Arc<Mutex<Vec<Value>>>);

pub(crate) const PHOTO: &[u8] = &[0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0xff];

impl Shop {
    fn keep(&self, value: impl Serialize) {
        self.0.lock().unwrap().push(json!(value));
    }

    fn receipt<T: DeserializeOwned>(&self, value: impl Serialize) -> Result<Created<T>, Refusal> {
        self.keep(value);
        Ok(Created(serde_json::from_value(json!({ "number": 7 })).unwrap()))
    }
}

fn file(file: &File) -> Value {
    json!([file.name, file.content_type, file.bytes.to_vec()])
}

impl Orders for Shop {
    async fn place_order(&self, body: Order) -> Result<Created<PlaceOrderResponse>, Refusal> {
        self.receipt(body)
    }

    async fn order_options(&self) -> Result<NoContent, Refusal> {
        Ok(NoContent)
    }

    async fn count_orders(&self) -> Result<(), Refusal> {
        Ok(())
    }

    async fn import(&self, body: Order) -> Result<Created<ImportResponse>, Refusal> {
        self.receipt(body)
    }

    async fn change_owner(&self, _: String, body: Option<Owner>) -> Result<Owner, Refusal> {
        self.keep(&body);
        Ok(body.unwrap_or_default())
    }

    async fn set_owner(&self, _: String, body: Option<Owner>) -> Result<SetOwnerAnswer, Refusal> {
        self.keep(&body);
        Ok(body.map_or(SetOwnerAnswer::NoContent, SetOwnerAnswer::Accepted))
    }
}

impl Photos for Shop {
    async fn set_photo(&self, id: String, body: Bytes) -> Result<NoContent, Refusal> {
        self.keep((id, body.to_vec()));
        Ok(NoContent)
    }

    async fn get_photo(&self, _: String) -> Result<Bytes, Refusal> {
        Ok(Bytes::from_static(PHOTO))
    }

    async fn upload(
        &self,
        photo: File,
        more: Vec<File>,
        body: UploadBody,
    ) -> Result<Created<UploadResponse>, Refusal> {
        let more: Vec<Value> = more.iter().map(file).collect();
        self.receipt(json!([file(&photo), more, body]))
    }

    async fn attach(
        &self,
        attached: File,
        thumbnails: Vec<File>,
        body: AttachBody,
    ) -> Result<NoContent, Refusal> {
        let thumbnails: Vec<Value> = thumbnails.iter().map(file).collect();
        self.keep(json!([file(&attached), thumbnails, body]));
        Ok(NoContent)
    }
}

impl Notes for Shop {
    async fn add_note(&self, body: Option<String>) -> Result<String, Refusal> {
        self.keep(&body);
        Ok(body.map(|note| format!("<p>{note}</p>")).unwrap_or_default())
    }
}

impl Feed for Shop {
    async fn follow(&self) -> Result<Items<Event<Order>>, Refusal> {
        let orders = ["a", "b\r\n"].map(Order::new);
        let events = stream::iter(orders).zip(stream::iter(1..));
        Ok(Items::new(events.map(|(order, id)| Event::new(order).name("new").id(id))))
    }

    async fn updates(&self) -> Result<Items<Event<Order>>, Refusal> {
        self.follow().await
    }

    /// Returns a stream that never ends. A client that waits for the end of the stream never receives the items.
    async fn log(&self) -> Result<Items<Event<String>>, Refusal> {
        let texts = ["one", "two\r\nthree\rfour", " five"].map(|text| Event::new(text.to_owned()));
        Ok(Items::new(stream::iter(texts).chain(stream::pending())))
    }

    async fn export(&self) -> Result<Items<Order>, Refusal> {
        let orders = ["a", "b\nc"].map(Order::new);
        Ok(Items::new(stream::iter(orders).chain(stream::pending())))
    }
}

/// A transport that passes requests to the server in the same process.
#[derive(Clone, Default)]
pub(crate) struct InProcess(Shop);

impl InProcess {
    pub(crate) fn client(&self) -> Client<Credentials> {
        let builder = Client::builder(Credentials::new()).transport(self.clone());
        builder.without_retries().build().unwrap()
    }

    /// Returns what the last operation received.
    pub(crate) fn last(&self) -> Value {
        self.0.0.lock().unwrap().pop().unwrap()
    }

    /// Returns whether no operation was called.
    pub(crate) fn is_untouched(&self) -> bool {
        self.0.0.lock().unwrap().is_empty()
    }

    pub(crate) async fn call(
        &self,
        request: Request<axum::body::Body>,
    ) -> Response<axum::body::Body> {
        let shop = || self.0.clone();
        let services = Services { orders: shop(), photos: shop(), notes: shop(), feed: shop() };
        router(services).call(request).await.unwrap()
    }
}

impl Transport for InProcess {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            // The first line of an HTTP/1.1 request contains only this part of the URL.
            head.uri = head.uri.path_and_query().unwrap().clone().into();
            let body = axum::body::Body::from(body.bytes().await?);
            let response = self.call(Request::from_parts(head, body)).await;
            Ok(response.map(|body| Body::from_stream(body.into_data_stream())))
        })
    }
}
