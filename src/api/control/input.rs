//! A verb's input: a JSON object, read by name, with errors that point into its text.
//!
//! `null` counts as left out, because that is what JavaScript makes of `undefined` on its way here.

use super::error::ControlError;
use crate::diagnostics::Diagnostic;
use crate::json::{self, Kind, Value};
use crate::simulator::state::{AccountId, Region};
use crate::simulator::{Caller, Simulator};
use crate::text::Span;

/// The input of one verb.
#[derive(Debug)]
pub struct Input<'a> {
    text: &'a str,
    value: Value,
}

impl<'a> Input<'a> {
    /// The object in this text; no text is the empty object.
    pub fn parse(text: &'a str) -> Result<Self, ControlError> {
        let value = if text.trim().is_empty() {
            Value::object::<String>(Vec::new())
        } else {
            json::parse(text).map_err(|error| {
                ControlError::from_diagnostic("MisuseError", &error.to_diagnostic("the input"), text)
            })?
        };
        match value.kind {
            Kind::Object(_) => Ok(Self { text, value }),
            _ => Err(ControlError::misuse("the input is not an object".to_owned(), "pass `{...}`")),
        }
    }

    /// The member of this name. `null` counts as left out.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.value.get(name).filter(|value| !value.is_null())
    }

    /// The member of this name, which must be there.
    pub fn require(&self, name: &str) -> Result<&Value, ControlError> {
        self.get(name).ok_or_else(|| ControlError::misuse(format!("`{name}` is missing"), &format!("give `{name}`")))
    }

    /// A string, if it is there.
    pub fn string(&self, name: &str) -> Result<Option<&str>, ControlError> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match value.as_str() {
                Some(text) => Ok(Some(text)),
                None => Err(self.fault("MisuseError", value.span, format!("`{name}` must be a string"))),
            },
        }
    }

    /// A string that must be there.
    pub fn require_string(&self, name: &str) -> Result<&str, ControlError> {
        self.require(name)?;
        Ok(self.string(name)?.unwrap_or_default())
    }

    /// Who calls: `account` and `region`, or the simulator's own.
    pub fn caller(&self, simulator: &Simulator) -> Result<Caller, ControlError> {
        let options = simulator.options();
        if let Some(account) = self.string("account")?.filter(|account| !AccountId::is_one(account)) {
            return Err(ControlError::misuse(format!("`{account}` is no account"), "an account has twelve digits"));
        }
        if let Some(region) = self.string("region")?.filter(|region| !Region::is_one(region)) {
            return Err(ControlError::misuse(format!("`{region}` is no region"), "such as `us-east-1`"));
        }
        Ok(Caller {
            account: self.string("account")?.map_or_else(|| options.account.clone(), AccountId::new),
            region: self.string("region")?.map_or_else(|| options.region.clone(), Region::new),
            parent: self.string("parent")?.map(str::to_owned),
            trace_header: self.string("traceHeader")?.map(str::to_owned),
        })
    }

    /// An error about this input's text.
    pub fn error(&self, name: &str, diagnostic: &Diagnostic) -> ControlError {
        ControlError::from_diagnostic(name, diagnostic, self.text)
    }

    /// An error at a place of this input's text.
    pub fn fault(&self, name: &str, span: Span, message: String) -> ControlError {
        let diagnostic = Diagnostic::error("CT001", message).with_span(span);
        self.error(name, &diagnostic)
    }
}
