//! TagResource, UntagResource, ListTagsForResource: on event buses and rules, the only resources that have tags.
//!
//! A resource may have fifty; a new key goes last, a known one keeps its place and gets the new value; removing an
//! unknown key is no error (recorded). Tags of a managed rule can be read but not changed (recorded). The ARN may name
//! another account's bus or rule: then that bus's policy decides.
//!
//! Source: service behaviour, section 12; documentation, 1.5; recorded 2026, archives.

use crate::arn::Arn;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::{AccountId, BusName, Region, Tags};

use crate::api::call::{Answer, BusRef, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;

use super::target_rules::malformed_arn;

/// The most tags of a resource.
pub const MOST_TAGS: usize = 50;

/// Adds tags, or gives known keys other values.
pub fn tag(call: &mut Call) -> Answer {
    let (given, resource) = (call.tags()?, Resource::read(call)?);
    let tags = resource.changed(call, "events:TagResource")?;
    let mut all = tags.clone();
    // The keys are different ones, so one more than may be is enough to know.
    given.iter().take(MOST_TAGS + 1).for_each(|(key, value)| all.set(key, value));
    if all.len() > MOST_TAGS {
        let message = format!("The resource would have more than {MOST_TAGS} tags.");
        return Err(ServiceError::validation(message).with_help("remove some first (UntagResource)"));
    }
    *tags = all;
    Ok(Output::new().value())
}

/// Removes tags by their keys.
pub fn untag(call: &mut Call) -> Answer {
    let (input, resource) = (call.input, Resource::read(call)?);
    let tags = resource.changed(call, "events:UntagResource")?;
    input.texts("TagKeys").for_each(|key| tags.remove(key));
    Ok(Output::new().value())
}

/// The tags in the order in which their keys came.
pub fn list(call: &mut Call) -> Answer {
    let resource = Resource::read(call)?;
    let tags = resource.tags(call, "events:ListTagsForResource")?;
    let tags = tags.iter().map(|(key, value)| Output::new().with("Key", key).with("Value", value).value());
    Ok(Output::new().with("Tags", Value::array(tags.listed())).value())
}

/// What `ResourceARN` names: a bus, or a rule of it.
struct Resource {
    bus: BusRef,
    rule: Option<String>,
    arn: String,
}

impl Resource {
    fn read(call: &Call) -> Result<Self, ServiceError> {
        let text = call.input.required("ResourceARN");
        let help = "buses and rules have tags: `arn:aws:events:REGION:ACCOUNT:event-bus/NAME`, `...:rule/[BUS/]NAME`";
        let refused = || malformed_arn(text).with_help(help);
        let arn = Arn::parse(text).filter(|arn| arn.service() == "events").ok_or_else(refused)?;
        // The name of a partner's bus has slashes, the name of a rule has none.
        let (bus, rule) = match (arn.event_bus_name(), arn.resource().strip_prefix("rule/")) {
            (Some(bus), _) => (bus, None),
            (None, Some(rest)) => match rest.rsplit_once('/') {
                Some((bus, rule)) => (bus, Some(rule)),
                None => ("default", Some(rest)),
            },
            (None, None) => return Err(refused()),
        };
        let (account, region) = (AccountId::new(arn.account()), Region::new(arn.region()));
        let bus = BusRef { account, region, name: BusName::new(bus) };
        Ok(Self { bus, rule: rule.map(str::to_owned), arn: text.to_owned() })
    }

    fn tags<'a>(&self, call: &'a mut Call, action: &str) -> Result<&'a mut Tags, ServiceError> {
        match &self.rule {
            None => Ok(&mut call.bus(&self.bus, action, &self.arn)?.tags),
            Some(rule) => Ok(&mut call.rule(&self.bus, action, rule)?.tags),
        }
    }

    /// The tags, to change them.
    fn changed<'a>(&self, call: &'a mut Call, action: &str) -> Result<&'a mut Tags, ServiceError> {
        if let Some(rule) = &self.rule
            && call.rule(&self.bus, action, rule)?.managed_by.is_some()
        {
            let message = format!("Tag related operations on the managed rule {rule} is not allowed.");
            return Err(ServiceError::managed(message));
        }
        self.tags(call, action)
    }
}
