//! The one room that knows there are two databases: opening, migrating, reading, writing.
//!
//! SQLite gets a pool of readers and a single writer (nobody ever sleeps in a busy handler);
//! PostgreSQL gets the same pool twice. Both keep what they acknowledged: SQLite runs with `synchronous=FULL`.
mod nodes;
pub mod schema;

pub use nodes::{count_all, sum_money};

use crate::kernel::columns::{Uid, UtcTime};
use crate::kernel::{Day, Error, Id, Instant, Result, fault};
use diesel::backend::Backend;
use diesel::connection::{AnsiTransactionManager, InstrumentationEvent, SimpleConnection, TransactionManager};
use diesel::deserialize::{self, FromSql};
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, R2D2Connection};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::HasSqlType;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A connection to either database; every query is written once for both.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Pg(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}

impl HasSqlType<Uid> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Uid>(lookup)
    }
}
impl HasSqlType<UtcTime> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<UtcTime>(lookup)
    }
}
macro_rules! either_database {
    (<$($generic:ident),*> $rust:ty, $sql:ty) => {
        impl<$($generic: Send + Sync + 'static),*> ToSql<$sql, MultiBackend> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((<$sql>::default(), self));
                Ok(IsNull::No)
            }
        }
        impl<$($generic: Send + Sync + 'static),*> FromSql<$sql, MultiBackend> for $rust {
            fn from_sql(raw: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                raw.from_sql::<$rust, $sql>()
            }
        }
    };
}
either_database!(<K> Id<K>, Uid);
either_database!(<> Instant, UtcTime);
either_database!(<> Day, diesel::sql_types::Date);

/// Runs the same tokens with the concrete connection: the escape hatch where the common tongue has no word.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::store::Conn::Pg($c) => $body,
            $crate::store::Conn::Sqlite($c) => $body,
        }
    };
}

/// The database of one installation.
#[derive(Clone)]
pub struct Store {
    readers: Pool<Opener>,
    writers: Pool<Opener>,
    statements: Arc<AtomicU64>,
    writes: Arc<AtomicU64>,
    address: String,
}

impl Store {
    /// Opens `sqlite://PATH` or `postgres://...`; any other address is refused, because a mistyped one would silently make a new file.
    ///
    /// # Errors
    /// `Fault` when the address is neither, or the database does not answer within ten seconds.
    pub fn open(address: &str) -> Result<Self> {
        let statements = Arc::new(AtomicU64::new(0));
        let opener = Opener { address: address.to_owned(), statements: statements.clone() };
        let sqlite = address.starts_with("sqlite://");
        if !sqlite && !address.starts_with("postgres://") && !address.starts_with("postgresql://") {
            return Err(fault(format!("a database address begins with sqlite:// or postgres://, not {address:?}")));
        }
        let pool = |size: u32| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .test_on_check_out(!sqlite)
                .connection_timeout(std::time::Duration::from_secs(10))
                .build(opener.clone())
                .map_err(fault)
        };
        let (writers, readers) = if sqlite {
            (pool(1)?, pool(4)?)
        } else {
            let shared = pool(8)?;
            (shared.clone(), shared)
        };
        Ok(Self { readers, writers, statements, writes: Arc::default(), address: address.to_owned() })
    }

    /// Brings the tables up to date; returns the versions that were applied.
    ///
    /// # Errors
    /// `Fault` when a migration fails, or when it leaves a row without its parent (SQLite).
    pub fn migrate(&self) -> Result<Vec<String>> {
        let mut conn = Opener { address: self.address.clone(), statements: self.statements.clone() }.connect().map_err(fault)?;
        if let Conn::Sqlite(sqlite) = &mut conn {
            // With foreign keys on, rebuilding a table silently deletes its children.
            sqlite.batch_execute("PRAGMA foreign_keys=OFF").map_err(fault)?;
        }
        let applied = conn.run_pending_migrations(MIGRATIONS).map_err(Error::Fault)?.iter().map(ToString::to_string).collect();
        if let Conn::Sqlite(sqlite) = &mut conn {
            #[derive(QueryableByName)]
            struct Orphan {
                #[diesel(sql_type = diesel::sql_types::Text)]
                table: String,
            }
            let orphans: Vec<Orphan> = diesel::sql_query("SELECT \"table\" FROM pragma_foreign_key_check").load(sqlite)?;
            if let Some(orphan) = orphans.first() {
                return Err(fault(format!("a migration left rows of {} without their parents", orphan.table)));
            }
        }
        Ok(applied)
    }

    /// Takes every table away again, newest first; for the test of the migrations.
    ///
    /// # Errors
    /// `Fault` when a migration cannot be undone.
    pub fn unmigrate(&self) -> Result<usize> {
        let mut conn = self.writers.get().map_err(fault)?;
        Ok(conn.revert_all_migrations(MIGRATIONS).map_err(Error::Fault)?.len())
    }

    /// Whether every migration has been applied.
    ///
    /// # Errors
    /// `Fault` when the database does not answer.
    pub fn is_current(&self) -> Result<bool> {
        let mut conn = self.readers.get().map_err(fault)?;
        let known = MigrationSource::<MultiBackend>::migrations(&MIGRATIONS).map_err(Error::Fault)?.len();
        let applied = conn.applied_migrations().map_err(Error::Fault)?.len();
        Ok(known == applied)
    }

    /// Looks, and changes nothing.
    ///
    /// # Errors
    /// Whatever `look` answers; `Fault` when no connection is free within ten seconds.
    pub fn read<T>(&self, look: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        look(&mut *self.readers.get().map_err(fault)?)
    }

    /// One transaction. SQLite takes its single write lock at once, so that a read inside can never be overtaken.
    ///
    /// # Errors
    /// Whatever `act` answers, and then nothing has changed.
    pub fn write<T>(&self, act: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let done = self.note(act)?;
        self.writes.fetch_add(1, Ordering::Relaxed);
        Ok(done)
    }

    /// The same for the house's own notes that no remembered page shows (a letter was posted, a session was seen): they come all the
    /// time, and what was added up before them is not old.
    ///
    /// # Errors
    /// Whatever `act` answers, and then nothing has changed.
    pub fn note<T>(&self, act: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let conn = &mut *self.writers.get().map_err(fault)?;
        match conn {
            Conn::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?,
            Conn::Pg(postgres) => AnsiTransactionManager::begin_transaction(postgres)?,
        }
        match act(conn) {
            Ok(done) => {
                <Conn as Connection>::TransactionManager::commit_transaction(conn)?;
                Ok(done)
            }
            Err(why) => {
                // The rollback's own failure closes the connection; the first cause is the one to tell.
                let _ = <Conn as Connection>::TransactionManager::rollback_transaction(conn);
                Err(why)
            }
        }
    }

    /// Keeps SQLite's write-ahead log short; the worker calls it now and then. Nothing to do on PostgreSQL.
    ///
    /// # Errors
    /// `Fault` when the database does not answer.
    pub fn tidy(&self) -> Result<()> {
        let mut conn = self.writers.get().map_err(fault)?;
        if let Conn::Sqlite(sqlite) = &mut *conn {
            // Looks first: a connection that has not seen what others wrote would wait for itself until the busy timeout.
            sqlite.batch_execute("SELECT 1 FROM sqlite_schema LIMIT 1; PRAGMA wal_checkpoint(TRUNCATE)").map_err(fault)?;
        }
        Ok(())
    }

    /// How many statements all connections of this store have sent so far: tests and benchmarks take the difference.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// How many transactions this process has committed: what was made before the last one may be old.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.address.starts_with("sqlite://")
    }
}

#[derive(Clone)]
struct Opener {
    address: String,
    statements: Arc<AtomicU64>,
}

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> std::result::Result<Conn, Self::Error> {
        use diesel::r2d2::Error::{ConnectionError, QueryError};
        let mut conn = if let Some(path) = self.address.strip_prefix("sqlite://") {
            let mut sqlite = diesel::SqliteConnection::establish(path).map_err(ConnectionError)?;
            sqlite
                .batch_execute(
                    "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; \
                     PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2000; PRAGMA journal_size_limit=67108864;",
                )
                .map_err(QueryError)?;
            Conn::Sqlite(sqlite)
        } else {
            let mut postgres = diesel::PgConnection::establish(&self.address).map_err(ConnectionError)?;
            postgres.batch_execute("SET TIME ZONE 'UTC'; SET lock_timeout='10s'; SET client_min_messages TO WARNING;").map_err(QueryError)?;
            Conn::Pg(postgres)
        };
        let statements = self.statements.clone();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                statements.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(conn)
    }
    fn is_valid(&self, conn: &mut Conn) -> std::result::Result<(), Self::Error> {
        let answer = conn.ping().map_err(diesel::r2d2::Error::QueryError);
        // Asking whether a connection is alive is no statement of any page.
        self.statements.fetch_sub(1, Ordering::Relaxed);
        answer
    }
    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}
