//! A door is a route with what must be known about it: its address, its method, whether programs may use it too.
//! The front door, the API's description and the access test all read the same list.
use actix_web::dev::Handler;
use actix_web::http::Method;
use actix_web::{FromRequest, Resource, Responder, Route, web};

pub struct Door {
    pub method: Method,
    /// As actix reads it: `/applications/{application}`.
    pub path: &'static str,
    /// Also under `/api/v1`.
    pub api: bool,
    /// What it is for, for the API's description.
    pub about: &'static str,
    route: Route,
}

impl Door {
    /// The same view as JSON under `/api/v1`, described in one sentence.
    #[must_use]
    pub fn api(mut self, about: &'static str) -> Self {
        self.api = true;
        self.about = about;
        self
    }
}

/// A page, or its JSON.
pub fn get<F, Args>(path: &'static str, handler: F) -> Door
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Door { method: Method::GET, path, api: false, about: "", route: web::get().to(handler) }
}

/// A change.
pub fn post<F, Args>(path: &'static str, handler: F) -> Door
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Door { method: Method::POST, path, api: false, about: "", route: web::post().to(handler) }
}

/// One resource for each address, whatever its methods; addresses that begin with a word stand before those that begin with a variable.
pub fn group(doors: Vec<Door>, prefix: &str) -> Vec<Resource> {
    let mut paths: Vec<(&'static str, Vec<Route>)> = vec![];
    for door in doors {
        if let Some((_, routes)) = paths.iter_mut().find(|(path, _)| *path == door.path) {
            routes.push(door.route);
        } else {
            paths.push((door.path, vec![door.route]));
        }
    }
    paths.sort_by_key(|(path, _)| path.split('/').map(|segment| segment.starts_with('{')).collect::<Vec<_>>());
    paths.into_iter().map(|(path, routes)| routes.into_iter().fold(web::resource(format!("{prefix}{path}")), Resource::route)).collect()
}
