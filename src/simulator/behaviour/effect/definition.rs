//! The declaration of an effect, read and checked whole before it is used.
//!
//! `{ target, when?, preset?, params?, emits?, fails?, after? }`: either `preset` with `params` that override its own, or `emits` with
//! `params` of one's own, or `fails`. `after` is how long its events take, with `delays: "real"`; those of a preset have
//! delays of their own, unless `after` says otherwise.

use super::fails::Fails;
use super::template::Template;
use crate::catalog::{self, Preset};
use crate::diagnostics::Diagnostic;
use crate::json::{self, Kind, Member, Value};
use crate::pattern::Pattern;
use crate::sets::Listed as _;
use crate::simulator::behaviour::follow;
use crate::text::Span;
use crate::time::Duration;
use crate::transform::JsonPath;

/// What targets of one ARN glob do.
#[derive(Debug, Clone)]
pub struct Effect {
    /// ARN glob.
    pub target: String,
    /// Asked of the triggering event.
    pub when: Option<Pattern>,
    /// Evaluated once per application, in this order.
    pub params: Vec<(String, Param)>,
    /// The events that follow.
    pub emits: Vec<Emission>,
    /// The failure that comes first.
    pub fails: Option<Fails>,
    /// A few words for people: the preset's title, or the detail types.
    pub label: String,
    /// As it was declared.
    pub definition: Value,
}

/// A named value of an effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// Tried in order on the triggering event.
    pub from: Vec<JsonPath>,
    /// Used when none of them finds anything.
    pub default: Option<Template>,
}

/// An event that an effect emits.
#[derive(Debug, Clone, PartialEq)]
pub struct Emission {
    /// `Source`
    pub source: Template,
    /// `DetailType`
    pub detail_type: Template,
    /// `Detail`: an object, or text that holds one.
    pub detail: Template,
    /// `Resources`
    pub resources: Option<Template>,
    /// `EventBusName`: name or ARN.
    pub bus: Option<Template>,
    /// Default: the target ARN's, else the rule's.
    pub account: Option<Template>,
    /// Default: the target ARN's, else the rule's.
    pub region: Option<Template>,
    /// How long it takes to arrive, with `delays: "real"`.
    pub delay: Duration,
}

impl Emission {
    /// What CloudTrail reports comes late, even beside events of a preset that do not.
    fn usual_delay(&self, preset: &Preset) -> Duration {
        let of_cloudtrail = "AWS API Call via CloudTrail";
        let reported = matches!(&self.detail_type, Template::Constant(value) if value.as_str() == Some(of_cloudtrail));
        let late = reported || preset.delay == "cloudtrail";
        Duration::from_millis(if late { follow::CLOUDTRAIL } else { follow::DIRECT })
    }

    /// `EventBusName`, where it is a constant.
    pub fn constant_bus(&self) -> Option<&str> {
        match self.bus.as_ref()? {
            Template::Constant(value) => value.as_str(),
            _ => None,
        }
    }
}

const MEMBERS: [&str; 7] = ["target", "when", "preset", "params", "emits", "after", "fails"];
const EMITTED: [&str; 7] = ["Source", "DetailType", "Detail", "Resources", "EventBusName", "account", "region"];

impl Effect {
    /// The effect that this object declares.
    pub fn parse(value: &Value) -> Result<Self, Diagnostic> {
        known_members(value, "an effect", &MEMBERS)?;
        let target = required_string(value, "target", "an effect")?;
        let when = value.get("when").map(pattern).transpose()?;
        let preset = value.get("preset").map(preset).transpose()?;
        let fails = value.get("fails").map(Fails::parse).transpose()?;
        let params = params(preset.as_ref(), value.get("params"))?;
        let names: Vec<String> = params.iter().map(|(name, _)| name.clone()).listed();
        let mut emits = match (&preset, value.get("emits")) {
            (Some(preset), None) => emissions(&preset.emits, &names)?,
            (None, Some(emits)) => emissions(emits, &names)?,
            (Some(_), Some(emits)) => {
                return Err(bad(
                    emits.span,
                    "an effect has either `preset` or `emits`".to_owned(),
                    "declare two effects",
                ));
            }
            (None, None) if fails.is_some() => Vec::new(),
            (None, None) => {
                let message = "an effect must say what it emits".to_owned();
                return Err(bad(value.span, message, "add `emits`, `preset` or `fails`"));
            }
        };
        let after = value.get("after").map(duration).transpose()?;
        for emission in &mut emits {
            let usual = preset.as_ref().map(|preset| emission.usual_delay(preset));
            emission.delay = after.or(usual).unwrap_or_default();
        }
        let label = match &preset {
            Some(preset) => preset.title.clone(),
            None if emits.is_empty() && fails.is_some() => "fails".to_owned(),
            None => label(value.get("emits")),
        };
        Ok(Self { target, when, params, emits, fails, label, definition: value.clone() })
    }
}

fn duration(value: &Value) -> Result<Duration, Diagnostic> {
    let parsed = value.as_str().and_then(|text| Duration::parse(text).ok());
    parsed.ok_or_else(|| bad(value.span, "`after` must be a duration".to_owned(), "such as `\"90s\"` or `\"5m\"`"))
}

fn pattern(value: &Value) -> Result<Pattern, Diagnostic> {
    Pattern::parse(&json::print(value)).map_err(|error| {
        let reason = error.reason();
        let reason = reason.lines().next().unwrap_or_default();
        bad(
            value.span,
            format!("`when` is not a valid event pattern: {reason}"),
            "write it like a rule's event pattern",
        )
    })
}

fn preset(value: &Value) -> Result<Preset, Diagnostic> {
    let Some(id) = value.as_str() else {
        return Err(bad(value.span, "`preset` must be a string".to_owned(), "give the id of a preset"));
    };
    let presets = catalog::presets()?;
    if let Some(found) = presets.iter().find(|preset| preset.id == id) {
        return Ok(found.clone());
    }
    let help = match crate::text::did_you_mean(id, presets.iter().map(|preset| preset.id.as_str())) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => "the reference lists all presets".to_owned(),
    };
    Err(bad(value.span, format!("there is no preset `{id}`"), &help))
}

fn params(preset: Option<&Preset>, given: Option<&Value>) -> Result<Vec<(String, Param)>, Diagnostic> {
    let own: &[Member] = match given {
        None => &[],
        Some(given) => match &given.kind {
            Kind::Object(members) => members,
            _ => return Err(bad(given.span, "`params` must be an object".to_owned(), "name each param")),
        },
    };
    let Some(preset) = preset else {
        return own.iter().map(|member| Ok((member.name.to_string(), param(&member.value)?))).collect();
    };
    let declared = preset.params.as_object().unwrap_or_default();
    if let Some(member) = own.iter().find(|member| !declared.iter().any(|param| param.name == member.name)) {
        let names = declared.iter().map(|param| param.name.as_str());
        let help = match crate::text::did_you_mean(&member.name, names.clone()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("it has {}", names.map(|name| format!("`{name}`")).listed().join(", ")),
        };
        let message = format!("the preset `{}` has no param `{}`", preset.id, member.name);
        return Err(bad(member.name_span, message, &help));
    }
    let chosen = |name: &str| own.iter().rfind(|member| member.name == name).map(|member| &member.value);
    declared
        .iter()
        .map(|member| Ok((member.name.to_string(), param(chosen(&member.name).unwrap_or(&member.value))?)))
        .collect()
}

/// `{ from?, default? }`, or a value that stands for itself.
fn param(value: &Value) -> Result<Param, Diagnostic> {
    let choice = value.as_object().filter(|members| {
        !members.is_empty() && members.iter().all(|member| matches!(member.name.as_str(), "from" | "default"))
    });
    if choice.is_none() {
        return Ok(Param { from: Vec::new(), default: Some(Template::parse(value, &[])?) });
    }
    let from = match value.get("from") {
        None => Vec::new(),
        Some(list) => {
            let error =
                || bad(list.span, "`from` must be an array of paths".to_owned(), "such as `[\"$.detail.name\"]`");
            let items = list.as_array().ok_or_else(error)?;
            let parse = |item: &Value| {
                let text = item.as_str().ok_or_else(error)?;
                JsonPath::parse(text).map_err(|problem| bad(item.span, problem.to_string(), "such as `$.detail.name`"))
            };
            items.iter().map(parse).collect::<Result<_, _>>()?
        }
    };
    let default = value.get("default").map(|default| Template::parse(default, &[])).transpose()?;
    Ok(Param { from, default })
}

fn emissions(value: &Value, params: &[String]) -> Result<Vec<Emission>, Diagnostic> {
    let Some(items) = value.as_array() else {
        return Err(bad(value.span, "`emits` must be an array of events".to_owned(), "wrap the event in `[...]`"));
    };
    items.iter().map(|item| emission(item, params)).collect()
}

fn emission(value: &Value, params: &[String]) -> Result<Emission, Diagnostic> {
    known_members(value, "an emitted event", &EMITTED)?;
    let optional = |name: &str| value.get(name).map(|member| Template::parse(member, params)).transpose();
    let required = |name: &str| {
        let missing = || {
            bad(value.span, format!("an emitted event needs `{name}`"), "the members are those of a PutEvents entry")
        };
        optional(name)?.ok_or_else(missing)
    };
    Ok(Emission {
        source: required("Source")?,
        detail_type: required("DetailType")?,
        detail: required("Detail")?,
        resources: optional("Resources")?,
        bus: optional("EventBusName")?,
        account: optional("account")?,
        region: optional("region")?,
        delay: Duration::default(),
    })
}

fn label(emits: Option<&Value>) -> String {
    let types = emits.and_then(Value::as_array).unwrap_or_default().iter();
    let types: Vec<&str> = types.filter_map(|event| event.get("DetailType")?.as_str()).listed();
    format!("emits {}", types.join(", "))
}

fn known_members<'a>(value: &'a Value, what: &str, known: &[&str]) -> Result<&'a [Member], Diagnostic> {
    let Some(members) = value.as_object() else {
        return Err(bad(value.span, format!("{what} must be an object"), "wrap it in `{...}`"));
    };
    let Some(stranger) = members.iter().find(|member| !known.contains(&member.name.as_str())) else {
        return Ok(members);
    };
    let help = match crate::text::did_you_mean(&stranger.name, known.iter().copied()) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => format!("it has {}", known.iter().map(|name| format!("`{name}`")).listed().join(", ")),
    };
    Err(bad(stranger.name_span, format!("{what} has no member `{}`", stranger.name), &help))
}

fn required_string(value: &Value, name: &str, what: &str) -> Result<String, Diagnostic> {
    let member = value.get(name);
    let span = member.map_or(value.span, |member| member.span);
    let text = member.and_then(Value::as_str).filter(|text| !text.is_empty());
    text.map(str::to_owned)
        .ok_or_else(|| bad(span, format!("{what} needs `{name}`, a string"), "an ARN; `*` stands for any text"))
}

fn bad(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("EF001", message).with_help(help).with_span(span)
}
