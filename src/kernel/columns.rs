//! How ids, instants and days are spelled in a column: native `uuid`, `timestamptz` and `date` on PostgreSQL,
//! 16 bytes and fixed-width ISO text (which sorts as text) on SQLite. Spelling only: no connection here.
use super::{Day, Id, Instant};
use diesel::deserialize::{self, FromSql};
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Binary, Date, SqlType, Text};
use diesel::sqlite::{Sqlite, SqliteValue};
use std::io::Write as _;

#[derive(SqlType, QueryId, Default, Clone, Copy, Debug)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
#[diesel(sqlite_type(name = "Binary"))]
pub struct Uid;

#[derive(SqlType, QueryId, Default, Clone, Copy, Debug)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185))]
#[diesel(sqlite_type(name = "Text"))]
pub struct UtcTime;

impl<K: 'static> ToSql<Uid, Pg> for Id<K> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.uuid().as_bytes())?;
        Ok(IsNull::No)
    }
}
impl<K: 'static> FromSql<Uid, Pg> for Id<K> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(uuid::Uuid::from_slice(value.as_bytes())?.into())
    }
}
impl<K: 'static> ToSql<Uid, Sqlite> for Id<K> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(&self.uuid().as_bytes()[..]);
        Ok(IsNull::No)
    }
}
impl<K: 'static> FromSql<Uid, Sqlite> for Id<K> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
        Ok(uuid::Uuid::from_slice(&bytes)?.into())
    }
}

/// 2000-01-01T00:00:00Z in microseconds since 1970: where PostgreSQL begins to count.
const POSTGRES_BEGIN: i64 = 946_684_800_000_000;
const POSTGRES_DAY_ZERO: jiff::civil::Date = jiff::civil::date(2000, 1, 1);

impl ToSql<UtcTime, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&(self.timestamp().as_microsecond() - POSTGRES_BEGIN).to_be_bytes())?;
        Ok(IsNull::No)
    }
}
impl FromSql<UtcTime, Pg> for Instant {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let microseconds = i64::from_be_bytes(value.as_bytes().try_into()?);
        Ok(Self::new(jiff::Timestamp::from_microsecond(microseconds + POSTGRES_BEGIN)?))
    }
}
impl ToSql<UtcTime, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(format!("{:.6}", self.timestamp()));
        Ok(IsNull::No)
    }
}
impl FromSql<UtcTime, Sqlite> for Instant {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self::new(<String as FromSql<Text, Sqlite>>::from_sql(value)?.parse()?))
    }
}
impl ToSql<Date, Pg> for Day {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&POSTGRES_DAY_ZERO.until(self.0)?.get_days().to_be_bytes())?;
        Ok(IsNull::No)
    }
}
impl FromSql<Date, Pg> for Day {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let days = i32::from_be_bytes(value.as_bytes().try_into()?);
        Ok(Self(POSTGRES_DAY_ZERO.checked_add(jiff::Span::new().try_days(days)?)?))
    }
}
impl ToSql<Date, Sqlite> for Day {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}
impl FromSql<Date, Sqlite> for Day {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self(<String as FromSql<Text, Sqlite>>::from_sql(value)?.parse()?))
    }
}
