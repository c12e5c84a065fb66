//! The page of operations: one row for each of the 57, written from `api::coverage`, which must be true to the model.
//!
//! `UPDATE_OPERATIONS=1 cargo test --test api coverage` writes `www/reference/operations.md` anew.

use std::fmt::Write as _;
use std::fs;

use eventbridge_sim::api::coverage::{COVERAGE, Coverage};
use eventbridge_sim::api::model::Operation;
use eventbridge_sim::api::shape::Shape;

fn rows() -> impl Iterator<Item = &'static Coverage> {
    COVERAGE.iter().flat_map(|(_, rows)| rows.iter())
}

#[test]
fn every_operation_has_one_row() {
    let mut named: Vec<_> = rows().map(|row| row.operation.name()).collect();
    named.sort_unstable();
    assert_eq!(named, Operation::ALL.map(Operation::name));
}

#[test]
fn every_member_that_is_only_kept_exists() {
    for row in rows() {
        for path in row.kept {
            let mut shape = row.operation.input();
            for part in path.split('.') {
                let Shape::Structure(structure) = shape else { panic!("{path} of {}", row.operation.name()) };
                let member = structure.members.iter().find(|(name, _)| *name == part);
                shape = member.unwrap_or_else(|| panic!("{path} of {}", row.operation.name())).1;
            }
        }
    }
}

#[test]
fn the_page_is_what_the_table_says() {
    let path = format!("{}/www/reference/operations.md", env!("CARGO_MANIFEST_DIR"));
    let wanted = page();
    if std::env::var_os("UPDATE_OPERATIONS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let stale = "www/reference/operations.md is stale: run `UPDATE_OPERATIONS=1 cargo test --test api coverage`";
    assert!(fs::read_to_string(&path).unwrap_or_default() == wanted, "{stale}");
}

fn page() -> String {
    let mut page = String::from(
        "# Operations\n\n\
         <!-- Generated from src/api/coverage.rs by `UPDATE_OPERATIONS=1 cargo test --test api coverage`. -->\n\n\
         All 57 operations of the service, each a method of the simulator (`PutRule` is `putRule`) and answered over every\n\
         door alike. *Acts* are the members of the request that change what happens; *only kept* are those that are checked,\n\
         stored and shown again, and change nothing else. Errors are the service's own, with its words where they were\n\
         recorded.\n",
    );
    for (family, rows) in &COVERAGE {
        write!(page, "\n## {family}\n\n| operation | what it does here | acts | only kept |\n|---|---|---|---|\n")
            .unwrap();
        for row in *rows {
            let name = row.operation.name();
            writeln!(page, "| `{name}` | {} | {} | {} |", row.does, code(&acting(row)), code(row.kept)).unwrap();
        }
    }
    page.push_str(REST);
    page
}

/// The members of the request that are not only kept.
fn acting(row: &Coverage) -> Vec<&'static str> {
    let Shape::Structure(input) = row.operation.input() else { panic!("a request is a structure") };
    input.members.iter().map(|(name, _)| *name).filter(|name| !row.kept.contains(name)).collect()
}

fn code(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

const REST: &str = "
## Accounts and regions

Every call has a caller: an account and a region (`options.account` and `options.region`, or the last argument of a method).
Names are unique in one account and region. Where the service takes the ARN of a bus, it may be one of another account in the
same region; then the policy of that bus decides. An ARN of another region is not found, as behind a regional address.

## Time

States that the service reaches by itself (connections, endpoints, archives, replays, partner sources) follow from the virtual
clock: `advance` and `runUntil` move it. The seconds are ours, but for the 2 to 4 of a deleted connection (recorded).

## Names and ids

The ids in ARNs of connections and API destinations, in the ARNs of secrets, and the ids of endpoints follow from account,
region, name and seed. So a saved scenario makes the same ARNs when it is loaded. The price: what is deleted and made again
has its old id, where the service would draw a new one.

## Secrets

Passwords, API keys, client secrets and values marked `IsValueSecret` come in and never go out. A saved scenario has `***` in
their place.

## Not simulated

Identity policies of single users (callers are accounts), service quotas other than those of the options, throttling, the
logs of a bus, schema discovery.

```json
{
  \"version\": 1,
  \"title\": \"Only a rule that asks for them gets CloudTrail's read-only calls\",
  \"calls\": [
    { \"operation\": \"PutRule\", \"input\": { \"Name\": \"all\", \"State\": \"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\", \"EventPattern\": \"{\\\"source\\\":[\\\"aws.kms\\\"]}\" } },
    { \"operation\": \"PutRule\", \"input\": { \"Name\": \"changes\", \"EventPattern\": \"{\\\"source\\\":[\\\"aws.kms\\\"]}\" } }
  ],
  \"events\": [
    { \"source\": \"aws.kms\", \"detail-type\": \"AWS API Call via CloudTrail\", \"detail\": { \"eventName\": \"DescribeKey\", \"readOnly\": true } }
  ],
  \"expect\": {
    \"trace\": [
      { \"rule\": \"all\", \"outcome\": \"matched\" },
      { \"rule\": \"changes\", \"outcome\": \"no-match\", \"reason\": \"only reads\" }
    ]
  }
}
```
";
