//! Where the people of the office begin: what waits for them, with the way there.
use crate::dashboards::desk::{Task, Waiting, waiting};
use crate::dashboards::desk_records;
use crate::kernel::{Error, Room, Tr};
use crate::web::{Answer, Link, Page, Visit};
use actix_web::web::Path;
use askama::Template;

#[derive(Template, serde::Serialize)]
#[template(path = "dashboards/desk.html")]
struct Desk {
    #[serde(skip)]
    p: Page,
    #[serde(skip)]
    slug: String,
    waiting: Vec<Waiting>,
}
impl Desk {
    fn address(&self, one: &Waiting) -> String {
        let round = one.round.as_deref().unwrap_or_default();
        let place = match one.task {
            Task::Check => format!("rounds/{round}/board"),
            Task::DecideCheck => format!("rounds/{round}/board?state=proposed"),
            Task::ThirdReader => format!("rounds/{round}/assignments"),
            Task::Award => format!("rounds/{round}/ranking"),
            Task::SendContract => "contracts?state=drafted".into(),
            Task::Countersign => "contracts?state=signed".into(),
            Task::DecideReport => "reports".into(),
            Task::ApproveFirst | Task::ApproveSecond | Task::SendMoney => "payments".into(),
        };
        format!("/{}/{place}", self.slug)
    }
    fn words(&self, one: &Waiting) -> &'static str {
        words(one.task, self.p.t)
    }
}

fn words(task: Task, t: Tr) -> &'static str {
    match task {
        Task::Check => t.desk_check(),
        Task::DecideCheck => t.desk_decide_check(),
        Task::ThirdReader => t.desk_third_reader(),
        Task::Award => t.desk_award(),
        Task::SendContract => t.desk_send_contract(),
        Task::Countersign => t.desk_countersign(),
        Task::DecideReport => t.desk_decide_report(),
        Task::ApproveFirst => t.desk_approve_first(),
        Task::ApproveSecond => t.desk_approve_second(),
        Task::SendMoney => t.desk_send_money(),
    }
}

pub(super) async fn show(visit: Visit, path: Path<String>) -> Answer {
    let (actor, slug) = (visit.actor()?, path.into_inner());
    let looker = actor.clone();
    let (programme, counts) = visit
        .read(move |conn| {
            let programme = crate::programmes::records::by_slug(conn, &slug)?;
            if !looker.opens(Room::Desk, programme.id) {
                return Err(Error::NotFound);
            }
            let counts = desk_records::counts(conn, programme.id)?;
            Ok((programme, counts))
        })
        .await?;
    let p = visit.page_in(programme.frame()).with_crumbs(vec![Link::here(visit.t().desk_title())]);
    visit.show(&Desk { p, waiting: waiting(&actor, programme.id, &counts), slug: programme.slug })
}
