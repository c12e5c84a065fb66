//! Writing JSON: compact or indented, numbers verbatim, members in their order.
//!
//! Both writers keep their own stack, so that a deep value cannot exhaust the machine's.

use super::compact::plain;
use super::{Kind, Member, Value};

/// The compact text: no blanks.
pub fn print(value: &Value) -> String {
    write(value, None)
}

/// The text with two blanks of indentation a level.
pub fn print_pretty(value: &Value) -> String {
    write(value, Some("  "))
}

/// A string as JSON text, quotes included. Only what must be escaped is.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_string(&mut out, text);
    out
}

/// What is still to be written of one open array or object.
enum Open<'a> {
    Items(std::slice::Iter<'a, Value>),
    Members(std::slice::Iter<'a, Member>),
}

fn write(value: &Value, indent: Option<&str>) -> String {
    let mut out = String::new();
    let mut open = Vec::new();
    start(&mut out, value, &mut open);
    while let Some(top) = open.last_mut() {
        // A string that ends in a bracket is closed by its quote, so this cannot be fooled.
        let first = out.ends_with(['[', '{']);
        let (next, close) = match top {
            Open::Items(items) => (items.next().map(|item| (None, item)), ']'),
            Open::Members(members) => (members.next().map(|member| (Some(&member.name), &member.value)), '}'),
        };
        let Some((name, value)) = next else {
            open.pop();
            if !first {
                new_line(&mut out, indent, open.len());
            }
            out.push(close);
            continue;
        };
        if !first {
            out.push(',');
        }
        new_line(&mut out, indent, open.len());
        if let Some(name) = name {
            write_string(&mut out, name);
            out.push_str(if indent.is_some() { ": " } else { ":" });
        }
        start(&mut out, value, &mut open);
    }
    out
}

fn start<'a>(out: &mut String, value: &'a Value, open: &mut Vec<Open<'a>>) {
    match &value.kind {
        Kind::Null => out.push_str("null"),
        Kind::Bool(true) => out.push_str("true"),
        Kind::Bool(false) => out.push_str("false"),
        Kind::Number(number) => out.push_str(number.text()),
        Kind::String(text) => write_string(out, text),
        Kind::Array(items) => {
            out.push('[');
            open.push(Open::Items(items.iter()));
        }
        Kind::Object(members) => {
            out.push('{');
            open.push(Open::Members(members.iter()));
        }
    }
}

fn new_line(out: &mut String, indent: Option<&str>, depth: usize) {
    if let Some(indent) = indent {
        out.push('\n');
        (0..depth).for_each(|_| out.push_str(indent));
    }
}

/// Writes a string as JSON text behind another, quotes included.
pub fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let run = plain(rest.as_bytes());
        // What is odd is ASCII.
        let Some(byte) = rest.as_bytes().get(run) else { break };
        let (plain, odd) = rest.split_at_checked(run).unwrap_or_default();
        out.push_str(plain);
        match *byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            8 => out.push_str("\\b"),
            12 => out.push_str("\\f"),
            byte => out.push_str(&format!("\\u{byte:04x}")),
        }
        rest = odd.get(1..).unwrap_or("");
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use crate::json::{parse, print, print_pretty};

    #[test]
    fn printing_keeps_spelling_order_and_duplicates() {
        let text = r#"{"b":[1.0,3E+2,{}],"a":"[\"\u0001","b":[],"c":{"d":null}}"#;
        assert_eq!(print(&parse(text).unwrap()), text);
        assert_eq!(print_pretty(&parse(r#"{"a":[1,[]]}"#).unwrap()), "{\n  \"a\": [\n    1,\n    []\n  ]\n}");
    }
}
