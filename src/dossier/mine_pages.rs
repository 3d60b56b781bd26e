//! My applications: each with where it stands in public words, and the one page on which it goes on.
use super::{PublicState, PublicStatus, records, rules};
use crate::applications::records as applications;
use crate::applications::{Application, Status};
use crate::calls::Round;
use crate::calls::records as calls;
use crate::kernel::{Actor, Bilingual, Error, Instant, PartnershipId, Result};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::web::{Answer, Door, Link, PAGE_SIZE, Page, Paging, Visit, get};
use askama::Template;

/// Its door.
#[must_use]
pub fn doors() -> Vec<Door> {
    vec![get("/applications", mine).api("The applications of the organisations that one writes for, each with where it stands.")]
}

/// One of my applications in plain words.
#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    application: Application,
    round: Bilingual,
    closes_at: Instant,
    open: bool,
    standing: PublicStatus,
}
impl Row {
    /// Where its title leads: to what is to be done, else to the part that is alive.
    fn address(&self) -> String {
        let id = self.application.id;
        match (&self.standing.to, self.application.status) {
            (Some(to), _) => to.clone(),
            (None, Status::Draft) => format!("/applications/{id}"),
            (None, Status::Submitted | Status::Withdrawn) => format!("/applications/{id}/receipt"),
        }
    }
    /// Whatever was handed in once has its receipt and its history.
    fn was_handed_in(&self) -> bool {
        self.application.submissions > 0
    }
    fn may_return(&self) -> bool {
        self.open && self.application.status == Status::Withdrawn
    }
    fn has_project(&self) -> bool {
        matches!(self.standing.state, PublicState::Running | PublicState::Ended | PublicState::Completed)
    }
}

#[derive(Template, serde::Serialize)]
#[template(path = "applications/mine.html")]
struct MinePage {
    #[serde(skip)]
    p: Page,
    applications: Vec<Row>,
    paging: Paging,
    #[serde(skip)]
    funds: Vec<(String, Bilingual)>,
    no_organisation: bool,
    /// Where this person writes a partner's part.
    partnerships: Vec<AsPartner>,
}

/// An application that this person writes in as a partner.
#[derive(serde::Serialize)]
struct AsPartner {
    id: PartnershipId,
    title: String,
    lead: String,
    status: Status,
}

fn rows(conn: &mut Conn, actor: &Actor, paging: &Paging, funds: &[Programme], now: Instant) -> Result<Vec<Row>> {
    let mine = applications::mine(conn, actor, paging.size, paging.offset())?;
    let mut rounds: Vec<Round> = vec![];
    for fund in funds.iter().filter(|fund| mine.iter().any(|row| row.programme_id == fund.id)) {
        rounds.extend(calls::of_programme(conn, fund.id)?);
    }
    let with_round = |application: Application| {
        let round = rounds.iter().find(|round| round.id == application.round_id).ok_or(Error::NotFound)?;
        Ok((application, round))
    };
    let mine = mine.into_iter().map(with_round).collect::<Result<Vec<_>>>()?;
    let stories = records::stories(conn, &mine)?;
    let row = |((application, round), story): ((Application, &Round), super::Story)| Row {
        round: round.terms.name.clone(),
        closes_at: round.closing(application.closes_at),
        open: round.until(application.closes_at).takes_applications(now),
        standing: rules::status_for_applicant(&story, now),
        application,
    };
    Ok(mine.into_iter().zip(stories).map(row).collect())
}

async fn mine(visit: Visit) -> Answer {
    let (actor, now, asked) = (visit.actor()?, visit.now(), visit.asked("page"));
    let no_organisation = actor.organisations.is_empty();
    let (applications, paging, funds, partnerships) = visit
        .read(move |conn| {
            let paging = Paging::of_size(asked.as_deref(), applications::count_mine(conn, &actor)?, PAGE_SIZE);
            let funds = programmes::records::all(conn)?;
            let rows = rows(conn, &actor, &paging, &funds, now)?;
            let partnerships = crate::applications::partnership_records::mine(conn, &actor)?;
            Ok((rows, paging, funds.into_iter().map(|fund| (fund.slug, fund.terms.name)).collect(), partnerships))
        })
        .await?;
    let p = visit.page().with_crumbs(vec![Link::here(visit.t().nav_my_applications())]);
    let title = |title: String| if title.is_empty() { visit.t().application_untitled().to_owned() } else { title };
    let partnerships = partnerships.into_iter().map(|(id, named, lead, status)| AsPartner { id, title: title(named), lead, status });
    let partnerships: Vec<AsPartner> = partnerships.collect();
    visit.show(&MinePage { p, applications, paging, funds, no_organisation: no_organisation && partnerships.is_empty(), partnerships })
}
