//! Papers that come in pieces, over lines that break: begun, gone on with after a break, finished as any other paper, swept away when
//! nobody goes on. The database knows what is coming; how much of it is here, its file in the data folder says.
use super::papers::{Attached, Kept, Paper, attach_with};
use super::{Application, Sending, records, rules, sending_records};
use crate::kernel::{Actor, ApplicationId, Error, FileKind, Instant, Reason, Result, SendingId, must, unless};
use crate::store::Conn;
use crate::workflow::{Act, Desk, Files, Recorded};

/// So many files one person may have on the way to one application.
const MOST_AT_ONCE: usize = 12;
/// So long what was begun is kept: somebody whose line broke in the evening goes on in the morning.
const KEPT_DAYS: i64 = 1;

/// A file that somebody wants to send.
#[derive(Clone, Debug)]
pub struct Wish {
    pub document: String,
    pub name: String,
    pub bytes: i64,
    pub mark: String,
}

/// What is coming, where it is this person's, with the application that they write.
///
/// # Errors
/// `NotFound` when it is not there, or not theirs; `Refused` when the application is no draft any more.
pub fn find(conn: &mut Conn, actor: &Actor, id: SendingId) -> Result<(Sending, Application)> {
    let sending = sending_records::find(conn, id)?;
    let application = records::find(conn, actor, sending.application_id)?;
    if actor.person != Some(sending.begun_by) || !rules::may_write(actor, &application) {
        return Err(Error::NotFound);
    }
    Ok((sending, application))
}

/// What this person has on the way to an application.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn unfinished(conn: &mut Conn, actor: &Actor, application: ApplicationId) -> Result<Vec<Sending>> {
    actor.person.map_or_else(|| Ok(vec![]), |person| sending_records::unfinished(conn, application, person))
}

/// Begins, or finds what was begun with the very same file. What cannot be taken is said before a byte of it comes. What the same person
/// had begun for the same document with another file is thrown away: its ids.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Refused` as attaching it would be.
pub fn begin(conn: &mut Conn, actor: &Actor, id: ApplicationId, wish: Wish, now: Instant) -> Result<(Sending, Vec<SendingId>)> {
    let application = records::find(conn, actor, id)?;
    must(rules::may_write(actor, &application))?;
    let by = actor.person.ok_or(Error::Forbidden)?;
    unless(rules::writing(&application))?;
    let round = records::round_of(conn, &application)?;
    let file = records::draft_file(conn, &application)?;
    let kind = FileKind::promised(&wish.name);
    let mut reasons = rules::attaching(&file, &round, &wish.document, wish.bytes, kind);
    if kind.is_none() {
        reasons.retain(|reason| reason.code != "file-not-taken");
        reasons.push(Reason::new("file-kind", &*wish.document, |t| t.file_kind(wish.name.as_str())));
    }
    if wish.bytes <= 0 {
        reasons.push(Reason::new("file-empty", &*wish.document, |t| t.file_empty().into()));
    }
    unless(reasons)?;
    let coming = sending_records::unfinished(conn, id, by)?;
    let same = |one: &&Sending| one.document == wish.document && one.name == wish.name && one.bytes == wish.bytes && one.mark == wish.mark;
    if let Some(known) = coming.iter().find(same) {
        return Ok((known.clone(), vec![]));
    }
    let of_document = coming.iter().filter(|one| one.document == wish.document);
    let too_many = coming.iter().filter(|one| one.document != wish.document).skip(MOST_AT_ONCE - 1);
    let gone: Vec<SendingId> = of_document.chain(too_many).map(|one| one.id).collect();
    sending_records::remove(conn, &gone)?;
    let sending = Sending {
        id: SendingId::new(),
        application_id: id,
        document: wish.document,
        name: wish.name,
        bytes: wish.bytes,
        mark: wish.mark,
        begun_by: by,
        begun_at: now,
        changed_at: now,
        attachment_id: None,
    };
    sending_records::insert(conn, &sending)?;
    Ok((sending, gone))
}

/// Notes that a piece has come: then it is kept for another day.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn go_on(conn: &mut Conn, id: SendingId, now: Instant) -> Result<()> {
    sending_records::touch(conn, id, now)
}

/// Gives up what was judged badly.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn give_up(conn: &mut Conn, id: SendingId) -> Result<()> {
    sending_records::remove(conn, &[id])
}

/// The whole file is here and was judged: it becomes a paper as any other.
///
/// # Errors
/// As `attach_with`; `Stale` when it became one in the same moment.
pub fn finish(act: &mut Act<'_>, sending: &Sending, paper: Paper, kept: Kept) -> Result<Recorded<Attached>> {
    let attached = attach_with(act, sending.application_id, paper, kept)?;
    sending_records::finished(act.conn, sending.id, attached.done().attachment.id)?;
    Ok(attached)
}

/// Throws away what nobody has gone on with for a day, and what a killed server left behind; how much.
///
/// # Errors
/// `Fault` when the database does not answer or the folder cannot be read.
pub fn sweep(desk: &Desk, files: &Files) -> Result<usize> {
    let then = desk.clock.now().plus_days(-KEPT_DAYS);
    let left = desk.store.note(|conn| {
        let left = sending_records::left_since(conn, then, 200)?;
        sending_records::remove(conn, &left)?;
        Ok(left)
    })?;
    for id in &left {
        files.forget(&id.to_string());
    }
    Ok(left.len() + files.sweep(std::time::Duration::from_hours(48))?)
}
