//! What an evaluator sees: the list, the declaration, the question of a conflict, and the sheet beside the frozen application.
//! Nothing of an application can be reached from here but what the call shows to evaluators.
mod boxes;
mod impartiality;
mod mine;
mod office;
mod sheet;

use super::{Assignment, AssignmentState, records, rules};
use crate::applications::paper_pages::{give_file, media_type_of, paper_in};
use crate::applications::{self, Application};
use crate::calls::{self, Round};
use crate::kernel::{Actor, AssignmentId, Error, Result, RoundId};
use crate::programmes::{self, Programme};
use crate::store::Conn;
use crate::web::{Answer, Door, Link, Page, Visit, get, post};
use actix_web::web;
use impartiality::{clear, conflict, conflict_page, declaration, declare};
use mine::mine;
use sheet::{save, sheet_page, submit};

/// Its doors.
#[must_use]
pub fn doors() -> Vec<Door> {
    let mut doors = vec![
        get("/evaluations", mine).api("The applications assigned to the caller, with their states and due days."),
        get("/evaluations/rounds/{round}", declaration),
        post("/evaluations/rounds/{round}/declaration", declare),
        get("/evaluations/{assignment}", open).api("One assignment: the frozen application and the caller's own score sheet."),
        get("/evaluations/{assignment}/files/{sha256}", paper),
        get("/evaluations/{assignment}/boxes", boxes::show)
            .api("What stands in the boxes of the caller's sheet, with their marks; nothing but the version where that is still `since`."),
        post("/evaluations/{assignment}/boxes", boxes::save)
            .api("Saves single boxes of the sheet: `name`, `mark` (of what stood there) and `text`, as often as there are boxes."),
        post("/evaluations/{assignment}/clearance", clear),
        post("/evaluations/{assignment}/conflict", conflict),
        post("/evaluations/{assignment}/sheet", save).api("Saves the caller's score sheet, whatever of it is there."),
        post("/evaluations/{assignment}/submission", submit).api("Saves and signs the caller's score sheet."),
    ];
    doors.extend(office::doors());
    doors
}

fn round_of(conn: &mut Conn, id: RoundId) -> Result<(Round, Programme)> {
    let round = calls::records::find(conn, id)?;
    let programme = programmes::records::find(conn, round.programme_id)?;
    Ok((round, programme))
}

/// An assignment with what stands beside the sheet.
struct Opened {
    assignment: Assignment,
    application: Application,
    round: Round,
    programme: Programme,
    declared: bool,
    position: i64,
    all: i64,
}
impl Opened {
    /// Declared impartial for the round, and said to have no conflict with this applicant.
    fn is_cleared(&self) -> bool {
        self.declared && self.assignment.state != AssignmentState::Assigned
    }
}

fn opened(conn: &mut Conn, actor: &Actor, id: AssignmentId) -> Result<Opened> {
    let assignment = records::find_mine(conn, actor, id)?;
    if !assignment.counts() {
        return Err(Error::NotFound);
    }
    let application = applications::records::by_id(conn, assignment.application_id)?;
    let (round, programme) = round_of(conn, assignment.round_id)?;
    let (position, all) = records::place_of(conn, &assignment)?;
    let declared = records::has_declared(conn, round.id, assignment.evaluator_id)?;
    Ok(Opened { assignment, application, round, programme, declared, position, all })
}

/// The application of an assignment, for who has declared to be impartial and has no conflict here. Everything of it that leaves the
/// page (papers, the PDF) asks this.
///
/// # Errors
/// `NotFound` before that, and for everybody else.
pub fn cleared(conn: &mut Conn, actor: &Actor, id: AssignmentId) -> Result<Application> {
    let opened = opened(conn, actor, id)?;
    if opened.is_cleared() { Ok(opened.application) } else { Err(Error::NotFound) }
}

/// A paper of the frozen version: what the call shows to evaluators.
async fn paper(visit: Visit, path: web::Path<(AssignmentId, String)>) -> Answer {
    let (actor, (id, sha256)) = (visit.actor()?, path.into_inner());
    let (name, sha256) = visit
        .read(move |conn| {
            let opened = opened(conn, &actor, id)?;
            let file = applications::records::frozen_file(conn, opened.application.id)?;
            if !opened.is_cleared() || !rules::may_open(&file, &opened.round.terms, &sha256) {
                return Err(Error::NotFound);
            }
            paper_in(&file, &sha256)
        })
        .await?;
    give_file(&visit, &name, media_type_of(&name), &sha256).await
}

/// One of the page's two faces: the question of a conflict, then the sheet.
async fn open(visit: Visit, path: web::Path<AssignmentId>) -> Answer {
    let (actor, id) = (visit.actor()?, path.into_inner());
    let opened = visit.read(move |conn| opened(conn, &actor, id)).await?;
    if !opened.declared {
        return visit.go(&format!("/evaluations/rounds/{}", opened.round.id));
    }
    if opened.assignment.state == AssignmentState::Assigned {
        let view = conflict_page(&visit, &opened, String::new()).await?;
        return visit.show(&view);
    }
    let sheet = opened.assignment.sheet();
    let view = sheet_page(&visit, opened, &sheet, vec![]).await?;
    visit.show(&view)
}

fn framed(visit: &Visit, opened: &Opened, here: String) -> Page {
    visit.page_in(opened.programme.frame()).with_crumbs(vec![Link::new(visit.t().scoring_mine_title(), "/evaluations"), Link::here(here)])
}
