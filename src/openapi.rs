//! The description of the API for programs, made from the same list of doors that the server opens: it cannot name what is not there.
use crate::web::Door;
use serde_json::{Map, Value, json};

/// OpenAPI 3.1 for the doors that programs may use.
#[must_use]
pub fn document(doors: &[Door]) -> Value {
    let mut paths = Map::new();
    for door in doors.iter().filter(|door| door.api) {
        let methods = paths.entry(format!("/api/v1{}", plain_path(door.path))).or_insert_with(|| json!({}));
        if let Value::Object(methods) = methods {
            methods.insert(door.method.as_str().to_lowercase(), operation(door));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Subgrant",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The same views that people see, as JSON. Public ones need no token; for the others a person makes a token on their account page and sends it as a bearer token: it sees what that person sees. Amounts are texts with two decimals in euros; instants are UTC.",
            "license": { "name": "Apache-2.0" }
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": { "Problem": problem() }
        },
        "security": [{}, { "token": [] }]
    })
}

/// actix may carry a pattern in a variable (`{id:\d+}`); OpenAPI wants its name alone.
#[must_use]
pub fn plain_path(path: &str) -> String {
    path.split('/')
        .map(|segment| match (segment.starts_with('{'), segment.split_once(':')) {
            (true, Some((name, _))) => format!("{name}}}"),
            _ => segment.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn operation(door: &Door) -> Value {
    let path = plain_path(door.path);
    let parameters: Vec<Value> = path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let mut operation = json!({
        "summary": door.about,
        "operationId": format!("{}{}", door.method.as_str().to_lowercase(), path.replace(['/', '{', '}', '-', '.'], "_")),
        "parameters": parameters,
        "responses": {
            "200": { "description": door.about, "content": content(&path) },
            "default": {
                "description": "What stands in the way, every reason at once",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
            }
        }
    });
    if door.method.as_str() == "POST"
        && let Value::Object(operation) = &mut operation
    {
        operation.insert(
            "requestBody".into(),
            json!({ "content": { "application/json": { "schema": { "type": "object" } }, "application/x-www-form-urlencoded": { "schema": { "type": "object" } } } }),
        );
    }
    operation
}

/// Files are what their address says; everything else is a view as JSON.
fn content(path: &str) -> Value {
    match path.rsplit('.').next() {
        Some("csv") => json!({ "text/csv": { "schema": { "type": "string" } } }),
        Some("ics") => json!({ "text/calendar": { "schema": { "type": "string" } } }),
        _ => json!({ "application/json": { "schema": { "type": "object" } } }),
    }
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["title", "status"],
        "properties": {
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "number": { "type": "string", "description": "To quote when something went wrong on our side" },
            "reasons": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "code": { "type": "string" },
                        "at": { "type": "string", "description": "The field, or part#field" },
                        "text": { "type": "object", "properties": { "sq": { "type": "string" }, "en": { "type": "string" } } }
                    }
                }
            }
        }
    })
}
