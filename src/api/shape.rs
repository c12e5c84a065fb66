//! The vocabulary of the generated model: what a request or response member may be.
//!
//! `model.rs` is nothing but statics of these types, so the model costs data and no code. Bounds of `i32::MIN` and
//! `i32::MAX` mean "none": the model has no bound at those values.

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
    /// The shape's name; quirks of the service are kept by it.
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
