//! Saving archives: the calls that make those of a bus again, and their managed rules as they were left.
//!
//! What an archive holds has happened and is not saved, nor are replays. An archive whose bus is gone is left out: nothing can
//! make it any more.

use super::resources::Call;
use crate::json::Value;
use crate::simulator::state::{Archive, ArchiveState, EventBus, RegionState};

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
