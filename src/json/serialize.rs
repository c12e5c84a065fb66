//! Rust values as JSON text, by serde's way of walking them.
//!
//! `serde_json` writes the same bytes (tests/json.rs holds both together), but its errors are made for reading: with their
//! places, words and searches they are in the way of every field, although nothing that is written here can fail. That
//! is several kilobytes of the engine, which is over its budget. Values of JSON are embedded as they print, so that numbers
//! keep their spelling.

use super::print::write_string;
use super::{Value, print};
use serde::ser::{self, Serialize, Serializer};
use std::fmt::{self, Display, Write as _};

/// The compact text.
pub fn to_text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut writer = Writer { out: String::new(), raw: Raw::No };
    // Only a type that refuses to be walked fails; there is none.
    match value.serialize(&mut writer) {
        Ok(()) => writer.out,
        Err(Refused) => "null".to_owned(),
    }
}

/// The name by which `serde_json` knows text that it must write as it is, and this writer too.
const RAW: &str = "$serde_json::private::RawValue";

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, &print(self))?;
        raw.end()
    }
}

/// A type refused to be walked.
#[derive(Debug)]
struct Refused;

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be written as JSON")
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Done = Result<(), Refused>;

/// Whether the next string is JSON already.
#[derive(PartialEq, Eq)]
enum Raw {
    No,
    Yes,
}

struct Writer {
    out: String,
    raw: Raw,
}

impl Writer {
    fn text(&mut self, text: &str) -> Done {
        self.out.push_str(text);
        Ok(())
    }

    fn number(&mut self, number: impl Display) -> Done {
        // Writing to a string does not fail.
        let _ = write!(self.out, "{number}");
        Ok(())
    }

    fn open(&mut self, open: &str, close: &'static str) -> Result<Open<'_>, Refused> {
        self.text(open)?;
        Ok(Open { writer: self, first: true, close })
    }

    /// `{"name":` before what one variant holds.
    fn variant(&mut self, name: &str) {
        self.out.push('{');
        write_string(&mut self.out, name);
        self.out.push(':');
    }
}

/// A list or an object that is being written. One without an end is text that is JSON already.
struct Open<'a> {
    writer: &'a mut Writer,
    first: bool,
    close: &'static str,
}

impl Open<'_> {
    fn comma(&mut self) {
        if !self.first {
            self.writer.out.push(',');
        }
        self.first = false;
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Done {
        self.comma();
        item.serialize(&mut *self.writer)
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Done {
        if !self.close.is_empty() {
            self.comma();
            write_string(&mut self.writer.out, name);
            self.writer.out.push(':');
        }
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Done {
        self.writer.text(self.close)
    }
}

macro_rules! numbers {
    ($($method:ident $number:ty),*) => {
        $(fn $method(self, value: $number) -> Done {
            self.number(value)
        })*
    };
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    fn serialize_bool(self, value: bool) -> Done {
        self.text(if value { "true" } else { "false" })
    }

    numbers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    }

    fn serialize_f32(self, value: f32) -> Done {
        if value.is_finite() { self.number(value) } else { self.text("null") }
    }

    /// What is no number becomes `null`.
    fn serialize_f64(self, value: f64) -> Done {
        if value.is_finite() { self.number(value) } else { self.text("null") }
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Done {
        match std::mem::replace(&mut self.raw, Raw::No) {
            Raw::Yes => self.out.push_str(value),
            Raw::No => write_string(&mut self.out, value),
        }
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.text("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        self.variant(variant);
        value.serialize(&mut *self)?;
        self.text("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Refused> {
        self.open("[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Refused> {
        self.open("[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Refused> {
        self.open("[", "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Refused> {
        self.variant(variant);
        self.open("[", "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Refused> {
        self.open("{", "}")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Open<'a>, Refused> {
        if name == RAW {
            self.raw = Raw::Yes;
            return self.open("", "");
        }
        self.open("{", "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Refused> {
        self.variant(variant);
        self.open("{", "}}")
    }
}

/// serde has a trait of its own for each kind of list, and for each kind of object; all are written alike.
macro_rules! written {
    ($($kind:ident $method:ident($($name:ident)?) as $part:ident),*) => {
        $(impl ser::$kind for Open<'_> {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, $($name: &'static str,)? value: &T) -> Done {
                self.$part($($name,)? value)
            }

            fn end(self) -> Done {
                self.close()
            }
        })*
    };
}

written! {
    SerializeSeq serialize_element() as item,
    SerializeTuple serialize_element() as item,
    SerializeTupleStruct serialize_field() as item,
    SerializeTupleVariant serialize_field() as item,
    SerializeStruct serialize_field(name) as member,
    SerializeStructVariant serialize_field(name) as member
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Refused;

    /// What is no string becomes one.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.comma();
        let at = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        if self.writer.out.as_bytes().get(at) != Some(&b'"') {
            let key = self.writer.out.split_off(at);
            write_string(&mut self.writer.out, &key);
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.writer.out.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Done {
        self.close()
    }
}
