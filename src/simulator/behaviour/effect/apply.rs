//! An effect applied to an invocation: params evaluated once, then each emitted event made from its templates.
//!
//! An emitted event passes the checks that PutEvents would make (source, detail-type, a detail that is an object, the size
//! limit), but may have an `aws.` source: presets play the services themselves. What does not pass is not emitted, and the
//! trace says why.

use super::definition::{Effect, Emission, Param};
use super::render::{InputFrom, LARGEST, RenderError, Rendered, Scene};
use super::template::Template;
use crate::event::Envelope;
use crate::ids::Ids;
use crate::json::{self, Kind, Value};
use crate::sets::{Listed as _, SortedMap};
use crate::simulator::behaviour::provenance::{Fill, Fresh, Provenance, Take, join};
use crate::simulator::behaviour::record::BusAddress;
use crate::simulator::state::{AccountId, Region};
use crate::time::{Duration, Instant};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

/// The size that PutEvents takes, in bytes of source, detail-type, detail and resources.
pub const LARGEST_EVENT: usize = 1_048_576;

/// What an effect is applied to.
pub struct Situation<'a> {
    /// The triggering event.
    pub event: &'a Value,
    /// Its provenance.
    pub provenance: &'a Provenance,
    /// The body as delivered.
    pub input: &'a str,
    /// What of the event that is.
    pub input_from: &'a InputFrom,
    /// Where the target acts.
    pub place: (AccountId, Region),
    /// The virtual clock.
    pub now: Instant,
}

/// An event that an effect or a handler emits, ready to arrive.
#[derive(Debug, Clone)]
pub struct Emitted {
    /// The event.
    pub envelope: Envelope,
    /// Where it goes.
    pub bus: BusAddress,
    /// Where its values came from.
    pub provenance: Provenance,
    /// Its size as PutEvents counts it.
    pub bytes: usize,
    /// How long it takes to arrive.
    pub delay: Duration,
}

impl Effect {
    /// The events that this effect emits, each made or refused with the reason.
    pub fn apply(&self, situation: &Situation<'_>, ids: &mut Ids) -> Vec<Result<Emitted, String>> {
        let mut scene = Scene {
            event: situation.event,
            event_fresh: &situation.provenance.fresh,
            input: situation.input,
            parsed: OnceCell::new(),
            input_from: situation.input_from,
            account: situation.place.0.as_str(),
            region: situation.place.1.as_str(),
            now: situation.now,
            ids,
            params: SortedMap::new(),
            budget: LARGEST,
        };
        for (name, param) in &self.params {
            match evaluate(param, &mut scene) {
                Ok(rendered) => scene.params.insert(name.clone(), rendered),
                Err(error) => return vec![Err(format!("param `{name}`: {error}"))],
            };
        }
        self.emits.iter().map(|emission| emit(emission, &mut scene)).listed()
    }
}

/// A param's value: the first path that finds something, else the default. Paths tried in vain were read all the same.
fn evaluate(param: &Param, scene: &mut Scene<'_>) -> Result<Rendered, RenderError> {
    let mut read = Vec::new();
    for path in &param.from {
        let (names, exact) = path.leading_names();
        let take = if exact { Take::Copy } else { Take::Whole };
        if let Some(value) = path.resolve(scene.event) {
            let template = Template::Value(super::template::Placeholder {
                source: super::template::Source::Event(path.clone()),
                form: super::template::Form::Plain,
            });
            let mut rendered = scene.render(&template)?;
            rendered.value = Some(value);
            rendered.fills.extend(read);
            return Ok(rendered);
        }
        read.push(Fill { to: String::new(), from: names.join("."), take });
    }
    let mut rendered = match &param.default {
        Some(default) => scene.render(default)?,
        None => Rendered::default(),
    };
    rendered.fills.extend(read);
    Ok(rendered)
}

/// Collects the provenance of the members while they are rendered.
struct Draft {
    provenance: Provenance,
}

impl Draft {
    /// Renders a member whose value stands at `path` of the envelope.
    fn member(&mut self, template: &Template, path: &str, scene: &mut Scene<'_>) -> Result<Option<Value>, String> {
        let rendered = scene.render(template).map_err(|error| error.to_string())?;
        let fill = |fill: Fill| Fill { to: join(path, &fill.to), ..fill };
        self.provenance.fills.extend(rendered.fills.into_iter().map(fill));
        self.provenance.fresh.extend(rendered.fresh.into_iter().map(|(below, kind)| (join(path, &below), kind)));
        Ok(rendered.value)
    }

    /// Renders text that decides where the event goes.
    fn address(
        &mut self,
        template: Option<&Template>,
        name: &str,
        scene: &mut Scene<'_>,
    ) -> Result<Option<String>, String> {
        let Some(template) = template else { return Ok(None) };
        let rendered = scene.render(template).map_err(|error| error.to_string())?;
        self.provenance.address.extend(rendered.fills.into_iter().map(|fill| fill.from));
        match rendered.value {
            None => Ok(None),
            Some(value) => text(Some(value), name).map(|text| Some(text.to_string())),
        }
    }
}

fn emit(emission: &Emission, scene: &mut Scene<'_>) -> Result<Emitted, String> {
    let made = [("id", Fresh::Uuid), ("time", Fresh::Time)];
    let mut draft = Draft { provenance: Provenance::outside(made) };
    let account = draft.address(emission.account.as_ref(), "account", scene)?;
    let region = draft.address(emission.region.as_ref(), "region", scene)?;
    let account = AccountId::new(account.unwrap_or_else(|| scene.account.to_owned()));
    let region = Region::new(region.unwrap_or_else(|| scene.region.to_owned()));
    let bus = draft.address(emission.bus.as_ref(), "EventBusName", scene)?;
    let bus = BusAddress::resolve(bus.as_deref(), &account, &region);
    let source = text(draft.member(&emission.source, "source", scene)?, "Source")?;
    let detail_type = text(draft.member(&emission.detail_type, "detail-type", scene)?, "DetailType")?;
    let resources = match &emission.resources {
        None => Vec::new(),
        Some(template) => resources(draft.member(template, "resources", scene)?)?,
    };
    let detail = detail(draft.member(&emission.detail, "detail", scene)?)?;
    let size = source.len()
        + detail_type.len()
        + json::print(&detail).len()
        + resources.iter().map(String::len).sum::<usize>();
    if size > LARGEST_EVENT {
        return Err(format!("the emitted event has {size} bytes; PutEvents takes {LARGEST_EVENT}"));
    }
    let envelope = Envelope {
        version: Cow::Borrowed("0"),
        id: scene.ids.shared_uuid(),
        detail_type,
        source,
        account: account.shared(),
        time: scene.now.shared_text(),
        region: region.shared(),
        replay_name: None,
        resources,
        detail: detail.into(),
        extra: Vec::new(),
    };
    Ok(Emitted { envelope, bus, provenance: draft.provenance, bytes: size, delay: emission.delay })
}

fn text(value: Option<Value>, name: &str) -> Result<Rc<str>, String> {
    match value.map(|value| value.kind) {
        Some(Kind::String(text)) if !text.is_empty() => Ok(text),
        Some(_) => Err(format!("`{name}` of the emitted event is not a text")),
        None => Err(format!("`{name}` of the emitted event is empty: the template found nothing")),
    }
}

fn resources(value: Option<Value>) -> Result<Vec<String>, String> {
    let Some(Value { kind: Kind::Array(items), .. }) = value else {
        return Err("`Resources` of the emitted event is not an array".to_owned());
    };
    items.into_iter().map(|item| text(Some(item), "Resources").map(|arn| arn.to_string())).collect()
}

/// An object, or text that holds one.
fn detail(value: Option<Value>) -> Result<Value, String> {
    let value = match value {
        Some(Value { kind: Kind::String(text), .. }) => json::parse(&text).ok(),
        other => other,
    };
    match value {
        Some(value) if matches!(value.kind, Kind::Object(_)) => Ok(value),
        _ => Err("`Detail` of the emitted event is not an object".to_owned()),
    }
}
