//! What somebody sent: names and values in their order, from a form or from JSON, with the form's token already checked.
use super::visit::{Visit, serde_urlencoded_pairs};
use crate::kernel::{Error, Reason, Result, clean};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use futures_util::StreamExt as _;
use subtle::ConstantTimeEq as _;

/// A form may be this large without its files: the longest application part is a tenth of it.
pub const MOST_BYTES: usize = 1_000_000;

/// Names and values as they came. Raw values are kept, so that they can be given back.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Fields(Vec<(String, String)>);

/// The body of a form whose session was over: parked until its writer has signed in.
#[derive(Clone)]
pub struct ParkedBody(pub String);

impl Fields {
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
    /// The value as it was typed, without NUL, control characters and blanks at its ends; empty where the name is missing.
    #[must_use]
    pub fn get(&self, name: &str) -> String {
        clean(self.raw(name))
    }
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
    /// Every value of a name, for boxes that can be ticked together.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| clean(value)).collect()
    }
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
    /// The rows of a repeater: names are `prefix.ROW.field`; the row keys in the order in which they first came.
    #[must_use]
    pub fn rows(&self, prefix: &str) -> Vec<String> {
        let start = format!("{prefix}.");
        let mut rows: Vec<String> = vec![];
        for (name, _) in &self.0 {
            if let Some(row) = name.strip_prefix(&start).and_then(|rest| rest.split('.').next())
                && !rows.iter().any(|known| known == row)
            {
                rows.push(row.to_owned());
            }
        }
        rows
    }
    /// A plain struct from the fields, for `validator`; a field that does not fit is a complaint.
    ///
    /// # Errors
    /// `Invalid` naming the field that has the wrong shape.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        let object: serde_json::Map<String, serde_json::Value> =
            self.0.iter().map(|(name, value)| (name.clone(), serde_json::Value::String(clean(value)))).collect();
        serde_json::from_value(serde_json::Value::Object(object)).map_err(|error| Error::invalid(Reason::new("bad-field", "", |_| error.to_string())))
    }
    /// Back into the body it came from, without what nobody may keep.
    #[must_use]
    pub fn encoded(&self) -> String {
        self.0
            .iter()
            .filter(|(name, _)| name != "csrf" && !name.starts_with("password"))
            .map(|(name, value)| format!("{}={}", super::visit::percent_encoded(name), super::visit::percent_encoded(value)))
            .collect::<Vec<_>>()
            .join("&")
    }
}

impl FromRequest for Fields {
    type Error = Error;
    type Future = std::pin::Pin<Box<dyn std::future::Future<Output = Result<Self>>>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let visit = Visit::of(&request)?;
            let mut body = web::BytesMut::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|error| Error::invalid(Reason::new("broken-body", "", |t| format!("{} ({error})", t.csrf_text()))))?;
                if body.len() + chunk.len() > MOST_BYTES {
                    return Err(Error::invalid(Reason::new("too-large", "", |t| t.too_large_text("1 MB"))));
                }
                body.extend_from_slice(&chunk);
            }
            let text = String::from_utf8_lossy(&body).into_owned();
            let fields = if request.content_type() == "application/json" { from_json(&text)? } else { Self(serde_urlencoded_pairs(&text)) };
            check_token(&visit, &fields, &request)?;
            Ok(fields)
        })
    }
}

/// The form's own token must belong to the visitor's cookie. A form whose session is over is parked, not refused: its writer signs in and goes on.
pub(super) fn check_token(visit: &Visit, fields: &Fields, request: &HttpRequest) -> Result<()> {
    if visit.recognised.by_token {
        return Ok(());
    }
    let given = fields.raw("csrf");
    if !visit.csrf.is_empty() && bool::from(given.as_bytes().ct_eq(visit.csrf.as_bytes())) {
        if visit.recognised.actor.is_none() && !visit.path.starts_with("/sign-") {
            request.extensions_mut().insert(ParkedBody(fields.encoded()));
        }
        return Ok(());
    }
    // The forms of strangers (`/sign-in`, `/sign-up`) lead nowhere but to themselves; what is typed there is never kept.
    if visit.recognised.actor.is_none() && visit.recognised.half.is_none() && !visit.path.starts_with("/sign-") {
        request.extensions_mut().insert(ParkedBody(fields.encoded()));
        return Err(Error::SignIn);
    }
    Err(Error::invalid(Reason::new("old-form", "", |t| t.csrf_text().into())))
}

/// A JSON object as fields: `{"title": "x", "results": [{"text": "y"}]}` becomes `title=x` and `results.0.text=y`.
fn from_json(text: &str) -> Result<Fields> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| Error::invalid(Reason::new("bad-json", "", |_| error.to_string())))?;
    let mut pairs = vec![];
    flatten("", &value, &mut pairs);
    Ok(Fields(pairs))
}

fn flatten(name: &str, value: &serde_json::Value, pairs: &mut Vec<(String, String)>) {
    let inside = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
    match value {
        serde_json::Value::Object(object) => object.iter().for_each(|(key, value)| flatten(&inside(key), value, pairs)),
        serde_json::Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                if value.is_object() || value.is_array() {
                    flatten(&inside(&place.to_string()), value, pairs);
                } else {
                    flatten(name, value, pairs);
                }
            }
        }
        serde_json::Value::Null => {}
        serde_json::Value::String(text) => pairs.push((name.to_owned(), text.clone())),
        other => pairs.push((name.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_order_and_json_reads_like_a_form() {
        let fields = from_json(r#"{"title":"A","result":[{"text":"x"},{"text":"y"}],"theme":["T01","T02"]}"#).unwrap();
        assert_eq!(fields.rows("result"), ["0", "1"]);
        assert_eq!(fields.get("result.1.text"), "y");
        assert_eq!(fields.all("theme"), ["T01", "T02"]);
    }

    #[test]
    fn control_characters_go_and_line_breaks_stay() {
        let fields = Fields(serde_urlencoded_pairs("a=x%00y%0D%0Az%1B"));
        assert_eq!(fields.get("a"), "xy\nz");
    }
}
