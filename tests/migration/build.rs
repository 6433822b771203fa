//! Turns the Rust code in `docs/migration.md` into one function, so that it is compiled once
//! instead of block by block.

#[path = "src/blocks.rs"]
mod blocks;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const PAGE: &str = "../../docs/migration.md";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={PAGE}");
    println!("cargo::rerun-if-changed=src/blocks.rs");
    let page = fs::read_to_string(PAGE)?;
    let mut code =
        String::from("async fn page(origin: &str) -> Result<(), Box<dyn std::error::Error>> {\n");
    for (number, block) in blocks::blocks(&page, "rust,ignore").iter().enumerate() {
        code.push_str(&format!(
            "at(origin, {number}).await?; // line {}: {}\n",
            block.line, block.heading
        ));
        code.push_str(&block.code);
        // On the page, clients send requests to the real platform. The test needs a different origin.
        let clients = block
            .code
            .lines()
            .filter_map(|line| line.strip_prefix("let ")?.split_once(" = Client::new("));
        for (name, _) in clients {
            code.push_str(&format!("let {name} = {name}.with_origin(origin)?;\n"));
        }
    }
    code.push_str("Ok(())\n}\n");
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR isn't set: run this with cargo")?;
    fs::write(Path::new(&out).join("page.rs"), code)?;
    Ok(())
}
