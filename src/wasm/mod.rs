//! The door to JavaScript: the only floor that names `JsValue`.
//!
//! What stands here is what the npm package's facade calls. It turns text into engine calls and results into values,
//! and decides nothing.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the engine, as in `Cargo.toml`.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
