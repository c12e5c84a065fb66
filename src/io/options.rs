//! Simulator options as JSON: `{ account?, region?, now?, seed?, maxChain?, maxFirings?, maxRecord?, strict?, resources?,
//! organizations?, delays?, quotas?, clock? }`.
//!
//! `clock` may be given and must be `"virtual"`: the engine has no other. The facade's `clock: "system"` never comes here.

use super::scenario::{account, bad, fault, known, region, text};
use crate::diagnostics::Diagnostic;
use crate::json::Value;
use crate::simulator::state::{AccountId, Region};
use crate::simulator::{Delays, Options, Quotas, Strictness};
use crate::time::Instant;

const MEMBERS: [&str; 13] = [
    "account",
    "region",
    "now",
    "seed",
    "maxChain",
    "maxFirings",
    "maxRecord",
    "strict",
    "resources",
    "organizations",
    "delays",
    "quotas",
    "clock",
];
const QUOTAS: [&str; 4] = ["targetsPerRule", "concurrentReplays", "policySize", "putEventsSize"];

/// The options in this value; what is left out has its default.
pub fn options(value: Option<&Value>) -> Result<Options, Diagnostic> {
    let mut options = Options::default();
    let Some(value) = value else { return Ok(options) };
    known(value, "`options`", &MEMBERS)?;
    if value.get("clock").is_some_and(|clock| clock.as_str() != Some("virtual")) {
        let help = "leave it out; `new Simulator({ clock: \"system\" })` follows the host's clock";
        return Err(fault(value, "clock", "a scenario's clock is `\"virtual\"`", help));
    }
    if let Some(account) = account(value)? {
        options.account = AccountId::new(account);
    }
    if let Some(region) = region(value)? {
        options.region = Region::new(region);
    }
    if let Some(now) = text(value, "now")? {
        options.now = Instant::parse(&now).map_err(|error| fault(value, "now", &error.to_string(), "times are UTC"))?;
    }
    if let Some(seed) = whole(value, "seed", i64::MAX)? {
        options.seed = seed as u64;
    }
    if let Some(most) = whole(value, "maxChain", Options::LONGEST_CHAIN as i64)? {
        options.max_chain = most as usize;
    }
    if let Some(most) = whole(value, "maxFirings", Options::MOST_FIRINGS as i64)? {
        options.max_firings = most as usize;
    }
    if let Some(most) = whole(value, "maxRecord", Options::LONGEST_RECORD as i64)? {
        options.max_record = most as usize;
    }
    if let Some(strict) = value.get("strict") {
        options.strictness = match strict.as_bool() {
            Some(true) => Strictness::Strict,
            Some(false) => Strictness::AsTheService,
            None => return Err(fault(value, "strict", "`strict` must be `true` or `false`", "without quotes")),
        };
    }
    if let Some(resources) = value.get("resources") {
        options.outside.declare_all(resources)?;
    }
    if let Some(organizations) = value.get("organizations") {
        options.outside.organize(organizations)?;
    }
    if let Some(delays) = value.get("delays") {
        options.delays = match delays.as_str() {
            Some("prompt") => Delays::Prompt,
            Some("none") => Delays::None,
            Some("real") => Delays::Real,
            _ => {
                let message = "`delays` must be `\"prompt\"`, `\"none\"` or `\"real\"`";
                return Err(fault(value, "delays", message, "the default is none"));
            }
        };
    }
    if let Some(given) = value.get("quotas") {
        options.quotas = quotas(given)?;
    }
    Ok(options)
}

fn quotas(value: &Value) -> Result<Quotas, Diagnostic> {
    let mut quotas = Quotas::default();
    known(value, "`quotas`", &QUOTAS)?;
    let places = [
        &mut quotas.targets_per_rule,
        &mut quotas.concurrent_replays,
        &mut quotas.policy_size,
        &mut quotas.put_events_size,
    ];
    for (name, place) in QUOTAS.into_iter().zip(places) {
        if let Some(number) = whole(value, name, LARGEST_QUOTA)? {
            *place = number as usize;
        }
    }
    Ok(quotas)
}

/// Of any kind: what fits into memory with room to spare.
const LARGEST_QUOTA: i64 = 16 * 1024 * 1024;

fn whole(value: &Value, name: &str, most: i64) -> Result<Option<i64>, Diagnostic> {
    let Some(member) = value.get(name) else { return Ok(None) };
    match member.as_i64() {
        Some(number) if (0..=most).contains(&number) => Ok(Some(number)),
        _ => Err(bad(member.span, &format!("`{name}` must be a whole number from 0 to {most}"), "without quotes")),
    }
}
