//! A person at a browser, or a program: asks for pages, fills in forms, follows on; knows its cookies and its forms' token.
use crate::World;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use subgrant::kernel::{OrganisationId, PersonId};
use subgrant::web::{SESSION_COOKIE, VISITOR_COOKIE, csrf_of};

/// Cloning shares the cookies: the same person in another tab.
#[derive(Clone)]
pub struct Visitor {
    client: reqwest::blocking::Client,
    address: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    person: Option<(PersonId, String)>,
    organisation: Option<OrganisationId>,
}

/// A file to send: the field's name, the file's name, what is in it.
pub type Sent<'a> = (&'a str, &'a str, Vec<u8>);

/// The smallest file that the product takes for a PDF.
pub fn pdf(words: &str) -> Vec<u8> {
    format!("%PDF-1.4\n% {words}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n").into_bytes()
}

impl Visitor {
    pub fn new(world: &World, cookies: &[(&str, &str)], person: Option<(PersonId, String)>) -> Self {
        let cookies = cookies.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { client: world.client(), address: world.address.clone(), cookies: Arc::new(Mutex::new(cookies)), person, organisation: None }
    }
    #[must_use]
    pub fn of(mut self, organisation: OrganisationId) -> Self {
        self.organisation = Some(organisation);
        self
    }
    /// Reads the site in English from now on.
    #[must_use]
    pub fn in_english(self) -> Self {
        self.cookies.lock().unwrap().insert("lang".into(), "en".into());
        self
    }

    pub fn person_id(&self) -> PersonId {
        self.person.as_ref().expect("a stranger is nobody").0
    }
    pub fn email(&self) -> &str {
        &self.person.as_ref().expect("a stranger has no address").1
    }
    pub fn organisation_id(&self) -> OrganisationId {
        self.organisation.expect("only applicants write for an organisation")
    }
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.into(), value.into());
    }
    /// The token that this person's forms carry.
    pub fn csrf(&self) -> String {
        self.cookie(SESSION_COOKIE).or_else(|| self.cookie(VISITOR_COOKIE)).map(|cookie| csrf_of(&cookie)).unwrap_or_default()
    }

    pub fn get(&self, path: &str) -> Answered {
        self.send(self.client.get(self.url(path)))
    }
    /// Sends a form as a browser does, with the form's token.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let csrf = self.csrf();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post_as_is(path, &all)
    }
    /// Sends a form without adding its token.
    pub fn post_as_is(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.send(self.client.post(self.url(path)).form(fields))
    }
    /// Sends a form with a file, as a browser does.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], file: Sent<'_>) -> Answered {
        let (field, name, bytes) = file;
        let mut form = reqwest::blocking::multipart::Form::new().text("csrf", self.csrf());
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        let part = reqwest::blocking::multipart::Part::bytes(bytes).file_name(name.to_owned());
        self.send(self.client.post(self.url(path)).multipart(form.part(field.to_owned(), part)))
    }
    /// Asks as a program does: the same address under `/api/v1`.
    pub fn get_json(&self, path: &str) -> Answered {
        self.get(&format!("/api/v1{path}"))
    }
    /// Sends as a program does: JSON under `/api/v1`, with the token of the cookie.
    pub fn post_json(&self, path: &str, value: &serde_json::Value) -> Answered {
        let mut value = value.clone();
        if let Some(object) = value.as_object_mut() {
            object.insert("csrf".into(), self.csrf().into());
        }
        self.send(self.client.post(self.url(&format!("/api/v1{path}"))).json(&value))
    }
    /// Whatever else a test wants to send: with this person's cookies.
    pub fn send(&self, request: reqwest::blocking::RequestBuilder) -> Answered {
        let jar = self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let request = if jar.is_empty() { request } else { request.header("cookie", jar) };
        let answer = request.send().unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            self.take_cookie(cookie.to_str().unwrap());
        }
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let bytes = answer.bytes().unwrap().to_vec();
        Answered { status, location: text(&headers, "location"), body: String::from_utf8_lossy(&bytes).into_owned(), bytes, headers, visitor: self.clone() }
    }
    /// The status of an answer, or None where the line broke before there was one.
    pub fn try_send(&self, request: reqwest::blocking::RequestBuilder) -> Option<u16> {
        let jar = self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        request.header("cookie", jar).send().ok().map(|answer| answer.status().as_u16())
    }
    /// A request to this server, for `send`.
    pub fn request(&self, method: &str, path: &str) -> reqwest::blocking::RequestBuilder {
        self.client.request(method.parse().unwrap(), self.url(path))
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.address) }
    }
    fn take_cookie(&self, line: &str) {
        let (pair, rest) = line.split_once(';').unwrap_or((line, ""));
        let Some((name, value)) = pair.split_once('=') else { return };
        let mut cookies = self.cookies.lock().unwrap();
        if value.is_empty() || rest.to_ascii_lowercase().contains("max-age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn text(headers: &reqwest::header::HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}

/// What came back.
pub struct Answered {
    pub status: u16,
    pub body: String,
    pub bytes: Vec<u8>,
    pub location: Option<String>,
    headers: reqwest::header::HeaderMap,
    visitor: Visitor,
}

impl Answered {
    pub fn header(&self, name: &str) -> Option<String> {
        text(&self.headers, name)
    }
    pub fn html(&self) -> scraper::Html {
        scraper::Html::parse_document(&self.body)
    }
    /// The texts of all elements that match, their blanks made single.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.html().select(&selector).map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }
    /// The text of the first element that matches; empty where none does.
    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_default()
    }
    pub fn has(&self, selector: &str) -> bool {
        !self.texts(selector).is_empty()
    }
    /// An attribute of all elements that match.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.html().select(&selector).filter_map(|element| element.value().attr(name)).map(ToOwned::to_owned).collect()
    }
    /// What a field of the page's forms holds now: typed text, or the chosen option.
    pub fn value_of(&self, name: &str) -> String {
        let html = self.html();
        let find = |selector: &str| html.select(&scraper::Selector::parse(selector).unwrap()).next();
        if let Some(area) = find(&format!("textarea[name=\"{name}\"]")) {
            return area.text().collect::<String>().trim_start_matches('\n').to_owned();
        }
        let element = find(&format!("select[name=\"{name}\"] option[selected]"))
            .or_else(|| find(&format!("input[name=\"{name}\"][checked]")))
            .or_else(|| find(&format!("input[name=\"{name}\"]:not([type=radio]):not([type=checkbox])")));
        element.and_then(|element| element.value().attr("value")).unwrap_or_default().to_owned()
    }
    /// Every successful field of the form that posts to `action`, as a browser would send it back.
    pub fn fields_of(&self, action: &str) -> Vec<(String, String)> {
        let html = self.html();
        let form = scraper::Selector::parse(&format!("form[action=\"{action}\"]")).unwrap();
        let inside = scraper::Selector::parse("input[name], textarea[name], select[name]").unwrap();
        let chosen = scraper::Selector::parse("option[selected]").unwrap();
        let first = scraper::Selector::parse("option").unwrap();
        let form = html.select(&form).next().unwrap_or_else(|| panic!("no form posts to {action}"));
        let mut fields = vec![];
        for element in form.select(&inside) {
            let attribute = |name: &str| element.value().attr(name).map(ToOwned::to_owned);
            let name = attribute("name").unwrap_or_default();
            let kind = attribute("type").unwrap_or_default();
            let value = match element.value().name() {
                "textarea" => Some(element.text().collect::<String>().trim_start_matches('\n').to_owned()),
                "select" => element
                    .select(&chosen)
                    .next()
                    .or_else(|| element.select(&first).next())
                    .map(|option| option.value().attr("value").map_or_else(|| option.text().collect(), ToOwned::to_owned)),
                _ if matches!(kind.as_str(), "checkbox" | "radio") => attribute("checked").map(|_| attribute("value").unwrap_or_else(|| "on".into())),
                _ if matches!(kind.as_str(), "submit" | "file" | "button") => None,
                _ => Some(attribute("value").unwrap_or_default()),
            };
            if let Some(value) = value {
                fields.push((name, value));
            }
        }
        fields
    }
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
    /// The page that this answer sends on to.
    pub fn follow(&self) -> Answered {
        assert_eq!(self.status, 303, "nothing to follow: {}", self.main_text());
        self.visitor.get(self.location.as_deref().unwrap())
    }
    /// The answer, when it has this status; else says what came instead.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:?} {}", self.location, self.main_text());
        self
    }
    /// What a person reads on the page, shortly: for messages of failed tests.
    pub fn main_text(&self) -> String {
        let main = self.text("main");
        let text = if main.is_empty() { &self.body } else { &main };
        text.chars().take(600).collect()
    }
}
