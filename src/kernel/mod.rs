//! Words every room uses: ids, closed lists, money, time, texts, errors. No I/O: nothing here knows a connection, a socket or a clock.
//! (serde and diesel's column traits are spelling, not I/O.)
mod actor;
pub mod columns;
mod error;
mod file_kinds;
mod holidays;
mod ids;
pub mod merging;
mod money;
pub mod places;
mod rights;
mod speech;
mod time;
mod words;

pub use actor::{Actor, Membership, Role};
pub use error::{Error, Reason, Result, fault, must, unless};
pub use file_kinds::{FileKind, Scan};
pub use ids::*;
pub use money::{Basis, Money, Quantity};
pub use rights::{Duty, Room};
pub use speech::{Arg, Bilingual, Lang, Tr, both};
pub use time::{Day, Instant, Zone, tirane};
pub(crate) use words::words;

/// Small letters without diacritics, for searching and sorting alike on both databases
/// (SQLite's own `lower` leaves `Ç` and `Ë` as they are).
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ë' | 'é' | 'è' | 'ê' => 'e',
            'ç' | 'ć' | 'č' => 'c',
            'á' | 'à' | 'ä' | 'â' => 'a',
            'í' | 'ì' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            'š' => 's',
            'ž' => 'z',
            other => other,
        })
        .collect()
}

/// What a person typed, without what no text can hold: NUL and control characters (line breaks stay), and without blanks at both ends.
#[must_use]
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|letter| !letter.is_control() || *letter == '\n' || *letter == '\t').collect::<String>().trim().to_owned()
}

/// Lower-case hexadecimal, as fingerprints are shown and stored.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 of these bytes in hexadecimal: the fingerprint of files, tokens, frozen versions and log entries.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(bytes))
}
