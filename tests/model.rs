//! The generated model is what the service model says: `src/api/model.rs` and `src/js/model.ts` are compared with what
//! this test writes from `tests/data/service-model.json`. After a change of either, run
//! `UPDATE_MODEL=1 cargo test --test model`.
//!
//! The service model is the `events` model of 2015-10-07 without its prose. Member order matters (the service reports
//! violations in it), so objects are read into lists of pairs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use std::fs;
use std::marker::PhantomData;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

#[derive(Deserialize)]
struct Model {
    operations: Ordered<Operation>,
    shapes: Ordered<Shape>,
}

#[derive(Deserialize)]
struct Operation {
    input: Option<Reference>,
    output: Option<Reference>,
    #[serde(default)]
    errors: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    shape: String,
}

#[derive(Deserialize)]
struct Shape {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    members: Ordered<Reference>,
    #[serde(default)]
    required: Vec<String>,
    member: Option<Reference>,
    key: Option<Reference>,
    value: Option<Reference>,
    min: Option<i32>,
    max: Option<i32>,
    pattern: Option<String>,
    #[serde(default, rename = "enum")]
    values: Vec<String>,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    exception: bool,
}

/// A JSON object in the order of its text.
struct Ordered<V>(Vec<(String, V)>);

impl<V> Default for Ordered<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Ordered<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Pairs<V> {
            type Value = Ordered<V>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Ordered(pairs))
            }
        }
        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

impl Model {
    fn shape(&self, name: &str) -> &Shape {
        &self.shapes.0.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no shape {name}")).1
    }

    /// The shapes that a request or response can reach, by name.
    fn reachable(&self) -> BTreeMap<&str, &Shape> {
        let operations = self.operations.0.iter();
        let mut waiting: Vec<&str> = operations
            .flat_map(|(_, operation)| [&operation.input, &operation.output])
            .flatten()
            .map(|reference| reference.shape.as_str())
            .collect();
        let mut reached = BTreeMap::new();
        while let Some(name) = waiting.pop() {
            let shape = self.shape(name);
            if reached.insert(name, shape).is_none() {
                let members = shape.members.0.iter().map(|(_, member)| member);
                let parts = members.chain(&shape.member).chain(&shape.key).chain(&shape.value);
                waiting.extend(parts.map(|part| part.shape.as_str()));
            }
        }
        reached
    }

    fn exceptions(&self) -> impl Iterator<Item = &str> {
        self.shapes.0.iter().filter(|(_, shape)| shape.exception).map(|(name, _)| name.as_str())
    }
}

/// Shapes of texts that keep their names, because `validate` knows something of them.
const QUIRKS: [&str; 1] = ["ConnectionName"];

/// The shapes as lines, each behind those that it is made of; `src/api/shape.rs` says how to read them.
#[derive(Default)]
struct Lines {
    lines: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Lines {
    /// The number of the shape's line. Shapes that are written alike share one.
    fn place(&mut self, model: &Model, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let line = self.line(model, name, model.shape(name));
        let known = self.lines.iter().position(|known| *known == line);
        let place = known.unwrap_or_else(|| {
            self.lines.push(line);
            self.lines.len() - 1
        });
        self.places.insert(name.to_owned(), place);
        place
    }

    fn line(&mut self, model: &Model, name: &str, shape: &Shape) -> String {
        let bound = |bound: Option<i32>| bound.map_or("_".to_owned(), |bound| bound.to_string());
        let bounds = format!("{} {}", bound(shape.min), bound(shape.max));
        let mut part =
            |part: &Option<Reference>| self.place(model, &part.as_ref().expect("a list or map names its parts").shape);
        match shape.kind.as_str() {
            "structure" => shape.members.0.iter().fold(format!("{{{name}"), |line, (name, member)| {
                let mark = if shape.required.contains(name) { '!' } else { ':' };
                format!("{line} {name}{mark}{}", self.place(model, &member.shape))
            }),
            "list" => format!("[{bounds} {}", part(&shape.member)),
            "map" => format!("<{bounds} {} {}", part(&shape.key), part(&shape.value)),
            "string" => {
                let kind = if shape.sensitive { '*' } else { '"' };
                let name = if QUIRKS.contains(&name) { name } else { "" };
                let pattern = shape.pattern.as_deref().unwrap_or("");
                assert!(!pattern.contains('\n') && !shape.values.iter().any(|value| value.contains([',', ' '])));
                format!("{kind}{bounds} {name} {} {pattern}", shape.values.join(",")).trim_end().to_owned()
            }
            "integer" | "long" => format!("#{bounds}"),
            "boolean" => "?".to_owned(),
            "timestamp" => "@".to_owned(),
            other => panic!("the model has a new type: {other}"),
        }
    }
}

fn rust(model: &Model) -> String {
    let mut out = String::from(
        "//! The service model as data. Generated by `tests/model.rs` from `tests/data/service-model.json`; do not edit:\n\
         //! `UPDATE_MODEL=1 cargo test --test model` writes it anew.\n\n\
         use std::sync::OnceLock;\n\n\
         use super::shape::{EMPTY, Shape, read};\n\n",
    );
    let mut lines = Lines::default();
    let [inputs, outputs] = [0, 1].map(|side| {
        let sides = model.operations.0.iter().map(|(_, operation)| [&operation.input, &operation.output][side]);
        let places = sides.map(|reference| reference.as_ref().map(|shape| lines.place(model, &shape.shape)));
        (places.collect::<Vec<_>>(), lines.lines.len())
    });
    rust_operations(model, &inputs.0, &outputs.0, &mut out);
    let (requests, responses) = lines.lines.split_at(inputs.1);
    let _ = writeln!(out, "const REQUESTS: &str = r##\"{}\"##;\n", requests.join("\n"));
    let _ = writeln!(out, "const RESPONSES: &str = r##\"{}\"##;", responses.join("\n"));
    out
}

fn rust_operations(model: &Model, inputs: &[Option<usize>], outputs: &[Option<usize>], out: &mut String) {
    let operations = &model.operations.0;
    out.push_str("/// The operations of the service, by name.\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\n");
    out.push_str("#[expect(missing_docs, reason = \"the service's own names\")]\npub enum Operation {\n");
    operations.iter().for_each(|(name, _)| out.push_str(&format!("    {name},\n")));
    let _ = write!(
        out,
        "}}\n\nimpl Operation {{\n    /// All of them.\n    pub const ALL: [Self; {}] = [\n",
        operations.len()
    );
    operations.iter().for_each(|(name, _)| out.push_str(&format!("        Self::{name},\n")));
    out.push_str(
        "    ];\n\n    /// As the service spells it.\n    pub fn name(self) -> &'static str {\n        match self {\n",
    );
    operations.iter().for_each(|(name, _)| out.push_str(&format!("            Self::{name} => \"{name}\",\n")));
    let list = |places: &[Option<usize>]| {
        let places = places.iter().map(|place| place.map_or("usize::MAX".to_owned(), |place| place.to_string()));
        places.collect::<Vec<_>>().join(", ")
    };
    for (side, doc, places, text) in [
        ("input", "request", inputs, "REQUESTS.lines()"),
        ("output", "response", outputs, "REQUESTS.lines().chain(RESPONSES.lines())"),
    ] {
        let _ = write!(
            out,
            "        }}\n    }}\n\n    /// What its {doc} looks like.\n    pub fn {side}(self) -> &'static Shape {{\n        \
             static SHAPES: OnceLock<Vec<&Shape>> = OnceLock::new();\n        \
             const PLACES: [usize; {}] = [{}];\n        \
             let shapes = SHAPES.get_or_init(|| read({text}));\n        \
             match PLACES.get(self as usize).and_then(|place| shapes.get(*place)) {{\n            \
             Some(shape) => shape,\n            None => &EMPTY,\n",
            places.len(),
            list(places)
        );
    }
    out.push_str("        }\n    }\n\n    /// The errors it declares, beside those that every operation may give.\n");
    out.push_str("    pub fn errors(self) -> &'static [&'static str] {\n        match self {\n");
    for (name, operation) in operations {
        let errors: Vec<_> = operation.errors.iter().map(|error| format!("{:?}", error.shape)).collect();
        let _ = writeln!(out, "            Self::{name} => &[{}],", errors.join(", "));
    }
    out.push_str("        }\n    }\n}\n\n");
}

fn typescript(model: &Model) -> String {
    let mut out = String::from(
        "// The service model as types. Generated by `tests/model.rs` from `tests/data/service-model.json`; do not edit:\n\
         // `UPDATE_MODEL=1 cargo test --test model` writes it anew.\n\n",
    );
    for (name, shape) in model.reachable() {
        if shape.kind == "structure" {
            let _ = writeln!(out, "export interface {name} {{");
            for (member, reference) in &shape.members.0 {
                let kind = typescript_type(model, &reference.shape);
                let _ = match shape.required.contains(member) {
                    // Required, and yet perhaps undefined: so the AWS SDK has it.
                    true => writeln!(out, "  {member}: {kind} | undefined;"),
                    false => writeln!(out, "  {member}?: {kind} | undefined;"),
                };
            }
            out.push_str("}\n\n");
        } else if !shape.values.is_empty() {
            let values: Vec<_> = shape.values.iter().map(|value| format!("{value:?}")).collect();
            let _ = writeln!(out, "export type {name} =\n  | {};\n", values.join("\n  | "));
        }
    }
    typescript_tables(model, &mut out);
    out
}

/// Asks the type checker whether our types and those of the AWS SDK are assignable to each other, for each operation.
fn sdk_types(model: &Model) -> String {
    let mut out = String::from(
        "// Request and response of every operation are assignable to the AWS SDK's own types, and those to ours: the type\n\
         // checker is the test. Generated by `tests/model.rs`; do not edit.\n\n\
         import type * as sdk from \"@aws-sdk/client-eventbridge\";\n\
         import type { OperationInput, OperationName, Operations } from \"eventbridge-sim\";\n\n\
         interface Sdk {\n",
    );
    for (name, _) in &model.operations.0 {
        let line = format!("  {name}: [sdk.{name}CommandInput, sdk.{name}CommandOutput];\n");
        // As the formatter breaks what is longer.
        match line.len() > 121 {
            true => out.push_str(&line.replace("[", "[\n    ").replace(", ", ",\n    ").replace("]", ",\n  ]")),
            false => out.push_str(&line),
        }
    }
    out.push_str(
        "}\n\n\
         type Body<Output> = Omit<Output, \"$metadata\">;\n\n\
         type To<One, Other> = [One] extends [Other] ? true : false;\n\n\
         interface Assignable {\n  \
           inputTo: true;\n  \
           inputFrom: true;\n  \
           methodFrom: true;\n  \
           outputTo: true;\n  \
           outputFrom: true;\n\
         }\n\n\
         type Verdicts = {\n  \
           [Name in OperationName]: {\n    \
             inputTo: To<Operations[Name][0], Sdk[Name][0]>;\n    \
             inputFrom: To<Sdk[Name][0], Operations[Name][0]>;\n    \
             methodFrom: To<Sdk[Name][0], OperationInput<Name>>;\n    \
             outputTo: To<Operations[Name][1], Body<Sdk[Name][1]>>;\n    \
             outputFrom: To<Body<Sdk[Name][1]>, Operations[Name][1]>;\n  \
           };\n\
         };\n\n\
         type Holds<T extends Record<keyof Sdk, Assignable>> = T;\n\n\
         export type Held = Holds<Verdicts>;\n",
    );
    out
}

/// The operations as a type, and what the facade needs at run time.
fn typescript_tables(model: &Model, out: &mut String) {
    out.push_str("/** Request and response of every operation. */\nexport interface Operations {\n");
    for (name, operation) in &model.operations.0 {
        let side = |side: &Option<Reference>| {
            side.as_ref().map_or("Record<string, never>".to_owned(), |reference| reference.shape.clone())
        };
        let _ = writeln!(out, "  {name}: [{}, {}];", side(&operation.input), side(&operation.output));
    }
    out.push_str("}\n\nexport type OperationName = keyof Operations;\n\n");
    list(out, "operationNames", "The operations, by name.", model.operations.0.iter().map(|(name, _)| name.as_str()));
    list(out, "exceptionNames", "The errors that the model declares.", model.exceptions());
    let times = model.reachable().values().flat_map(|shape| &shape.members.0).fold(
        (BTreeSet::new(), BTreeSet::new()),
        |mut times: (BTreeSet<&str>, BTreeSet<&str>), (member, reference)| {
            let set = if model.shape(&reference.shape).kind == "timestamp" { &mut times.0 } else { &mut times.1 };
            set.insert(member);
            times
        },
    );
    assert!(times.0.is_disjoint(&times.1), "a member's name must tell whether it is a time");
    list(
        out,
        "timestampMembers",
        "Members that are seconds since 1970 on the wire and `Date` here.",
        times.0.into_iter(),
    );
    out.truncate(out.trim_end().len());
    out.push('\n');
}

fn list<'a>(out: &mut String, name: &str, doc: &str, items: impl Iterator<Item = &'a str>) {
    let _ = writeln!(out, "/** {doc} */\nexport const {name} = [");
    items.for_each(|item| out.push_str(&format!("  \"{item}\",\n")));
    out.push_str("] as const;\n\n");
}

fn typescript_type(model: &Model, name: &str) -> String {
    let shape = model.shape(name);
    let part = |part: &Option<Reference>| {
        let part = typescript_type(model, &part.as_ref().expect("a list or map names its parts").shape);
        if part.contains(' ') { format!("({part})") } else { part }
    };
    match shape.kind.as_str() {
        "structure" => name.to_owned(),
        "list" => format!("{}[]", part(&shape.member)),
        "map" => format!("Record<string, {}>", part(&shape.value)),
        "string" if shape.values.is_empty() => "string".to_owned(),
        "string" => name.to_owned(),
        "integer" | "long" => "number".to_owned(),
        "boolean" => "boolean".to_owned(),
        "timestamp" => "Date".to_owned(),
        other => panic!("the model has a new type: {other}"),
    }
}

fn path(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn hold(relative: &str, wanted: &str) {
    let path = path(relative);
    if std::env::var_os("UPDATE_MODEL").is_some() {
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(&path, wanted).expect("it can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{relative} is stale: run `UPDATE_MODEL=1 cargo test --test model`");
}

#[test]
fn the_generated_files_say_what_the_model_says() {
    let text = fs::read_to_string(path("tests/data/service-model.json")).expect("the model is there");
    let model: Model = serde_json::from_str(&text).expect("the model is JSON");
    assert_eq!(model.operations.0.len(), 57);
    hold("src/api/model.rs", &rust(&model));
    hold("src/js/model.ts", &typescript(&model));
    hold("tests/node/sdk-types.ts", &sdk_types(&model));
}
