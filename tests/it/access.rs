//! Every door and everybody: who may see what, who may do what. A door that is missing from the table fails the test.
use crate::grant::Grant;
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use std::collections::BTreeMap;
use subgrant::contracts::Category;
use subgrant::kernel::{ApplicationId, Role};
use subgrant::store::schema;
use subgrant::web::SESSION_COOKIE;

/// Everybody whom the doors tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Nobody,
    /// Writes for another organisation.
    Stranger,
    Applicant,
    /// Of a partner of the draft: writes its own part of it.
    Partner,
    /// Has declared impartiality and reads the application.
    Reader,
    /// An evaluator without an assignment.
    Evaluator,
    Secretary,
    Checker,
    Committee,
    Manager,
    Finance,
    Director,
    Funder,
    Auditor,
    Administrator,
    /// Has every role there is, in another fund.
    Elsewhere,
}
use Who::*;

const ALL: &[Who] = &[
    Nobody,
    Stranger,
    Applicant,
    Partner,
    Reader,
    Evaluator,
    Secretary,
    Checker,
    Committee,
    Manager,
    Finance,
    Director,
    Funder,
    Auditor,
    Administrator,
    Elsewhere,
];
const SIGNED_IN: &[Who] =
    &[Stranger, Applicant, Partner, Reader, Evaluator, Secretary, Checker, Committee, Manager, Finance, Director, Funder, Auditor, Administrator, Elsewhere];

/// The application that a door is tried with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Draft,
    /// A try of the form that was sent.
    Tried,
    /// Submitted; its check waits for the applicant's answer.
    Checked,
    /// Passed the check; `Reader` scores it.
    Scored,
    /// Awarded, with a contract that both have signed.
    Granted,
}
use Of::*;

/// Those of the office who read what has arrived.
const OFFICE: &[Who] = &[Secretary, Checker, Committee, Manager, Finance, Director, Auditor];
const ARRIVED: &[Who] = &[Applicant, Secretary, Checker, Committee, Manager, Finance, Director, Auditor];
/// Those who read contracts, projects, reports and payments once they are sent.
const PROJECT: &[Who] = &[Applicant, Secretary, Manager, Finance, Director, Funder, Auditor];
const APPLICANT: &[Who] = &[Applicant];

struct Line {
    door: &'static str,
    of: Of,
    may: &'static [Who],
}

const fn line(door: &'static str, of: Of, may: &'static [Who]) -> Line {
    Line { door, of, may }
}

/// One line for each door. For a change, those who may try it; what state it is in is another question.
const TABLE: &[Line] = &[
    line("GET /", Granted, ALL),
    line("GET /healthz", Granted, ALL),
    line("POST /appearance", Granted, ALL),
    // Signing up and in.
    line("GET /sign-up", Granted, ALL),
    line("POST /sign-up", Granted, ALL),
    line("GET /sign-in", Granted, ALL),
    line("POST /sign-in", Granted, ALL),
    line("GET /sign-in/sent", Granted, ALL),
    line("POST /sign-in/link", Granted, ALL),
    line("GET /sign-in/link/{token}", Granted, ALL),
    line("POST /sign-in/link/{token}", Granted, ALL),
    line("GET /sign-in/code", Granted, SIGNED_IN),
    line("POST /sign-in/code", Granted, SIGNED_IN),
    line("GET /sign-in/kept/{token}", Granted, SIGNED_IN),
    line("POST /sign-in/kept/{token}", Granted, SIGNED_IN),
    line("POST /sign-out", Granted, ALL),
    line("GET /invitations/{token}", Granted, ALL),
    line("POST /invitations/{token}", Granted, ALL),
    // One's own account and organisation.
    line("GET /account", Granted, SIGNED_IN),
    line("POST /account", Granted, SIGNED_IN),
    line("POST /account/password", Granted, SIGNED_IN),
    line("POST /account/sessions", Granted, SIGNED_IN),
    line("POST /account/sessions/{session}", Granted, APPLICANT),
    line("POST /account/tokens", Granted, SIGNED_IN),
    line("POST /account/tokens/{token}", Granted, APPLICANT),
    line("GET /organisations/new", Granted, SIGNED_IN),
    line("POST /organisations/new", Granted, SIGNED_IN),
    line("GET /organisations/{organisation}", Granted, &[Applicant, Administrator]),
    line("POST /organisations/{organisation}", Granted, APPLICANT),
    line("GET /organisations/{organisation}/boxes", Granted, APPLICANT),
    line("POST /organisations/{organisation}/boxes", Granted, APPLICANT),
    line("GET /organisations/{organisation}/papers", Granted, APPLICANT),
    line("POST /organisations/{organisation}/papers", Granted, APPLICANT),
    line("GET /organisations/{organisation}/papers/{paper}", Granted, APPLICANT),
    line("POST /organisations/{organisation}/papers/{paper}/removal", Granted, APPLICANT),
    line("GET /organisations/{organisation}/people", Granted, &[Applicant, Administrator]),
    line("POST /organisations/{organisation}/people", Granted, APPLICANT),
    line("POST /organisations/{organisation}/people/{person}", Granted, APPLICANT),
    line("POST /organisations/{organisation}/handover", Granted, APPLICANT),
    line("POST /organisations/{organisation}/invitations/{invitation}", Granted, APPLICANT),
    // The fund's people.
    line("GET /{fund}/people", Granted, &[Director, Administrator]),
    line("POST /{fund}/people", Granted, &[Director, Administrator]),
    line("POST /{fund}/people/{person}/second-factor", Granted, &[Administrator]),
    line("POST /{fund}/roles/{role}", Granted, &[Director, Administrator]),
    line("POST /{fund}/invitations/{invitation}", Granted, &[Director, Administrator]),
    // What the public reads.
    line("GET /help", Granted, ALL),
    line("GET /receipts", Granted, ALL),
    line("POST /receipts", Granted, ALL),
    line("GET /privacy", Granted, ALL),
    line("GET /{fund}", Granted, ALL),
    line("GET /{fund}/calls/{round}", Granted, ALL),
    line("GET /{fund}/projects", Granted, ALL),
    line("GET /{fund}/projects.csv", Granted, ALL),
    line("GET /{fund}/calls/{round}/deadline.ics", Granted, ALL),
    line("GET /{fund}/calls/{round}/self-check", Granted, ALL),
    line("GET /{fund}/calls/{round}/questions", Granted, ALL),
    line("GET /{fund}/calls/{round}/corrigenda", Granted, ALL),
    line("POST /{fund}/calls/{round}/questions", Granted, &[Stranger, Applicant, Partner, Administrator, Elsewhere]),
    line("POST /{fund}/calls/{round}/questions/{question}/withdrawal", Granted, APPLICANT),
    line("GET /{fund}/projects/{code}", Granted, ALL),
    line("GET /{fund}/results", Granted, ALL),
    line("GET /{fund}/results/{round}", Granted, ALL),
    // Rounds.
    line("GET /{fund}/rounds", Granted, &[Secretary, Checker, Committee, Manager, Finance, Director, Funder, Auditor]),
    line("GET /{fund}/rounds/{round}", Granted, &[Secretary, Checker, Committee, Manager, Finance, Director, Funder, Auditor]),
    line("POST /{fund}/rounds/{round}/publication", Granted, &[Manager, Director]),
    line("POST /{fund}/rounds/{round}/cancellation", Granted, &[Director]),
    line("GET /{fund}/rounds/{round}/deadline", Granted, OFFICE),
    line("POST /{fund}/rounds/{round}/extensions", Granted, &[Manager, Director]),
    line("GET /{fund}/rounds/{round}/grace", Granted, &[Director]),
    line("POST /{fund}/rounds/{round}/grace", Granted, &[Director]),
    line("GET /{fund}/rounds/{round}/corrigenda", Granted, &[Secretary, Checker, Committee, Manager, Finance, Director, Funder, Auditor]),
    line("POST /{fund}/rounds/{round}/corrigenda/preview", Granted, &[Manager, Director]),
    line("POST /{fund}/rounds/{round}/corrigenda", Granted, &[Manager, Director]),
    line("GET /{fund}/rounds/{round}/questions", Granted, &[Secretary, Manager, Director, Auditor]),
    line("GET /{fund}/rounds/{round}/questions/{question}", Granted, &[Secretary, Manager, Director, Auditor]),
    line("POST /{fund}/rounds/{round}/questions/{question}", Granted, &[Secretary, Manager, Director]),
    line("POST /{fund}/rounds/{round}/answers", Granted, &[Manager, Director]),
    line("GET /{fund}/rounds/{round}/board", Granted, OFFICE),
    line("GET /{fund}/rounds/{round}/applications.csv", Granted, &[Secretary, Checker, Manager, Finance, Director, Auditor]),
    line("GET /{fund}/rounds/{round}/summary", Granted, &[Manager, Director, Funder, Auditor]),
    line("GET /{fund}/rounds/{round}/summary.csv", Granted, &[Manager, Director, Funder, Auditor]),
    line("GET /{fund}/rounds/{round}/indicators.csv", Granted, &[Manager, Director, Funder, Auditor]),
    line("GET /{fund}/rounds/{round}/grants.csv", Granted, &[Manager, Director, Funder, Auditor]),
    line("GET /{fund}/rounds/{round}/costs.csv", Granted, &[Manager, Director, Funder, Auditor]),
    line("GET /{fund}/rounds/{round}/payments.csv", Granted, &[Manager, Director, Funder, Auditor]),
    line("GET /{fund}/desk", Granted, &[Secretary, Checker, Manager, Finance, Director]),
    line("GET /{fund}/letters", Granted, &[Secretary, Manager, Director, Auditor]),
    line("GET /{fund}/letters/{letter}", Granted, &[Secretary, Manager, Director, Auditor]),
    line("POST /{fund}/letters/{letter}/attempt", Granted, &[Secretary, Manager]),
    line("GET /{fund}/log", Granted, &[Director, Auditor, Administrator]),
    // Applying.
    line("GET /applications", Draft, SIGNED_IN),
    line("GET /{fund}/calls/{round}/applications", Draft, SIGNED_IN),
    line("POST /{fund}/calls/{round}/applications", Draft, SIGNED_IN),
    line("GET /applications/{application}", Draft, APPLICANT),
    line("GET /applications/{application}/deadline.ics", Draft, APPLICANT),
    // A partner's own part; before the partners' part is emptied, which ends it.
    line("POST /applications/{application}/partners/{partner}/invitation", Draft, APPLICANT),
    line("GET /partnerships/{partnership}", Draft, &[Partner]),
    line("POST /partnerships/{partnership}", Draft, &[Partner]),
    line("GET /partnerships/{partnership}/boxes", Draft, &[Partner]),
    line("POST /partnerships/{partnership}/boxes", Draft, &[Partner]),
    line("POST /partnerships/{partnership}/signature", Draft, &[Partner]),
    line("POST /partnerships/{partnership}/end", Draft, APPLICANT),
    line("GET /applications/{application}/partners", Draft, APPLICANT),
    line("POST /applications/{application}/partners", Draft, APPLICANT),
    line("GET /applications/{application}/summary", Draft, APPLICANT),
    line("POST /applications/{application}/summary", Draft, APPLICANT),
    line("GET /applications/{application}/description", Draft, APPLICANT),
    line("POST /applications/{application}/description", Draft, APPLICANT),
    line("GET /applications/{application}/logframe", Draft, APPLICANT),
    line("POST /applications/{application}/logframe", Draft, APPLICANT),
    line("GET /applications/{application}/logframe/workbook", Draft, APPLICANT),
    line("POST /applications/{application}/logframe/workbook", Draft, APPLICANT),
    line("GET /applications/{application}/plan", Draft, APPLICANT),
    line("POST /applications/{application}/plan", Draft, APPLICANT),
    line("GET /applications/{application}/budget", Draft, APPLICANT),
    line("POST /applications/{application}/budget", Draft, APPLICANT),
    line("GET /applications/{application}/budget/workbook", Draft, APPLICANT),
    line("POST /applications/{application}/budget/workbook", Draft, APPLICANT),
    line("GET /applications/{application}/capacity", Draft, APPLICANT),
    line("POST /applications/{application}/capacity", Draft, APPLICANT),
    line("GET /applications/{application}/declarations", Draft, APPLICANT),
    line("POST /applications/{application}/declarations", Draft, APPLICANT),
    line("GET /applications/{application}/{part}/boxes", Draft, APPLICANT),
    line("POST /applications/{application}/{part}/boxes", Draft, APPLICANT),
    line("GET /applications/{application}/attachments", Draft, APPLICANT),
    line("POST /applications/{application}/attachments", Draft, APPLICANT),
    line("POST /applications/{application}/uploads", Draft, APPLICANT),
    line("GET /uploads/{upload}", Draft, APPLICANT),
    line("POST /uploads/{upload}/pieces", Draft, APPLICANT),
    line("POST /uploads/{upload}/completion", Draft, APPLICANT),
    line("GET /attachments/{attachment}", Draft, APPLICANT),
    line("POST /applications/{application}/attachments/kept", Draft, APPLICANT),
    line("POST /attachments/{attachment}/validity", Draft, APPLICANT),
    line("POST /attachments/{attachment}/removal", Draft, APPLICANT),
    line("GET /applications/{application}/check", Draft, APPLICANT),
    line("POST /applications/{application}/readiness", Draft, APPLICANT),
    line("POST /applications/{application}/return", Draft, APPLICANT),
    line("GET /applications/{application}/removal", Draft, APPLICANT),
    line("GET /{fund}/calls/{round}/tests", Draft, SIGNED_IN),
    line("POST /{fund}/calls/{round}/tests", Draft, SIGNED_IN),
    line("GET /applications/{application}/trial", Tried, APPLICANT),
    line("POST /applications/{application}/trial", Tried, APPLICANT),
    line("POST /applications/{application}/copy", Draft, APPLICANT),
    line("POST /applications/{application}/submission", Draft, APPLICANT),
    line("POST /applications/{application}/removal", Draft, APPLICANT),
    line("GET /applications/{application}/receipt", Checked, ARRIVED),
    line("GET /applications/{application}/withdrawal", Checked, APPLICANT),
    line("POST /applications/{application}/withdrawal", Checked, APPLICANT),
    line("POST /applications/{application}/draft", Checked, APPLICANT),
    line("GET /applications/{application}/read", Checked, ARRIVED),
    line("GET /applications/{application}/files/{sha256}", Checked, ARRIVED),
    line("GET /applications/{application}/history", Checked, ARRIVED),
    line("GET /applications/{application}/application.pdf", Draft, APPLICANT),
    line("GET /applications/{application}/declaration.pdf", Draft, APPLICANT),
    line("GET /applications/{application}/submissions/{number}/application.pdf", Checked, ARRIVED),
    line("GET /applications/{application}/submissions/{number}/receipt.pdf", Checked, ARRIVED),
    // The administrative evaluation.
    line("GET /applications/{application}/check-list", Checked, OFFICE),
    line("POST /applications/{application}/check-list", Checked, &[Secretary, Checker, Manager]),
    line("POST /applications/{application}/check-list/beginning", Checked, &[Secretary, Checker, Manager]),
    line("POST /applications/{application}/check-list/proposal", Checked, &[Secretary, Checker, Manager]),
    line("POST /applications/{application}/check-list/decision", Checked, &[Checker, Manager, Director]),
    line("POST /applications/{application}/clarifications", Checked, &[Secretary, Checker, Manager]),
    line("GET /applications/{application}/clarifications/{clarification}", Checked, ARRIVED),
    line("POST /applications/{application}/clarifications/{clarification}", Checked, APPLICANT),
    line("POST /applications/{application}/clarifications/{clarification}/attachments/{attachment}/removal", Checked, APPLICANT),
    // Scoring and the award.
    line("GET /evaluations", Scored, &[Reader, Evaluator, Elsewhere]),
    line("GET /evaluations/rounds/{round}", Scored, &[Reader]),
    line("POST /evaluations/rounds/{round}/declaration", Scored, &[Reader]),
    line("GET /evaluations/{assignment}", Scored, &[Reader]),
    line("GET /evaluations/{assignment}/files/{sha256}", Scored, &[Reader]),
    line("GET /evaluations/{assignment}/application.pdf", Scored, &[Reader]),
    line("GET /evaluations/{assignment}/boxes", Scored, &[Reader]),
    line("POST /evaluations/{assignment}/boxes", Scored, &[Reader]),
    line("POST /evaluations/{assignment}/clearance", Scored, &[Reader]),
    line("POST /evaluations/{assignment}/conflict", Scored, &[Reader]),
    line("POST /evaluations/{assignment}/sheet", Scored, &[Reader]),
    line("POST /evaluations/{assignment}/submission", Scored, &[Reader]),
    line("POST /evaluations/{assignment}/reopening", Scored, &[Committee, Manager]),
    line("POST /evaluations/{assignment}/recall", Scored, &[Secretary, Manager]),
    line("GET /{fund}/rounds/{round}/assignments", Scored, &[Secretary, Committee, Manager, Director, Auditor]),
    line("POST /{fund}/rounds/{round}/assignments", Scored, &[Secretary, Manager]),
    line("POST /{fund}/rounds/{round}/assignments/spread", Scored, &[Secretary, Manager]),
    line("GET /{fund}/rounds/{round}/sheets/{application}", Scored, &[Secretary, Committee, Manager, Director, Auditor]),
    line("GET /{fund}/rounds/{round}/ranking", Granted, &[Committee, Manager, Director, Auditor]),
    line("POST /{fund}/rounds/{round}/award", Granted, &[Director]),
    line("POST /{fund}/rounds/{round}/promotions", Granted, &[Director]),
    // Contract, project, report, payment.
    line("GET /{fund}/contracts", Granted, &[Secretary, Manager, Finance, Director, Funder, Auditor]),
    line("POST /applications/{application}/contract", Granted, &[Manager]),
    line("GET /contracts/{contract}", Granted, PROJECT),
    line("POST /contracts/{contract}/lines", Granted, &[Manager]),
    line("POST /contracts/{contract}/dispatch", Granted, &[Manager]),
    line("POST /contracts/{contract}/signature", Granted, APPLICANT),
    line("POST /contracts/{contract}/countersignature", Granted, &[Director]),
    line("POST /contracts/{contract}/settlement", Granted, &[Manager]),
    line("GET /projects/{contract}", Granted, PROJECT),
    line("GET /projects/{contract}/progress", Granted, PROJECT),
    line("POST /projects/{contract}/activities/{activity}", Granted, APPLICANT),
    line("POST /projects/{contract}/indicators/{indicator}", Granted, APPLICANT),
    line("GET /projects/{contract}/expenses", Granted, PROJECT),
    line("POST /projects/{contract}/expenses", Granted, APPLICANT),
    line("POST /projects/{contract}/expenses/{expense}/removal", Granted, APPLICANT),
    line("GET /expenses/{expense}", Granted, PROJECT),
    line("GET /expenses/{expense}/voucher", Granted, PROJECT),
    line("GET /{fund}/reports", Granted, &[Manager, Finance, Director, Funder, Auditor]),
    line("GET /reports/{report}", Granted, PROJECT),
    line("POST /reports/{report}/narrative", Granted, APPLICANT),
    line("POST /reports/{report}/submission", Granted, APPLICANT),
    line("POST /reports/{report}/return", Granted, &[Manager, Finance]),
    line("GET /reports/{report}/boxes", Granted, &[Manager, Finance]),
    line("POST /reports/{report}/boxes", Granted, &[Manager, Finance]),
    line("POST /reports/{report}/deciding", Granted, &[Manager, Finance]),
    line("POST /reports/{report}/decision", Granted, &[Manager, Finance]),
    line("GET /{fund}/payments", Granted, &[Manager, Finance, Director, Funder, Auditor]),
    line("GET /payments/{payment}", Granted, PROJECT),
    line("POST /payments/{payment}/approval", Granted, &[Manager, Finance, Director]),
    line("POST /payments/{payment}/transfer", Granted, &[Finance]),
    line("POST /payments/{payment}/confirmation", Granted, APPLICANT),
];

/// The lines of this build: without the feature there are no PDFs, and no doors to them.
fn table() -> impl Iterator<Item = &'static Line> {
    TABLE.iter().filter(|line| cfg!(feature = "pdf") || !line.door.ends_with(".pdf"))
}

/// These take a file, as a browser sends one.
const UPLOADS: &[&str] = &[
    "POST /applications/{application}/attachments",
    "POST /applications/{application}/logframe/workbook",
    "POST /applications/{application}/budget/workbook",
    "POST /applications/{application}/clarifications/{clarification}",
    "POST /organisations/{organisation}/papers",
    "POST /projects/{contract}/expenses",
    "POST /{fund}/rounds/{round}/corrigenda/preview",
];

/// Who writes for no organisation is led to registering one before applying.
const LEADS_ON: &[(&str, &str)] = &[
    ("GET /{fund}/calls/{round}/applications", "/organisations/new?then=/pact/calls/R3/applications"),
    ("GET /{fund}/calls/{round}/tests", "/organisations/new?then=/pact/calls/R3/tests"),
];

/// A world in which every door has its object, a month after the deadline, and everybody at it.
struct Scene {
    world: World,
    people: Vec<(Who, Visitor)>,
    applications: BTreeMap<Of, ApplicationId>,
    /// What stands for a variable of an address.
    objects: BTreeMap<&'static str, String>,
}

/// Applications in every state, made by the applicant for three organisations before the deadline; one is asked about, one is read.
fn before_the_award(world: &World, applicant: &Visitor) -> (BTreeMap<Of, ApplicationId>, Visitor) {
    world.pact();
    world.at("2017-10-02T10:00");
    applicant.post("/pact/calls/R3/questions", &[("topic", "budget"), ("question", "A paguhet TVSH-ja?")]).expect(303);
    world.at(crate::world::BEGINS);
    let other = |name: &str| {
        let organisation = world.organisation(name);
        world.join(applicant, organisation, subgrant::kernel::Membership::Owner);
        applicant.clone().of(organisation)
    };
    let draft = sample::draft(world, &other("Drafting (example)"));
    let unfinished = [("document", "statute"), ("name", "statuti.pdf"), ("bytes", "1000000"), ("mark", "1")];
    applicant.post(&format!("/applications/{draft}/uploads"), &unfinished).expect(200);
    let tried = crate::trials::sent(world, &other("Trying (example)"));
    let (checked, _) = sample::submitted(world, &other("Checked (example)"));
    let scored = crate::scoring::passed(world, &other("Scored (example)"));
    let secretary = world.staff("Sekretarja e parë", &[Role::Secretary]);
    let reader = world.staff("Dr. E. Marku", &[Role::Evaluator]);
    world.at("2017-10-26T10:00");
    subgrant::administrative_check::actions::on_time(&world.app.desk).unwrap();
    let version = secretary.get(&format!("/applications/{checked}/check-list")).expect(200).value_of("version");
    let line = world.round("R3").terms.checklist.into_iter().find(|line| line.clarifiable).unwrap().key;
    let (answer, note) = (format!("line.{line}"), format!("note.{line}"));
    let asked = [("version", version.as_str()), (&answer, "no"), (&note, "?"), ("question", "Cili statut?"), ("item", &line)];
    secretary.post(&format!("/applications/{checked}/clarifications"), &asked).expect(303);
    applicant.upload(&answer_page(world, checked), &[("answer", "Ja"), ("item", &line), ("do", "keep")], paper()).expect(303);
    let assigned = crate::scoring::assign(world, &secretary, scored, &reader);
    crate::scoring::begin(world, &reader, assigned);
    world.at(crate::world::BEGINS);
    (BTreeMap::from([(Draft, draft), (Tried, tried), (Checked, checked), (Scored, scored)]), reader)
}

fn scene() -> Scene {
    let world = World::new();
    let applicant = world.applicant("Arta Hoxha", "DIDCK (example)").in_english();
    let (mut applications, reader) = before_the_award(&world, &applicant);
    let (grant, contract) = Grant::active_in(world, applicant);
    applications.insert(Granted, grant.application);
    grant.world.at("2017-11-06T10:00");
    let world = &grant.world;
    let staff = |name: &str, role| world.staff(name, &[role]).in_english();
    let people = vec![
        (Nobody, world.stranger()),
        (Stranger, grant.stranger.clone()),
        (Applicant, grant.applicant.clone()),
        (Partner, partner_of(world, &grant.applicant, applications[&Draft])),
        (Reader, reader),
        (Evaluator, staff("Dr. A. Dervishi", Role::Evaluator)),
        (Secretary, staff("Sekretarja e dytë", Role::Secretary)),
        (Checker, staff("Ilir Prenga", Role::SecondChecker)),
        (Committee, staff("Anëtare Komisioni", Role::CommitteeMember)),
        (Manager, grant.manager.clone()),
        (Finance, grant.finance.clone()),
        (Director, grant.director.clone()),
        (Funder, grant.funder.clone()),
        (Auditor, staff("Audituesja", Role::Auditor)),
        (Administrator, staff("Administratori", Role::Administrator)),
        (Elsewhere, elsewhere(world)),
    ];
    // Weeks have gone by since some of them signed in.
    for (_, person) in people.iter().filter(|(who, _)| *who != Nobody) {
        person.set_cookie(SESSION_COOKIE, &world.session(person.person_id(), true));
    }
    grant.spend(contract, Category::Travel, "2017-11-05", "100,00").expect(303);
    grant.applicant.post("/account/tokens", &[("token_name", "Llogaria")]).expect(200);
    grant
        .applicant
        .post(&format!("/organisations/{}/people", grant.applicant.organisation_id()), &[("email", "b@example.org"), ("membership", "editor")])
        .expect(303);
    let papers = format!("/organisations/{}/papers", grant.applicant.organisation_id());
    grant.applicant.upload(&papers, &[("kind", "statute")], paper()).expect(303);
    grant.director.post("/pact/people", &[("email", "ben@example.org"), ("role", "evaluator")]).expect(303);
    let objects = objects(&grant, contract, &applications, people[5].1.person_id());
    Scene { people, applications, objects, world: grant.world }
}

/// Somebody whom the applicant invited to write a partner's part of the draft, and who accepted.
fn partner_of(world: &World, applicant: &Visitor, draft: ApplicationId) -> Visitor {
    let person = world.person("Besnik Leka").in_english();
    let mut partners = sample::partners();
    partners.partners[0].email = person.email().to_owned();
    let content = subgrant::applications::content::PartContent::Partners(partners);
    sample::act(world, &world.actor(applicant), |act| subgrant::applications::actions::save_part(act, draft, content, None));
    applicant.post(&format!("/applications/{draft}/partners/p1/invitation"), &[]).expect(303);
    let letter = world.letters_to(&person).pop().unwrap().text_body;
    let link = letter.split("/invitations/").nth(1).unwrap().split(['?', '\n']).next().unwrap().to_owned();
    person.post(&format!("/invitations/{link}"), &[]).expect(303);
    person
}

/// The same fund once more under another name, and somebody who is everything there.
fn elsewhere(world: &World) -> Visitor {
    let other = crate::calls::PACT.replacen("slug = \"pact\"", "slug = \"other\"", 1);
    let other = crate::calls::import(world, &other).unwrap().programme.id;
    let person = world.person("Dikush Tjetër").in_english();
    Role::ALL.iter().for_each(|role| world.give_role(person.person_id(), Some(other), *role));
    person
}

fn paper() -> crate::visitor::Sent<'static> {
    ("file", "statuti.pdf", crate::visitor::pdf("statuti"))
}

fn answer_page(world: &World, application: ApplicationId) -> String {
    let id = world.read(|conn| subgrant::administrative_check::records::clarification_of(conn, application)).unwrap().id;
    format!("/applications/{application}/clarifications/{id}")
}

fn objects(
    grant: &Grant,
    contract: subgrant::kernel::ContractId,
    applications: &BTreeMap<Of, ApplicationId>,
    somebody: subgrant::kernel::PersonId,
) -> BTreeMap<&'static str, String> {
    use schema::{
        activities, api_tokens, assignments, attachments, expenses, indicators, invitations, letters, organisation_papers, partnerships, payments, questions,
        reports, roles, sendings, sessions,
    };
    let (world, applicant) = (&grant.world, &grant.applicant);
    macro_rules! first {
        ($table:ident, $column:ident, $($filter:tt)*) => {
            world.rows(|conn| $table::table.filter($($filter)*).select($table::$column).first::<subgrant::kernel::SessionId>(conn)).expect(stringify!($table)).to_string()
        };
    }
    let link = |email: &str| {
        let letters = world.letters().into_iter().filter(|letter| letter.recipient == email).collect::<Vec<_>>();
        let text = letters.last().unwrap().text_body.clone();
        text.split("/invitations/").nth(1).unwrap().split(['?', '\n']).next().unwrap().to_owned()
    };
    let draft = applications[&Draft];
    let checked = applications[&Checked];
    let file = world.read(|conn| subgrant::applications::records::frozen_file(conn, checked));
    BTreeMap::from([
        ("fund", "pact".to_owned()),
        ("round", "R3".to_owned()),
        ("round id", world.round("R3").id.to_string()),
        ("code", "R3-22".to_owned()),
        ("contract", contract.to_string()),
        ("organisation", applicant.organisation_id().to_string()),
        ("person", applicant.person_id().to_string()),
        ("somebody", somebody.to_string()),
        ("sha256", file.attachments[0].sha256.clone()),
        ("evaluators' paper", file.attachments.iter().find(|paper| paper.document == "cv").unwrap().sha256.clone()),
        ("invitation link", link("b@example.org")),
        ("clarification", answer_page(world, checked).rsplit('/').next().unwrap().to_owned()),
        ("session", first!(sessions, id, sessions::person_id.eq(applicant.person_id()))),
        ("token", first!(api_tokens, id, api_tokens::person_id.eq(applicant.person_id()))),
        ("organisation invitation", first!(invitations, id, invitations::email.eq("b@example.org"))),
        ("fund invitation", first!(invitations, id, invitations::email.eq("ben@example.org"))),
        ("question", first!(questions, id, questions::asked_by.eq(applicant.person_id()))),
        ("role", first!(roles, id, roles::person_id.eq(somebody))),
        ("letter", first!(letters, id, letters::programme_id.is_not_null())),
        ("partner", "p1".to_owned()),
        ("partnership", first!(partnerships, id, partnerships::application_id.eq(draft))),
        ("attachment", first!(attachments, id, attachments::application_id.eq(draft))),
        ("upload", first!(sendings, id, sendings::application_id.eq(draft))),
        ("paper", first!(organisation_papers, id, organisation_papers::organisation_id.eq(applicant.organisation_id()))),
        ("answer's attachment", first!(attachments, id, attachments::clarification_id.is_not_null())),
        ("assignment", first!(assignments, id, assignments::application_id.eq(applications[&Scored]))),
        ("activity", first!(activities, id, activities::contract_id.eq(contract))),
        ("indicator", first!(indicators, id, indicators::contract_id.eq(contract))),
        ("expense", first!(expenses, id, expenses::contract_id.eq(contract))),
        ("report", first!(reports, id, reports::contract_id.eq(contract))),
        ("payment", first!(payments, id, payments::contract_id.eq(contract))),
    ])
}

impl Scene {
    /// The door's address with its objects; with `wrong`, the last of them is one that is not there.
    fn address(&self, line: &Line, wrong: bool) -> String {
        let path = path_of(line);
        let variables: Vec<&str> = path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
        let mut address = path.to_owned();
        for (place, variable) in variables.iter().enumerate() {
            let value = if wrong && place + 1 == variables.len() { nothing(path, variable) } else { self.object(line, variable) };
            address = address.replacen(&format!("{{{variable}}}"), &value, 1);
        }
        address
    }
    fn object(&self, line: &Line, variable: &str) -> String {
        let path = path_of(line);
        let named = match variable {
            "application" => return self.applications[&line.of].to_string(),
            "part" => return "description".into(),
            "number" => return "1".into(),
            "round" if path.starts_with("/evaluations") => "round id",
            "person" if path.ends_with("second-factor") => "somebody",
            "token" if path.starts_with("/invitations") => "invitation link",
            "invitation" if path.starts_with("/organisations") => "organisation invitation",
            "invitation" => "fund invitation",
            "sha256" if path.starts_with("/evaluations") => "evaluators' paper",
            "attachment" if path.contains("clarification") => "answer's attachment",
            other => other,
        };
        self.objects.get(named).unwrap_or_else(|| panic!("no {named}")).clone()
    }
    /// What a form must say at the least to be read at all.
    fn least(&self, line: &Line) -> Vec<(&'static str, String)> {
        let of = |of| vec![("application", self.applications[&of].to_string())];
        match path_of(line) {
            "/{fund}/rounds/{round}/assignments" => of(Scored),
            "/{fund}/rounds/{round}/promotions" => of(Granted),
            "/organisations/{organisation}/people/{person}" => vec![("do", "remove".into())],
            "/projects/{contract}/activities/{activity}" => vec![("version", "1".into()), ("state", "running".into())],
            "/payments/{payment}/approval" => vec![("version", "1".into())],
            _ => vec![],
        }
    }
    /// A change without the form's token when `honest` is false.
    fn send(&self, who: &Visitor, line: &Line, address: &str, honest: bool) -> Answered {
        if line.door.starts_with("GET") {
            return who.get(address);
        }
        let least = self.least(line);
        let fields: Vec<_> = least.iter().map(|(name, value)| (*name, value.as_str())).collect();
        match (UPLOADS.contains(&line.door), honest) {
            (true, true) => who.upload(address, &fields, ("file", "unwanted.pdf", crate::visitor::pdf(&format!("{address} {:?}", who.csrf())))),
            (true, false) => who.send(who.request("POST", address).multipart(reqwest::blocking::multipart::Form::new().text("answer", "x"))),
            (false, true) => who.post(address, &fields),
            (false, false) => who.post_as_is(address, &fields),
        }
    }
    /// What must stand still while somebody is refused.
    fn trace(&self) -> ([i64; 2], usize) {
        let count = |conn: &mut subgrant::store::Conn| {
            use schema::{events, letters};
            Ok([events::table.count().get_result(conn)?, letters::table.count().get_result(conn)?])
        };
        (self.world.rows(count).unwrap(), files_under(&self.world.folder().join("files")))
    }
}

/// How many files lie there, in whatever folders.
pub fn files_under(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_under(&path) } else { 1 }).sum()
}

fn path_of(line: &Line) -> &'static str {
    line.door.split_once(' ').unwrap().1
}

/// Something of the right shape that is not there.
fn nothing(path: &str, variable: &str) -> String {
    match variable {
        "fund" => "nofund".into(),
        "round" if !path.starts_with("/evaluations") => "R9".into(),
        "code" => "R9-99".into(),
        "sha256" => "ab".repeat(32),
        "number" => "9".into(),
        _ => subgrant::kernel::SessionId::new().to_string(),
    }
}

fn asks_to_sign_in(answer: &Answered) -> bool {
    answer.status == 303 && answer.location.as_deref().is_some_and(|to| to.starts_with("/sign-in?then="))
}

/// These are the doors through which one comes in (what they answer is the business of `accounts`), and those that change nothing for anybody.
fn is_of_signing_in(line: &Line) -> bool {
    line.door == "POST /receipts" || ["/sign-", "/appearance"].iter().any(|start| path_of(line).starts_with(start))
}

/// Whether programs may come in here too.
fn api(line: &Line) -> bool {
    subgrant::site::doors().iter().any(|door| door.api && line.door == format!("{} {}", door.method, door.path))
}

#[test]
fn what_has_no_door_of_its_own_is_for_everybody_and_nothing_else_is_there() {
    let scene = scene();
    for (who, visitor) in &scene.people {
        for (address, status) in [
            ("/static/app.css", 200),
            ("/api/v1/openapi.json", 200),
            ("/static/nothing.css", 404),
            ("/static/..%2f..%2fCargo.toml", 404),
            ("/api/v1/nothing", 404),
            ("/demo", 404),
        ] {
            assert_eq!(visitor.get(address).status, status, "{address} for {who:?}");
        }
    }
}

#[test]
fn every_door_is_in_the_table_and_every_line_is_a_door() {
    let doors: Vec<String> = subgrant::site::doors().iter().map(|door| format!("{} {}", door.method, door.path)).collect();
    let missing: Vec<_> = doors.iter().filter(|door| !table().any(|line| line.door == door.as_str())).collect();
    assert!(missing.is_empty(), "who may use these doors? {missing:#?}");
    let gone: Vec<_> = table().map(|line| line.door).filter(|door| !doors.iter().any(|known| known == door)).collect();
    assert!(gone.is_empty(), "no such doors any more: {gone:#?}");
}

#[test]
fn a_page_opens_for_those_who_may_and_for_nobody_else() {
    let scene = scene();
    let mut wrong = vec![];
    for line in table().filter(|line| line.door.starts_with("GET") && !is_of_signing_in(line)) {
        let address = scene.address(line, false);
        for (who, visitor) in &scene.people {
            let answer = visitor.get(&address);
            let well = match (line.may.contains(who), who) {
                (true, _) => answer.status == 200 || LEADS_ON.iter().any(|(door, to)| *door == line.door && answer.location.as_deref() == Some(to)),
                (false, Nobody) => asks_to_sign_in(&answer),
                (false, _) => matches!(answer.status, 403 | 404),
            };
            if !well {
                wrong.push(format!("{}: {who:?} gets {} {:?}", line.door, answer.status, answer.location));
            }
            if api(line) {
                let json = visitor.get_json(&address).status;
                let expected = if line.may.contains(who) { json == 200 } else { matches!(json, 401 | 403 | 404) };
                if !expected {
                    wrong.push(format!("{}: as a program, {who:?} gets {json}", line.door));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_change_is_refused_to_those_who_may_not_and_without_the_forms_token() {
    let scene = scene();
    let mut wrong = vec![];
    for line in table().filter(|line| line.door.starts_with("POST") && !is_of_signing_in(line)) {
        let address = scene.address(line, false);
        let before = scene.trace();
        for (who, visitor) in &scene.people {
            let may = line.may.contains(who);
            let answer = scene.send(visitor, line, &address, !may);
            let well = match (may, who) {
                (_, Nobody) => asks_to_sign_in(&answer),
                (true, _) => answer.status == 422,
                (false, _) => matches!(answer.status, 403 | 404),
            };
            if !may && api(line) {
                let json = visitor.post_json(&address, &serde_json::json!({})).status;
                if !matches!(json, 401 | 403 | 404) {
                    wrong.push(format!("{}: as a program, {who:?} gets {json}", line.door));
                }
            }
            if !well {
                wrong.push(format!("{}: {who:?} {} gets {} {:?}", line.door, if may { "without token" } else { "" }, answer.status, answer.location));
            }
        }
        if scene.trace() != before {
            wrong.push(format!("{}: something changed", line.door));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Their forms stand on a page that their own address does not name.
const ELSEWHERE_PAGES: &[&str] = &["POST /evaluations/{assignment}/reopening", "POST /evaluations/{assignment}/recall"];

#[test]
fn an_address_to_which_only_forms_lead_leads_on_to_the_forms_page_after_a_reload() {
    let scene = scene();
    let mut wrong = vec![];
    let is_page = |path: &str| TABLE.iter().any(|other| other.door == format!("GET {path}"));
    for line in TABLE.iter().filter(|line| line.door.starts_with("POST") && !is_page(path_of(line)) && !ELSEWHERE_PAGES.contains(&line.door)) {
        let Some((who, visitor)) = scene.people.iter().find(|(who, _)| line.may.contains(who) && *who != Nobody) else { continue };
        let answer = visitor.get(&format!("{}?lang=en", scene.address(line, false)));
        let there = if answer.status == 303 { answer.follow() } else { answer };
        if !matches!(there.status, 200 | 303) {
            wrong.push(format!("{}: {who:?} gets {}", line.door, there.status));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_change_is_open_to_those_who_may() {
    let scene = scene();
    let mut wrong = vec![];
    for line in table().filter(|line| line.door.starts_with("POST") && !is_of_signing_in(line)) {
        let address = scene.address(line, false);
        for (who, visitor) in scene.people.iter().filter(|(who, _)| line.may.contains(who) && *who != Nobody) {
            let answer = scene.send(visitor, line, &address, true);
            if !matches!(answer.status, 200 | 303 | 409 | 422) || asks_to_sign_in(&answer) {
                wrong.push(format!("{}: {who:?} gets {} {:?}", line.door, answer.status, answer.location));
            }
            if answer.status == 303 {
                // What one has done or taken away is not there for the next.
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_belongs_to_a_fund_is_not_reached_through_another() {
    let scene = scene();
    let (_, visitor) = scene.people.iter().find(|(who, _)| *who == Elsewhere).unwrap();
    visitor.get("/other/people").expect(200);
    let mut wrong = vec![];
    let before = scene.trace();
    for line in table().filter(|line| line.door.contains(" /{fund}/")) {
        let names_something =
            ["{letter}", "{person}", "{role}", "{invitation}", "{application}", "{question}", "{code}"].iter().any(|variable| line.door.contains(variable));
        let form_names_something = line.door.starts_with("POST") && !scene.least(line).is_empty();
        if !names_something && !form_names_something {
            continue;
        }
        let address = scene.address(line, false).replacen("/pact/", "/other/", 1);
        let answer = scene.send(visitor, line, &address, true);
        if !matches!(answer.status, 403 | 404) {
            wrong.push(format!("{}: {} {:?}", line.door, answer.status, answer.location));
        }
    }
    assert_eq!(scene.trace(), before, "something changed");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_there_is_not_found_by_anybody() {
    let scene = scene();
    let mut wrong = vec![];
    let before = scene.trace();
    for line in table().filter(|line| line.door.contains('{') && !is_of_signing_in(line)) {
        let address = scene.address(line, true);
        for (who, visitor) in &scene.people {
            let answer = scene.send(visitor, line, &address, true);
            let well = match who {
                Nobody => answer.status == 404 || asks_to_sign_in(&answer),
                // They see what it would be part of, and may not change anything there.
                _ if !line.may.contains(who) && line.door.starts_with("POST") => matches!(answer.status, 403 | 404),
                _ => answer.status == 404,
            };
            if !well {
                wrong.push(format!("{}: {who:?} gets {} {:?}", line.door, answer.status, answer.location));
            }
        }
    }
    assert_eq!(scene.trace(), before, "something changed");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
