//! The demo: PACT's real rounds, replayed through the real actions with a moved clock, so that log, letters and receipts are genuine.
mod calendar;
mod cast;
mod checking;
mod crowd;
mod invented;
mod judging;
pub mod material;
pub mod pages;
mod paper;
mod projects;
mod questions;
mod rounds;

pub use cast::{Member, OFFICE};
pub use crowd::seed;

use crate::accounts::actions::{NewPerson, give_role, register_person};
use crate::accounts::records as accounts;
use crate::kernel::{Actor, ApplicationId, Error, Instant, Lang, OrganisationId, PersonId, ProgrammeId, Result, RoundId, fault};
use crate::store::Conn;
use crate::web::App;
use crate::workflow::mailer::Mailer;
use crate::workflow::{Act, Recorded, perform};
use calendar::Calendar;
pub(crate) use material::Material;
use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

/// When the demo's story begins: three weeks before the first call.
pub const BEGINNING: &str = "2016-05-20T09:00";

/// So many seconds after a letter was written the worker has posted it.
const POSTED_AFTER: i64 = 3;

/// The file that says that a folder may be made anew.
const MARK: &str = ".subgrant-demo";

/// The organisation whose person is in the middle of a draft while Round 3 is open.
const DRAFT_WRITER: &str = "rinia-per-klosin";

/// Everything that the steps of the calendar share.
pub struct Play {
    app: App,
    material: Arc<Material>,
    calendar: Calendar,
    programme: ProgrammeId,
    people: HashMap<String, PersonId>,
    organisations: HashMap<String, OrganisationId>,
    rounds: HashMap<String, RoundId>,
    /// Applications by their place in the material.
    applications: HashMap<usize, ApplicationId>,
    actors: HashMap<PersonId, Arc<Actor>>,
}

/// Replays everything from the beginning until `until`, where the clock then stands and runs on. Letters are posted some seconds after they were written.
///
/// # Errors
/// Whatever an action refuses: the demo then is wrong, or the product.
pub fn replay(app: &App, mailer: &Mailer, until: Instant) -> Result<()> {
    let beginning = Instant::at_tirane(BEGINNING).ok_or_else(|| fault("the demo's beginning is a time"))?;
    app.desk.clock.move_to(beginning);
    let mut play = Play::begin(app)?;
    play.plan()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(fault)?;
    let mut today = beginning.day();
    while let Some((at, step)) = play.calendar.next(until) {
        // What time does comes first: reminders, closings, letters.
        while today < at.day() {
            today = today.plus_days(1);
            app.desk.clock.move_to(today.start().plus_hours(8));
            runtime.block_on(worker_turn(app, mailer, until))?;
        }
        app.desk.clock.move_to(at);
        step(&mut play).map_err(|error| fault(format!("the demo on {at}: {error}")))?;
        runtime.block_on(post(app, mailer, until))?;
    }
    app.desk.clock.move_to(until);
    runtime.block_on(worker_turn(app, mailer, until))?;
    app.desk.clock.move_to(until);
    Ok(())
}

/// What the worker does in its loop, until nothing is due any more.
async fn worker_turn(app: &App, mailer: &Mailer, until: Instant) -> Result<()> {
    while crate::worker::look_at_clocks(&app.desk).await? > 0 {}
    post(app, mailer, until).await
}

/// Posts what has been written, as late as a worker that looks every few seconds does.
async fn post(app: &App, mailer: &Mailer, until: Instant) -> Result<()> {
    let now = app.desk.clock.now();
    app.desk.clock.move_to(now.plus_seconds(POSTED_AFTER).min(until));
    while crate::worker::post_letters(&app.desk, mailer).await? > 0 {}
    Ok(())
}

/// Makes room for a fresh demo: takes an older demo's folder away, and nothing else.
///
/// # Errors
/// `Fault` when the folder holds something that no demo made.
pub fn clear(data: &Path) -> Result<()> {
    let mark = data.join(MARK);
    if mark.exists() {
        std::fs::remove_dir_all(data).map_err(fault)?;
    } else if data.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(fault(format!("{} holds something that is no demo; name another folder with --data", data.display())));
    }
    std::fs::create_dir_all(data).map_err(fault)?;
    std::fs::write(mark, "Made by `subgrant demo`, and made anew by the next one.\n").map_err(fault)
}

/// Says on standard output where the demo answers and how to be each role; the last line is `ready ADDRESS`.
pub fn announce(address: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "The demo of PACT. Sign in with one press at {address}/demo, or as:");
    for role in pages::roles() {
        let _ = writeln!(out, "  {:<18} {address}/demo/sign-in/{}", role.role, role.key);
    }
    let _ = writeln!(out, "ready {address}");
    let _ = out.flush();
}

impl Play {
    fn empty(app: &App) -> Result<Self> {
        Ok(Self {
            app: app.clone(),
            material: Arc::new(Material::read()?),
            calendar: Calendar::default(),
            programme: ProgrammeId::new(),
            people: HashMap::new(),
            organisations: HashMap::new(),
            rounds: HashMap::new(),
            applications: HashMap::new(),
            actors: HashMap::new(),
        })
    }

    fn begin(app: &App) -> Result<Self> {
        let mut play = Self::empty(app)?;
        for (name, text) in
            [("pact.toml", include_str!("../../config/programmes/pact.toml")), ("elections.toml", include_str!("../../config/programmes/elections.toml"))]
        {
            let file = crate::calls::file::read(name, text).map_err(|complaints| fault(format!("{name}: {} things to fix", complaints.len())))?;
            play.system(|act| crate::calls::actions::import(act, &file))?;
        }
        play.office("pact")?;
        Ok(play)
    }

    /// The fund's rounds, and everybody who has a role in it.
    fn office(&mut self, slug: &str) -> Result<()> {
        self.programme = self.look(|conn| crate::programmes::records::by_slug(conn, slug))?.id;
        let programme = self.programme;
        for round in self.look(|conn| crate::calls::records::of_programme(conn, programme))? {
            self.rounds.insert(round.code.clone(), round.id);
        }
        for member in &cast::OFFICE {
            let person = self.register(member.key, member.name, &member.email(), member.lang)?;
            for role in member.roles {
                self.system(|act| give_role(act, Some(programme), person, *role))?;
            }
        }
        Ok(())
    }

    /// Puts every round and everything that follows from it into the calendar.
    fn plan(&mut self) -> Result<()> {
        for code in ["R1", "R2", "R3"] {
            rounds::plan(self, code)?;
        }
        Ok(())
    }

    fn register(&mut self, key: &str, name: &str, email: &str, lang: Lang) -> Result<PersonId> {
        let new = NewPerson { email: email.into(), name: name.into(), lang, phone: String::new(), password_hash: None, confirmed: true };
        let person = self.system(|act| register_person(act, &new))?.id;
        self.people.insert(key.into(), person);
        Ok(person)
    }

    /// Acts as time and the machine.
    fn system<T>(&self, action: impl FnOnce(&mut Act<'_>) -> Result<Recorded<T>>) -> Result<T> {
        perform(&self.app.desk, &Actor::system(), action)
    }

    /// Acts as somebody of the cast, or as the person of an organisation, by their key.
    fn as_person<T>(&mut self, key: &str, action: impl FnOnce(&mut Act<'_>) -> Result<Recorded<T>>) -> Result<T> {
        let actor = self.actor(key)?;
        perform(&self.app.desk, &actor, action)
    }

    fn actor(&mut self, key: &str) -> Result<Arc<Actor>> {
        let person = *self.people.get(key).ok_or_else(|| fault(format!("the demo knows nobody called {key:?}")))?;
        if let Some(actor) = self.actors.get(&person) {
            return Ok(actor.clone());
        }
        let actor = Arc::new(self.look(|conn| accounts::actor(conn, person))?);
        self.actors.insert(person, actor.clone());
        Ok(actor)
    }

    fn person(&self, key: &str) -> Result<PersonId> {
        self.people.get(key).copied().ok_or(Error::NotFound)
    }

    fn look<T>(&self, look: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        self.app.desk.store.read(look)
    }

    fn application(&self, place: usize) -> Result<ApplicationId> {
        self.applications.get(&place).copied().ok_or(Error::NotFound)
    }
}
