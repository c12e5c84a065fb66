//! The vocabulary of the generated model: what a request or response member may be, and how the model's text is read.
//!
//! `model.rs` writes a shape on a line, because structures of pointers compress badly; they are read once, when the first
//! request comes. The first character says the kind, and words follow: `{Name Member:3 Member!4` is a structure (`!` for what
//! must be there), `[1 5 3` a list, `<_ 5 3 4` a map, `"1 64 name values pattern` a text (`*` a secret one), `#0 _` a
//! whole number, `?` a truth value, `@` a time. Bounds come first (`_` for none), numbers of lines last, each above its own.
//!
//! Bounds of `i32::MIN` and `i32::MAX` mean "none": the model has no bound at those values.

use crate::sets::Listed as _;

/// The type of a member, with its constraints.
#[derive(Debug)]
pub enum Shape {
    /// A JSON object with known members.
    Structure(Structure),
    /// A JSON array.
    List(List),
    /// A JSON object with free keys.
    Map(Map),
    /// A JSON string.
    Text(Text),
    /// A whole number.
    Integer(Bounds),
    /// `true` or `false`.
    Boolean,
    /// Seconds since 1970, with a fraction perhaps.
    Timestamp,
}

/// Least and most: of a length, a number of items, or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds(pub i32, pub i32);

/// An object with known members, in the model's order.
#[derive(Debug)]
pub struct Structure {
    /// The shape's name; the service prints it in some messages.
    pub name: &'static str,
    /// Members that must be there.
    pub required: &'static [&'static str],
    /// All members.
    pub members: &'static [(&'static str, &'static Shape)],
}

/// An array.
#[derive(Debug)]
pub struct List {
    /// How many items.
    pub bounds: Bounds,
    /// What each is.
    pub item: &'static Shape,
}

/// An object with free keys.
#[derive(Debug)]
pub struct Map {
    /// How many entries.
    pub bounds: Bounds,
    /// What each key is.
    pub key: &'static Shape,
    /// What each value is.
    pub value: &'static Shape,
}

/// A string.
#[derive(Debug)]
pub struct Text {
    /// The shape's name, where a quirk of the service is kept by it (`tests/model.rs` lists them).
    pub name: &'static str,
    /// Its length in characters.
    pub length: Bounds,
    /// What the whole of it must look like; "" for anything.
    pub pattern: &'static str,
    /// The values it may have; none for any.
    pub values: &'static [&'static str],
    /// Must not be repeated in a message.
    pub secret: bool,
}

/// A structure without members.
pub(super) static EMPTY: Shape = Shape::Structure(Structure { name: "", required: &[], members: &[] });

/// The shapes that are written one on a line, for good.
pub(super) fn read(lines: impl Iterator<Item = &'static str>) -> Vec<&'static Shape> {
    let mut shapes: Vec<&'static Shape> = Vec::new();
    for line in lines {
        let shape = read_line(Words(line), &shapes);
        shapes.push(Box::leak(Box::new(shape)));
    }
    shapes
}

fn read_line(mut words: Words, known: &[&'static Shape]) -> Shape {
    let shape = |word: &str| word.parse().ok().and_then(|line: usize| known.get(line).copied()).unwrap_or(&EMPTY);
    match words.kind() {
        "{" => {
            let (name, mut required, mut members) = (words.next(), Vec::new(), Vec::new());
            while !words.0.is_empty() {
                let word = words.next();
                let (name, line) = word.split_once([':', '!']).unwrap_or_default();
                members.push((name, shape(line)));
                if word.contains('!') {
                    required.push(name);
                }
            }
            Shape::Structure(Structure { name, required: required.leak(), members: members.leak() })
        }
        "[" => Shape::List(List { bounds: words.bounds(), item: shape(words.next()) }),
        "<" => Shape::Map(Map { bounds: words.bounds(), key: shape(words.next()), value: shape(words.next()) }),
        "#" => Shape::Integer(words.bounds()),
        "?" => Shape::Boolean,
        "@" => Shape::Timestamp,
        kind => {
            let (length, name, values) = (words.bounds(), words.next(), words.next());
            let values: Vec<_> = values.split(',').filter(|value| !value.is_empty()).listed();
            Shape::Text(Text { name, length, pattern: words.0, values: values.leak(), secret: kind == "*" })
        }
    }
}

/// What is left of a line.
struct Words(&'static str);

impl Words {
    fn kind(&mut self) -> &'static str {
        let (kind, rest) = self.0.split_at_checked(1).unwrap_or_default();
        self.0 = rest;
        kind
    }

    /// The next word; the last one takes all.
    fn next(&mut self) -> &'static str {
        let (word, rest) = self.0.split_once(' ').unwrap_or((self.0, ""));
        self.0 = rest;
        word
    }

    fn bounds(&mut self) -> Bounds {
        let (least, most) = (self.next(), self.next());
        Bounds(least.parse().unwrap_or(i32::MIN), most.parse().unwrap_or(i32::MAX))
    }
}
