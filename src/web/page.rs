//! The frame of every page: texts, language, navigation, who is here, what has just been done, what must be fixed.
use super::visit::Visit;
use crate::kernel::{Actor, Bilingual, Lang, Reason, Role, Room, Tr};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// A link in a list: navigation, breadcrumbs.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Link {
    pub words: String,
    pub to: String,
    pub current: bool,
}
impl Link {
    pub fn new(words: impl Into<String>, to: impl Into<String>) -> Self {
        Self { words: words.into(), to: to.into(), current: false }
    }
    /// The last crumb: where one is.
    pub fn here(words: impl Into<String>) -> Self {
        Self { words: words.into(), to: String::new(), current: true }
    }
}

/// What the frame says of the fund: its name in the head, its funder and partners at the foot.
#[derive(Clone, Debug, Default)]
pub struct Fund {
    pub slug: String,
    pub name: Bilingual,
    pub tagline: Bilingual,
    /// "Funded by the European Union", with the emblem where `eu`.
    pub funded_by: Bilingual,
    pub facility: Bilingual,
    pub run_by: Bilingual,
    pub eu: bool,
}

#[derive(Clone)]
pub struct Page {
    pub t: Tr,
    pub lang: Lang,
    pub csrf: String,
    pub theme: &'static str,
    pub path: String,
    pub query: String,
    pub actor: Option<Arc<Actor>>,
    pub fund: Option<Arc<Fund>>,
    pub notice: Option<String>,
    pub errors: Vec<Reason>,
    pub crumbs: Vec<Link>,
    /// Of a try of the form: every one of its pages says so.
    pub is_test: bool,
}

impl Page {
    pub(super) fn of(visit: &Visit) -> Self {
        Self {
            t: visit.t(),
            lang: visit.lang,
            csrf: visit.csrf.clone(),
            theme: visit.theme,
            path: visit.page_path(),
            query: visit.query.clone(),
            actor: visit.maybe_actor(),
            fund: None,
            notice: visit.notice.clone(),
            errors: vec![],
            crumbs: vec![],
            is_test: false,
        }
    }
    #[must_use]
    pub fn in_fund(mut self, fund: Fund) -> Self {
        self.fund = Some(Arc::new(fund));
        self
    }
    /// The page stands at this address, whatever address its form was sent to.
    #[must_use]
    pub fn at(mut self, path: String) -> Self {
        self.path = path;
        self
    }
    /// What must be fixed: shown in the summary and beside each field.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<Reason>) -> Self {
        self.errors = errors;
        self
    }
    /// Whether it is about a try of the form, which nobody must take for an application.
    #[must_use]
    pub const fn of_a_test(mut self, is: bool) -> Self {
        self.is_test = is;
        self
    }
    #[must_use]
    pub fn with_crumbs(mut self, crumbs: Vec<Link>) -> Self {
        self.crumbs = crumbs;
        self
    }
    /// The complaint about one field, in the reader's language.
    #[must_use]
    pub fn complaint(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|reason| reason.at == field).map(|reason| reason.text.say(self.t))
    }
    /// The address of the same page in the other language.
    #[must_use]
    pub fn other_language(&self) -> String {
        let kept: Vec<&str> = self.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
        let between = if kept.is_empty() { "" } else { "&" };
        format!("{}?{}{between}lang={}", self.path, kept.join("&"), self.lang.other())
    }
    /// The address of the same list with one value of its query changed.
    #[must_use]
    pub fn with_query(&self, name: &str, value: &str) -> String {
        let start = format!("{name}=");
        let mut pairs: Vec<String> =
            self.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with(&start) && !pair.starts_with("page=")).map(ToOwned::to_owned).collect();
        if !value.is_empty() {
            pairs.push(format!("{name}={}", super::visit::percent_encoded(value)));
        }
        format!("{}?{}", self.path, pairs.join("&"))
    }
    #[must_use]
    pub fn home(&self) -> String {
        let Some(fund) = &self.fund else { return "/".into() };
        let desk = self.actor.as_ref().and_then(|actor| actor.desk(Some(&fund.slug)));
        desk.unwrap_or_else(|| format!("/{}", fund.slug))
    }
    #[must_use]
    pub fn person_name(&self) -> &str {
        self.actor.as_ref().map_or("", |actor| &actor.name)
    }
    /// Three to six entries, by what the person may do.
    #[must_use]
    pub fn nav(&self) -> Vec<Link> {
        let t = self.t;
        let mut links = vec![];
        let fund = self.fund.as_ref().map(|fund| fund.slug.clone());
        let actor = self.actor.as_deref();
        if let Some(actor) = actor {
            if !actor.organisations.is_empty() || !actor.is_staff() {
                links.push(Link::new(t.nav_my_applications(), "/applications"));
            }
            if actor.roles.iter().any(|(_, role)| *role == Role::Evaluator) {
                links.push(Link::new(t.nav_my_evaluations(), "/evaluations"));
            }
            links.extend(self.staff_links(actor, fund.as_deref()));
            // Who runs the installation has no role in the fund itself.
            if let Some(slug) = fund.as_deref().filter(|slug| actor.is_administrator() && !actor.funds.iter().any(|(_, mine)| mine == slug)) {
                links.push(Link::new(t.nav_people(), format!("/{slug}/people")));
                links.push(Link::new(t.nav_log(), format!("/{slug}/log")));
            }
        }
        if let Some(slug) = &fund {
            if actor.is_none_or(|actor| !actor.is_staff()) {
                links.push(Link::new(t.nav_open_calls(), format!("/{slug}")));
            }
            links.push(Link::new(t.nav_projects(), format!("/{slug}/projects")));
            links.push(Link::new(t.nav_results(), format!("/{slug}/results")));
        } else if links.is_empty() {
            links.push(Link::new(t.nav_funds(), "/"));
        }
        for link in &mut links {
            link.current = link.to == self.path;
        }
        links
    }
    fn staff_links(&self, actor: &Actor, fund: Option<&str>) -> Vec<Link> {
        let t = self.t;
        let mut links = vec![];
        let Some((programme, slug)) = actor.funds.iter().find(|(_, slug)| fund.is_none_or(|here| here == slug)) else { return links };
        let rooms = [
            (Room::Rounds, t.nav_rounds(), "rounds"),
            (Room::Contracts, t.nav_contracts(), "contracts"),
            (Room::Reports, t.nav_reports(), "reports"),
            (Room::Payments, t.nav_payments(), "payments"),
            (Room::Letters, t.nav_letters(), "letters"),
            (Room::Log, t.nav_log(), "log"),
            (Room::People, t.nav_people(), "people"),
        ];
        for (room, words, place) in rooms {
            // Those who only read reports find them from the payments.
            let decides = room != Room::Reports || actor.is_any(&[Role::GrantManager, Role::FinanceOfficer], *programme);
            if decides && actor.opens(room, *programme) {
                links.push(Link::new(words, format!("/{slug}/{place}")));
            }
        }
        links
    }
    /// Whether this build makes PDFs: a link to one stands only where its door is.
    #[must_use]
    pub const fn has_pdf(&self) -> bool {
        crate::workflow::pdf::HERE
    }
    /// One icon, drawn inline.
    #[must_use]
    pub fn icon(&self, name: &str) -> Icon {
        icon(name)
    }
}

/// The drawing of an icon: trusted, because it comes from the file of icons.
#[derive(Clone, Copy)]
pub struct Icon(&'static str);
impl std::fmt::Display for Icon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">{}</svg>", self.0)
    }
}
impl askama::FastWritable for Icon {
    fn write_into(&self, out: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        write!(out, "{self}").map_err(Into::into)
    }
}
impl askama::filters::HtmlSafe for Icon {}

/// Lucide icons (ISC), the ones that are used.
#[must_use]
pub fn icon(name: &str) -> Icon {
    static ICONS: LazyLock<HashMap<String, String>> =
        LazyLock::new(|| serde_json::from_str(include_str!("../../templates/layout/icons.json")).unwrap_or_default());
    Icon(ICONS.get(name).map_or("", String::as_str))
}
