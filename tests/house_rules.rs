//! The rules of the house, kept by reading its sources: floors, purity, who knows what, templates, letters, migrations.
#![allow(
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where it stands, and says so"
)]
use diesel::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// From the ground up. A room may use rooms that stand before it, never one behind it.
const FLOORS: [&str; 30] = [
    "kernel",
    "config",
    "store",
    "workflow",
    "web",
    "accounts",
    "programmes",
    "calls",
    "applications",
    "questions",
    "corrigenda",
    "administrative_check",
    "scoring",
    "awards",
    "contracts",
    "implementation",
    "reporting",
    "payments",
    "complaints",
    "exports",
    "summaries",
    "portal",
    "dashboards",
    "dossier",
    "openapi",
    "site",
    "worker",
    "serve",
    "demo",
    "main",
];

struct Source {
    /// `src/applications/rules.rs`
    path: String,
    text: String,
}

impl Source {
    /// The first folder or file below `src`: `applications`.
    fn room(&self) -> &str {
        self.path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
    }
    /// Whether this file, or the folder it is in, has this name: `rules.rs` or `rules/`.
    fn is(&self, name: &str) -> bool {
        // A big stage has rooms for its sub-nouns: `budget_pages.rs`.
        self.path.ends_with(&format!("/{name}.rs")) || self.path.ends_with(&format!("_{name}.rs")) || self.path.contains(&format!("/{name}/"))
    }
    /// Lines of code with their numbers; comments left out.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(place, line)| (place + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if ["target", ".git", "node_modules", "data"].contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Text files below a folder of the repository whose names end so.
fn sources(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = vec![];
    walk(&root().join(folder), &mut found);
    found.sort();
    found
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            Some(Source { path: path.strip_prefix(root()).unwrap().to_string_lossy().into_owned(), text })
        })
        .collect()
}

fn no(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// The rooms that a source names after `crate::`, also within `crate::{a, b::c}`.
fn rooms_named(text: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>();
    let mut named = BTreeSet::new();
    for (place, _) in text.match_indices("crate::") {
        let (before, rest) = (&text[..place], &text[place + 7..]);
        if before.ends_with("pub(in ") {
            continue;
        }
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut fresh = true;
            for (at, letter) in list.char_indices() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    letter if fresh && depth == 0 && letter.is_alphabetic() => {
                        named.insert(word(&list[at..]));
                        fresh = false;
                    }
                    _ => {}
                }
            }
        } else {
            named.insert(word(rest));
        }
    }
    named
}

#[test]
fn rooms_use_only_what_stands_below_them() {
    let floor = |room: &str| FLOORS.iter().position(|known| *known == room);
    let mut complaints = vec![];
    for source in sources("src", ".rs") {
        let room = source.room();
        if room == "lib" {
            continue;
        }
        let Some(own) = floor(room) else {
            complaints.push(format!("{}: `{room}` has no floor; give it one in FLOORS", source.path));
            continue;
        };
        let code: String = source.lines().fold(String::new(), |mut code, (_, line)| {
            let _ = writeln!(code, "{line}");
            code
        });
        for named in rooms_named(&code) {
            if named != room && floor(&named).is_some_and(|other| other > own) {
                complaints.push(format!("{}: uses `{named}`, which stands above `{room}`", source.path));
            }
        }
    }
    no(complaints);
}

#[test]
fn rules_are_pure() {
    let forbidden = ["diesel", "actix", "crate::store", "crate::web", "crate::workflow", "Clock", "Timestamp::now", "Instant::now", "std::fs", "reqwest"];
    let mut complaints = vec![];
    for source in sources("src", ".rs").iter().filter(|source| source.is("rules")) {
        for (number, line) in source.lines() {
            for word in forbidden.iter().filter(|word| line.contains(**word)) {
                complaints.push(format!("{}:{number}: a rule knows no `{word}`", source.path));
            }
        }
    }
    no(complaints);
}

#[test]
fn everybody_knows_only_what_they_need() {
    type May = fn(&Source) -> bool;
    let rules: [(&[&str], May, &str); 6] = [
        (&["schema::"], |s| s.is("records") || ["store", "workflow"].contains(&s.room()), "only records.rs, workflow/ and store/ speak SQL"),
        (
            &["PgConnection", "SqliteConnection", "Conn::Pg", "Conn::Sqlite", "on_each!", "diesel::pg", "diesel::sqlite", "is_sqlite"],
            |s| s.room() == "store" || s.path == "src/kernel/columns.rs",
            "only store/ knows that there are two databases",
        ),
        (
            &["actix_web", "actix_multipart"],
            |s| s.room() == "web" || s.is("pages") || s.path == "src/accounts/sessions.rs" || ["site", "serve", "main"].contains(&s.room()),
            "only web/, pages.rs, the session's guard, site.rs and serve.rs know HTTP",
        ),
        (&["lettre::"], |s| s.path == "src/workflow/mailer.rs", "only workflow/mailer.rs knows lettre"),
        (&["Timestamp::now", "SystemTime::now", "Zoned::now"], |s| s.path == "src/workflow/clock.rs", "what time it is, only the clock says"),
        (&["println!(", "print!(", "eprintln!(", "dbg!("], |_| false, "nothing prints; the log says it, or a stream that was handed over"),
    ];
    let mut complaints = vec![];
    for source in sources("src", ".rs") {
        for (number, line) in source.lines() {
            // Deriving from a table is spelling, not a query.
            if line.trim_start().starts_with("#[diesel(") {
                continue;
            }
            for (words, may, why) in &rules {
                if words.iter().any(|word| line.contains(word)) && !may(&source) {
                    complaints.push(format!("{}:{number}: {why}: {}", source.path, line.trim()));
                }
            }
        }
    }
    no(complaints);
}

#[test]
fn every_file_says_what_it_is_for() {
    let files = ["src", "tests", "benches"].into_iter().flat_map(|folder| sources(folder, ".rs")).chain(sources("", "build.rs"));
    no(files.filter(|source| !source.text.starts_with("//! ")).map(|source| format!("{}: does not open with a //! sentence", source.path)).collect())
}

/// rustfmt puts a function's end where its beginning stands, so that counting needs no parser.
#[test]
fn no_function_is_longer_than_sixty_lines_without_a_reason() {
    let mut complaints = vec![];
    for source in sources("src", ".rs") {
        let lines: Vec<&str> = source.text.lines().collect();
        for (place, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let signature = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
            if !["fn ", "async fn ", "const fn ", "pub async fn "].iter().any(|begin| signature.starts_with(begin)) {
                continue;
            }
            let end = format!("{}}}", " ".repeat(indent));
            let body = lines[place..].iter().take_while(|line| **line != end);
            let count = body.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count();
            let explained = lines[place.saturating_sub(6)..place].iter().any(|line| line.contains("too_many_lines"));
            if count > 60 + 2 && !explained && !lines[place].trim_end().ends_with(['}', ';']) {
                complaints.push(format!("{}:{}: {count} lines", source.path, place + 1));
            }
        }
    }
    no(complaints);
}

#[test]
fn templates_carry_no_styles_and_no_scripts_of_their_own() {
    let mut complaints = vec![];
    for source in sources("templates", ".html") {
        for (place, line) in source.text.lines().enumerate() {
            let lower = line.to_lowercase();
            let handler = lower.match_indices(" on").any(|(at, _)| {
                let rest = &lower[at + 3..];
                let name = rest.find('=').map(|end| &rest[..end]).unwrap_or_default();
                !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase())
            });
            let inline = lower.contains("<script") && !lower.contains("src=");
            if handler || inline || [" style=", "<style", "javascript:"].iter().any(|word| lower.contains(word)) {
                complaints.push(format!("{}:{}: {}", source.path, place + 1, line.trim()));
            }
        }
    }
    no(complaints);
}

#[test]
fn every_template_is_used() {
    let code: String = sources("src", ".rs").into_iter().chain(sources("templates", ".html")).map(|source| source.text).collect();
    let unused = sources("templates", ".html").into_iter().filter(|source| !code.contains(&format!("\"{}\"", source.path.trim_start_matches("templates/"))));
    no(unused.map(|source| format!("{}: nobody uses it", source.path)).collect());
}

#[test]
fn every_letter_speaks_both_languages() {
    let mut complaints = vec![];
    for source in sources("templates/letters", ".txt") {
        for section in ["sq", "short sq", "en", "short en"] {
            let body = source.text.split("--- ").find_map(|part| part.strip_prefix(&format!("{section}\n")));
            match body.map(str::trim) {
                None | Some("") => complaints.push(format!("{}: `--- {section}` is missing", source.path)),
                Some(text) if !section.starts_with("short") && !text.starts_with("Subject: ") => {
                    complaints.push(format!("{}: `--- {section}` does not begin with its subject", source.path));
                }
                Some(_) => {}
            }
        }
    }
    no(complaints);
}

/// What belongs to somebody's machine has no place here.
#[test]
fn everything_that_happens_has_words() {
    const ABOUT: [&str; 14] = [
        "application",
        "award",
        "check",
        "clarification",
        "contract",
        "letter",
        "organisation",
        "payment",
        "person",
        "programme",
        "project",
        "report",
        "round",
        "scoring",
    ];
    let words = std::fs::read_to_string(root().join("src/workflow/happened.rs")).unwrap();
    let (mut complaints, mut seen) = (vec![], BTreeSet::new());
    for source in sources("src", ".rs") {
        for (line, text) in source.lines() {
            for kind in text.split('"').skip(1).step_by(2) {
                let is_kind = |(about, what): (&str, &str)| {
                    ABOUT.contains(&about) && !what.is_empty() && what.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-')
                };
                if kind.split_once('.').is_some_and(is_kind) {
                    seen.insert(kind.to_owned());
                    if !words.contains(&format!("(\"{kind}\", ")) {
                        complaints.push(format!("{}:{line}: {kind} is not in src/workflow/happened.rs", source.path));
                    }
                }
            }
        }
    }
    assert!(seen.len() > 70, "only {} kinds of events were found", seen.len());
    no(complaints);
}

#[test]
fn nothing_names_a_machine() {
    let forbidden = [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("C:", "\\Users")];
    let mut complaints = vec![];
    for source in sources("", "") {
        for (place, line) in source.text.lines().enumerate() {
            for word in forbidden.iter().filter(|word| line.contains(**word)) {
                complaints.push(format!("{}:{}: names {word}", source.path, place + 1));
            }
        }
    }
    no(complaints);
}

struct Column {
    table: String,
    name: String,
    kind: String,
    nullable: bool,
}

/// The tables as diesel reads them.
fn columns_of_the_code() -> Vec<Column> {
    let text = std::fs::read_to_string(root().join("src/store/schema.rs")).unwrap();
    let mut columns = vec![];
    let mut table = String::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, rest)) = line.split_once(' ')
            && rest.starts_with('(')
            && rest.ends_with('{')
        {
            name.clone_into(&mut table);
        } else if let Some((name, kind)) = line.split_once(" -> ").filter(|_| !line.starts_with("diesel::")) {
            let kind = kind.trim_end_matches(',');
            let bare = kind.trim_start_matches("Nullable<").trim_end_matches('>');
            columns.push(Column { table: table.clone(), name: name.into(), kind: bare.into(), nullable: bare != kind });
        }
    }
    columns
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    kind: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    nullable: bool,
}

fn check_tables(store: &subgrant::store::Store) {
    let columns = columns_of_the_code();
    assert!(columns.len() > 200, "schema.rs was read");
    let tables: BTreeSet<&str> = columns.iter().map(|column| column.table.as_str()).collect();
    let mut complaints = vec![];
    for table in tables {
        let question = if store.is_sqlite() {
            format!("SELECT name, lower(type) AS kind, \"notnull\" = 0 AS nullable FROM pragma_table_info('{table}')")
        } else {
            format!(
                "SELECT column_name::text AS name, data_type::text AS kind, is_nullable = 'YES' AS nullable FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}'"
            )
        };
        let known: Vec<Known> = store.read(|conn| Ok(diesel::sql_query(&question).load(conn)?)).unwrap();
        let mut said: BTreeSet<&str> = BTreeSet::new();
        for column in columns.iter().filter(|column| column.table == table) {
            said.insert(&column.name);
            let wanted: &[&str] = match column.kind.as_str() {
                "Uid" => &["uuid"],
                "UtcTime" => &["timestamptz", "timestamp with time zone"],
                "BigInt" => &["bigint"],
                "Integer" => &["integer"],
                "Bool" => &["boolean"],
                "Date" => &["date"],
                "Binary" => &["bytea"],
                _ => &["text"],
            };
            match known.iter().find(|found| found.name == column.name) {
                None => complaints.push(format!("{table}.{} is in schema.rs and not in the database", column.name)),
                Some(found) if !wanted.contains(&found.kind.as_str()) || found.nullable != column.nullable => {
                    complaints.push(format!("{table}.{} is {} (nullable: {}) in the database", column.name, found.kind, found.nullable));
                }
                Some(_) => {}
            }
        }
        complaints.extend(known.iter().filter(|found| !said.contains(found.name.as_str())).map(|found| format!("{table}.{} is not in schema.rs", found.name)));
        let list = said.into_iter().collect::<Vec<_>>().join(", ");
        if let Err(error) = store.read(|conn| Ok(diesel::sql_query(format!("SELECT {list} FROM {table} LIMIT 1")).execute(conn)?)) {
            complaints.push(format!("{table}: {error}"));
        }
    }
    no(complaints);
}

fn up_down_up(address: &str) {
    let store = subgrant::store::Store::open(address).unwrap();
    let applied = store.migrate().unwrap().len();
    assert!(store.is_current().unwrap());
    check_tables(&store);
    assert_eq!(store.unmigrate().unwrap(), applied);
    assert_eq!(store.migrate().unwrap().len(), applied);
    check_tables(&store);
    assert!(store.migrate().unwrap().is_empty(), "a second start has nothing to do");
}

#[test]
fn migrations_go_up_down_and_up_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    up_down_up(&format!("sqlite://{}", folder.path().join("house.db").display()));
}

#[test]
fn migrations_go_up_down_and_up_on_postgresql() {
    use diesel::connection::SimpleConnection as _;
    let Some(server) = std::env::var("TEST_DATABASE_URL").ok().filter(|address| !address.is_empty()) else {
        // Past the test runner, which keeps what passed tests print.
        let _ = writeln!(std::io::stderr(), "skipped: migrations on PostgreSQL: TEST_DATABASE_URL names none");
        return;
    };
    let schema = format!("house_{}", uuid::Uuid::new_v4().simple());
    let mut conn = diesel::PgConnection::establish(&server).unwrap();
    conn.batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
    let sign = if server.contains('?') { '&' } else { '?' };
    let outcome = std::panic::catch_unwind(|| up_down_up(&format!("{server}{sign}options=-csearch_path%3D{schema}")));
    conn.batch_execute(&format!("SET client_min_messages TO WARNING; DROP SCHEMA {schema} CASCADE")).unwrap();
    outcome.unwrap();
}
