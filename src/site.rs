//! The front door: every stage's doors in one place, for people and for programs, and what stands before them.
use crate::web::{Door, Visit, group, statics};
use crate::workflow::{beats, scans};
use actix_web::cookie::time::Duration;
use actix_web::http::header;
use actix_web::middleware::DefaultHeaders;
use actix_web::{HttpResponse, web};

/// Every door of the house.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = own_doors();
    doors.extend(crate::accounts::pages::doors());
    doors.extend(crate::programmes::pages::doors());
    doors.extend(crate::calls::pages::doors());
    doors.extend(crate::applications::pages::doors());
    doors.extend(crate::questions::pages::doors());
    doors.extend(crate::corrigenda::pages::doors());
    doors.extend(crate::administrative_check::pages::doors());
    doors.extend(crate::scoring::pages::doors());
    doors.extend(crate::awards::pages::doors());
    doors.extend(crate::contracts::pages::doors());
    doors.extend(crate::implementation::pages::doors());
    doors.extend(crate::reporting::pages::doors());
    doors.extend(crate::payments::pages::doors());
    doors.extend(crate::exports::pages::doors());
    doors.extend(crate::summaries::pages::doors());
    doors.extend(crate::portal::pages::doors());
    doors.extend(crate::dashboards::pages::doors());
    doors.extend(crate::dossier::pages::doors());
    doors
}

fn own_doors() -> Vec<Door> {
    vec![crate::web::get("/healthz", health), crate::web::post("/appearance", appearance)]
}

/// Everything that a server needs: its routes and what stands before them.
pub fn furnish(config: &mut web::ServiceConfig) {
    config.route("/static/{name}", web::get().to(statics::serve));
    let for_programs = doors().into_iter().filter(|door| door.api).collect();
    config.route("/api/v1/openapi.json", web::get().to(describe));
    for resource in group(for_programs, "/api/v1") {
        config.service(resource);
    }
    for resource in group(doors(), "") {
        config.service(resource);
    }
}

/// `GET /api/v1/openapi.json`
async fn describe(_visit: Visit) -> crate::web::Answer {
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "public, max-age=300")).json(crate::openapi::document(&doors())))
}

/// The headers of every answer: nothing from third parties, nothing inline, nobody frames us.
#[must_use]
pub fn headers(tls: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add((
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "same-origin"))
        .add(("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"));
    if tls { headers.add((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000")) } else { headers }
}

/// Builds the application as one server thread runs it.
#[macro_export]
macro_rules! server_app {
    ($app:expr) => {{
        let app: $crate::web::App = $app;
        let headers = $crate::site::headers(app.secure);
        let demo_doors = app.demo_doors;
        actix_web::App::new()
            .app_data(actix_web::web::Data::new(app))
            .wrap(actix_web::middleware::from_fn($crate::accounts::sessions::recognise))
            .wrap(actix_web::middleware::from_fn($crate::web::explain_errors))
            .wrap(headers)
            .wrap(actix_web::middleware::Compress::default())
            .configure(move |config| {
                if let Some(demo_doors) = demo_doors {
                    demo_doors(config);
                }
                $crate::site::furnish(config);
            })
    }};
}

/// `GET /healthz`: whether database, files and worker are well. Without the worker pages still answer, so that alone is no 503.
async fn health(visit: Visit) -> crate::web::Answer {
    let (store, now) = (visit.app.desk.store.clone(), visit.now());
    let known = visit.read(move |conn| Ok((store.is_current()?, beats::is_alive(conn, beats::WORKER, now)?, scans::unanswered(conn)?))).await;
    let (current, worker, unscanned) = known.unwrap_or_default();
    let files = visit.app.files.well();
    #[derive(serde::Serialize)]
    struct Health {
        database: bool,
        files: bool,
        worker: bool,
        /// Files that the virus scanner gave no answer about: more than none for long, and it is dead.
        unscanned: i64,
        /// Sent to the database since the start; `scripts/bench` takes the difference.
        statements: u64,
    }
    let mut answer = if current && files { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    Ok(answer.json(Health { database: current, files, worker, unscanned, statements: visit.app.desk.store.statements() }))
}

/// `POST /appearance`: light, dark, or as the device; a cookie, so that no page flashes. Changes nothing but the visitor's own view, so it needs no token.
async fn appearance(visit: Visit, body: String) -> crate::web::Answer {
    let fields = crate::web::Fields::new(crate::web::pairs(&body));
    let theme = match fields.raw("theme") {
        "light" => "light",
        "dark" => "dark",
        _ => "",
    };
    let back = fields.get("back");
    let back = crate::web::own_path(&back).unwrap_or("/").to_owned();
    let cookie = visit.cookie("theme", theme.to_owned()).max_age(if theme.is_empty() { Duration::ZERO } else { Duration::days(365) });
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, back)).cookie(cookie.finish()).finish())
}

#[cfg(test)]
mod tests {
    use crate::openapi::{document, plain_path};

    #[test]
    fn every_address_of_the_description_is_a_door() {
        let doors = super::doors();
        let document = document(&doors);
        for path in document["paths"].as_object().unwrap().keys() {
            assert!(doors.iter().any(|door| door.api && path == &format!("/api/v1{}", plain_path(door.path))), "{path}");
        }
        assert_eq!(plain_path("/{fund}/rounds/{round:[A-Z0-9]+}"), "/{fund}/rounds/{round}");
    }
}
