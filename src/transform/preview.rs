//! A preview: what a target would receive of one event, what fills each placeholder, and what is probably a mistake.
//!
//! Told are what PutTargets would refuse (with the service's words), what fails at delivery, and the classic mistakes: a path
//! that finds nothing, a value in quotes that breaks the JSON, a text without quotes around it, a placeholder that nobody
//! knows, an entry of the map that nobody uses. Every diagnostic names the member that it is about; its range counts in that
//! member's text. Codes: `IT0xx`.

use super::{Filled, HolePlace, InputTransformer, JsonPath, RuleFacts, Transformed, TransformerError};
use crate::arn::Arn;
use crate::diagnostics::{Diagnostic, Located, Range};
use crate::event::Envelope;
use crate::json::{self, Kind, Value};
use crate::sets::Listed as _;
use crate::text::{Span, did_you_mean};
use serde::Serialize;

/// What a target would receive.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The input; none where nothing is delivered.
    pub output: Option<String>,
    /// What would go to the dead-letter queue instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempted: Option<String>,
    /// What is wrong, or probably wrong.
    pub diagnostics: Vec<Told>,
    /// The placeholders of the template, in its order.
    pub placeholders: Vec<Shown>,
}

/// A diagnostic and the member of the target that it is about.
#[derive(Debug, Serialize)]
pub struct Told {
    /// `Input`, `InputPath`, `InputTemplate` or `InputPathsMap.NAME`.
    pub member: String,
    /// The diagnostic.
    #[serde(flatten)]
    pub diagnostic: Located,
}

/// A placeholder and the value that fills it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// Without its brackets.
    pub name: String,
    /// In the template.
    pub range: Range,
    /// The path of the map, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The value, as JSON text; none where the path finds nothing.
    pub value: Option<String>,
    /// In what came out.
    pub output_range: Range,
}

/// What this target would receive of this event.
pub fn preview(target: &Value, event: &Value, envelope: &Envelope, rule: RuleFacts<'_>) -> Preview {
    let mut preview = Preview { output: None, attempted: None, diagnostics: Vec::new(), placeholders: Vec::new() };
    let id = target.get("Id").and_then(Value::as_str).unwrap_or("target");
    let text = |name: &str| target.get(name).and_then(Value::as_str);
    let transformer = target.get("InputTransformer").filter(|given| !given.is_null());
    let ways = [text("Input").is_some(), text("InputPath").is_some(), transformer.is_some()];
    if ways.iter().filter(|way| **way).count() > 1 {
        let aws = format!("Only one of Input, InputPath, or InputTransformer must be provided for target {id}.");
        let error =
            Diagnostic::error("IT001", "a target has at most one of `Input`, `InputPath` and `InputTransformer`");
        preview.tell("Input", error.with_aws(aws), "");
    } else if let Some(input) = text("Input") {
        preview.constant(input, id);
    } else if let Some(path) = text("InputPath") {
        preview.path(path, event, id);
    } else if let Some(given) = transformer {
        preview.transformer(given, event, envelope, rule, id);
    } else if text("Arn").and_then(Arn::parse).is_some_and(|arn| super::gets_nothing(&arn)) {
        preview.output = Some(String::new());
    } else {
        preview.output = Some(json::print(event));
    }
    preview
}

impl Preview {
    fn tell(&mut self, member: &str, diagnostic: Diagnostic, text: &str) {
        self.diagnostics.push(Told { member: member.to_owned(), diagnostic: diagnostic.locate(text) });
    }

    fn constant(&mut self, input: &str, id: &str) {
        if input.is_empty() {
            let warning = Diagnostic::warning("IT002", "an empty `Input` is accepted and never delivered");
            return self.tell("Input", warning.with_help("leave `Input` out to deliver the event"), input);
        }
        match json::parse(input) {
            Ok(_) => self.output = Some(input.to_owned()),
            Err(error) => {
                let place = json::source_suffix(input, error.span.start as usize);
                let aws = format!("JSON syntax error in input for target {id}: {}", place.trim_start_matches("\n at "));
                self.tell("Input", error.to_diagnostic("input").with_aws(aws), input);
            }
        }
    }

    fn path(&mut self, text: &str, event: &Value, id: &str) {
        if text.is_empty() {
            self.output = Some("{}".to_owned());
            return self.tell("InputPath", Diagnostic::warning("IT003", "an empty path delivers `{}`"), text);
        }
        let Some(path) = self.read_path("InputPath", text, id) else { return };
        let found = path.resolve(event).filter(|value| !value.is_null());
        if found.is_none() {
            self.tell("InputPath", nothing(text, &path, event, "`{}`"), text);
        }
        self.output = Some(found.map_or_else(|| "{}".to_owned(), |value| json::print(&value)));
    }

    fn read_path(&mut self, member: &str, text: &str, id: &str) -> Option<JsonPath> {
        match JsonPath::parse(text) {
            Ok(path) => Some(path),
            Err(error) => {
                let span = Span::new(error.offset, text.len());
                let aws = format!("InputPath for target {id} is invalid.");
                self.tell(member, Diagnostic::error("IT004", error.message).with_span(span).with_aws(aws), text);
                None
            }
        }
    }

    fn transformer(&mut self, given: &Value, event: &Value, envelope: &Envelope, rule: RuleFacts<'_>, id: &str) {
        let template = given.get("InputTemplate").and_then(Value::as_str).unwrap_or_default();
        let members = given.get("InputPathsMap").and_then(Value::as_object);
        let map: Option<Vec<(&str, &str)>> = members.map(|members| {
            members.iter().map(|member| (member.name.as_str(), member.value.as_str().unwrap_or_default())).listed()
        });
        let entries = map.as_deref().unwrap_or_default();
        let read: Vec<Option<JsonPath>> =
            entries.iter().map(|(name, path)| self.read_path(&format!("InputPathsMap.{name}"), path, id)).listed();
        if read.iter().any(Option::is_none) {
            return;
        }
        let transformer = match InputTransformer::parse(map.as_deref(), template) {
            Ok(transformer) => transformer,
            Err(error) => return self.tell("InputTemplate", refused(&error, template, entries, id), template),
        };
        let mut filled = Vec::new();
        let came = transformer.render_noting(event, envelope, rule, &mut |one| filled.push(one));
        let body = match &came {
            Transformed::Input(body) | Transformed::Invalid(body) => body.as_str(),
            Transformed::Nothing | Transformed::TooLarge => "",
        };
        for one in &filled {
            let path = entries.iter().find(|(name, _)| *name == one.name).map(|(_, path)| *path);
            self.filled(one, path, event, template, entries);
            self.placeholders.push(Shown {
                name: one.name.to_owned(),
                range: Range::of(template, one.span),
                path: path.map(str::to_owned),
                value: one.value.as_ref().map(json::print),
                output_range: Range::of(body, one.output),
            });
        }
        for (name, path) in entries.iter().filter(|(name, _)| filled.iter().all(|one| one.name != *name)) {
            let hint = Diagnostic::hint("IT005", format!("the template does not use `{name}`"));
            self.tell(&format!("InputPathsMap.{name}"), hint, path);
        }
        match came {
            Transformed::Input(body) => self.output = Some(body),
            Transformed::Invalid(body) => {
                self.tell("InputTemplate", broken(&body, &filled, transformer.is_json()), template);
                self.attempted = Some(body);
            }
            Transformed::Nothing => {
                let warning = Diagnostic::warning(
                    "IT006",
                    "the template comes to nothing: nothing is delivered, nor dead-lettered",
                );
                self.tell("InputTemplate", warning, template);
            }
            Transformed::TooLarge => {
                self.tell(
                    "InputTemplate",
                    Diagnostic::error("IT007", "the input is larger than any target takes"),
                    template,
                );
            }
        }
    }

    fn filled(
        &mut self,
        one: &Filled<'_>,
        path: Option<&str>,
        event: &Value,
        template: &str,
        entries: &[(&str, &str)],
    ) {
        if !one.known {
            let warning =
                Diagnostic::warning("IT008", format!("nobody knows `{}`: it stays as it is written", one.name));
            let help = near(one.name, entries).unwrap_or_else(|| "add it to InputPathsMap".to_owned());
            return self.tell("InputTemplate", warning.with_help(help).with_span(one.span), template);
        }
        if let (None, Some(text)) = (&one.value, path)
            && let Ok(path) = JsonPath::parse(text)
        {
            let stands = if one.place == HolePlace::Value && template.trim_start().starts_with('{') {
                "`\"\"`"
            } else {
                "nothing"
            };
            self.tell("InputTemplate", nothing(text, &path, event, stands).with_span(one.span), template);
        }
    }
}

/// A path that finds nothing, and the name that was perhaps meant.
fn nothing(text: &str, path: &JsonPath, event: &Value, stands: &str) -> Diagnostic {
    let warning = Diagnostic::warning("IT009", format!("`{text}` finds nothing in this event: {stands} stands there"));
    let (names, _) = path.leading_names();
    let mut here = event;
    for name in names {
        match here.get(name) {
            Some(below) => here = below,
            None => {
                let members = here.as_object().unwrap_or_default();
                let similar = did_you_mean(name, members.iter().map(|member| member.name.as_str()));
                return match similar {
                    Some(similar) => warning.with_help(format!("there is no `{name}`; did you mean `{similar}`?")),
                    None => warning.with_help(format!("there is no `{name}`")),
                };
            }
        }
    }
    warning
}

/// What PutTargets says of a template that it does not admit.
fn refused(error: &TransformerError, template: &str, entries: &[(&str, &str)], id: &str) -> Diagnostic {
    let hole =
        |name: &str| template.find(&format!("<{name}>")).map_or(Span::at(0), |at| Span::new(at, at + name.len() + 2));
    match error {
        TransformerError::Path(message) => Diagnostic::error("IT004", message.clone()),
        TransformerError::UnknownPlaceholder(name) => {
            let help = near(name, entries).unwrap_or_else(|| format!("add `{name}` to InputPathsMap"));
            Diagnostic::error("IT010", format!("nobody knows the placeholder `{name}`"))
                .with_span(hole(name))
                .with_help(help)
                .with_aws(format!("InputTemplate for target {id} contains invalid placeholder {name}."))
        }
        TransformerError::JsonOnly(name) => {
            Diagnostic::error("IT011", format!("`{name}` stands for an object and fits only into a JSON template"))
                .with_span(hole(name))
                .with_help("begin the template with `{` and use the placeholder as a value")
                .with_aws(format!(
                    "InputTemplate for target {id} contains placeholder {name} valid only for JSON template."
                ))
        }
        TransformerError::Syntax(with_null, error) => {
            let place = json::source_suffix(with_null, error.span.start as usize);
            let at = in_template(template, error.span.start as usize);
            let help = match template.trim_start().starts_with(['{', '[', '"']) {
                true => {
                    "the template must be JSON with `null` in the place of every placeholder; a placeholder cannot be a member's name"
                }
                false => "a text must stand in quotes, one string a line: `\"...\"`; or begin the template with `{`",
            };
            Diagnostic::error("IT012", format!("the template is not JSON: {}", error.message))
                .with_span(Span::at(at.min(template.len())))
                .with_help(help)
                .with_aws(format!("Invalid InputTemplate for target {id} : {}.", place.trim_start_matches("\n at ")))
        }
    }
}

/// The offset in the template of an offset in the same text with `null` in all places.
fn in_template(template: &str, offset: usize) -> usize {
    let (mut read, mut written) = (0, 0);
    while let Some(open) = template.get(read..).and_then(|rest| rest.find('<')).map(|at| read + at) {
        if written + (open - read) >= offset {
            break;
        }
        let Some(length) = template.get(open..).and_then(|rest| rest.find('>')) else { break };
        written += open - read + "null".len();
        read = open + length + 1;
        if written >= offset {
            return open;
        }
    }
    read + offset.saturating_sub(written)
}

/// Why a filled template is no JSON: the placeholder that broke it, where one can be named.
fn broken(body: &str, filled: &[Filled<'_>], is_json: bool) -> Diagnostic {
    let error = Diagnostic::error("IT013", "the result is not JSON: the delivery fails with `INVALID_JSON`")
        .with_aws("Invalid input for target.");
    let is_text = |one: &&Filled<'_>| matches!(one.value.as_ref().map(|value| &value.kind), Some(Kind::String(_)));
    if is_json {
        let quoted = filled.iter().find(|one| one.place == HolePlace::InString && one.value.is_some() && !is_text(one));
        if let Some(one) = quoted {
            let help =
                format!("`<{}>` is no text, and its quotes are not escaped: use it without quotes around it", one.name);
            return error.with_span(one.span).with_help(help);
        }
        let unknown = filled.iter().find(|one| !one.known);
        return unknown.map_or(error.clone(), |one| error.with_span(one.span).with_help("add it to InputPathsMap"));
    }
    let escapes = |one: &&Filled<'_>| is_text(one) && one.output.of(body).contains(['"', '\\', '\n']);
    if let Some(one) = filled.iter().find(|one| one.place == HolePlace::InString && escapes(one)) {
        let help = "a text template does not escape values: put it into an object, `{\"text\": \"...\"}`";
        return error.with_span(one.span).with_help(help);
    }
    match filled.iter().find(|one| one.place == HolePlace::Value) {
        Some(one) => error.with_span(one.span).with_help(
            "outside an object values go in as raw text, without their quotes: put it in quotes, or begin the template with `{`",
        ),
        None => error,
    }
}

fn near(name: &str, entries: &[(&str, &str)]) -> Option<String> {
    let known = entries.iter().map(|(name, _)| *name).chain(super::PREDEFINED);
    did_you_mean(name, known).map(|similar| format!("did you mean `<{similar}>`?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::EnvelopeDefaults;
    use crate::time::Instant;

    fn shown(target: &str) -> Preview {
        let event = r#"{"source":"s","detail-type":"t","detail":{"text":"a \"b\"","object":{"x":1},"number":7}}"#;
        let event = json::parse(event).unwrap();
        let envelope = Envelope::from_value(&event, EnvelopeDefaults::default()).unwrap();
        let rule = RuleFacts { arn: "arn", name: "r", ingested: Instant::from_seconds(0) };
        preview(&json::parse(target).unwrap(), &event, &envelope, rule)
    }

    #[test]
    fn mistakes_are_told_where_they_stand() {
        let transformer = |paths: &str, template: &str| {
            format!(r#"{{"InputTransformer":{{"InputPathsMap":{paths},"InputTemplate":{}}}}}"#, json::quote(template))
        };
        for (target, code, member, column) in [
            (r#"{"Input":"{]"}"#.to_owned(), "EB101", "Input", 2),
            (r#"{"InputPath":"$.detail.txt"}"#.to_owned(), "IT009", "InputPath", 0),
            (r#"{"InputPath":"$['a']"}"#.to_owned(), "IT004", "InputPath", 2),
            (transformer("{\"v\":\"$..a\"}", "\"<v>\""), "IT004", "InputPathsMap.v", 2),
            (transformer("{\"v\":\"$.detail.object\"}", "{\"a\": \"<v>\"}"), "IT013", "InputTemplate", 8),
            (transformer("{\"v\":\"$.detail.text\"}", "\"hi <v>\""), "IT013", "InputTemplate", 5),
            (transformer("{\"v\":\"$.detail.text\"}", "hi <v>"), "IT012", "InputTemplate", 1),
            (transformer("{\"value\":\"$.detail\"}", "{\"a\": <valeu>}"), "IT010", "InputTemplate", 7),
            (transformer("{\"v\":\"$.detail.numbr\"}", "{\"a\": <v>}"), "IT009", "InputTemplate", 7),
            (transformer("{\"v\":\"$.detail.text\"}", "[<v>]"), "IT013", "InputTemplate", 2),
            (transformer("{\"v\":\"$.detail\"}", "{}"), "IT005", "InputPathsMap.v", 0),
        ] {
            let preview = shown(&target);
            let told = preview.diagnostics.first().unwrap_or_else(|| panic!("{target}: nothing is told"));
            let at = told.diagnostic.range.map_or(0, |range| range.start.column);
            assert_eq!((told.diagnostic.code, told.member.as_str(), at), (code, member, column), "{target}: {told:?}");
        }
    }

    #[test]
    fn placeholders_are_linked_to_their_values() {
        let preview = shown(
            r#"{"InputTransformer":{"InputPathsMap":{"n":"$.detail.number"},"InputTemplate":"{\"n\": <n>, \"r\": \"<aws.events.rule-name>\"}"}}"#,
        );
        assert_eq!(preview.output.as_deref(), Some(r#"{"n": 7, "r": "r"}"#));
        let names: Vec<_> = preview.placeholders.iter().map(|one| (one.name.as_str(), one.value.as_deref())).collect();
        assert_eq!(names, [("n", Some("7")), ("aws.events.rule-name", Some("\"r\""))]);
        assert_eq!(preview.placeholders[0].output_range.start.offset, 6);
    }
}
