//! What a delivery has at hand when its request is written, and how parameters of targets become values.
//!
//! Dynamic path parameters: a text that is a JSON path as a whole is replaced by what the path finds in the *original* event,
//! never in the transformed one (documentation, 2.6). A path that finds nothing gives the empty text (our choice; partition
//! keys are recorded otherwise, see `streams`).

use crate::arn::Arn;
use crate::event::{Envelope, Event};
use crate::ids::Ids;
use crate::json::{self, Kind, Value};
use crate::sets::Listed as _;
use crate::simulator::behaviour::record::BusAddress;
use crate::simulator::state::{Target, World};
use crate::time::Instant;
use crate::transform::JsonPath;

/// A delivery whose request is being written.
pub struct Sending<'a> {
    /// Where it goes.
    pub target: &'a Target,
    /// The event.
    pub event: &'a Event,
    /// The same, member by member.
    pub envelope: &'a Envelope,
    /// What the target gets of it.
    pub input: &'a str,
    /// The rule's ARN.
    pub rule_arn: &'a str,
    /// The rule's name.
    pub rule_name: &'a str,
    /// The rule's bus.
    pub bus: &'a BusAddress,
    /// The event's X-Ray header.
    pub trace_header: Option<&'a str>,
    /// The clock.
    pub now: Instant,
    /// Fresh ids.
    pub ids: &'a mut Ids,
    /// What else exists.
    pub world: &'a World,
}

impl Sending<'_> {
    /// The target's ARN.
    pub fn arn(&self) -> &Arn {
        &self.target.arn
    }

    /// What stands behind the last `/` or `:` of the target's ARN.
    pub fn name(&self) -> Value {
        Value::string(self.arn().resource().rsplit(['/', ':']).next().unwrap_or_default())
    }

    /// Parameters of the target for its kind: `EcsParameters`, ...
    pub fn parameters(&self, member: &str) -> Value {
        let given = self.target.definition.get(member);
        given.cloned().unwrap_or_else(|| Value::object(Vec::<(&str, Value)>::new()))
    }

    /// The same with their dynamic paths filled in from the event.
    pub fn filled(&self, member: &str) -> Value {
        self.fill(&self.parameters(member))
    }

    /// The input as JSON, if it is an object.
    pub fn input_object(&self) -> Option<Value> {
        json::parse(self.input).ok().filter(|value| value.as_object().is_some())
    }

    fn fill(&self, value: &Value) -> Value {
        match &value.kind {
            Kind::String(text) => match path(text) {
                Some(path) => {
                    Value::string(path.resolve(self.event.value()).map_or_else(String::new, |found| plain(&found)))
                }
                None => value.clone(),
            },
            Kind::Array(items) => Value::array(items.iter().map(|item| self.fill(item)).listed()),
            Kind::Object(members) => {
                Value::object(members.iter().map(|member| (member.name.clone(), self.fill(&member.value))).listed())
            }
            _ => value.clone(),
        }
    }
}

/// A text as it is, anything else as JSON.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| json::print(value), str::to_owned)
}

/// Members that are there, in order.
pub fn present(members: Vec<(&str, Option<Value>)>) -> Value {
    Value::object(members.into_iter().filter_map(|(name, value)| Some((name, value?))).listed())
}

/// A path, if the text is one as a whole. `$` alone is: all of the event.
fn path(text: &str) -> Option<JsonPath> {
    let of_a_path =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'[' | b']' | b'*' | b'/');
    let whole = text
        .strip_prefix('$')
        .is_some_and(|rest| (rest.is_empty() || rest.starts_with('.')) && rest.bytes().all(of_a_path));
    if whole { JsonPath::parse(text).ok() } else { None }
}
