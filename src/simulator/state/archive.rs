//! An archive: which events of one bus are kept, for how long, and those that were kept.
//!
//! What fills it is a managed rule of the bus, `Events-Archive-NAME`, an ordinary rule in every other respect. So the state of
//! an archive is not stored: it is ENABLED while that rule is there with its target, DISABLED once someone removed either by
//! force (recorded). An archive outlives its bus. Retention counts from ingestion (recorded).

use std::collections::VecDeque;
use std::rc::Rc;

use crate::arn::Arn;
use crate::event::Envelope;
use crate::json::{self, Value};
use crate::pattern::Pattern;
use crate::time::Instant;
use crate::transform::InputTransformer;

use super::{AccountId, BusName, EventBus, Region, Rule, RuleName, RulePattern, Target, TargetId, TargetInput};

/// Events that one archive keeps; the oldest leave first. The service has no bound, memory has: a choice of ours.
pub const MOST_EVENTS: usize = 100_000;
const MOST_BYTES: usize = 64 * 1024 * 1024;

const PREFIX: &str = "Events-Archive-";
const DAY: i64 = 86_400_000;

/// An archive of one account and region.
#[derive(Debug, Clone, PartialEq)]
pub struct Archive {
    /// Unique in its account and region.
    pub name: String,
    /// `arn:aws:events:…:archive/NAME`.
    pub arn: String,
    /// In the target of its rule.
    pub uuid: String,
    /// The bus whose events it keeps, for life.
    pub bus: BusName,
    /// As given; never empty.
    pub description: Option<String>,
    /// As given; never empty.
    pub pattern: Option<String>,
    /// 0 is for ever.
    pub retention_days: i32,
    /// As given.
    pub kms_key_identifier: Option<String>,
    /// When it was created.
    pub created: Instant,
    events: VecDeque<Archived>,
    bytes: usize,
}

/// An event that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Archived {
    /// As it was.
    pub envelope: Rc<Envelope>,
    /// Its own time.
    pub time: Instant,
    /// When it came in.
    pub ingested: Instant,
    bytes: usize,
}

impl Archive {
    /// An archive without events.
    pub fn new(name: &str, arn: String, uuid: String, bus: BusName, created: Instant) -> Self {
        Self {
            name: name.to_owned(),
            arn,
            uuid,
            bus,
            description: None,
            pattern: None,
            retention_days: 0,
            kms_key_identifier: None,
            created,
            events: VecDeque::new(),
            bytes: 0,
        }
    }

    /// The name of the rule that fills it.
    pub fn rule_name(&self) -> RuleName {
        RuleName::new(format!("{PREFIX}{}", self.name))
    }

    /// How it stands, as its bus shows.
    pub fn state(&self, bus: Option<&EventBus>) -> ArchiveState {
        let rule = bus.and_then(|bus| bus.rules.get(&self.rule_name()));
        let filled =
            rule.is_some_and(|rule| rule.managed_by.is_some() && rule.targets().any(|target| is_archive(&target.arn)));
        if filled { ArchiveState::Enabled } else { ArchiveState::Disabled }
    }

    /// Gives the managed rule its pattern and target.
    pub fn fill_by(&self, rule: &mut Rule, account: &AccountId, region: &Region) {
        rule.managed_by = Some("prod.vhs.events.aws.internal".to_owned());
        let text = self.rule_pattern();
        rule.pattern = Pattern::parse(&text).ok().map(|pattern| RulePattern::new(&text, pattern));
        let id = TargetId::new(rule.name.as_str());
        if let Some(target) = self.target(id.clone(), account, region) {
            rule.targets.insert(id, target);
        }
    }

    /// The archive's pattern, and besides: nothing that a replay brought.
    fn rule_pattern(&self) -> String {
        let fresh = json::parse(r#"[{"exists":false}]"#).unwrap_or_else(|_| Value::null());
        let mut members = vec![("replay-name".to_owned(), fresh)];
        let given = self.pattern.as_deref().and_then(|text| json::parse(text).ok());
        let given = given.as_ref().and_then(Value::as_object).unwrap_or_default();
        let others = given.iter().filter(|member| member.name != "replay-name");
        members.extend(others.map(|member| (member.name.to_string(), member.value.clone())));
        json::print(&Value::object(members))
    }

    fn target(&self, id: TargetId, account: &AccountId, region: &Region) -> Option<Target> {
        let arn = format!("arn:aws:events:{region}:::");
        let template = format!(
            "{{\"archive-arn\": \"arn:aws:events:{region}:{account}:archive/{}:{}\",\"event\": <aws.events.event.json>,\"ingestion-time\": <aws.events.event.ingestion-time>}}",
            self.name, self.uuid
        );
        let transformer = InputTransformer::parse(Some(&[]), &template).ok()?;
        let definition = Value::object(vec![
            ("Id", Value::string(id.as_str())),
            ("Arn", Value::string(&arn)),
            (
                "InputTransformer",
                Value::object(vec![
                    ("InputPathsMap", Value::object::<String>(Vec::new())),
                    ("InputTemplate", Value::string(template)),
                ]),
            ),
        ]);
        let mut target = Target::new(id, Arn::parse(&arn)?, definition);
        target.input = TargetInput::Transformer(Box::new(transformer));
        Some(target)
    }

    /// Keeps an event.
    pub fn keep(&mut self, envelope: &Rc<Envelope>, now: Instant) {
        self.expire(now);
        let time = Instant::parse(&envelope.time).unwrap_or(now);
        let bytes = size(envelope);
        self.bytes += bytes;
        self.events.push_back(Archived { envelope: Rc::clone(envelope), time, ingested: now, bytes });
        while self.events.len() > MOST_EVENTS || self.bytes > MOST_BYTES {
            self.drop_oldest();
        }
    }

    /// Lets go of what has been kept long enough.
    pub fn expire(&mut self, now: Instant) {
        if self.retention_days == 0 {
            return;
        }
        let kept = i64::from(self.retention_days).saturating_mul(DAY);
        while self.events.front().is_some_and(|event| now.millis() - event.ingested.millis() >= kept) {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some(event) = self.events.pop_front() {
            self.bytes -= event.bytes;
        }
    }

    /// What it keeps, in the order of ingestion.
    pub fn events(&self) -> impl Iterator<Item = &Archived> {
        self.events.iter()
    }

    /// How many events it keeps.
    pub fn count(&self) -> usize {
        self.events.len()
    }

    /// How many bytes they have.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

/// How an archive stands. Of the model's other states none lasts here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveState {
    /// Events come.
    Enabled,
    /// Someone removed its rule, or the rule's target, by force.
    Disabled,
}

impl ArchiveState {
    /// As the model spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "ENABLED",
            Self::Disabled => "DISABLED",
        }
    }

    /// Why no events come.
    pub fn reason(self) -> Option<&'static str> {
        (self == Self::Disabled).then_some("Managed rule for the archive was forcefully deleted.")
    }
}

/// The archive that a managed rule of this name fills.
pub fn archive_of(rule: &str) -> Option<&str> {
    rule.strip_prefix(PREFIX)
}

/// Whether a target's ARN is that of archives: `arn:aws:events:REGION:::`.
pub fn is_archive(arn: &Arn) -> bool {
    arn.service() == "events" && arn.resource() == ":"
}

/// Bytes of source, detail-type, account, resources and the detail as compact JSON, and 14 for the time. The recorded sizes
/// fit this; the rule is ours.
fn size(envelope: &Envelope) -> usize {
    let Envelope { source, detail_type, account, resources, detail, .. } = envelope;
    let texts = [&**source, detail_type, account].into_iter().chain(resources.iter().map(String::as_str));
    14 + texts.map(str::len).sum::<usize>() + detail.text().len()
}
