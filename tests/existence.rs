//! Who exists with what: random operation sequences against a reference that is nothing but maps of names.
//!
//! The reference knows accounts and regions, buses, rules, targets, tags, connections and API destinations, and of the
//! service's rules only who must be there for what. After every call both must agree: on success or the code of the error,
//! and on everything that the lists of every account and region show. It shares no code with the simulator.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::collections::BTreeMap;

use eventbridge_sim::api::dispatch;
use eventbridge_sim::simulator::{Caller, Options, Simulator};
use eventbridge_sim::time::Duration;
use proptest::prelude::*;
use serde_json::{Value, json};

const ACCOUNTS: [&str; 2] = ["123456789012", "222222222222"];
const REGIONS: [&str; 2] = ["us-east-1", "eu-west-1"];
const BUSES: [&str; 3] = ["default", "orders", "audit"];
const NAMES: [&str; 3] = ["a", "b", "c"];
const IDS: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];

const NOT_FOUND: &str = "ResourceNotFoundException";
const EXISTS: &str = "ResourceAlreadyExistsException";
const INVALID: &str = "ValidationException";
const LIMIT: &str = "LimitExceededException";
const DENIED: &str = "AccessDeniedException";

type Tags = BTreeMap<String, String>;

#[derive(Debug, Default, Clone)]
struct Rule {
    targets: BTreeMap<String, String>,
    tags: Tags,
}

#[derive(Debug, Default, Clone)]
struct Bus {
    rules: BTreeMap<String, Rule>,
    tags: Tags,
}

/// What one account has in one region.
#[derive(Debug, Clone)]
struct Place {
    buses: BTreeMap<String, Bus>,
    connections: Vec<String>,
    /// Name and connection.
    destinations: BTreeMap<String, String>,
}

impl Default for Place {
    fn default() -> Self {
        let buses = BTreeMap::from([("default".to_owned(), Bus::default())]);
        Self { buses, connections: Vec::new(), destinations: BTreeMap::new() }
    }
}

/// One step: which operation, by whom, where, on what.
#[derive(Debug, Clone, Copy)]
struct Step {
    operation: usize,
    place: (usize, usize),
    /// The account and region of the bus, where it is named by ARN.
    by_arn: Option<(usize, usize)>,
    bus: usize,
    name: usize,
    id: usize,
}

fn step() -> impl Strategy<Value = Step> {
    let place = || (0..2_usize, 0..2_usize);
    let by_arn = prop_oneof![6 => Just(None), 1 => place().prop_map(Some)];
    (0..12_usize, place(), by_arn, 0..3_usize, 0..3_usize, 0..7_usize)
        .prop_map(|(operation, place, by_arn, bus, name, id)| Step { operation, place, by_arn, bus, name, id })
}

struct Both {
    sim: Simulator,
    reference: BTreeMap<(usize, usize), Place>,
}

impl Both {
    fn new() -> Self {
        let places = [(0, 0), (0, 1), (1, 0), (1, 1)];
        let reference = places.into_iter().map(|place| (place, Place::default())).collect();
        Self { sim: Simulator::new(Options::default()), reference }
    }

    fn ask(&mut self, (account, region): (usize, usize), operation: &str, input: &Value) -> Result<Value, String> {
        let caller = Caller::new(ACCOUNTS[account].into(), REGIONS[region].into());
        let response = dispatch(&mut self.sim, operation, &input.to_string(), &caller);
        let body: Value = serde_json::from_str(&response.body).unwrap();
        match response.status {
            200 => Ok(body),
            _ => Err(body["__type"].as_str().unwrap().to_owned()),
        }
    }

    /// Makes the call in both worlds.
    fn make(&mut self, step: Step) {
        let (operation, input, wanted) = self.expected(step);
        let found = self.ask(step.place, operation, &input).map(|_| ());
        assert_eq!(found, wanted.map_err(str::to_owned), "{operation} {input}");
        if operation == "DeleteConnection" {
            // Until its deletion is over it is still there, which this reference does not know.
            self.sim.advance(Duration::from_millis(10_000)).unwrap();
        }
    }

    /// The call, what must come of it, and the reference changed by it.
    fn expected(&mut self, step: Step) -> (&'static str, Value, Result<(), &'static str>) {
        let Step { operation, place, by_arn, bus, name, id } = step;
        let (bus, name, id) = (BUSES[bus], NAMES[name], IDS[id]);
        let home = by_arn.unwrap_or(place);
        let (account, region) = (ACCOUNTS[home.0], REGIONS[home.1]);
        let bus_arn = format!("arn:aws:events:{region}:{account}:event-bus/{bus}");
        let rule_arn = match bus {
            "default" => format!("arn:aws:events:{region}:{account}:rule/{name}"),
            _ => format!("arn:aws:events:{region}:{account}:rule/{bus}/{name}"),
        };
        let bus_name = if by_arn.is_some() { bus_arn.clone() } else { bus.to_owned() };
        let queue = format!("arn:aws:sqs:{region}:{account}:{id}");
        let own = self.reference.get_mut(&place).unwrap();
        match operation {
            0 => ("CreateEventBus", json!({ "Name": bus }), own.create_bus(bus)),
            1 => ("DeleteEventBus", json!({ "Name": bus }), own.delete_bus(bus)),
            2 => ("CreateConnection", basic(name), own.create_connection(name)),
            3 => ("DeleteConnection", json!({ "Name": name }), own.delete_connection(name)),
            4 => {
                let connection = NAMES[usize::from(id < "4")];
                let arn = self.connection_arn(place, connection);
                let own = self.reference.get_mut(&place).unwrap();
                let input = json!({ "Name": name, "ConnectionArn": arn, "InvocationEndpoint": "https://a", "HttpMethod": "GET" });
                ("CreateApiDestination", input, own.create_destination(name, connection))
            }
            5 => {
                let known = own.destinations.remove(name).map(|_| ()).ok_or(NOT_FOUND);
                ("DeleteApiDestination", json!({ "Name": name }), known)
            }
            _ => {
                let (operation, input) = match operation {
                    6 => ("PutRule", json!({ "Name": name, "EventBusName": bus_name, "EventPattern": "{\"a\":[1]}" })),
                    7 => ("DeleteRule", json!({ "Name": name, "EventBusName": bus_name })),
                    8 => {
                        let target = json!({ "Id": id, "Arn": queue });
                        ("PutTargets", json!({ "Rule": name, "EventBusName": bus_name, "Targets": [target] }))
                    }
                    9 => ("RemoveTargets", json!({ "Rule": name, "EventBusName": bus_name, "Ids": [id] })),
                    _ => {
                        let arn = if id < "4" { &rule_arn } else { &bus_arn };
                        match operation {
                            10 => {
                                ("TagResource", json!({ "ResourceARN": arn, "Tags": [{ "Key": id, "Value": name }] }))
                            }
                            _ => ("UntagResource", json!({ "ResourceARN": arn, "TagKeys": [id] })),
                        }
                    }
                };
                let named = operation.ends_with("Resource") || by_arn.is_some();
                let wanted = match () {
                    () if named && home.0 != place.0 => Err(DENIED),
                    () if named && home.1 != place.1 => Err(NOT_FOUND),
                    () => own.on_bus(operation, bus, name, id, &queue),
                };
                (operation, input, wanted)
            }
        }
    }

    /// The ARN of a connection, or one that does not exist.
    fn connection_arn(&mut self, place: (usize, usize), name: &str) -> Value {
        let known = self.ask(place, "DescribeConnection", &json!({ "Name": name }));
        let none = json!(format!("arn:aws:events:us-east-1:123456789012:connection/{name}/none"));
        known.map_or(none, |connection| connection["ConnectionArn"].clone())
    }

    /// Both show the same everywhere.
    fn compare(&mut self) {
        for (place, wanted) in self.reference.clone() {
            let names = |list: &Value, member: &str| -> Vec<String> {
                list.as_array().unwrap().iter().map(|item| item[member].as_str().unwrap().to_owned()).collect()
            };
            let mut list = |operation: &str, input: Value| self.ask(place, operation, &input).unwrap();
            let sorted = |mut names: Vec<String>| {
                names.sort();
                names
            };
            let buses = list("ListEventBuses", json!({}));
            assert_eq!(names(&buses["EventBuses"], "Name"), wanted.buses.keys().cloned().collect::<Vec<_>>());
            let connections = list("ListConnections", json!({}));
            assert_eq!(names(&connections["Connections"], "Name"), sorted(wanted.connections.clone()));
            let destinations = list("ListApiDestinations", json!({}));
            let known: Vec<_> = wanted.destinations.keys().cloned().collect();
            assert_eq!(names(&destinations["ApiDestinations"], "Name"), known);
            let mut tags_of = Vec::new();
            for (bus, found) in wanted.buses.iter().zip(buses["EventBuses"].as_array().unwrap()) {
                tags_of.push((found["Arn"].clone(), bus.1.tags.clone()));
                let rules = list("ListRules", json!({ "EventBusName": bus.0 }));
                assert_eq!(names(&rules["Rules"], "Name"), bus.1.rules.keys().cloned().collect::<Vec<_>>());
                for (rule, found) in bus.1.rules.iter().zip(rules["Rules"].as_array().unwrap()) {
                    tags_of.push((found["Arn"].clone(), rule.1.tags.clone()));
                    let input = json!({ "Rule": rule.0, "EventBusName": bus.0 });
                    let targets = list("ListTargetsByRule", input);
                    let pairs = names(&targets["Targets"], "Id").into_iter().zip(names(&targets["Targets"], "Arn"));
                    assert_eq!(pairs.collect::<BTreeMap<_, _>>(), rule.1.targets);
                }
            }
            for (arn, wanted) in tags_of {
                let tags = list("ListTagsForResource", json!({ "ResourceARN": arn }));
                let pairs = names(&tags["Tags"], "Key").into_iter().zip(names(&tags["Tags"], "Value"));
                assert_eq!(pairs.collect::<Tags>(), wanted);
            }
        }
    }
}

impl Place {
    fn create_bus(&mut self, name: &str) -> Result<(), &'static str> {
        if self.buses.contains_key(name) {
            return Err(EXISTS);
        }
        self.buses.insert(name.to_owned(), Bus::default());
        Ok(())
    }

    fn delete_bus(&mut self, name: &str) -> Result<(), &'static str> {
        if name == "default" || self.buses.get(name).is_some_and(|bus| !bus.rules.is_empty()) {
            return Err(INVALID);
        }
        self.buses.remove(name);
        Ok(())
    }

    fn create_connection(&mut self, name: &str) -> Result<(), &'static str> {
        if self.connections.iter().any(|known| known == name) {
            return Err(EXISTS);
        }
        self.connections.push(name.to_owned());
        Ok(())
    }

    fn delete_connection(&mut self, name: &str) -> Result<(), &'static str> {
        let at = self.connections.iter().position(|known| known == name).ok_or(NOT_FOUND)?;
        self.connections.remove(at);
        Ok(())
    }

    fn create_destination(&mut self, name: &str, connection: &str) -> Result<(), &'static str> {
        if !self.connections.iter().any(|known| known == connection) {
            return Err(NOT_FOUND);
        }
        if self.destinations.contains_key(name) {
            return Err(EXISTS);
        }
        self.destinations.insert(name.to_owned(), connection.to_owned());
        Ok(())
    }

    fn on_bus(&mut self, operation: &str, bus: &str, rule: &str, id: &str, arn: &str) -> Result<(), &'static str> {
        let bus = self.buses.get_mut(bus).ok_or(NOT_FOUND)?;
        match operation {
            "PutRule" => {
                bus.rules.entry(rule.to_owned()).or_default();
            }
            "DeleteRule" => {
                if bus.rules.get(rule).is_some_and(|rule| !rule.targets.is_empty()) {
                    return Err(INVALID);
                }
                bus.rules.remove(rule);
            }
            "PutTargets" => {
                let targets = &mut bus.rules.get_mut(rule).ok_or(NOT_FOUND)?.targets;
                if targets.len() == 5 && !targets.contains_key(id) {
                    return Err(LIMIT);
                }
                targets.insert(id.to_owned(), arn.to_owned());
            }
            "RemoveTargets" => {
                bus.rules.get_mut(rule).ok_or(NOT_FOUND)?.targets.remove(id);
            }
            _ => {
                let tags = match id < "4" {
                    true => &mut bus.rules.get_mut(rule).ok_or(NOT_FOUND)?.tags,
                    false => &mut bus.tags,
                };
                match operation {
                    "TagResource" => tags.insert(id.to_owned(), rule.to_owned()),
                    _ => tags.remove(id),
                };
            }
        }
        Ok(())
    }
}

fn basic(name: &str) -> Value {
    let parameters = json!({ "BasicAuthParameters": { "Username": "u", "Password": "p" } });
    json!({ "Name": name, "AuthorizationType": "BASIC", "AuthParameters": parameters })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn everybody_has_what_the_reference_says(steps in prop::collection::vec(step(), 1..60)) {
        let mut both = Both::new();
        for step in steps {
            both.make(step);
        }
        both.compare();
    }
}
