//! A world for one test: a server on a free port, a fresh database, a clock that can be moved, people with names.
//!
//! SQLite in a folder of its own; with `TEST_DATABASE_URL` a PostgreSQL schema of its own. Nothing is mocked below HTTP.
//! A world that ends checks that the log's chain is whole.
use crate::Visitor;
use actix_web::dev::ServerHandle;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};
use subgrant::accounts::{LegalForm, Profile, Turnover};
use subgrant::calls::Round;
use subgrant::kernel::{Actor, Instant, Lang, Membership, OrganisationId, PersonId, ProgrammeId, Role, RoleId, SessionId, fingerprint, folded};
use subgrant::programmes::Programme;
use subgrant::store::{Store, schema};
use subgrant::web::{App, Remembered, SESSION_COOKIE, VISITOR_COOKIE, random_token};
use subgrant::workflow::mailer::Mailer;
use subgrant::workflow::outbox::Posted;
use subgrant::workflow::{Clock, Desk, Files, first_broken_link};

/// When a world begins, unless a test moves its clock: a Friday, five days before round R3 closes.
pub const BEGINS: &str = "2017-10-20T11:00";

pub struct World {
    pub app: App,
    /// `http://127.0.0.1:PORT`
    pub address: String,
    /// Where this world's database is, for a second process.
    pub database: String,
    client: reqwest::blocking::Client,
    server: Option<(ServerHandle, std::thread::JoinHandle<()>)>,
    schema: Option<String>,
    folder: tempfile::TempDir,
    people: AtomicU32,
    runtime: tokio::runtime::Runtime,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (database, schema) = fresh_database(folder.path());
        Self::with(folder, &database, schema)
    }

    fn with(folder: tempfile::TempDir, database: &str, schema: Option<String>) -> Self {
        let store = Store::open(database).unwrap();
        if !store.is_current().unwrap() {
            store.migrate().unwrap();
        }
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let app = App {
            desk: Desk { store, clock: Clock::moved(Instant::at_tirane(BEGINS).unwrap()), address: address.as_str().into() },
            files: Files::open(&folder.path().join("files")).unwrap(),
            secure: false,
            behind_proxy: false,
            demo_doors: None,
            remembered: Remembered::default(),
        };
        let server = Some(serve(app.clone(), listener));
        let client =
            reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(std::time::Duration::from_secs(60)).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { app, address, database: database.to_owned(), client, server, schema, folder, people: AtomicU32::new(0), runtime }
    }

    pub fn store(&self) -> &Store {
        &self.app.desk.store
    }
    pub fn now(&self) -> Instant {
        self.app.desk.clock.now()
    }
    /// Moves the clock to a wall-clock time in Tirana: `2017-10-25T16:59:59`. It runs on from there.
    pub fn at(&self, tirane: &str) {
        self.app.desk.clock.move_to(Instant::at_tirane(tirane).unwrap());
    }
    /// The folder of this world: database, files, letters.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Somebody who is not signed in, with the cookie that a page with a form gives.
    pub fn stranger(&self) -> Visitor {
        Visitor::new(self, &[(VISITOR_COOKIE, &random_token())], None)
    }

    /// Somebody who signed up for an organisation, signed in. The first one of an organisation owns it, the next ones edit.
    pub fn applicant(&self, name: &str, organisation: &str) -> Visitor {
        let known: Option<OrganisationId> = self
            .rows(|conn| {
                use schema::organisations as t;
                t::table.filter(t::name.eq(organisation)).select(t::id).first(conn).optional()
            })
            .unwrap();
        let membership = if known.is_some() { Membership::Editor } else { Membership::Owner };
        let organisation = known.unwrap_or_else(|| self.organisation(organisation));
        let visitor = self.person(name);
        self.join(&visitor, organisation, membership);
        visitor.of(organisation)
    }

    /// Somebody of the fund's people: roles in the fund `pact`, second factor done. An administrator serves the whole installation.
    pub fn staff(&self, name: &str, roles: &[Role]) -> Visitor {
        let visitor = self.person(name);
        for role in roles {
            let programme = if *role == Role::Administrator { None } else { Some(self.pact().id) };
            self.give_role(visitor.person_id(), programme, *role);
        }
        visitor
    }

    /// Somebody with an account and a session, and nothing else.
    pub fn person(&self, name: &str) -> Visitor {
        use schema::people as t;
        let number = self.people.fetch_add(1, Ordering::SeqCst);
        let id = PersonId::new();
        let email = format!("{}.{number}@example.org", folded(name).replace(' ', "."));
        let now = self.now();
        self.write(|conn| {
            diesel::insert_into(t::table)
                .values((
                    t::id.eq(id),
                    t::email.eq(&email),
                    t::name.eq(name),
                    t::phone.eq("+355 69 000 0000"),
                    t::lang.eq(Lang::Sq),
                    t::totp_secret.eq(Some("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")),
                    t::totp_confirmed_at.eq(Some(now)),
                    t::totp_last_step.eq(0i64),
                    t::email_confirmed_at.eq(Some(now)),
                    t::created_at.eq(now),
                ))
                .execute(conn)
        });
        let cookie = self.session(id, true);
        Visitor::new(self, &[(SESSION_COOKIE, &cookie)], Some((id, email)))
    }

    /// A session's cookie, as signing in would give it.
    pub fn session(&self, person: PersonId, second_factor: bool) -> String {
        use schema::sessions as t;
        let cookie = random_token();
        let now = self.now();
        self.write(|conn| {
            diesel::insert_into(t::table)
                .values((
                    t::token_hash.eq(fingerprint(cookie.as_bytes())),
                    t::id.eq(SessionId::new()),
                    t::person_id.eq(person),
                    t::created_at.eq(now),
                    t::seen_at.eq(now),
                    // Far away, so that a test may move the clock by years.
                    t::expires_at.eq(now.plus_days(20_000)),
                    t::address.eq("127.0.0.1"),
                    t::agent.eq("test"),
                    t::second_factor_at.eq(second_factor.then_some(now)),
                ))
                .execute(conn)
        });
        cookie
    }

    pub fn give_role(&self, person: PersonId, programme: Option<ProgrammeId>, role: Role) {
        use schema::roles as t;
        let now = self.now();
        self.write(|conn| {
            diesel::insert_into(t::table)
                .values((t::id.eq(RoleId::new()), t::programme_id.eq(programme), t::person_id.eq(person), t::role.eq(role), t::given_at.eq(now)))
                .execute(conn)
        });
    }

    pub fn join(&self, visitor: &Visitor, organisation: OrganisationId, membership: Membership) {
        use schema::memberships as t;
        let (person, now) = (visitor.person_id(), self.now());
        self.write(|conn| {
            diesel::insert_into(t::table)
                .values((t::organisation_id.eq(organisation), t::person_id.eq(person), t::membership.eq(membership), t::since.eq(now)))
                .execute(conn)
        });
    }

    /// An organisation with its seat in Shkodër and a whole profile: ready to apply.
    pub fn organisation(&self, name: &str) -> OrganisationId {
        use schema::organisations as t;
        let id = OrganisationId::new();
        let nipt = format!("L{:08}A", 10_000_000 + self.people.fetch_add(1, Ordering::SeqCst));
        let now = self.now();
        self.write(|conn| {
            diesel::insert_into(t::table)
                .values((
                    t::id.eq(id),
                    t::nipt.eq(&nipt),
                    t::name.eq(name),
                    t::acronym.eq(""),
                    t::legal_form.eq(LegalForm::Center),
                    t::municipality.eq("shkoder"),
                    t::profile.eq(serde_json::to_string(&whole_profile(name)).unwrap()),
                    t::search.eq(folded(&format!("{name} {nipt}"))),
                    t::created_at.eq(now),
                    t::version.eq(1),
                ))
                .execute(conn)
        });
        id
    }

    /// The fund `pact`, with its rounds: made on the first call.
    pub fn pact(&self) -> Programme {
        crate::pact::programme(self)
    }
    /// A round of `pact`: `R3`.
    pub fn round(&self, code: &str) -> Round {
        let programme = self.pact().id;
        self.read(|conn| subgrant::calls::records::by_code(conn, programme, code))
    }

    /// The person as actions know them: for tests that perform an action without its page.
    pub fn actor(&self, visitor: &Visitor) -> Actor {
        self.read(|conn| subgrant::accounts::records::actor(conn, visitor.person_id()))
    }

    /// Every letter that was decided, oldest first.
    pub fn letters(&self) -> Vec<Posted> {
        use schema::letters as t;
        self.rows(|conn| t::table.order((t::created_at, t::id)).select(Posted::as_select()).load(conn)).unwrap()
    }
    /// The letters to this person, oldest first.
    pub fn letters_to(&self, visitor: &Visitor) -> Vec<Posted> {
        self.letters().into_iter().filter(|letter| letter.recipient == visitor.email()).collect()
    }
    /// Lets the worker post what is due, as `.eml` files; how many were tried.
    pub fn post_letters(&self) -> usize {
        self.post_letters_with(self.mailer("", |_| {}))
    }
    /// A mailer to this server (folder `letters` where empty), with whatever else a test wants set.
    /// Never dropped: its pool of connections ends only where its runtime runs.
    pub fn mailer(&self, server: &str, set: impl FnOnce(&mut subgrant::config::Mail)) -> &'static Mailer {
        let mut mail = subgrant::config::Mail { server: server.into(), from: "Fondi <office@example.org>".into(), certificate: String::new(), patience: 20 };
        set(&mut mail);
        Box::leak(Box::new(self.wait(async { Mailer::open(&mail, self.folder.path().join("letters")) }).unwrap()))
    }
    pub fn post_letters_with(&self, mailer: &Mailer) -> usize {
        self.wait(subgrant::worker::post_letters(&self.app.desk, mailer)).unwrap()
    }
    /// Waits for something asynchronous.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// How many statements the database got meanwhile.
    pub fn statements<T>(&self, work: impl FnOnce() -> T) -> (T, u64) {
        let before = self.store().statements();
        let done = work();
        (done, self.store().statements() - before)
    }

    /// Looks into the database with a function of the product's.
    pub fn read<T>(&self, look: impl FnOnce(&mut subgrant::store::Conn) -> subgrant::kernel::Result<T>) -> T {
        self.store().read(look).unwrap()
    }
    /// Looks into the database with a query of the test's own.
    pub fn rows<T>(&self, look: impl FnOnce(&mut subgrant::store::Conn) -> QueryResult<T>) -> QueryResult<T> {
        self.store().read(|conn| Ok(look(conn))).unwrap()
    }
    /// Changes rows behind the product's back.
    pub fn write<T>(&self, change: impl FnOnce(&mut subgrant::store::Conn) -> QueryResult<T>) -> T {
        self.store().write(|conn| Ok(change(conn)?)).unwrap()
    }

    pub(crate) fn client(&self) -> reqwest::blocking::Client {
        self.client.clone()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            drop(handle.stop(false));
            let _ = thread.join();
        }
        let broken = self.store().read(first_broken_link);
        if let (Some(schema), Some(server)) = (&self.schema, postgres()) {
            let dropped = diesel::PgConnection::establish(&server)
                .map(|mut conn| conn.batch_execute(&format!("SET client_min_messages TO WARNING; DROP SCHEMA {schema} CASCADE")));
            if !std::thread::panicking() {
                dropped.unwrap().unwrap();
            }
        }
        if !std::thread::panicking() {
            assert_eq!(broken.unwrap(), None, "the log's chain is broken at this entry");
        }
    }
}

fn whole_profile(name: &str) -> Profile {
    let word = |text: &str| text.to_owned();
    Profile {
        name_en: name.into(),
        registration: word("Vendim nr. 3012, Gjykata e Rrethit Gjyqësor Tiranë"),
        registered_on: word("2009-05-14"),
        address: word("Rruga Kolë Idromeno 12"),
        postcode: word("4001"),
        active_in: vec![word("shkoder"), word("puke")],
        phone: word("+355 22 000 000"),
        email: word("zyra@example.org"),
        website: word("https://example.org"),
        representative: word("Arta Hoxha"),
        representative_position: word("Drejtore ekzekutive"),
        representative_email: word("arta@example.org"),
        contact: word("Arta Hoxha"),
        contact_email: word("arta@example.org"),
        contact_phone: word("+355 69 000 0000"),
        mission: word("Të rinjtë e veriut marrin pjesë në vendimmarrjen e bashkisë së tyre."),
        staff_women: word("3"),
        staff_men: word("2"),
        volunteers: word("12"),
        members: word("0"),
        board_women: word("3"),
        board_men: word("2"),
        turnover: ["2014", "2015", "2016"].map(|year| Turnover { year: year.into(), euros: word("18500") }).to_vec(),
        donors: word("Bashkia Shkodër, 2016"),
        finances: word("Kontabiliste e jashtme, libra të mbajtur sipas standardeve kombëtare, auditim në vitin 2016."),
        vat_registered: false,
    }
}

/// Says that a test could not be made here, past the test runner, which keeps what passed tests print.
pub fn skipped(what: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// The PostgreSQL that tests may use, if one is named.
pub fn postgres() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|address| !address.is_empty())
}

/// An empty database with all tables: a copy of one that is migrated once for this run, or a new schema.
fn fresh_database(folder: &std::path::Path) -> (String, Option<String>) {
    if let Some(server) = postgres() {
        let schema = format!("t_{}", uuid::Uuid::new_v4().simple());
        diesel::PgConnection::establish(&server).unwrap().batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
        let sign = if server.contains('?') { '&' } else { '?' };
        return (format!("{server}{sign}options=-csearch_path%3D{schema}"), Some(schema));
    }
    static MIGRATED: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = MIGRATED.get_or_init(|| {
        let once = tempfile::tempdir().unwrap();
        let path = once.path().join("empty.db");
        let store = Store::open(&format!("sqlite://{}", path.display())).unwrap();
        store.migrate().unwrap();
        store.tidy().unwrap();
        drop(store);
        std::fs::read(path).unwrap()
    });
    let path = folder.join("subgrant.db");
    std::fs::write(&path, bytes).unwrap();
    (format!("sqlite://{}", path.display()), None)
}

/// The server in a thread of its own, as `subgrant serve` builds it.
fn serve(app: App, listener: std::net::TcpListener) -> (ServerHandle, std::thread::JoinHandle<()>) {
    static LOG: LazyLock<()> = LazyLock::new(|| {
        let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "off".into());
        let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
    });
    LazyLock::force(&LOG);
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = actix_web::HttpServer::new(move || subgrant::server_app!(app.clone())).workers(1).disable_signals().listen(listener).unwrap().run();
            tell.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    (told.recv().unwrap(), thread)
}
