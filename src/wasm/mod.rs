//! The door to JavaScript: the only floor that names `JsValue`.
//!
//! What stands here is what the npm package's facade (src/js) calls. It turns text into engine calls and results into
//! values, and decides nothing. The package loads one instance; a panic is printed to the console and traps, after which
//! the facade refuses that instance.

mod ascii;
mod engine;
mod input;
mod pattern;
mod proof;
mod rule_set;
mod values;

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs once, as the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// The version of the engine, as in `Cargo.toml`.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
