//! A door is a route with what must be known about it: its address, its method, whether programs may use it too.
//! The front door, the API's description and the access test all read the same list.
use super::answer::Answer;
use super::visit::Visit;
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
    /// The page with the form that leads here, where it is not the next page above.
    page: Option<&'static str>,
    route: Route,
}

/// Of an address to which only forms lead: the page that has the form. Who reloads or changes the language goes there.
#[derive(Clone, Copy)]
pub(super) struct FormPage(pub(super) &'static str);

impl Door {
    /// The page whose form leads here.
    #[must_use]
    pub fn of(mut self, page: &'static str) -> Self {
        self.page = Some(page);
        self
    }
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
    Door { method: Method::GET, path, api: false, about: "", page: None, route: web::get().to(handler) }
}

/// A change.
pub fn post<F, Args>(path: &'static str, handler: F) -> Door
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Door { method: Method::POST, path, api: false, about: "", page: None, route: web::post().to(handler) }
}

/// The page that a form's address belongs to: the one that was named, else the next above it.
fn page_of(path: &str, doors: &[(&'static str, Method, Option<&'static str>)]) -> &'static str {
    let named = doors.iter().filter(|(known, ..)| *known == path).find_map(|(.., page)| *page);
    let above = std::iter::successors(path.rsplit_once('/'), |(above, _)| above.rsplit_once('/'));
    let next =
        || above.filter_map(|(above, _)| doors.iter().find(|(known, method, _)| *method == Method::GET && *known == above)).map(|(known, ..)| *known).next();
    named.or_else(next).unwrap_or("/")
}

/// `GET` of an address to which only forms lead, as after a reload: on to the form's page.
async fn to_page(visit: Visit) -> Answer {
    let query = if visit.query.is_empty() { String::new() } else { format!("?{}", visit.query) };
    visit.go(&format!("{}{query}", visit.page_path()))
}

/// One resource for each address, whatever its methods; addresses that begin with a word stand before those that begin with a variable.
pub fn group(doors: Vec<Door>, prefix: &str) -> Vec<Resource> {
    let known: Vec<(&'static str, Method, Option<&'static str>)> = doors.iter().map(|door| (door.path, door.method.clone(), door.page)).collect();
    let mut paths: Vec<(&'static str, Vec<Route>)> = vec![];
    for door in doors {
        if let Some((_, routes)) = paths.iter_mut().find(|(path, _)| *path == door.path) {
            routes.push(door.route);
        } else {
            paths.push((door.path, vec![door.route]));
        }
    }
    paths.sort_by_key(|(path, _)| path.split('/').map(|segment| segment.starts_with('{')).collect::<Vec<_>>());
    let resource = |(path, routes): (&'static str, Vec<Route>)| {
        let resource = routes.into_iter().fold(web::resource(format!("{prefix}{path}")), Resource::route);
        let has_page = !prefix.is_empty() || known.iter().any(|(other, method, _)| *other == path && *method == Method::GET);
        if has_page { resource } else { resource.app_data(FormPage(page_of(path, &known))).route(web::get().to(to_page)) }
    };
    paths.into_iter().map(resource).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forms_address_belongs_to_the_page_that_was_named_or_to_the_next_above() {
        let doors = [
            ("/a/{b}", Method::GET, None),
            ("/a/{b}/c", Method::POST, None),
            ("/a/{b}/c/{d}/e", Method::POST, None),
            ("/a/{b}/f", Method::POST, Some("/a/{b}/g")),
            ("/z", Method::POST, None),
        ];
        for (path, page) in [("/a/{b}/c", "/a/{b}"), ("/a/{b}/c/{d}/e", "/a/{b}"), ("/a/{b}/f", "/a/{b}/g"), ("/z", "/")] {
            assert_eq!(page_of(path, &doors), page, "{path}");
        }
    }
}
