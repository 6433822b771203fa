//! Starts the shop at the address in `SHOP_ADDRESS`, or at 127.0.0.1:3000.

use std::error::Error;
use std::process::ExitCode;

use axum_shop::{Settings, Shop, router};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("axum-shop: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::from_env()?;
    let address = settings.address.clone();
    let shop = Shop::new(settings)?;
    let listener =
        TcpListener::bind(&address).await.map_err(|error| format!("{address}: {error}"))?;
    println!("The shop is open at http://{address}");
    axum::serve(listener, router(shop)).await?;
    Ok(())
}
