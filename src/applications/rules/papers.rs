//! Which papers an application brings and what each may be, which are missing, there twice or no longer valid, and whether there is
//! room for one more.
use super::look::Look;
use crate::accounts::{OrganisationPaper, PaperKind};
use crate::applications::content::{AttachmentNote, File, PartnerSignature};
use crate::calls::{Document, Round, Whose};
use crate::kernel::{Bilingual, Day, FileKind, Reason, Scan, both};

/// The papers that this application must or may bring: key (with the partner's key behind a dot), the document, and the partner's name.
#[must_use]
pub fn papers<'a>(file: &'a File, round: &'a Round) -> Vec<(String, &'a Document, Option<&'a str>)> {
    let mut papers = vec![];
    for document in &round.terms.documents {
        match document.whose {
            Whose::Lead => papers.push((document.key.clone(), document, None)),
            Whose::Partner => {
                papers
                    .extend(file.partners.partners.iter().map(|partner| (format!("{}.{}", document.key, partner.key), document, Some(partner.name.as_str()))));
            }
        }
    }
    papers
}

/// What a document is called: with the partner's name where it is a partner's.
#[must_use]
pub fn called(document: &Document, partner: Option<&str>) -> Bilingual {
    both(|t| partner.map_or_else(|| document.name.say(t).to_owned(), |name| format!("{}, {name}", document.name.say(t))))
}

/// The call's document of a key: of `partner-declaration` for `partner-declaration.p1`.
#[must_use]
pub fn document_of<'r>(round: &'r Round, key: &str) -> Option<&'r Document> {
    round.terms.document(key.split('.').next().unwrap_or_default())
}

/// The kind under which the organisation's profile keeps such a paper: the call's key says it. Papers that belong to one call alone
/// (declarations, letters of support) are kept nowhere else, nor are a partner's.
#[must_use]
pub fn kept_as(round: &Round, key: &str) -> Option<PaperKind> {
    round.terms.document(key).filter(|document| document.whose == Whose::Lead).and_then(|document| document.key.parse().ok())
}

/// What a partner's own person signed in the system: the same words that the paper of this key would say. None where nobody did.
#[must_use]
pub fn signed_here<'a>(file: &'a File, key: &str, document: &Document) -> Option<&'a PartnerSignature> {
    let (_, of) = key.split_once('.').filter(|_| document.model && document.whose == Whose::Partner)?;
    file.partners.partners.iter().find(|partner| partner.key == of)?.signed.as_ref()
}

/// Whether the application cannot go without this paper: nobody signs the same declaration twice, here and on paper.
#[must_use]
pub fn must_bring(file: &File, key: &str, document: &Document) -> bool {
    document.required && signed_here(file, key, document).is_none()
}

pub(super) fn attachments(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("attachments");
    for (key, document, partner) in papers(file, round) {
        let there: Vec<&AttachmentNote> = file.attachments.iter().filter(|attachment| attachment.document == key).collect();
        let name = called(document, partner);
        for paper in &there {
            match paper.scan {
                Some(Scan::Waiting) => look.say("scan-waiting", &key, |t| t.scan_is_waiting(name.say(t), paper.name.as_str())),
                Some(Scan::Infected) => look.say("infected", &key, |t| t.scan_is_infected(name.say(t), paper.name.as_str())),
                Some(Scan::Clean) | None => {}
            }
        }
        if there.is_empty() {
            if must_bring(file, &key, document) {
                look.say("no-document", &key, |t| match partner {
                    None => t.application_add_document(document.name.say(t)),
                    Some(name) => t.application_add_document_of(document.name.say(t), name),
                });
            }
        } else if document.validity {
            let closing = round.closes_at.day();
            match lasting(&there, closing) {
                Lasting::Enough => {}
                Lasting::Unsaid => look.say("no-validity", &key, |t| t.paper_no_validity(name.say(t))),
                Lasting::Until(last) => look.say("expires", &key, |t| t.paper_expires(t.day(closing), name.say(t), t.day(last))),
            }
        }
    }
    look.reasons
}

/// Whether papers of one document are valid until the closing day.
enum Lasting {
    /// One of them is.
    Enough,
    /// One does not say it.
    Unsaid,
    /// The longest of them ends before.
    Until(Day),
}

fn lasting(there: &[&AttachmentNote], closing: Day) -> Lasting {
    let last = there.iter().filter_map(|paper| paper.valid_until).max();
    match last {
        Some(last) if last >= closing => Lasting::Enough,
        _ if there.iter().any(|paper| paper.valid_until.is_none()) => Lasting::Unsaid,
        Some(last) => Lasting::Until(last),
        None => Lasting::Unsaid,
    }
}

/// All papers of an application together (rules.md 4.6).
pub const MOST_BYTES: i64 = 50_000_000;
/// And so many of them.
pub const MOST_PAPERS: usize = 60;

/// How much is there, and how much may still come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Space {
    pub papers: usize,
    pub bytes: i64,
    pub bytes_left: i64,
}

#[must_use]
pub fn space(file: &File) -> Space {
    let bytes = file.attachments.iter().map(|paper| paper.bytes).sum::<i64>();
    Space { papers: file.attachments.len(), bytes, bytes_left: (MOST_BYTES - bytes).max(0) }
}

/// What stands in the way of one more paper: it is not asked for, it is not what the call takes there, or there is no room.
#[must_use]
pub fn attaching(file: &File, round: &Round, document: &str, bytes: i64, kind: Option<FileKind>) -> Vec<Reason> {
    let mut reasons = vec![];
    match papers(file, round).into_iter().find(|(key, _, _)| key == document) {
        None => reasons.push(Reason::new("not-asked-for", document, |t| t.application_not_asked_for().into())),
        Some((_, asked, _)) => {
            if bytes > asked.most_bytes() {
                reasons.push(Reason::new("file-too-large", document, |t| t.file_too_large(asked.most_bytes() / 1_000_000)));
            }
            if kind.is_none_or(|kind| !asked.taken().contains(&kind)) {
                reasons.push(Reason::new("file-not-taken", document, |t| t.paper_not_taken(FileKind::listed(asked.taken(), t))));
            }
        }
    }
    let space = space(file);
    if bytes > space.bytes_left || space.papers >= MOST_PAPERS {
        reasons.push(Reason::new("no-room", document, |t| t.application_no_room(MOST_BYTES / 1_000_000, MOST_PAPERS)));
    }
    reasons
}

/// The same file, byte for byte, that the application has already.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "where", content = "document")]
pub enum Twin {
    /// Under this very document: it is kept once.
    Same,
    /// Under another one: perhaps the wrong file was chosen.
    Elsewhere(Bilingual),
}

/// Whether the application has this file already, and where.
#[must_use]
pub fn twin(file: &File, round: &Round, document: &str, sha256: &str) -> Option<Twin> {
    let mut same = file.attachments.iter().filter(|paper| paper.sha256 == sha256).peekable();
    same.peek()?;
    if same.clone().any(|paper| paper.document == document) {
        return Some(Twin::Same);
    }
    let papers = papers(file, round);
    same.find_map(|paper| papers.iter().find(|(key, _, _)| *key == paper.document)).map(|(_, asked, partner)| Twin::Elsewhere(called(asked, *partner)))
}

/// What a paper of the organisation's profile is worth to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Worth {
    Good,
    /// Its last day is over.
    Expired,
    /// It is valid today; the call wants it to be so on its closing day, and it will not.
    TooShort,
    /// The call wants to know until when it is valid, and the profile does not say it.
    Unsaid,
}

/// What this paper of the profile is worth to this document of the call today.
#[must_use]
pub fn worth(valid_until: Option<Day>, document: &Document, closing: Day, today: Day) -> Worth {
    match valid_until {
        Some(last) if last < today => Worth::Expired,
        Some(last) if document.validity && last < closing => Worth::TooShort,
        None if document.validity => Worth::Unsaid,
        _ => Worth::Good,
    }
}

/// What stands in the way of taking this paper of the profile: it is another kind of paper, or no longer good. What is still said to be
/// missing about it can be told afterwards.
#[must_use]
pub fn taking_kept(round: &Round, key: &str, paper: &OrganisationPaper, today: Day) -> Vec<Reason> {
    let Some(document) = round.terms.document(key).filter(|_| kept_as(round, key) == Some(paper.kind)) else {
        return vec![Reason::new("not-asked-for", key, |t| t.application_not_asked_for().into())];
    };
    let closing = round.closes_at.day();
    match (worth(paper.valid_until, document, closing, today), paper.valid_until) {
        (Worth::Expired, Some(last)) => vec![Reason::new("expired", key, |t| t.paper_is_expired(document.name.say(t), t.day(last)))],
        (Worth::TooShort, Some(last)) => vec![Reason::new("expires", key, |t| t.paper_expires(t.day(closing), document.name.say(t), t.day(last)))],
        _ => vec![],
    }
}

#[cfg(test)]
#[path = "papers_tests.rs"]
mod tests;
