//! One simulator and its two doors: the service's operations, and the simulator's own verbs.
//!
//! Both take and give JSON text. A refused operation is an answer with a status, as the service gives it; a refused verb
//! is thrown.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::values::to_js;
use crate::api;
use crate::api::control::{ControlError, Input};
use crate::io;
use crate::json;
use crate::simulator::{Options, Simulator};

/// One simulated world.
#[wasm_bindgen]
pub struct Engine(Simulator);

#[wasm_bindgen]
impl Engine {
    /// A new world from options as JSON text.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Engine, JsValue> {
        let options = read_options(options).map_err(|error| to_js(&error))?;
        Ok(Engine(Simulator::new(options)))
    }

    /// An operation of the service. `caller` is `{ account?, region?, parent? }`; gives `{ status, body }`.
    pub fn dispatch(&mut self, operation: &str, body: &str, caller: &str) -> Result<String, JsValue> {
        let caller = Input::parse(caller).and_then(|caller| caller.caller(&self.0)).map_err(|error| to_js(&error))?;
        let response = api::dispatch(&mut self.0, operation, body, &caller);
        // The body is JSON text already.
        Ok(format!(r#"{{"status":{},"body":{}}}"#, response.status, response.body))
    }

    /// A second world beside this one, and what is played in it: `{ scenario? }`.
    pub fn fork(&mut self, input: &str) -> Result<Engine, JsValue> {
        io::fork(&mut self.0, input).map(Engine).map_err(|error| to_js(&error))
    }

    /// One of the simulator's own verbs.
    pub fn control(&mut self, verb: &str, input: &str) -> Result<String, JsValue> {
        io::control(&mut self.0, verb, input).map_err(|error| to_js(&error))
    }
}

fn read_options(text: &str) -> Result<Options, ControlError> {
    let refused = |diagnostic| ControlError::from_diagnostic("InvalidOptionsError", &diagnostic, text);
    let value = json::parse(text).map_err(|error| refused(error.to_diagnostic("options")))?;
    io::options(Some(&value)).map_err(refused)
}
