//! `GET /help` and `GET /privacy`: the two pages that the foot of every page leads to.
use crate::kernel::Bilingual;
use crate::programmes::{self, Office};
use crate::web::{Answer, Link, Page, Visit};
use askama::Template;

/// A fund and how it is reached.
#[derive(serde::Serialize)]
struct Contact {
    slug: String,
    name: Bilingual,
    office: Office,
}

#[derive(Template, serde::Serialize)]
#[template(path = "portal/help.html")]
struct HelpPage {
    #[serde(skip)]
    p: Page,
    contacts: Vec<Contact>,
}

#[derive(Template, serde::Serialize)]
#[template(path = "portal/privacy.html")]
struct PrivacyPage {
    #[serde(skip)]
    p: Page,
    contacts: Vec<Contact>,
}

async fn contacts(visit: &Visit) -> crate::kernel::Result<Vec<Contact>> {
    let funds = visit.read(programmes::records::all).await?;
    Ok(funds.into_iter().map(|fund| Contact { slug: fund.slug, name: fund.terms.full_name, office: fund.terms.office }).collect())
}

pub(super) async fn help(visit: Visit) -> Answer {
    let contacts = contacts(&visit).await?;
    visit.show(&HelpPage { p: visit.page().with_crumbs(vec![Link::here(visit.t().portal_help())]), contacts })
}

pub(super) async fn privacy(visit: Visit) -> Answer {
    let contacts = contacts(&visit).await?;
    visit.show(&PrivacyPage { p: visit.page().with_crumbs(vec![Link::here(visit.t().portal_privacy())]), contacts })
}
