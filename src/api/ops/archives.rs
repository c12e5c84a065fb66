//! CreateArchive, UpdateArchive, DescribeArchive, ListArchives, DeleteArchive.
//!
//! An archive is there at once, and with it a managed rule on its bus; deleting it takes the rule along. Updating keeps what
//! it does not name, an empty text takes a member away, and an update gives the rule its target back if someone removed
//! that (all recorded). Counters are exact at once, where the service takes up to a day.

use crate::arn::Arn;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::{Archive, ArchiveState, BusName, Existence, Rule};

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::rules::parse_pattern;

/// Source: recorded; the order of the checks on different members is partly ours.
pub fn create(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.now());
    let name = input.required("ArchiveName");
    let bus_name = own_bus(call, input.required("EventSourceArn"))?;
    let (account, region) = (call.caller.account.clone(), call.caller.region.clone());
    if call.own_region().archives.contains_key(name) {
        return Err(ServiceError::exists(format!("Archive {name} already exists.")));
    }
    if call.own_region().bus(&bus_name).is_none() {
        return Err(ServiceError::no_bus(bus_name.as_str()));
    }
    let arn = format!("arn:aws:events:{region}:{account}:archive/{name}");
    let uuid = call.ids_of("archive", name).uuid();
    let mut archive = Archive::new(name, arn, uuid, bus_name.clone(), now);
    set(call, &mut archive)?;
    let rule_name = archive.rule_name();
    let Some(bus) = call.own_region().bus_mut(&bus_name) else { return Err(ServiceError::no_bus(bus_name.as_str())) };
    if bus.rules.contains_key(&rule_name) {
        return Err(ServiceError::exists(format!(
            "A rule with the pattern '{rule_name}' already exists. Please choose a different archive name or delete your rule, then, try again."
        )));
    }
    let rule_arn = crate::arn::rule(region.as_str(), account.as_str(), bus_name.as_str(), rule_name.as_str());
    let mut rule = Rule::new(rule_name.clone(), rule_arn, account.clone());
    archive.fill_by(&mut rule, &account, &region);
    bus.rules.insert(rule);
    let answer = outcome(&archive, ArchiveState::Enabled);
    call.own_region().archives.insert(name.to_owned(), archive);
    Ok(answer)
}

/// Changes what it names, and mends the managed rule.
pub fn update(call: &mut Call) -> Answer {
    let input = call.input;
    let given = ["EventPattern", "RetentionDays", "Description", "KmsKeyIdentifier"];
    if !given.iter().any(|name| input.get(name).is_some()) {
        return Err(ServiceError::validation(
            "At least one of EventPattern, RetentionDays or Description must be provided.",
        ));
    }
    let now = call.now();
    let (account, region) = (call.caller.account.clone(), call.caller.region.clone());
    let mut archive = found(call)?.clone();
    archive.expire(now);
    set(call, &mut archive)?;
    let rule = call.own_region().bus_mut(&archive.bus).and_then(|bus| bus.rules.get_mut(&archive.rule_name()));
    let Some(rule) = rule.filter(|rule| rule.managed_by.is_some()) else {
        return Err(ServiceError::not_found(format!("Archive {} managed rule does not exist.", archive.name))
            .with_help("delete the archive and create it again"));
    };
    archive.fill_by(rule, &account, &region);
    let answer = outcome(&archive, ArchiveState::Enabled);
    call.own_region().archives.insert(archive.name.clone(), archive);
    Ok(answer)
}

/// One archive, with its counters.
pub fn describe(call: &mut Call) -> Answer {
    let now = call.now();
    found(call)?.expire(now);
    let archive = found(call)?.clone();
    let state = archive.state(call.own_region().bus(&archive.bus));
    Ok(listed(&archive, state)
        .with("ArchiveArn", archive.arn.as_str())
        .maybe("Description", archive.description.as_deref())
        .maybe("EventPattern", archive.pattern.as_deref())
        .maybe("KmsKeyIdentifier", archive.kms_key_identifier.as_deref())
        .value())
}

/// The archives of the caller's account and region, by one filter at most.
pub fn list(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.now());
    if ["NamePrefix", "EventSourceArn", "State"].iter().filter(|name| input.get(name).is_some()).count() > 1 {
        return Err(ServiceError::validation(
            "At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.",
        ));
    }
    let bus = match input.text("EventSourceArn") {
        None => None,
        Some(text) => {
            let name = own_bus(call, text)?;
            if call.own_region().bus(&name).is_none() {
                return Err(ServiceError::no_bus(name.as_str()));
            }
            Some(name)
        }
    };
    let pages = Pages::read("archives".to_owned(), "Archives", input)?;
    let region = call.own_region();
    let names: Vec<String> = region.archives.keys().cloned().listed();
    for name in &names {
        if let Some(archive) = region.archives.get_mut(name) {
            archive.expire(now);
        }
    }
    let wanted = |archive: &&Archive| {
        archive.name.starts_with(input.text("NamePrefix").unwrap_or_default())
            && bus.as_ref().is_none_or(|bus| *bus == archive.bus)
            && input.text("State").is_none_or(|state| state == archive.state(region.bus(&archive.bus)).as_str())
    };
    let archives = region.archives.values().filter(wanted);
    let item = |archive: &Archive| listed(archive, archive.state(region.bus(&archive.bus))).value();
    Ok(pages.page(archives.map(|archive| (archive.name.as_str(), item(archive)))).value())
}

/// Removes an archive with its events and its rule.
pub fn delete(call: &mut Call) -> Answer {
    let archive = found(call)?.clone();
    let region = call.own_region();
    region.archives.remove(&archive.name);
    region.forget_archive(&archive.name);
    if let Some(bus) = region.bus_mut(&archive.bus) {
        let rule_name = archive.rule_name();
        if bus.rules.get(&rule_name).is_some_and(|rule| rule.managed_by.is_some()) {
            bus.rules.remove(&rule_name);
        }
    }
    Ok(Output::new().value())
}

/// The archive of the request.
fn found<'c>(call: &'c mut Call) -> Result<&'c mut Archive, ServiceError> {
    let name = call.input.required("ArchiveName");
    let missing = || ServiceError::not_found(format!("Archive {name} does not exist."));
    call.own_region().archives.get_mut(name).ok_or_else(missing)
}

/// The bus that an ARN names, if it is one of the caller's own account and region; it need not exist.
fn own_bus(call: &Call, text: &str) -> Result<BusName, ServiceError> {
    let refused =
        |reason: &str| ServiceError::validation(format!("Parameter EventSourceArn is not valid. Reason: {reason}"));
    let arn = Arn::parse(text).filter(|arn| arn.account() != "");
    let Some((arn, name)) = arn.as_ref().and_then(|arn| Some((arn, arn.event_bus_name()?))) else {
        return Err(refused("Must contain an event bus ARN."));
    };
    let beyond = if arn.partition() != "aws" {
        "partition"
    } else if arn.account() != call.caller.account.as_str() {
        "account"
    } else if arn.region() != call.caller.region.as_str() {
        "region"
    } else {
        return Ok(BusName::new(name));
    };
    Err(refused(&format!("Creating cross-{beyond} archive is not permitted.")))
}

/// Takes over what the request names; an empty text takes away.
fn set(call: &Call, archive: &mut Archive) -> Result<(), ServiceError> {
    let input = call.input;
    let text = |name: &str| input.text(name).map(|text| (!text.is_empty()).then(|| text.to_owned()));
    if let Some(key) = text("KmsKeyIdentifier") {
        check_key(call, key.as_deref())?;
        archive.kms_key_identifier = key;
    }
    if let Some(pattern) = text("EventPattern") {
        if let Some(text) = &pattern {
            parse_pattern(text)?;
        }
        archive.pattern = pattern;
    }
    if let Some(description) = text("Description") {
        archive.description = description;
    }
    if let Some(days) = input.integer("RetentionDays") {
        // Recorded: more than fits is as much as fits.
        archive.retention_days = i32::try_from(days).unwrap_or(i32::MAX);
    }
    Ok(())
}

/// Keys exist unless they are declared as missing.
fn check_key(call: &Call, key: Option<&str>) -> Result<(), ServiceError> {
    let declared = key.and_then(|key| call.sim.world().outside.resource(key));
    if declared.is_some_and(|key| key.existence == Existence::Missing) {
        return Err(ServiceError::validation(
            "The provided KMS key does not exist. Please ensure that the key identifier is correct and your key exists in the same region as the event source.",
        ));
    }
    Ok(())
}

/// What Create and Update answer.
fn outcome(archive: &Archive, state: ArchiveState) -> Value {
    Output::new()
        .with("ArchiveArn", archive.arn.as_str())
        .with("State", state.as_str())
        .time("CreationTime", archive.created)
        .value()
}

/// What both Describe and List show.
fn listed(archive: &Archive, state: ArchiveState) -> Output {
    let source = |region: &str, account: &str| crate::arn::event_bus(region, account, archive.bus.as_str());
    let arn = Arn::parse(&archive.arn);
    let number = |count: usize| Value::number(i64::try_from(count).unwrap_or(i64::MAX));
    Output::new()
        .with("ArchiveName", archive.name.as_str())
        .maybe("EventSourceArn", arn.map(|arn| source(arn.region(), arn.account())))
        .with("State", state.as_str())
        .maybe("StateReason", state.reason())
        .with("RetentionDays", Value::number(i64::from(archive.retention_days)))
        .with("SizeBytes", number(archive.bytes()))
        .with("EventCount", number(archive.count()))
        .time("CreationTime", archive.created)
}
