//! Saving archives: the calls that make those of a bus again, and their managed rules as they were left.
//!
//! What an archive holds has happened and is not saved, nor are replays. The bus of an archive may be gone: then it is made for
//! the archive, and deleted again.

use super::resources::Call;
use crate::json::Value;
use crate::simulator::state::{AccountId, Archive, ArchiveState, BusName, EventBus, Region, RegionState};
use crate::time::Instant;

/// Adds the calls that make the archives of a bus.
pub(super) fn save(bus: &EventBus, state: &RegionState, calls: &mut Vec<Call>) {
    for archive in state.archives.values().filter(|archive| archive.bus == *bus.name()) {
        calls.push(("CreateArchive", create(bus, archive)));
        if archive.state(Some(bus)) == ArchiveState::Enabled {
            continue;
        }
        let rule = archive.rule_name();
        let by_force = |member: &'static str| {
            vec![
                (member, Value::string(rule.as_str())),
                ("EventBusName", Value::string(bus.name().as_str())),
                ("Force", Value::boolean(true)),
            ]
        };
        let mut targets = by_force("Rule");
        targets.push(("Ids", Value::array(vec![Value::string(rule.as_str())])));
        calls.push(("RemoveTargets", targets));
        if bus.rules.get(&rule).is_none_or(|rule| rule.managed_by.is_none()) {
            calls.push(("DeleteRule", by_force("Name")));
        }
    }
}

/// Adds the calls that make the archives whose bus is gone.
pub(super) fn save_without_bus(
    account: &AccountId,
    region: &Region,
    state: &RegionState,
    now: Instant,
    calls: &mut Vec<Call>,
) {
    let mut names: Vec<&BusName> = Vec::new();
    for archive in state.archives.values() {
        // A partner's bus needs its source, which may be gone as well.
        let is_partner = archive.bus.as_str().starts_with("aws.partner/");
        if state.bus(&archive.bus).is_none() && !is_partner && !names.contains(&&archive.bus) {
            names.push(&archive.bus);
        }
    }
    for name in names {
        let named = || vec![("Name", Value::string(name.as_str()))];
        calls.push(("CreateEventBus", named()));
        save(&EventBus::new(account, region, name.clone(), now), state, calls);
        calls.push(("DeleteEventBus", named()));
    }
}

fn create(bus: &EventBus, archive: &Archive) -> Vec<(&'static str, Value)> {
    let mut input = vec![("ArchiveName", Value::string(&archive.name)), ("EventSourceArn", Value::string(bus.arn()))];
    let texts = [
        ("Description", &archive.description),
        ("EventPattern", &archive.pattern),
        ("KmsKeyIdentifier", &archive.kms_key_identifier),
    ];
    input.extend(texts.into_iter().filter_map(|(name, text)| Some((name, Value::string(text.as_ref()?)))));
    if archive.retention_days != 0 {
        input.push(("RetentionDays", Value::number(i64::from(archive.retention_days))));
    }
    input
}
