//! What an event must hold at a path, when that is one of a few texts: cheap to ask before the pattern itself.
//!
//! A later definition of a path replaces an earlier one within its sub-rule, so the texts of all definitions together are
//! what any sub-rule can want; and one definition outside every `$or` makes sure that each sub-rule wants some of them.

use super::Pattern;
use super::compile::ROOT;
use super::operators::Operator;
use super::operators::exact::Exact;

impl Pattern {
    /// The texts, one of which must stand at this path in any event that matches. `None` when other values may do.
    pub fn texts_at(&self, path: &str) -> Option<Vec<&str>> {
        let mut texts = Vec::new();
        let mut everywhere = None;
        for definition in self.definitions().iter().filter(|definition| &*definition.path == path) {
            if definition.branch == ROOT {
                everywhere = Some(());
            }
            for leaf in definition.leaves.iter() {
                match &leaf.operator {
                    Operator::Exact(Exact::Text(text) | Exact::Exactly(text)) => texts.push(text.as_str()),
                    _ => return None,
                }
            }
        }
        everywhere.map(|()| texts)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn texts(pattern: &str) -> Option<String> {
        Some(Pattern::parse(pattern).unwrap().texts_at("a")?.join(" "))
    }

    #[test]
    fn only_texts_that_every_sub_rule_wants_are_required() {
        assert_eq!(texts(r#"{"a":["x",{"exactly":"y"}],"b":[1]}"#).as_deref(), Some("x y"));
        assert_eq!(texts(r#"{"a":["x"],"$or":[{"a":["y"]},{"b":[1]}]}"#).as_deref(), Some("x y"));
        for other in [
            r#"{"b":["x"]}"#,
            r#"{"a":["x",1]}"#,
            r#"{"a":["x",{"prefix":"y"}]}"#,
            r#"{"a":["10.0.0.1"]}"#,
            r#"{"a":[{"exists":false}]}"#,
            r#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#,
            r#"{"a":["x"],"$or":[{"a":[null]},{"b":["y"]}]}"#,
        ] {
            assert_eq!(texts(other), None, "{other}");
        }
    }
}
