//! Runs a proxy that passes requests to a server and drops every response.

use std::io;

use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

/// A running proxy. The proxy and its connections stop when the runtime stops.
pub(crate) struct Lossy {
    url: String,
}

impl Lossy {
    /// Starts a proxy for the server at an address such as `http://127.0.0.1:8080`.
    pub(crate) async fn before(server: &str) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let server = server.trim_start_matches("http://").to_owned();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                // Errors are ignored here, because the client notices that it gets no response.
                let _ = lose(client, &server).await;
            }
        });
        Ok(Lossy { url })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// Forwards the request, waits for the first bytes of the response, and closes the connection.
async fn lose(client: TcpStream, server: &str) -> io::Result<()> {
    let (mut from_server, mut to_server) = TcpStream::connect(server).await?.into_split();
    let (mut from_client, to_client) = client.into_split();
    let request =
        tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
    let answered = from_server.read(&mut [0; 1024]).await;
    drop(to_client);
    request.abort();
    answered.map(drop)
}
