//! The envelope: the members that every event has on a bus, in the order in which the service writes them.
//!
//! `version, id, detail-type, source, account, time, region, [replay-name,] resources, detail` (service fact, recorded).
//! `detail` keeps the producer's key order, number spelling and nulls. Members that the service does not know are kept
//! behind these: an event that was pasted is not silently shortened.

use super::Detail;
use crate::diagnostics::Diagnostic;
use crate::json::{self, Kind, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// An event as it travels. What many events share is shared.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// "0".
    pub version: Cow<'static, str>,
    /// The event's id, unique unless an emitting service repeats it.
    pub id: Rc<str>,
    /// `detail-type`.
    pub detail_type: Rc<str>,
    /// Who sent it.
    pub source: Rc<str>,
    /// The account that put it.
    pub account: Rc<str>,
    /// `YYYY-MM-DDThh:mm:ssZ`.
    pub time: Rc<str>,
    /// The region where it was put.
    pub region: Rc<str>,
    /// Set on events that a replay delivers.
    pub replay_name: Option<String>,
    /// ARNs of what the event is about.
    pub resources: Vec<String>,
    /// The event proper; always an object.
    pub detail: Detail,
    /// Members that the service's envelope does not have.
    pub extra: Vec<(String, Value)>,
}

/// What fills members that a given envelope leaves out.
#[derive(Debug, Clone, Default)]
pub struct EnvelopeDefaults {
    /// A fresh id.
    pub id: Rc<str>,
    /// The account that emits.
    pub account: Rc<str>,
    /// Now.
    pub time: Rc<str>,
    /// The region that emits.
    pub region: Rc<str>,
}

impl Envelope {
    /// In how many ways one element of each array can be chosen, or none, where that is known without reading the detail. There are no
    /// arrays of objects but in it and in what is behind it.
    pub(crate) fn choices(&self) -> Option<u64> {
        if self.extra.is_empty() { self.detail.choices() } else { None }
    }

    /// The JSON object, members in the service's order.
    pub fn to_value(&self) -> Value {
        let text = |text: &str| Value::string(text);
        let mut members = vec![
            ("version".to_owned(), text(&self.version)),
            ("id".to_owned(), text(&self.id)),
            ("detail-type".to_owned(), text(&self.detail_type)),
            ("source".to_owned(), text(&self.source)),
            ("account".to_owned(), text(&self.account)),
            ("time".to_owned(), text(&self.time)),
            ("region".to_owned(), text(&self.region)),
        ];
        if let Some(name) = &self.replay_name {
            members.push(("replay-name".to_owned(), text(name)));
        }
        members.push(("resources".to_owned(), Value::array(self.resources.iter().map(|arn| text(arn)).collect())));
        members.push(("detail".to_owned(), (*self.detail).clone()));
        members.extend(self.extra.iter().cloned());
        Value::object(members)
    }

    /// Writes the same as compact text behind another.
    pub fn write(&self, out: &mut String) {
        let detail = self.detail.text();
        out.reserve(detail.len() + 320);
        let mut before = "{\"version\":";
        for (text, next) in [
            (&*self.version, ",\"id\":"),
            (&*self.id, ",\"detail-type\":"),
            (&*self.detail_type, ",\"source\":"),
            (&*self.source, ",\"account\":"),
            (&*self.account, ",\"time\":"),
            (&*self.time, ",\"region\":"),
            (&*self.region, ",\"replay-name\":"),
        ] {
            out.push_str(before);
            json::write_string(out, text);
            before = next;
        }
        if let Some(name) = &self.replay_name {
            out.push_str(before);
            json::write_string(out, name);
        }
        out.push_str(",\"resources\":[");
        for (index, arn) in self.resources.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { "," });
            json::write_string(out, arn);
        }
        out.push_str("],\"detail\":");
        out.push_str(detail);
        for (name, value) in &self.extra {
            out.push(',');
            json::write_string(out, name);
            out.push(':');
            out.push_str(&json::print(value));
        }
        out.push('}');
    }

    /// From an object as an emitting service would send it. `source`, `detail-type` and `detail` must be there.
    pub fn from_value(value: &Value, defaults: EnvelopeDefaults) -> Result<Self, Diagnostic> {
        let Kind::Object(members) = &value.kind else {
            return Err(bad(value, "an event must be a JSON object".to_owned(), "wrap the members in `{...}`"));
        };
        let mut envelope = Self::empty(defaults);
        let mut missing = vec!["source", "detail-type", "detail"];
        for member in members {
            missing.retain(|name| member.name != *name);
            envelope.set(&member.name, &member.value)?;
        }
        match missing.first() {
            None => Ok(envelope),
            Some(name) => Err(bad(value, format!("the event has no `{name}`"), missing_help(name))),
        }
    }

    /// An envelope of nothing: no source, no detail-type, no members in `detail`.
    pub fn empty(defaults: EnvelopeDefaults) -> Self {
        Self {
            version: Cow::Borrowed("0"),
            id: defaults.id,
            detail_type: Rc::default(),
            source: Rc::default(),
            account: defaults.account,
            time: defaults.time,
            region: defaults.region,
            replay_name: None,
            resources: Vec::new(),
            detail: Value::object::<String>(Vec::new()).into(),
            extra: Vec::new(),
        }
    }

    fn set(&mut self, name: &str, value: &Value) -> Result<(), Diagnostic> {
        match name {
            "version" => self.version = Cow::Owned((*string(name, value)?).to_owned()),
            "id" => self.id = string(name, value)?,
            "detail-type" => self.detail_type = string(name, value)?,
            "source" => self.source = string(name, value)?,
            "account" => self.account = string(name, value)?,
            "time" => self.time = string(name, value)?,
            "region" => self.region = string(name, value)?,
            "replay-name" => self.replay_name = Some((*string(name, value)?).to_owned()),
            "resources" => self.resources = strings(value)?,
            "detail" => self.detail = object(value)?.into(),
            _ => self.extra.push((name.to_owned(), value.clone())),
        }
        Ok(())
    }
}

fn missing_help(name: &str) -> &'static str {
    match name {
        "source" => "add `\"source\": \"...\"`; AWS services use `aws.<service>`",
        "detail-type" => "add `\"detail-type\": \"...\"` (with a hyphen)",
        _ => "add `\"detail\": {...}`; it may be empty",
    }
}

fn string(name: &str, value: &Value) -> Result<Rc<str>, Diagnostic> {
    match &value.kind {
        Kind::String(text) => Ok(Rc::clone(text)),
        _ => Err(bad(value, format!("`{name}` must be a string"), "put the value in quotes")),
    }
}

fn strings(value: &Value) -> Result<Vec<String>, Diagnostic> {
    let error = || bad(value, "`resources` must be an array of strings".to_owned(), "use `[]` when there are none");
    let items = value.as_array().ok_or_else(error)?;
    items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(error)).collect()
}

fn object(value: &Value) -> Result<Value, Diagnostic> {
    match &value.kind {
        Kind::Object(_) => Ok(value.clone()),
        Kind::String(_) => Err(bad(
            value,
            "`detail` of an event is an object, not a string".to_owned(),
            "only PutEvents takes `Detail` as a string that holds JSON; paste the object itself",
        )),
        _ => Err(bad(value, "`detail` must be an object".to_owned(), "put the value in a member: `{\"value\": ...}`")),
    }
}

fn bad(value: &Value, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("EV002", message).with_span(value.span).with_help(help)
}
