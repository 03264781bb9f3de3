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

/// What `validate::holds` leaves to the types: every keyword of the record's schema but the numbers with a point.
#[test]
fn types_enforce_the_record_schema() {
    const ENFORCED: &[&str] = &[
        "$defs",
        "$id",
        "$ref",
        "$schema",
        "additionalProperties",
        "anyOf",
        "const",
        "default",
        "description",
        "enum",
        "format",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minimum",
        "oneOf",
        "prefixItems",
        "properties",
        "required",
        "title",
        "type",
    ];
    fn look(schema: &serde_json::Value, at: &str, floats: &mut Vec<String>) {
        let serde_json::Value::Object(map) = schema else { return };
        for (key, inner) in map {
            assert!(ENFORCED.contains(&key.as_str()), "{at}: no type enforces {key}; let `validate::holds` look at it");
            match (key.as_str(), inner) {
                ("format", _) if inner == "float" || inner == "double" => floats.push(at.to_owned()),
                ("properties" | "$defs", serde_json::Value::Object(named)) => {
                    named.iter().for_each(|(name, of)| look(of, &format!("{at}/{name}"), floats));
                }
                ("default" | "const", _) => {}
                (_, serde_json::Value::Array(items)) => items.iter().for_each(|of| look(of, at, floats)),
                _ => look(inner, at, floats),
            }
        }
    }
    let mut floats = Vec::new();
    look(&motebok::schema::record(), "", &mut floats);
    floats.sort();
    assert_eq!(floats, ["/Block/bbox", "/Block/ocr", "/Style/size"], "let `validate::holds` look at all of them");
}
