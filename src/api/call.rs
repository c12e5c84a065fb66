//! One call of an operation: the world, who calls, and what is asked.
//!
//! Where a request names a bus it may name another account's, by ARN. Then the resource policy of that bus decides; in the
//! caller's own account everything is allowed that the declared permissions of its root do not leave out. A bus in another region is out of an
//! endpoint's sight, so it counts as not there.

use std::collections::HashMap;
use std::rc::Rc;

use crate::arn::{self, Arn};
use crate::ids::Ids;
use crate::json::Value;
use crate::policy::{Decision, Request, decide};
use crate::simulator::behaviour::put::Refusal;
use crate::simulator::behaviour::record::BusAddress;
use crate::simulator::state::{AccountId, BusName, Connection, EventBus, Region, RegionState, Rule, RuleName, Tags};
use crate::simulator::{Caller, Simulator};
use crate::time::{Duration, Instant};

use super::asked::with_request;
use super::errors::ServiceError;
use super::input::Input;

/// What every operation gives.
pub type Answer = Result<Value, ServiceError>;

/// What needs the key of the bus, if it has one of its own.
const READS_RULES: [&str; 3] = ["events:DescribeRule", "events:ListRules", "events:ListTargetsByRule"];

/// A call under way.
pub struct Call<'a> {
    /// The world it changes.
    pub sim: &'a mut Simulator,
    /// Who calls, and where.
    pub caller: &'a Caller,
    /// What is asked.
    pub input: Input<'a>,
}

/// A bus that a request names; it need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusRef {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// Its bare name.
    pub name: BusName,
}

impl BusRef {
    /// The same to the simulator.
    pub fn address(&self) -> BusAddress {
        BusAddress { account: self.account.clone(), region: self.region.clone(), name: self.name.clone() }
    }

    /// The ARN it has if it exists.
    pub fn arn(&self) -> String {
        arn::event_bus(self.region.as_str(), self.account.as_str(), self.name.as_str())
    }

    /// The ARN that a rule of it has.
    pub fn rule_arn(&self, rule: &str) -> String {
        arn::rule(self.region.as_str(), self.account.as_str(), self.name.as_str(), rule)
    }
}

impl Call<'_> {
    /// The time of the call.
    pub fn now(&self) -> Instant {
        self.sim.now()
    }

    /// The time at which states are looked at. Where they change promptly, what began now is over.
    pub fn look(&self) -> Instant {
        /// Longer than any of them takes.
        const LONG: i64 = 120_000;
        let taken = self.sim.options().delays.of_state(LONG);
        self.now().plus(Duration::from_millis(LONG - taken))
    }

    /// When a connection counts as having been asked for something: where states change promptly, as long ago as it takes.
    pub fn asked(&self) -> Instant {
        let taken = self.sim.options().delays.of_state(Connection::LONGEST);
        Instant::from_millis(self.now().millis() - (Connection::LONGEST - taken))
    }

    /// The bus that a member names, by name or ARN; without it the default bus.
    pub fn bus_ref(&self, member: &str) -> BusRef {
        bus_named(self.input.text(member), self.caller)
    }

    /// The bus, if the caller may do `action` on `resource` there.
    pub fn bus(&mut self, bus: &BusRef, action: &str, resource: &str) -> Result<&mut EventBus, ServiceError> {
        self.authorize(bus, action, resource)?;
        if bus.region != self.caller.region {
            let help = format!("the ARN names region `{}`, the request went to `{}`", bus.region, self.caller.region);
            return Err(ServiceError::no_bus(bus.name.as_str()).with_help(help));
        }
        if READS_RULES.contains(&action)
            && let Some(why) = self.sim.key_keeps_rules(&bus.address())
        {
            return Err(ServiceError::undecryptable().with_help(why));
        }
        let now = self.now();
        let state = self.sim.world_mut().region_mut(&bus.account, &bus.region, now);
        state.bus_mut(&bus.name).ok_or_else(|| ServiceError::no_bus(bus.name.as_str()))
    }

    /// The rule of this name on a bus, if the caller may do `action` on it.
    pub fn rule(&mut self, bus: &BusRef, action: &str, name: &str) -> Result<&mut Rule, ServiceError> {
        let resource = bus.rule_arn(name);
        let found = self.bus(bus, action, &resource)?.rules.get_mut(&RuleName::new(name));
        found.ok_or_else(|| no_rule(bus, name))
    }

    /// The caller's own account in its region.
    pub fn own_region(&mut self) -> &mut RegionState {
        let now = self.now();
        self.sim.world_mut().region_mut(&self.caller.account, &self.caller.region, now)
    }

    /// Ids for something of this kind and name of the caller's. They follow from the name, so that a saved scenario makes
    /// the same ARNs when it is loaded.
    pub fn ids_of(&self, kind: &str, name: &str) -> Ids {
        let Caller { account, region, .. } = self.caller;
        Ids::of(self.sim.options().seed, &format!("{account} {region} {kind} {name}"))
    }

    /// The tags of the request; the same key twice is refused.
    pub fn tags(&self) -> Result<Tags, ServiceError> {
        let mut tags = Tags::default();
        let mut keys: HashMap<Rc<str>, u32> = HashMap::new();
        for tag in self.input.objects("Tags") {
            let key = tag.required("Key");
            tags.add(key, tag.required("Value"));
            if keys.insert(key.into(), 0).is_some() {
                return Err(ServiceError::validation("Invalid parameter: Duplicated keys are not allowed."));
            }
        }
        Ok(tags)
    }

    /// Refuses a caller who may not hand this role to EventBridge.
    pub fn pass_role(&self, role: &str) -> Result<(), ServiceError> {
        let (caller, action) = (&self.caller.account, "iam:PassRole");
        match self.sim.identity_refuses(caller, action, role, &self.sim.caller_context(caller)) {
            None => Ok(()),
            Some(why) => {
                let denied = Refusal::Identity(why).denied(caller, action, role);
                Err(ServiceError::denied(denied.message).with_help(denied.help))
            }
        }
    }

    fn authorize(&self, bus: &BusRef, action: &str, resource: &str) -> Result<(), ServiceError> {
        authorize(self.sim, self.caller, self.input, bus, action, resource)
    }
}

/// The bus that a name or an ARN means to this caller.
fn bus_named(given: Option<&str>, caller: &Caller) -> BusRef {
    let text = given.unwrap_or("default");
    let arn = Arn::parse(text);
    let (account, region, name) = match arn.as_ref().and_then(|arn| Some((arn, arn.event_bus_name()?))) {
        Some((arn, name)) => (AccountId::new(arn.account()), Region::new(arn.region()), name),
        None => (caller.account.clone(), caller.region.clone(), text),
    };
    BusRef { account, region, name: BusName::new(name) }
}

/// Whether this caller may put this rule, the input of PutRule, on the bus that it names.
pub fn may_put_rule(sim: &Simulator, caller: &Caller, input: &Value) -> bool {
    let input = Input::new(input);
    let bus = bus_named(input.text("EventBusName"), caller);
    let arn = bus.rule_arn(input.text("Name").unwrap_or_default());
    authorize(sim, caller, input, &bus, "events:PutRule", &arn).is_ok()
}

/// Refuses a caller whose own permissions, or as one of another account the bus's policy, do not allow this.
fn authorize(
    sim: &Simulator,
    caller: &Caller,
    input: Input,
    bus: &BusRef,
    action: &str,
    resource: &str,
) -> Result<(), ServiceError> {
    let caller = &caller.account;
    let denied = |refusal: Refusal| {
        let denied = refusal.denied(caller, action, resource);
        ServiceError::denied(denied.message).with_help(denied.help)
    };
    let foreign = bus.account != *caller;
    // Most calls are an account's own, and nothing is declared of it.
    if !foreign && sim.world().outside.is_empty() {
        return Ok(());
    }
    let state = sim.world().region(&bus.account, &bus.region);
    let policy = state.and_then(|state| state.bus(&bus.name)?.policy.as_ref());
    // Of a rule, who created it; whoever creates one is that account.
    let rules = state.and_then(|state| Some(state.bus(&bus.name)?.rules())).into_iter().flatten();
    let creator = rules.into_iter().find(|rule| rule.arn == resource).map_or(caller, |rule| &rule.created_by);
    let context = sim.caller_context(caller).with("events:creatorAccount", creator.as_str());
    let context = with_request(context.without("events:managedby"), action, input);
    if let Some(why) = sim.identity_refuses(caller, action, resource, &context) {
        return Err(denied(Refusal::Identity(why)));
    }
    if !foreign {
        return Ok(());
    }
    let request = Request { action, account: caller.as_str(), resource, context: &context };
    match decide(policy, &request) {
        Decision::Allowed { .. } => Ok(()),
        Decision::Denied { why } | Decision::NotAllowed { why } => Err(denied(Refusal::Bus(why))),
    }
}

/// No rule has this name on this bus.
pub fn no_rule(bus: &BusRef, name: &str) -> ServiceError {
    ServiceError::not_found(format!("Rule {name} does not exist on EventBus {}.", bus.name))
}
