//! A server that returns the parameters that it read, and a transport that sends a client's requests to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::to_bytes;
use axum::http::{Request, Response};
use openapi_keys_runtime::{Body, BoxFuture, Bytes, SecurityScheme, Transport, TransportError};
use other_api::Timestamp;
use other_api::small::styles::Client;
use other_api::small::styles::catalogue::SECURITY_SCHEMES;
use other_api::small::styles::credentials::Credential;
use other_api::small::styles::types::{Grade, Hue, Rgb, Seen};
use other_server::runtime::{Authority, Identity, Presented, Refusal};
use other_server::small::styles::server::services::{Others, Paths, Queries};
use other_server::small::styles::server::{Services, router};
use serde_json::{Value, json};
use tower_service::Service;

pub(crate) struct Echo;

impl Authority for Echo {
    fn schemes(&self) -> &'static [SecurityScheme] {
        SECURITY_SCHEMES
    }

    fn scopes(&self, _: &SecurityScheme, presented: &Presented<'_>) -> Option<Vec<String>> {
        (*presented == Presented::Key("fake-session")).then(Vec::new)
    }
}

type Outcome = Result<Seen, Refusal>;

/// Defines operations that return their parameters. Each operation has a string, a list and an object, or only some of
/// these.
macro_rules! echo {
    ($($name:ident $(for $caller:ty)?: $($argument:ident: $type:ty => $field:ident),+;)+) => {$(
        async fn $name(&self, $(_: $caller,)? $($argument: $type),+) -> Outcome {
            let mut seen = serde_json::Map::new();
            $(seen.insert(stringify!($field).to_owned(), json!($argument));)+
            seen.retain(|_, value| !value.is_null());
            Ok(serde_json::from_value(Value::Object(seen)).unwrap())
        }
    )+};
}

impl Paths for Echo {
    echo! {
        get_matrix: text: String => text, list: Vec<Hue> => list, object: Rgb => object;
        get_matrix_exploded: text: String => text, list: Vec<Hue> => list, object: Rgb => object;
        get_label: text: String => text, list: Vec<Hue> => list, object: Rgb => object;
        get_label_exploded: text: String => text, list: Vec<Hue> => list, object: Rgb => object;
        get_simple: text: String => text, list: Vec<Hue> => list, object: Rgb => object;
        get_simple_exploded: text: String => text, list: Vec<Hue> => list, object: Rgb => object;
    }
}

impl Queries for Echo {
    echo! {
        get_form: text: Option<String> => text, list: Option<Vec<Hue>> => list, object: Option<Rgb> => object;
        get_form_exploded: text: Option<String> => text, list: Option<Vec<Hue>> => list, object: Option<Rgb> => object;
        get_space: list: Option<Vec<Hue>> => list, object: Option<Rgb> => object;
        get_pipe: list: Option<Vec<Hue>> => list, object: Option<Rgb> => object;
        get_deep: object: Option<Rgb> => object;
        get_reserved: text: Option<String> => text, list: Option<Vec<Hue>> => list;
    }

    async fn get_elements(
        &self,
        integers: Vec<i32>,
        numbers: Option<Vec<f64>>,
        flags: Option<Vec<bool>>,
        times: Option<Vec<Timestamp>>,
        grades: Option<Vec<Grade>>,
        labels: Option<BTreeMap<String, i64>>,
    ) -> Outcome {
        let text = json!([integers, numbers, flags, times, grades, labels]).to_string();
        Ok(serde_json::from_value(json!({ "text": text })).unwrap())
    }
}

impl Others for Echo {
    echo! {
        get_headers: text: Option<String> => text, list: Option<Vec<Hue>> => list, object: Option<Rgb> => object;
        get_headers_exploded: text: Option<String> => text, list: Option<Vec<Hue>> => list, object: Option<Rgb> => object;
        get_cookies for &Identity: text: Option<String> => text, list: Option<Vec<Hue>> => list, object: Option<Rgb> => object;
        get_cookies_exploded: text: String => text, object: Rgb => object;
        get_json: text: String => text, list: Vec<Hue> => list, object: Rgb => object;
    }
}

/// A transport that passes requests to the server in the same process.
#[derive(Clone, Default)]
pub(crate) struct InProcess(Arc<Mutex<Vec<Request<Bytes>>>>);

impl InProcess {
    pub(crate) fn client<K: Credential>(&self, credential: K) -> Client<K> {
        Client::builder(credential).transport(self.clone()).build().unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Request<Bytes>> {
        self.0.lock().unwrap().clone()
    }
}

impl Transport for InProcess {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = Request::from_parts(head, body.bytes().await?);
            self.0.lock().unwrap().push(request.clone());
            let mut received = request.map(axum::body::Body::from);
            // The first line of an HTTP/1.1 request contains only this part of the URL.
            let target = received.uri().path_and_query().unwrap().clone();
            *received.uri_mut() = target.into();
            let response =
                router(Arc::new(Echo), Services { paths: Echo, queries: Echo, others: Echo })
                    .call(received)
                    .await
                    .unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            Ok(Response::from_parts(parts, Body::full(bytes)))
        })
    }
}
