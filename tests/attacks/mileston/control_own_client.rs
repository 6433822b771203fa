//! Creates the program's own client and call with the runtime, as a hand-written client does.
// compiles

use mileston_api::Method;
use mileston_api::operation::Operation;
use mileston_api::runtime::generated::{BuildRequest, CallCore, RequestBuilder};
use mileston_api::runtime::{Authenticate, ClientCore, CoreBuilder, Error, Profile, Request};
use mileston_api::types::InvoiceEnvelope;

static PROFILE: Profile = Profile::new("own/1.0");
static FETCH: Operation = Operation::new("fetch", Method::GET, "/invoice/all");

struct Fetch {
    call: CallCore<InvoiceEnvelope>,
}

impl BuildRequest for Fetch {
    fn request(&mut self, request: RequestBuilder) -> Result<Request, Error> {
        request.path("/invoice/all").finish()
    }
}

mileston_api::runtime::call!(Fetch -> InvoiceEnvelope);

fn client<A: Authenticate>(own: A) -> Result<ClientCore<A>, Error> {
    CoreBuilder::new(own, &PROFILE).build()
}

fn fetch<A: Authenticate>(client: &ClientCore<A>) -> Fetch {
    Fetch { call: CallCore::new(client, &FETCH) }
}

fn main() {
    let _ = (client::<std::sync::Arc<dyn Authenticate>>, fetch::<std::sync::Arc<dyn Authenticate>>);
}
