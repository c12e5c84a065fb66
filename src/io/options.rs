//! Simulator options as JSON: `{ account?, region?, now?, seed?, maxChain?, maxFirings?, maxRecord?, strict?, resources?,
//! organizations?, delays?, quotas? }`.
//!
//! Options of the design that are not simulated yet (`clock`) are refused by name: an option that does nothing would be a
//! silent wrong answer.

use super::scenario::{bad, known, text};
use crate::diagnostics::Diagnostic;
use crate::json::Value;
use crate::simulator::state::{AccountId, Region};
use crate::simulator::{Delays, Options, Quotas, Strictness};
use crate::time::Instant;

const MEMBERS: [&str; 12] = [
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
];
const LATER: [&str; 1] = ["clock"];
const QUOTAS: [&str; 4] = ["targetsPerRule", "concurrentReplays", "policySize", "putEventsSize"];

/// The options in this value; what is left out has its default.
pub fn options(value: Option<&Value>) -> Result<Options, Diagnostic> {
    let mut options = Options::default();
    let Some(value) = value else { return Ok(options) };
    let names: Vec<&str> = MEMBERS.into_iter().chain(LATER).collect();
    for member in known(value, "the options", &names)? {
        if LATER.contains(&member.name.as_str()) {
            let message = format!("the option `{}` is not simulated yet", member.name);
            return Err(bad(member.name_span, &message, "leave it out"));
        }
    }
    if let Some(account) = text(value, "account")? {
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(fault(value, "account", "an account has twelve digits", "such as `\"123456789012\"`"));
        }
        options.account = AccountId::new(account);
    }
    if let Some(region) = text(value, "region")? {
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

fn fault(value: &Value, name: &str, message: &str, help: &str) -> Diagnostic {
    bad(value.get(name).map_or(value.span, |member| member.span), message, help)
}
