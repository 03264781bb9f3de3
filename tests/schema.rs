//! The schemas in `schemas/` are those of the types.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

#[test]
fn schemas_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    for (name, schema) in motebok::schema::schemas() {
        let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let file = folder.join(name);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &current).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            committed == current,
            "schemas/{name} is not that of the types; refresh with: UPDATE_SCHEMAS=1 cargo test --test schema"
        );
    }
}

#[test]
fn schemas_are_2020_12_with_an_id() {
    for (name, schema) in motebok::schema::schemas() {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert!(schema["$id"].is_string(), "{name}");
        jsonschema::validator_for(&schema).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}
