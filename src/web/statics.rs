//! Style sheet, script, font and pictures: inside the binary, squeezed when it was built, kept by the browser for a year under a name that changes with them.
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(rust_embed::RustEmbed)]
#[folder = "$OUT_DIR/static"]
struct Files;

static VERSIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Files::iter()
        .filter(|name| !name.ends_with(".br"))
        .filter_map(|name| Files::get(&name).map(|file| (name.to_string(), crate::kernel::hex(&file.metadata.sha256_hash()).chars().take(10).collect())))
        .collect()
});

/// The address of a static file: `asset("app.css")`.
#[must_use]
pub fn asset(name: &str) -> String {
    format!("/static/{name}?v={}", VERSIONS.get(name).map_or("0", String::as_str))
}

/// `GET /static/{name}`
pub async fn serve(request: HttpRequest, name: web::Path<String>) -> HttpResponse {
    let brotli = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("br"));
    let squeezed = brotli.then(|| Files::get(&format!("{name}.br"))).flatten();
    let is_squeezed = squeezed.is_some();
    let Some(file) = squeezed.or_else(|| Files::get(&name)) else { return HttpResponse::NotFound().finish() };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"));
    if is_squeezed {
        answer.insert_header((header::CONTENT_ENCODING, "br"));
    } else {
        answer.insert_header((header::CONTENT_ENCODING, "identity"));
    }
    answer.body(file.data.into_owned())
}
